"""The versions of an article: how one is written. Called by articles.publishing, inside its transaction."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, cast

from django.db.models import Max

from articles import pending_photos
from articles.content import Content, apply, validate
from articles.models import Article, Revision, Status, Translation
from newsroom.text import clean_line

if TYPE_CHECKING:
    from newsroom.models import User


def latest_content(article: Article) -> Content:
    """What the newest version says."""
    latest = cast("Revision", article.latest_revision)  # create() writes the first one
    return Content.from_json(latest.content)


def write(
    article: Article, content: Content, *, by: User | None, note: str, now: datetime, auto: bool = False
) -> Revision:
    """``content`` is the newest version, and the row shows it unless the article is live. Raises ValidationError."""
    content = content.cleaned()
    validate(content)
    latest = article.latest_revision
    if latest is not None and is_open(article, latest, by):
        revision, revision.saves = latest, latest.saves + 1
    else:
        newest = article.revisions.aggregate(newest=Max("number"))["newest"] or 0
        revision = Revision(article=article, number=newest + 1, author=by)
    revision.content, revision.note, revision.is_autosave = content.to_json(), clean_line(note)[:255], auto
    revision.created_at = now
    revision.save()
    article.latest_revision, article.edited_at = revision, now
    if article.status == Status.LIVE:
        article.save(update_fields=["latest_revision", "edited_at"])
    else:
        apply(content, article)
    if article.live_revision_id:
        pending_photos.keep(article)
    return revision


def is_open(article: Article, revision: Revision, by: User | None) -> bool:
    """Whether the next save of ``by`` takes the place of ``revision``: their own autosave, upon which nobody acted."""
    if not revision.is_autosave or by is None or revision.author_id != by.pk or revision.pk == article.live_revision_id:
        return False
    if Translation.objects.filter(original=article, seen_revision=revision).exists():
        return False  # somebody translates it
    upon_it = article.acts.filter(revision=revision).exclude(act__in=("create", "times"))
    return not upon_it.exclude(act__endswith="_entry").exists()  # a live post leaves the text alone


def kept(revision: Revision, *, by: User | None, note: str) -> Revision:
    """An autosave whose writer saves it once more by hand is a revision like others."""
    if revision.is_autosave and by is not None and revision.author_id == by.pk:
        revision.is_autosave, revision.note = False, clean_line(note)[:255]
        revision.save(update_fields=["is_autosave", "note"])
    return revision
