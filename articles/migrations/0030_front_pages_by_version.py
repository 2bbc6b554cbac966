from django.db import migrations
from django.db.models import F
from django.utils import timezone

ROW = ("position", "article_id", "rule_section_id", "starts_at", "ends_at", "may_repeat")


def _row(slot):
    return {
        "position": slot.position,
        "article": slot.article_id,
        "rule_section": slot.rule_section_id,
        "starts_at": slot.starts_at and slot.starts_at.isoformat(),
        "ends_at": slot.ends_at and slot.ends_at.isoformat(),
        "may_repeat": slot.may_repeat,
    }


def to_versions(apps, schema_editor):
    """Each language's places become the newest version of its home page; the rights to them move along."""
    slots, versions, pages = (apps.get_model("articles", n) for n in ("FrontPageSlot", "FrontPageVersion", "FrontPage"))
    languages = {*slots.objects.values_list("language", flat=True), *versions.objects.values_list("language", flat=True)}
    for language in sorted(languages):
        page, _made = pages.objects.get_or_create(language=language, section=None)
        own = versions.objects.filter(language=language)
        own.update(page=page, made_at=F("at"))
        for version in own.filter(page=page).iterator():
            version.content = {"rows": version.content, "blocks": []}
            version.save(update_fields=["content"])
        if not own.exists():
            now = timezone.now()
            rows = [_row(slot) for slot in slots.objects.filter(language=language)]
            versions.objects.create(
                page=page, language=language, number=1, content={"rows": rows, "blocks": []}, at=now, made_at=now
            )
    _rename_rights(apps, "frontpageslot", "frontpage")


def to_places(apps, schema_editor):
    """Going back: the places as the version in force has them; rules by topic, locks and section fronts go."""
    slots, versions = apps.get_model("articles", "FrontPageSlot"), apps.get_model("articles", "FrontPageVersion")
    articles, sections = apps.get_model("articles", "Article"), apps.get_model("articles", "Section")
    slots.objects.all().delete()
    versions.objects.exclude(page__section=None).delete()
    versions.objects.filter(at__gt=timezone.now()).delete()
    versions.objects.filter(at=None).update(at=F("made_at"))
    newest = {}
    for version in versions.objects.select_related("page").order_by("at", "number").iterator():
        rows = [r for r in version.content["rows"] if r.get("article") or r.get("rule_section")]
        names = ("position", "article", "rule_section", "starts_at", "ends_at", "may_repeat")
        version.content = [{name: row.get(name) for name in names} for row in rows]
        version.language = version.page.language
        version.save(update_fields=["content", "language"])
        newest[version.language] = version.content
    for language, rows in newest.items():
        for row in rows:
            there = {"article_id": row.pop("article"), "rule_section_id": row.pop("rule_section")}
            if there["article_id"] and not articles.objects.filter(pk=there["article_id"]).exists():
                continue
            if there["rule_section_id"] and not sections.objects.filter(pk=there["rule_section_id"]).exists():
                continue
            slots.objects.create(language=language, **there, **row)
    _rename_rights(apps, "frontpage", "frontpageslot")


def _rename_rights(apps, old, new):
    types, rights = apps.get_model("contenttypes", "ContentType"), apps.get_model("auth", "Permission")
    kind = types.objects.filter(app_label="articles", model=old).first()
    if kind is None or types.objects.filter(app_label="articles", model=new).exists():
        return
    kind.model = new
    kind.save()
    for right in rights.objects.filter(content_type=kind):
        right.codename = right.codename.replace(f"_{old}", f"_{new}")
        right.save()


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0029_front_page_versions"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]
    operations = [migrations.RunPython(to_versions, to_places)]
