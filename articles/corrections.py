"""Corrections and clarifications: one function per act. Each is recorded on its article and shown to readers at once."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.acts import ActRefused, WrongState, lock, may, record, require_unlocked
from articles.models import Article, Correction, CorrectionKind, Status
from newsroom.text import clean_text

if TYPE_CHECKING:
    from newsroom.models import User

PERMISSION = "articles.correct_article"
MOST = 2000


class Unsaid(ActRefused):
    """A correction must say something, and not too much."""


class StaleCorrection(ActRefused):
    """Somebody changed the correction since the person loaded it."""


@transaction.atomic
def publish(*, article: Article, kind: str, text: str, by: User | None) -> Correction:
    """``article`` carries a new correction, and counts as updated. One that says the same already is the answer instead.

    Raises Unsaid, WrongState unless readers see the article or saw it before it was withdrawn or expired.
    """
    said = _said(text)
    lock(article)
    may(by, PERMISSION, article)
    require_unlocked(article)
    now = timezone.now()
    if not _was_seen(article, now):
        raise WrongState(_("Only what readers see or saw can be corrected in public. Change the text instead."))
    standing = article.corrections.filter(withdrawn_at__isnull=True, kind=kind, text=said).first()
    if standing is not None:
        return standing
    correction = Correction.objects.create(
        article=article, kind=CorrectionKind(kind), text=said, published_at=now, by=by
    )
    article.updated_at = article.corrected_at = now
    article.save(update_fields=["updated_at", "corrected_at"])
    record(article, "correct", by=by, at=now, note=said)
    return correction


@transaction.atomic
def amend(*, correction: Correction, kind: str, text: str, by: User | None, base: int | None = None) -> None:
    """``correction`` says ``text``; what it said is kept. ``base``: its ``version`` that the person saw (None: not compared).

    Raises Unsaid, StaleCorrection if somebody changed it since, WrongState once it was withdrawn.
    """
    said = _said(text)
    article = _locked(correction, by)
    _unchanged(correction, base)
    if (correction.kind, correction.text) == (kind, said):
        return
    _remember(correction)
    correction.kind, correction.text, correction.by = CorrectionKind(kind), said, by
    correction.save()
    record(article, "amend_correction", by=by, at=timezone.now(), note=said)


@transaction.atomic
def withdraw(*, correction: Correction, by: User | None, base: int | None = None) -> None:
    """``correction`` is shown nowhere any more. Raises WrongState if it was withdrawn before, StaleCorrection as ``amend``."""
    article = _locked(correction, by)
    _unchanged(correction, base)
    correction.withdrawn_at = timezone.now()
    correction.save(update_fields=["withdrawn_at"])
    standing = Correction.objects.filter(article=article, withdrawn_at__isnull=True).first()
    article.corrected_at = standing.published_at if standing else None
    article.save(update_fields=["corrected_at"])
    record(article, "withdraw_correction", by=by, at=correction.withdrawn_at, note=correction.text)


def _was_seen(article: Article, at: datetime) -> bool:
    return (
        article.status in {Status.LIVE, Status.WITHDRAWN}
        and article.published_at is not None
        and article.published_at <= at
        and not article.embargo_holds
    )


def _locked(correction: Correction, by: User | None) -> Article:
    article = correction.article
    lock(article)
    may(by, PERMISSION, article)
    require_unlocked(article)
    correction.refresh_from_db()
    if correction.withdrawn_at is not None:
        raise WrongState(_("This correction was withdrawn."))
    if article.status not in {Status.LIVE, Status.WITHDRAWN}:
        raise WrongState(_("This article can no longer be edited."))
    return article


def _unchanged(correction: Correction, base: int | None) -> None:
    if base is not None and base != correction.version:
        raise StaleCorrection(
            _("Somebody else changed this correction meanwhile. It stands as they wrote it; your text is kept below.")
        )


def _remember(correction: Correction) -> None:
    """What it said until now, with its writer."""
    correction.history = [
        *correction.history,
        {
            "kind": correction.kind,
            "text": correction.text,
            "by": correction.by_id,
            "until": timezone.now().isoformat(),
        },
    ]


def _said(text: str) -> str:
    said = clean_text(text)
    if not said:
        raise Unsaid(_("Write what was wrong and what is right."))
    if len(said) > MOST:
        raise Unsaid(_("A correction has at most %(most)s characters.") % {"most": MOST})
    return said
