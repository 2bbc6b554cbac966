"""Translations: one function per editorial act, and the mark on those whose original went on without them.

A translation hangs on its original, never on another translation, and there is one in a language (a constraint). It
remembers the version of the original that it says. A material update or a correction of the original makes it stale
until somebody says that it is up to date again.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.dispatch import receiver
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.text import Truncator
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from articles import notices, publishing, rights
from articles.acts import ActRefused, WrongState, lock, may, record, require_unlocked
from articles.content import Content
from articles.models import Article, EditorialAct, Genre, Revision, Section, Status, Translation
from articles.signals import act_done
from articles.transitions import is_editable
from articles.translation_links import shown_revision
from newsroom import notices as people
from newsroom.models import SiteIdentity

if TYPE_CHECKING:
    from newsroom.models import User

OF_VERSIONS, OF_CORRECTIONS = ("update", "publish"), ("correct", "amend_correction", "withdraw_correction")
TEXTS = ("headline", "short_headline", "seo_headline", "label", "standfirst", "dateline", "body", "slides")
_NODE = re.compile(r'<(?:aside|figure)(?:\s+[\w-]+="[^"]*")*\s*>')
_IDS = re.compile(r'(data-ids?=")([0-9,]+)"')


class OriginalChanged(ActRefused):
    """The original is not any more what the person saw."""


def original_of(article: Article) -> Article:
    """What ``article`` is a translation of, else itself. One query if it is one."""
    return article.translation_of or article


def open_languages(article: Article) -> list[str]:
    """The site's languages in which neither the original of ``article`` nor a translation is there. Two queries."""
    original = original_of(article)
    taken = {original.language, article.language}
    rows = Translation.objects.filter(original=original).exclude(article__status=Status.KILLED)
    taken |= set(rows.values_list("language", flat=True))
    return [code for code in SiteIdentity.load().languages if code not in taken]


def may_begin(article: Article, user: User) -> bool:
    """Whether ``user`` may translate ``article`` somewhere."""
    is_there = article.status not in {Status.TRASH, Status.KILLED}
    return is_there and rights.may(user, rights.VIEW, article) and rights.may(user, "articles.add_article")


@transaction.atomic
def begin(*, article: Article, language: str, by: User | None) -> Article:
    """A draft in ``language`` with all that ``article`` says; the translation that is there already if there is one.

    It hangs on the original, belongs to ``by``, keeps the original's embargo, and stands in the counterpart of its
    section. Raises WrongState for what is in the trash or killed, or a language the site has not; NotAllowed.
    """
    original = original_of(article)
    lock(original)
    article = original if article.pk == original.pk else article
    may(by, rights.VIEW, article)
    if language in {article.language, original.language} or language not in SiteIdentity.load().languages:
        raise WrongState(_("Choose another language of this site."))
    if found := _there(original, language):
        may(by, rights.VIEW, found)
        return found
    source = shown_revision(article)
    if source is None or article.status in {Status.TRASH, Status.KILLED}:
        raise WrongState(_("What is in the trash or killed is not translated."))
    copied = Content.from_json(source.content)
    made = publishing.create(
        content=_for_translation(copied, original, language, by), by=by, copied=copied, note=_note(article, source)
    )
    if original.embargo_until:
        publishing.set_times(article=made, by=by, embargo_until=original.embargo_until, expires_at=None)
    _remember(made, article, source, by=by)
    note = f"{get_language_info(language)['name_local']}: {reverse('admin:articles_article_change', args=[made.pk])}"
    record(original, "begin_translation", by=by, at=timezone.now(), note=note, revision=shown_revision(original))
    return made


def _there(original: Article, language: str) -> Article | None:
    """The translation in ``language`` that nobody killed. Raises WrongState if it lies in the trash."""
    rows = Translation.objects.filter(original=original, language=language).exclude(article__status=Status.KILLED)
    found = rows.select_related("article").first()
    if found is not None and found.article.status == Status.TRASH:
        raise WrongState(_("The translation in this language is in the trash. Restore it, or have it removed."))
    return found.article if found else None


def _note(article: Article, source: Revision) -> str:
    values = {"number": source.number, "headline": Truncator(str(article)).chars(120)}
    return _("Translation of version %(number)s of “%(headline)s”") % values


def _remember(made: Article, article: Article, source: Revision, *, by: User | None) -> None:
    """``made`` says the version ``source`` of the original, or what the translation it was made from says."""
    row = Translation.objects.get(article=made)
    above = Translation.objects.filter(article=article).first()
    row.seen_revision, row.seen_at, row.seen_by = source, timezone.now(), by
    if above is not None:
        row.seen_revision, row.stale_since, row.stale_act = above.seen_revision, above.stale_since, above.stale_act
    row.save()


@transaction.atomic
def mark_current(*, article: Article, by: User | None, seen: str) -> None:
    """The translation ``article`` says what its original says. ``seen`` is the mark (see ``mark_of``) that was shown.

    Raises OriginalChanged if the original went on since, WrongState if it is no translation or closed, Locked.
    """
    lock(article)
    may(by, "articles.change_article", article)
    require_unlocked(article)
    row = Translation.objects.select_for_update(of=("self",)).filter(article=article).first()
    if row is None or not is_editable(article):
        raise WrongState(_("This is no translation that can be edited."))
    original = Article.objects.select_related("live_revision", "latest_revision").get(pk=row.original_id)
    if seen != mark_of(row, original):
        raise OriginalChanged(_("The original has changed once more. Look at what is new, then mark it again."))
    current = shown_revision(original)
    if row.seen_revision == current and not row.is_stale:
        return
    row.seen_revision, row.seen_at, row.seen_by = current, timezone.now(), by
    row.stale_since = row.stale_act = None
    row.save()
    note = _("Version %(number)s of the original") % {"number": current.number if current else "–"}
    record(article, "translation_current", by=by, at=row.seen_at, note=note)


def mark_seen(*, article: Article, by: User | None, seen: str) -> bool:
    """Whether the translation is up to date now, published beside the original that the mark ``seen`` names; it stays
    stale if the original went on meanwhile."""
    try:
        mark_current(article=article, by=by, seen=seen)
    except ActRefused:
        return False
    return True


def mark_of(row: Translation, original: Article) -> str:
    """What a person sees when they see the original: its version, and the last act that made the translation stale."""
    current = shown_revision(original)
    return f"{current.pk if current else 0}-{row.stale_act_id or 0}"


@receiver(act_done, dispatch_uid="translations-follow-original")
def on_act(sender: Any, act: EditorialAct, article: Article, **_kwargs: Any) -> None:
    """What changes an original in substance makes its translations stale, and tells their writers."""
    if act.act not in OF_VERSIONS + OF_CORRECTIONS:
        return
    for row in Translation.objects.filter(original=article).select_related("article", "seen_revision"):
        if act.act in OF_CORRECTIONS or _says_more(act.revision, row.seen_revision):
            _make_stale(row, act)


def _says_more(now: Revision | None, seen: Revision | None) -> bool:
    """Whether the version ``now`` is newer than the one ``seen`` and says something else."""
    if now is None or seen is None:
        return True
    return now.number > seen.number and any(now.content.get(name) != seen.content.get(name) for name in TEXTS)


def _make_stale(row: Translation, act: EditorialAct) -> None:
    row.stale_since, row.stale_act = row.stale_since or act.at, act
    row.save(update_fields=["stale_since", "stale_act"])
    article = row.article
    who = [person for person in notices.authors(article) if rights.may(person, rights.VIEW, article)]
    url = reverse("admin:articles_article_translations", args=[article.pk])
    people.tell(who, "stale", key=f"act-{act.pk}-{row.pk}", by=act.by, about=str(article), url=url, note=act.note)


# --- What is copied -----------------------------------------------------------------------------------------------


def _for_translation(content: Content, original: Article, language: str, by: User | None) -> Content:
    """``content`` as the first version of its translation: the same words, placed in the other language."""
    section = counterpart(content.section_id, language)
    return replace(
        content,
        language=language,
        translation_of_id=original.pk,
        section_id=section.pk if section else None,
        body=_related(content.body, language, by),
        label=_label(content.label, content.language, language),
        slug="",
        canonical_url="",
    )


def counterpart(section_id: int | None, language: str) -> Section | None:
    """The section that stands for this one in ``language``, else for the one above it. Two queries a level."""
    section = Section.objects.select_related("translation_of").filter(pk=section_id or 0).first()
    while section is not None:
        if section.language == language:
            return section
        first = section.translation_of or section
        if first.language == language:
            return first
        if found := Section.objects.filter(translation_of=first, language=language).first():
            return found
        section = section.parent
    return None


def _label(label: str, source: str, language: str) -> str:
    """A label that is the name of a kind is that kind's name in ``language``; others stay as typed."""
    for genre in Genre:
        with translation.override(source):
            is_it = label.casefold() == str(genre.label).casefold()
        if is_it:
            with translation.override(language):
                return str(genre.label)
    return label


def _related(body: str, language: str, by: User | None) -> str:
    """``body`` whose reference nodes lead to the translations in ``language``, where ``by`` knows of one. Two queries."""
    nodes = [node for node in _NODE.findall(body) if 'data-node="related"' in node or 'data-node="gallery"' in node]
    cited = {int(pk) for node in nodes for _name, ids in _IDS.findall(node) for pk in ids.split(",") if pk}
    instead = _translations_of(cited, language, by) if cited else {}

    def node(found: re.Match[str]) -> str:
        if found[0] not in nodes:
            return found[0]
        return _IDS.sub(lambda ids: f'{ids[1]}{",".join(instead.get(pk, pk) for pk in ids[2].split(","))}"', found[0])

    return _NODE.sub(node, body) if instead else body


def _translations_of(cited: set[int], language: str, by: User | None) -> dict[str, str]:
    """For each of the articles ``cited`` that is there in ``language``: its number and the other's, as text."""
    originals = dict(Article.objects.filter(pk__in=cited).values_list("pk", "translation_of_id"))
    wanted = {pk: original or pk for pk, original in originals.items()}
    known = Article.objects.all() if by is None else Article.objects.offered_to(by)
    known = known.filter(language=language).exclude(status__in=[Status.KILLED, Status.TRASH])
    roots = set(wanted.values())
    found = {row.pk: row for row in known.filter(pk__in=roots).only("pk")}
    there = {pk: pk for pk in found}
    there |= {
        root: pk for pk, root in known.filter(translation_of__in=roots).values_list("pk", "translation_of_id") if root
    }
    return {str(pk): str(there[root]) for pk, root in wanted.items() if root in there}
