"""The first phases: they let pass or refuse. A refused comment is not stored; its text stays in the form."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.cache import cache
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from comments import answering
from comments.models import Comment, Standing
from comments.modes import closed_sentence
from comments.pipeline.draft import Draft
from comments.pipeline.refusals import (
    CommentsClosed,
    LengthRefused,
    ParentGone,
    ReaderBanned,
    ReaderSuspended,
    SignInNeeded,
    SlowLane,
    StaffAnswers,
    SubmissionRefused,
    TooQuick,
    slow_lane_words,
)
from comments.reader import hashed
from newsroom.choices import CommentMode
from newsroom.models import SiteIdentity

DAY = timedelta(days=1)


def needs_sign_in(mode: CommentMode, site: SiteIdentity) -> bool:
    """Whether only people with an account may comment."""
    return mode == CommentMode.MEMBERS or not site.guest_comments


def closed(draft: Draft) -> None:
    """Raises CommentsClosed on an article that takes none."""
    if draft.mode == CommentMode.CLOSED:
        raise CommentsClosed(closed_sentence(draft.site))


def signed_in(draft: Draft) -> None:
    """Raises SignInNeeded for a guest where guests may not write, or one without a name."""
    if draft.author is not None:
        return
    if needs_sign_in(draft.mode, draft.site) or draft.guest is None or not draft.guest.name:
        raise SignInNeeded(_("Sign in to post a comment."))


def standing(draft: Draft) -> None:
    """Raises ReaderBanned, ReaderSuspended, or SlowLane once the day's comments are used up. What an import tells passes."""
    status = draft.status if draft.facts.at is None else None
    if status is None:
        return
    if draft.standing == Standing.BANNED:
        raise ReaderBanned(status.reason)
    if draft.standing == Standing.SUSPENDED and status.until is not None:
        raise ReaderSuspended(status.until, status.reason)
    if draft.standing == Standing.QUIET:
        _slow_lane(draft, status.reason)


def standing_words(draft: Draft) -> str:
    """What the reader should know of the own standing before writing, in a sentence; empty for nearly everybody.

    One query, two in the slow lane.
    """
    try:
        standing(draft)
    except SubmissionRefused as refusal:
        return str(refusal)
    if draft.status is None or draft.standing != Standing.QUIET:
        return ""
    most = draft.rules.numbers.quiet_daily
    return slow_lane_words(most, most - len(_of_today(draft, most)), draft.status.reason)


def _slow_lane(draft: Draft, reason: str) -> None:
    most = draft.rules.numbers.quiet_daily
    times = _of_today(draft, most)
    if len(times) >= most:
        raise SlowLane(most, times[-1] + DAY, reason)


def _of_today(draft: Draft, most: int) -> list[datetime]:
    """When the reader's comments of the last day were written, at most so many, the newest first. One query."""
    of_address = draft.others.filter(address_hash=draft.address_hash).exclude(address_hash="")  # as its index has them
    of_reader = of_address if draft.author is None else draft.earlier
    today = of_reader.filter(created_at__gt=timezone.now() - DAY).order_by("-created_at")
    return list(today.values_list("created_at", flat=True)[:most])


def length(draft: Draft) -> None:
    """Raises LengthRefused outside the limits of the rules."""
    numbers, count = draft.rules.numbers, len(draft.body)
    if count < numbers.min_characters:
        raise LengthRefused(_("Write your comment first.") if count < 2 else _("Your comment is too short."))
    if count > numbers.max_characters:
        raise LengthRefused(
            _("A comment has at most %(most)s characters; yours has %(count)s.")
            % {
                "most": number_format(numbers.max_characters, force_grouping=True),
                "count": number_format(count, force_grouping=True),
            }
        )


def answered(draft: Draft) -> None:
    """Raises ParentGone unless the comment that is answered stands, published, under the same article.

    Raises StaffAnswers for a reader's reply where staff answers.
    """
    if draft.parent is None:
        return
    shown = Comment.objects.published().filter(pk=draft.parent.pk, article=draft.article)
    if not shown.exists():
        raise ParentGone(_("The comment you answer is no longer there."))
    if draft.mode == CommentMode.QUESTIONS:
        _require_answerer(draft)


def _require_answerer(draft: Draft) -> None:
    if draft.author is not None and answering.may_answer(draft.author, draft.article.pk):
        return
    names = answering.sentence_names(draft.article)
    if names:
        raise StaffAnswers(_("Questions on this page are answered by %(names)s.") % {"names": names})
    raise StaffAnswers(_("Questions on this page are answered by staff."))


def rate(draft: Draft) -> None:
    """Raises TooQuick if the reader, or everybody at the network address, has used up the comments of a span of time.

    Counts in the cache, atomically: with a shared one it holds across processes and machines.
    """
    if draft.facts.at is not None:
        return
    numbers = draft.rules.numbers
    _take(hashed("rate", draft.reader_key), numbers.rate_comments, numbers.rate_seconds)
    if draft.address_hash:
        _take(f"address-{draft.address_hash}", numbers.address_comments, numbers.address_seconds)


def _take(key: str, most: int, seconds: int) -> None:
    """One of ``most`` slots, each free again ``seconds`` after it was taken. Raises TooQuick if none is free."""
    now = timezone.now().timestamp()
    slots = [f"comments-rate-{key}-{n}" for n in range(most)]
    if any(cache.add(slot, now + seconds, timeout=seconds) for slot in slots):
        return
    ends = [end for end in cache.get_many(slots).values() if isinstance(end, float)]
    raise TooQuick(max(1, round(min(ends, default=now) - now)))
