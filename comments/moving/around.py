"""What is kept of readers and months beside the comments: lines of their own in the file of ``export_comments newsroom``.

Each names its ``kind``. Standings that hang on a network address are left out: they expire.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction

from comments.models import (
    Event,
    Letters,
    MonthlyFigure,
    Mute,
    ReaderAct,
    ReaderChoice,
    ReaderNote,
    ReaderStatus,
    Standing,
    Tally,
)
from comments.moving.own_rows import ODD, line, not_ours, time_or_none
from comments.moving.people import named
from comments.moving.rows import BadRow, Beside, moment
from comments.moving.whole import BATCH, login, written
from comments.reader_status import keys_of
from newsroom.models import User
from newsroom.text import clean_text

Row = dict[str, Any]


def exported() -> Iterator[Row]:
    """The lines, one after the other; few are in memory."""
    statuses = ReaderStatus.objects.exclude(key__startswith="address-").order_by("pk")
    for status in statuses.select_related("reader", "set_by").prefetch_related("acts__by").iterator(BATCH):
        yield _standing(status)
    for note in ReaderNote.objects.order_by("pk").select_related("reader", "by").iterator(BATCH):
        yield {"kind": "note", "reader": login(note.reader), "guest_email": note.guest_email, "body": note.body, "by": login(note.by), "at": written(note.at)}  # fmt: skip
    for mute in Mute.objects.order_by("pk").select_related("reader", "muted").iterator(BATCH):
        yield {"kind": "mute", "reader": login(mute.reader), "muted": login(mute.muted), "at": written(mute.at)}
    for choice in ReaderChoice.objects.order_by("pk").select_related("reader").iterator(BATCH):
        yield {"kind": "letters", "reader": login(choice.reader), "letters": choice.letters, "letter_at": written(choice.letter_at)}  # fmt: skip
    yield from _figures()


def _standing(status: ReaderStatus) -> Row:
    return {
        "kind": "standing",
        "reader": login(status.reader),
        "key": "" if status.reader_id else status.key,
        "standing": status.standing,
        "until": written(status.until),
        "reason": status.reason,
        "set_by": login(status.set_by),
        "set_at": written(status.set_at),
        "acts": [
            {"from": a.from_standing, "to": a.to_standing, "until": written(a.until), "by": login(a.by), "at": written(a.at), "reason": a.reason}
            for a in sorted(status.acts.all(), key=lambda act: act.pk)
        ],
    }  # fmt: skip


def _figures() -> Iterator[Row]:
    """Months with what is still in tallies. One query: folding moves numbers from one table to the other meanwhile."""
    key = ("month", "language", "event", "rule")
    kept = MonthlyFigure.objects.order_by().values_list(*key, "number")
    sums: Counter[tuple[Any, ...]] = Counter()
    for *found, number in kept.union(Tally.objects.order_by().values_list(*key, "change"), all=True):
        sums[tuple(found)] += number
    for month, *names in sorted(sums):
        values = zip(key, (month.isoformat(), *names), strict=True)
        yield {"kind": "figure", **dict(values), "number": sums[month, *names]}


# --- Back again -------------------------------------------------------------------------------------------------------


def bring(beside: Beside) -> bool:
    """What the line says is here; False if it was. Raises BadRow if it cannot be."""
    store = _STORES.get(str(beside.row.get("kind")))
    if store is None:
        raise BadRow("its kind is not known")
    try:
        with transaction.atomic():
            return store(beside.row)
    except ODD as error:
        raise BadRow(not_ours(error)) from error


def _account(name: Any) -> User:
    account = named([line(name)]).get(line(name))
    if account is None:
        raise BadRow(f"there is no account “{line(name)}”")
    return account


def _account_or_none(name: Any) -> User | None:
    return named([line(name)]).get(line(name)) if name else None


def _bring_standing(row: Row) -> bool:
    reader = _account(row["reader"]) if row["reader"] else None
    key = keys_of(reader)[0] if reader is not None else line(row["key"], 80)
    if not key.startswith(("user-", "mail-")) or (reader is None and key.startswith("user-")):
        raise BadRow("it is of nobody")
    until, standing = time_of_end(row["until"]), Standing(row["standing"])
    if standing == Standing.SUSPENDED and until is None:
        raise BadRow("its suspension has no end")
    defaults = {"reader": reader, "standing": standing, "until": until, "reason": line(row["reason"], 300), "set_by": _account_or_none(row["set_by"]), "set_at": moment(row["set_at"])}  # fmt: skip
    status, is_new = ReaderStatus.objects.get_or_create(key=key, defaults=defaults)
    if is_new:
        ReaderAct.objects.bulk_create([_act(status, each) for each in row["acts"]])
    return is_new


def _act(status: ReaderStatus, row: Row) -> ReaderAct:
    return ReaderAct(
        status=status,
        from_standing=Standing(row["from"]),
        to_standing=Standing(row["to"]),
        until=time_of_end(row["until"]),
        by=_account_or_none(row["by"]),
        at=moment(row["at"]),
        reason=line(row["reason"], 300),
    )


def time_of_end(value: Any) -> Any:
    """An end, which may lie ahead. Raises BadRow for what is no time."""
    return moment(value, may_lie_ahead=True) if value else None


def _bring_note(row: Row) -> bool:
    reader = _account(row["reader"]) if row["reader"] else None
    mail, body = "" if reader else line(row["guest_email"], 254), clean_text(str(row["body"]))[:2000]
    if not body or not (reader or mail):
        raise BadRow("it is of nobody or says nothing")
    of_note = {"reader": reader, "guest_email": mail, "body": body, "at": moment(row["at"])}
    return ReaderNote.objects.get_or_create(**of_note, defaults={"by": _account_or_none(row["by"])})[1]


def _bring_mute(row: Row) -> bool:
    reader, muted = _account(row["reader"]), _account(row["muted"])
    if reader == muted:
        raise BadRow("nobody mutes themselves")
    return Mute.objects.get_or_create(reader=reader, muted=muted, defaults={"at": moment(row["at"])})[1]


def _bring_letters(row: Row) -> bool:
    defaults = {"letters": Letters(row["letters"]), "letter_at": time_or_none(row["letter_at"])}
    return ReaderChoice.objects.get_or_create(reader=_account(row["reader"]), defaults=defaults)[1]


def _bring_figure(row: Row) -> bool:
    """A month that has been counted here stays as it is."""
    language, number = line(row["language"], 12), int(row["number"])
    if language not in dict(settings.LANGUAGES) or abs(number) > 2**31 - 1:
        raise BadRow("its edition or number is none")
    month = date.fromisoformat(row["month"]).replace(day=1)
    of_month = {"month": month, "language": language, "event": Event(row["event"]), "rule": line(row["rule"], 24)}
    if Tally.objects.filter(**of_month).exists():
        return False
    return MonthlyFigure.objects.get_or_create(**of_month, defaults={"number": number})[1]


_STORES: dict[str, Callable[[Row], bool]] = {
    "standing": _bring_standing,
    "note": _bring_note,
    "mute": _bring_mute,
    "letters": _bring_letters,
    "figure": _bring_figure,
}
