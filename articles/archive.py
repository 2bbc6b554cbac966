"""The archive of what public pages said: an entry for every act that changes a page, chained by hashes.

An entry is written in the transaction of its act, so there is none without the other. The head of the chain is locked
after the article: an act upon two articles in one transaction would have to lock both articles first.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.dispatch import receiver
from django.utils import timezone

from articles.acts import lock
from articles.body import references
from articles.content import PLAIN
from articles.models import ArchiveEntry, ArchiveHead, Article, EditorialAct, Status
from articles.signals import act_done
from media.models import Photo

PERMISSION = "articles.view_archive"
FOUND = "found"
BEGINNING = "0" * 64  # what the first entry names as the hash before it
BATCH = 200
KEPT = {
    *("publish", "update", "minor_update", "unschedule", "withdraw", "kill"),
    *("correct", "amend_correction", "withdraw_correction"),
}
OF_LIVE_ONES = {"times", "break_embargo"}


@receiver(act_done, dispatch_uid="archive-of-articles")
def _keep(sender: Any, act: EditorialAct, article: Article, **_kwargs: Any) -> None:
    if act.act in KEPT or (act.act in OF_LIVE_ONES and article.status == Status.LIVE):
        _write(article, act.act, at=act.at, by=act.by)


@transaction.atomic
def keep_found(article: Article) -> bool:
    """A live article that the archive does not know has its first entry, "as found". Whether one was written."""
    lock(article)
    if article.status != Status.LIVE or ArchiveEntry.objects.filter(article_number=article.pk).exists():
        return False
    _write(article, FOUND, at=timezone.now(), by=None)
    return True


def unknown() -> Any:
    """The live articles without an entry: those that were there before the archive, or came past the acts."""
    return Article.objects.filter(status=Status.LIVE).exclude(pk__in=ArchiveEntry.objects.values("article_number"))


def _write(article: Article, act: str, *, at: datetime, by: Any) -> None:
    said = said_by(article)
    packed = canonical(said)
    times = [moment for moment in (article.published_at, article.embargo_until) if moment]
    is_live = article.status == Status.LIVE
    newest = ArchiveEntry.objects.order_by("-sequence").values_list("sequence", "hash").first() or (0, BEGINNING)
    ArchiveHead.objects.get_or_create(pk=1, defaults={"sequence": newest[0], "hash": newest[1]})
    head = ArchiveHead.objects.select_for_update().get(pk=1)
    entry = ArchiveEntry(
        sequence=head.sequence + 1,
        article_number=article.pk,
        url=article.get_absolute_url(),
        headline=article.headline,
        act=act,
        at=at,
        by_number=by.pk if by else None,
        by_name=by.display_name[:300] if by else "",
        status=article.status,
        public_from=max(times) if is_live and times else None,
        public_until=article.expires_at if is_live else None,
        written_at=timezone.now(),
        content=zlib.compress(packed),
        content_hash=hashlib.sha256(packed).hexdigest(),
        previous_hash=head.hash,
    )
    entry.hash = hash_of(entry)
    entry.save()
    head.sequence, head.hash = entry.sequence, entry.hash
    head.save()


def said_by(article: Article) -> dict[str, Any]:
    """What the page of ``article`` says, as JSON values; of one that is not live only the state and the kill's sentence."""
    said: dict[str, Any] = {"state": article.status, "kill_note": article.kill_note}
    if article.status != Status.LIVE:
        return said
    slides = list(article.slides.select_related("photo").order_by("position"))
    cited = {pk for kind, pk in references(article.body) if kind == "photo"}
    photos = {**Photo.objects.in_bulk(cited), **{slide.photo_id: slide.photo for slide in slides}}
    section: Any = article.section
    return {
        **said,
        "content": {
            **{name: getattr(article, name) for name in PLAIN},
            "byline_ids": [byline.pk for byline in article.ordered_bylines],
            "tags": list(article.tagged.order_by("pk").values_list("tag__name", flat=True)),
            "slides": [{"photo_id": s.photo_id, "caption": s.caption, "alt": s.alt} for s in slides],
        },
        "bylines": [str(byline) for byline in article.ordered_bylines],
        "section": {"name": section.name, "path": section.path, "is_public": section.is_public},
        "slides": [{"photo": s.photo_id, "caption": s.shown_caption, "alt": s.shown_alt} for s in slides],
        "photos": {str(pk): photo.credit_line for pk, photo in photos.items()},
        "corrections": [
            {"id": c.pk, "kind": c.kind, "text": c.text, "published_at": _time(c.published_at)}
            for c in article.corrections.filter(withdrawn_at__isnull=True)
        ],
        "times": {
            name: _time(getattr(article, name))
            for name in ("published_at", "updated_at", "corrected_at", "embargo_until", "expires_at")
        },
    }


def canonical(value: Any) -> bytes:
    """``value`` as the one JSON text that stands for it."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _time(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat(timespec="microseconds") if moment else None


def hash_of(entry: ArchiveEntry) -> str:
    """The hash over all that ``entry`` says, the hash of its content and of the entry before included."""
    times = ("at", "public_from", "public_until", "written_at")
    plain = (
        *("sequence", "article_number", "url", "headline", "act", "by_number", "by_name", "status"),
        *("content_hash", "previous_hash"),
    )
    values = {name: getattr(entry, name) for name in plain}
    return hashlib.sha256(canonical({**values, **{name: _time(getattr(entry, name)) for name in times}})).hexdigest()


def content_of(entry: ArchiveEntry) -> dict[str, Any] | None:
    """What ``said_by`` gave when ``entry`` was written; None if it is not that any more."""
    packed = _unpacked(entry)
    return None if packed is None else json.loads(packed)


def _unpacked(entry: ArchiveEntry) -> bytes | None:
    try:
        packed = zlib.decompress(bytes(entry.content))
    except zlib.error:
        return None
    return packed if hashlib.sha256(packed).hexdigest() == entry.content_hash else None


# --- Is it whole? -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Fault:
    """``kind``: "content", "entry" (another field), "link", "missing" (from this number on) or "head"."""

    sequence: int
    kind: str


def check(start: int = 1) -> Iterator[tuple[int, list[Fault]]]:
    """For every entry from number ``start`` on, in order, its number and its faults; in constant memory.

    The entries up to the head at the beginning are walked; what is added meanwhile is not.
    """
    head = ArchiveHead.objects.filter(pk=1).first() or ArchiveHead(pk=1, sequence=0, hash=BEGINNING)
    before = ArchiveEntry.objects.filter(sequence=start - 1).values_list("hash", flat=True).first()
    known = BEGINNING if start <= 1 else before
    expected = max(start, 1)
    rows = ArchiveEntry.objects.filter(sequence__gte=expected, sequence__lte=head.sequence).order_by("sequence")
    for entry in rows.iterator(chunk_size=BATCH):
        yield entry.sequence, _faults(entry, expected, known)
        expected, known = entry.sequence + 1, entry.hash
    if expected <= head.sequence:
        yield expected, [Fault(expected, "missing")]
    elif expected == head.sequence + 1 and known not in {None, head.hash}:
        yield head.sequence, [Fault(head.sequence, "head")]
    newest = ArchiveEntry.objects.order_by("-sequence").values_list("sequence", flat=True).first() or 0
    if newest > newest_noted():  # read after the entries: a chain that grows meanwhile is no fault
        yield newest, [Fault(newest, "head")]


def newest_noted() -> int:
    """The number of the newest entry as the head of the chain has it."""
    return int(ArchiveHead.objects.filter(pk=1).values_list("sequence", flat=True).first() or 0)


def _faults(entry: ArchiveEntry, expected: int, known: str | None) -> list[Fault]:
    found = []
    if entry.sequence != expected:
        found.append(Fault(expected, "missing"))
    elif known is not None and entry.previous_hash != known:
        found.append(Fault(entry.sequence, "link"))
    if _unpacked(entry) is None:
        found.append(Fault(entry.sequence, "content"))
    if hash_of(entry) != entry.hash:
        found.append(Fault(entry.sequence, "entry"))
    return found


def is_sound(entry: ArchiveEntry) -> bool:
    """Whether ``entry`` is as it was written and fits those before and after it. One query."""
    beside = {
        each.sequence: each
        for each in ArchiveEntry.objects.filter(sequence__in=[entry.sequence - 1, entry.sequence + 1]).defer("content")
    }
    before, after = beside.get(entry.sequence - 1), beside.get(entry.sequence + 1)
    known = before.hash if before else BEGINNING if entry.sequence == 1 else ""
    follows = after.previous_hash == entry.hash if after else ArchiveHead.objects.filter(hash=entry.hash).exists()
    return follows and not _faults(entry, entry.sequence, known)


# --- What stood here? -------------------------------------------------------------------------------------------------


def in_force(article_number: int, at: datetime) -> ArchiveEntry | None:
    """The entry that says what the page was at ``at``; None: the archive knows of none yet. One query."""
    return ArchiveEntry.objects.filter(article_number=article_number, written_at__lte=at).order_by("-sequence").first()


def was_ever_public(article_number: int, at: datetime) -> bool:
    """Whether readers saw the article at some moment up to ``at``, as far as the archive knows. One query."""
    rows = ArchiveEntry.objects.filter(article_number=article_number).order_by("sequence")
    found = list(rows.values_list("status", "public_from", "public_until", "written_at"))
    ends = [*(written for _status, _first, _last, written in found[1:]), at]
    for (status, first, last, written), end in zip(found, ends, strict=False):
        begins = max(first or written, written)
        if status == Status.LIVE and begins < end and (last is None or begins < last):
            return True
    return False


def was_public(entry: ArchiveEntry, said: dict[str, Any] | None, at: datetime) -> bool:
    """Whether readers saw at ``at`` what ``entry``, the one in force then, says."""
    return (
        entry.status == Status.LIVE
        and (entry.public_from is None or entry.public_from <= at)
        and (entry.public_until is None or entry.public_until > at)
        and (said is None or bool(said["section"]["is_public"]))
    )
