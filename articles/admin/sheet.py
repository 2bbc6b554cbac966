"""What stands behind the sheet: saving what was typed, doing what the pressed button says, filling the panels."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles import checks, locking, merging, notes, presence, publishing, rights, translations, trash, updates
from articles.admin.article_form import ArticleForm
from articles.admin.translations import beside_for, named
from articles.admin.versions import field_labels
from articles.content import Content
from articles.models import Article, Status, UpdateState
from newsroom.models import User

VERSIONS = 12  # shown on the sheet, the newest
STEPS = ("draft", "in_review", "scheduled", "published")
STYLES = {
    "publish": "primary",
    "update": "primary",
    "withdraw": "bad",
    "ask_kill": "bad",
    "kill": "bad",
    "trash": "bad",
}
FORWARD = frozenset(
    {"submit", "approve", "publish", "update", "restore", "submit_update", "approve_update"}
)  # stand in the bar, the others in the panel
LOCKING = ("lock", "unlock")
IN_MORE = ("short_headline", "seo_headline", "slug", "dateline", "source", "playing_time", "canonical_url")


@transaction.atomic
def save(article: Article | None, form: ArticleForm, *, by: Any) -> Article:
    """The typed content is the newest revision, the typed times hold, or nothing of it does.

    Raises what articles.publishing raises.
    """
    article = _write(article, form, by=by, note=form.cleaned_data["note"])
    _save_times(article, form.times(article), by=by, note=form.cleaned_data["note"])
    return article


def autosave(article: Article | None, form: ArticleForm, *, by: Any) -> Article:
    """The typed content is kept as the writer's open version; times and note wait for the button. Raises as ``save``."""
    return _write(article, form, by=by, auto=True)


def begun(typed: str, *, by: Any) -> Article | None:
    """The article that ``by`` began in the form whose key is ``typed``: saved before, by itself or by a first click."""
    try:
        key = UUID(typed)
    except ValueError:
        return None
    return (
        Article.objects.select_related("section", "latest_revision", "live_revision")
        .filter(form_key=key, created_by=by)
        .first()
    )


def _write(article: Article | None, form: ArticleForm, *, by: Any, **how: Any) -> Article:
    """The typed content is the newest revision of ``article``, or of the one that this form makes once."""
    content, key = form.content(), form.cleaned_data["key"]
    base, saves = form.cleaned_data["base"], form.cleaned_data["saves"]
    if article is None:
        try:
            with transaction.atomic():
                return publishing.create(content=content, by=by, key=key, **how)
        except IntegrityError:  # the same form, sent twice at the same time; else the key of another's form
            article = begun(str(key), by=by)
            if article is None:
                return publishing.create(content=content, by=by, **how)
    if base is None and article.latest_revision:  # the form was opened before the article was there
        base = article.latest_revision.number if article.latest_revision.author_id == by.pk else 0
    publishing.save(article=article, content=content, by=by, base=base, saves=saves, **how)
    return article


def _save_times(article: Article, times: dict[str, datetime | None], *, by: Any, note: str) -> None:
    """The row has ``times``, set in the order in which they do not stand in each other's way."""
    planned, ends = times.pop("published_at"), article.expires_at
    is_new_plan = article.status in publishing.PLANNABLE and planned != article.published_at
    plan_first = is_new_plan and (planned is None or ends is None or planned < ends)
    if plan_first:
        publishing.plan(article=article, by=by, publish_at=planned)
    if any(times[name] != getattr(article, name) for name in times):
        publishing.set_times(
            article=article, by=by, embargo_until=times["embargo_until"], expires_at=times["expires_at"], note=note
        )
    if is_new_plan and not plan_first:
        publishing.plan(article=article, by=by, publish_at=planned)


def act(
    name: str,
    article: Article,
    *,
    by: Any,
    note: str = "",
    publish_at: datetime | None = None,
    update_at: datetime | None = None,
    seen: str = "",
) -> str:
    """The act ``name`` is done ("" and unknown ones only save); the sentence that says so. Raises ActRefused.

    What is published with its original beside it, as the mark ``seen`` says, is up to date with it.
    """
    if name in {"publish", "update", "minor_update"}:
        if name == "publish":
            sentence = _publish(article, publish_at, by=by, note=note)
        else:
            sentence = _update(article, update_at, by=by, note=note, material=name == "update")
        if seen:
            translations.mark_seen(article=article, by=by, seen=seen)
        return sentence
    if name == "translation_current":
        translations.mark_current(article=article, by=by, seen=seen)
        return _("The translation is marked as up to date.")
    if name in updates.TRANSITIONS and name != "schedule_update":
        getattr(updates, name)(article=article, by=by, note=note)
        return _("Saved. State: %(state)s.") % {"state": article.get_update_state_display()}
    if name in LOCKING:
        getattr(locking, name)(article=article, by=by, note=note)
        return _("The article is locked.") if article.is_locked else _("The article may be changed again.")
    if name in publishing.TRANSITIONS:
        getattr(publishing, name)(article=article, by=by, note=note)
        return _("Saved. State: %(state)s.") % {"state": article.status_label}
    return _("Saved.")


def _publish(article: Article, at: datetime | None, *, by: Any, note: str) -> str:
    """A second click on the button finds its work done: nothing is written, nothing refused."""
    if article.status != Status.LIVE or article.has_unpublished_changes:
        # A time typed for this minute means now: the form knows no seconds.
        now = timezone.now()
        at = now if at and at <= now and (now - at).total_seconds() < 60 else at
        publishing.publish(article=article, by=by, at=at, note=note)
    if article.is_scheduled:
        when = date_format(timezone.localtime(article.published_at), "j F Y, H:i")
        return _("Scheduled for %(when)s.") % {"when": when}
    return _("Published.")


def _update(article: Article, at: datetime | None, *, by: Any, note: str, material: bool) -> str:
    if at and at > timezone.now():
        updates.schedule_update(article=article, by=by, at=at, material=material, note=note)
        when = date_format(timezone.localtime(at), "j F Y, H:i")
        return _("The update is scheduled for %(when)s. Until then the public page stands still.") % {"when": when}
    publishing.update(article=article, by=by, material=material, note=note)
    return _("The public page shows the newest version.")


def context(
    article: Article | None, form: ArticleForm, *, user: Any, stale: publishing.StaleRevision | None
) -> dict[str, Any]:
    """The context of admin/articles/article/sheet.html: form, article, acts, checks, steps, versions, conflict …"""
    page_key = presence.page_key(form.data.get("page", "")) or uuid4()
    editable = article is None or (
        publishing.is_editable(article) and rights.may(user, "articles.change_article", article)
    )
    content = _shown_content(article, form)
    return {
        "title": str(article) if article else _("New article"),
        "article": article,
        "form": form,
        "editable": editable,
        "acts": _buttons(article, user),
        "checks": checks.run(content) if content else [],
        "steps": _steps(article),
        "versions": list(article.revisions.select_related("author").defer("content")[:VERSIONS]) if article else [],
        "history": _history(article),
        "more_open": any(name in form.errors for name in IN_MORE),
        "changes_note": _changes_note(article),
        "conflict": _conflicts(article, form, stale) if stale else None,
        "stale": stale,
        "undecided": str(stale) if isinstance(stale, Undecided) else "",
        "zone": timezone.get_current_timezone_name(),
        "talk": _talk(article) if article else None,
        "purge_at": _purge_at(article),
        "page_key": page_key,
        "here": presence.opened(article=article, by=user, page=page_key) if article and editable else None,
        "is_alone_with_kills": _is_alone_with_kills(article, user),
    }


def _is_alone_with_kills(article: Article | None, user: Any) -> bool:
    """Whether ``user`` could ask for a kill of the article and nobody else could decide on it. One query for those who may."""
    kill = publishing.TRANSITIONS["kill"].permission
    if article is None or article.status not in {Status.LIVE, Status.WITHDRAWN} or not rights.may(user, kill, article):
        return False
    able = User.objects.with_perm(kill, backend="django.contrib.auth.backends.ModelBackend").filter(is_staff=True)
    return not able.exclude(pk=user.pk).exists()


def _purge_at(article: Article | None) -> datetime | None:
    """When an article in the trash is deleted; None if it stays. One query in the trash."""
    if article is None or article.status != Status.TRASH:
        return None
    was_live = Article.objects.filter(trash.was_live(), pk=article.pk).exists()
    return None if was_live else trash.purge_at(article)


def beside(article: Article | None, *, user: Any, is_asked: bool) -> dict[str, Any]:
    """What the sheet of a translation shows of its original, in full if ``is_asked``. Six queries for a translation."""
    if article is None:
        return {}
    url = reverse("admin:articles_article_translations", args=[article.pk])
    found = beside_for(article, user)
    shown = found if is_asked else None
    return {
        "translations_url": url,
        "translated": found,
        "beside": shown,
        "passages": named(shown) if shown else [],
    }


def _talk(article: Article) -> dict[str, Any]:
    """What colleagues say about it and what was assigned: open entries of articles.notes, assignment. Three queries."""
    entries = [one for one in notes.stream(article, ()) if one.note is None or one.note.resolved_at is None]
    return {"entries": entries[-VERSIONS:], "assignment": article.assignments.exclude(state="dropped").first()}


def _shown_content(article: Article | None, form: ArticleForm) -> Content | None:
    if form.is_bound and form.is_valid():
        return form.content().cleaned()
    if article and article.latest_revision:
        return Content.from_json(article.latest_revision.content)
    return None


def _buttons(article: Article | None, user: Any) -> list[dict[str, Any]]:
    if article is None:
        return []
    names = publishing.available_acts(article, user)
    shown = [(name, str(publishing.TRANSITIONS[name].label)) for name in names]
    shown += [(name, str(updates.TRANSITIONS[name].label)) for name in updates.available_acts(article, user)]
    words = {"lock": _("Lock"), "unlock": _("Unlock")}
    shown += [(name, words[name]) for name in locking.available_acts(article, user)]
    if "update" in names:
        shown.append(("minor_update", _("Minor update")))
    return [
        {"name": name, "label": label, "style": STYLES.get(name, "plain"), "is_forward": name in FORWARD}
        for name, label in shown
    ]


def _steps(article: Article | None) -> list[dict[str, Any]]:
    names = {"draft": _("Draft"), "in_review": _("In review"), "scheduled": _("Scheduled"), "published": _("Published")}
    status = article.status if article else Status.DRAFT
    reached = {
        Status.DRAFT: 0,
        Status.CHANGES_WANTED: 0,
        Status.IN_REVIEW: 1,
        Status.APPROVED: 1,
        Status.LIVE: 2 if article and article.is_scheduled else 3,
    }.get(Status(status), -1)
    return [{"label": names[step], "is_done": n < reached, "is_current": n == reached} for n, step in enumerate(STEPS)]


def _history(article: Article | None) -> list[Any]:
    """The latest acts. One query."""
    return list(article.acts.exclude(act__endswith="_entry").select_related("by")[:VERSIONS]) if article else []


def _changes_note(article: Article | None) -> Any:
    """The note of who asked for changes in the article or in its update, while they are wanted."""
    if article is None:
        return None
    if article.status == Status.CHANGES_WANTED:
        return article.acts.filter(act="ask_changes").select_related("by").first()
    if article.update_state == UpdateState.CHANGES_WANTED:
        return article.acts.filter(act="ask_update_changes").select_related("by").first()
    return None


def _conflicts(article: Article | None, form: ArticleForm, stale: publishing.StaleRevision) -> list[Any]:
    """Pairs of a label and articles.merging.FieldConflict for every field in which the two texts differ."""
    labels = field_labels()
    theirs = Content.from_json(stale.theirs.content)
    found = merging.conflicts(base=_base_of(article, form), mine=stale.mine, theirs=theirs)
    return [(labels[conflict.name], conflict) for conflict in found]


def _base_of(article: Article | None, form: ArticleForm) -> Content | None:
    """What the writer began with, if that version is still known."""
    number = form.cleaned_data.get("base")
    found = article.revisions.filter(number=number).first() if article and number else None
    return Content.from_json(found.content) if found else None


def merge(article: Article, form: ArticleForm, given: Any) -> None:
    """``form`` holds the text that comes of the choices ``given``, upon the version it was compared with.

    Raises publishing.Undecided if a choice is open.
    """
    onto = given.get("onto", "")
    is_number = onto.isascii() and onto.isdigit() and len(onto) < 10
    theirs = article.revisions.filter(number=int(onto)).first() if is_number else None
    if theirs is None:
        return
    base, mine = _base_of(article, form), form.content().cleaned()
    content, undecided = merging.chosen(given, base=base, mine=mine, theirs=Content.from_json(theirs.content))
    if undecided:
        raise Undecided(merging.sentence(undecided, field_labels()), theirs, mine)
    saves = given.get("onto_saves", "")
    form.take(
        content,
        base=theirs.number,
        saves=int(saves) if saves.isascii() and saves.isdigit() and len(saves) < 10 else None,
    )


class Undecided(publishing.StaleRevision):
    """Two texts were to be put together and a choice was left open."""

    def __init__(self, sentence: str, theirs: Any, mine: Content) -> None:
        super().__init__(theirs, mine)
        self.sentence = sentence

    def __str__(self) -> str:
        return self.sentence
