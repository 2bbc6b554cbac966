"""The phases that judge: each gives a verdict or lets pass. Those of CONTENT look at nothing but the text."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comments.models import ProofOf, Standing, Status, WordKind
from comments.modes import reads_first
from comments.pipeline import outside_filter, proof_of_work
from comments.pipeline.draft import Draft, Verdict
from comments.text import links_in
from newsroom.choices import CommentMode

TURNED_DOWN = (Status.REJECTED, Status.SPAM, Status.REMOVED)
OPEN = (Status.WAITING, Status.DELETED)


def trap(draft: Draft) -> Verdict | None:
    """What the field that people do not see was filled in with is no comment."""
    if not draft.facts.trap_filled:
        return None
    return Verdict(Status(draft.rules.numbers.trap_answer), _("The hidden field was filled in"))


def speed(draft: Draft) -> Verdict | None:
    """The form came back faster than people write."""
    least = draft.rules.numbers.min_seconds
    if draft.facts.seconds is None or draft.facts.seconds >= least:
        return None
    reason = ngettext("Written in less than %(n)d second", "Written in less than %(n)d seconds", least) % {"n": least}
    return Verdict(Status(draft.rules.numbers.speed_answer), reason)


def banned_words(draft: Draft) -> Verdict | None:
    """A banned word is in it, in whatever disguise."""
    word = _word(draft, WordKind.BANNED)
    if not word:
        return None
    return Verdict(Status(draft.rules.numbers.banned_answer), _("Banned word: %(word)s") % {"word": word})


def suspect_words(draft: Draft) -> Verdict | None:
    """A suspect word is in it, in whatever disguise."""
    word = _word(draft, WordKind.SUSPECT)
    if not word:
        return None
    return Verdict(Status(draft.rules.numbers.suspect_answer), _("Suspect word: %(word)s") % {"word": word})


def _word(draft: Draft, kind: WordKind) -> str:
    matcher = draft.rules.matcher(kind, draft.article.language)
    found = matcher.find(draft.body) if matcher is not None else None
    return found.typed if found is not None else ""


def links(draft: Draft) -> Verdict | None:
    """It holds more web addresses than are let pass, those of the sites that do not count left out."""
    numbers = draft.rules.numbers
    hosts = numbers.links_hosts.lower().split()
    count = sum(not _is_of(link, hosts) for link in links_in(draft.body))
    if count <= numbers.links_allowed or draft.is_trusted:
        return None
    return Verdict(Status(numbers.links_answer), ngettext("%(n)d link", "%(n)d links", count) % {"n": count})


def _is_of(link: str, hosts: list[str]) -> bool:
    """Whether the address leads to one of ``hosts`` or a subdomain of one. An odd address leads nowhere known."""
    try:
        host = urlsplit(link if "://" in link else f"//{link}").hostname or ""
    except ValueError:
        return False
    return any(host == known or host.endswith(f".{known}") for known in hosts)


def repeats(draft: Draft) -> Verdict | None:
    """The reader wrote the same elsewhere, or several readers wrote the same. One query over its own index."""
    numbers = draft.rules.numbers
    if not numbers.repeat_readers or len(draft.body) < numbers.repeat_characters or draft.facts.at is not None:
        return None
    since = timezone.now() - timedelta(days=numbers.repeat_days)
    same = draft.others.filter(words_hash=draft.words_hash, created_at__gte=since)
    same = same.exclude(words_hash="").order_by("-created_at", "-pk")  # as its index has them
    rows = list(same.values_list("author", "guest_email", "address_hash")[: numbers.repeat_readers * 3])
    author = draft.author.pk if draft.author else None
    readers = {row[0] or row[1] or row[2] for row in rows}
    own = author or (draft.guest.email if draft.guest else "") or draft.address_hash
    if own in readers:
        return Verdict(Status(numbers.repeat_answer), _("The same reader wrote the same words elsewhere"))
    if len(readers) + 1 < numbers.repeat_readers:
        return None
    count = len(readers) + 1
    reason = ngettext("The same words by %(n)d reader", "The same words by %(n)d readers", count) % {"n": count}
    return Verdict(Status(numbers.repeat_answer), reason)


def watched(draft: Draft) -> Verdict | None:
    """Moderators want to read first what this reader writes."""
    if draft.standing != Standing.MODERATED or draft.facts.at is not None:
        return None
    return Verdict(Status.WAITING, _("This reader is always read first"))


def account(draft: Draft) -> Verdict | None:
    """The account is younger than the rules ask."""
    hours = draft.rules.numbers.account_hours
    if not hours or draft.author is None or draft.is_trusted:
        return None
    if (draft.facts.at or timezone.now()) - draft.author.date_joined >= timedelta(hours=hours):
        return None
    return Verdict(
        Status.WAITING,
        ngettext("Account younger than %(n)d hour", "Account younger than %(n)d hours", hours) % {"n": hours},
    )


def record(draft: Draft) -> Verdict | None:
    """Moderators turned down too many of the reader's last comments. One query."""
    numbers = draft.rules.numbers
    if not numbers.record_rejected or draft.is_trusted or draft.facts.at is not None:
        return None
    last = draft.earlier.exclude(status__in=OPEN).order_by("-created_at", "-pk").values_list("status", flat=True)
    turned_down = sum(status in TURNED_DOWN for status in last[: numbers.record_of])
    if turned_down < numbers.record_rejected:
        return None
    return Verdict(Status.WAITING, record_words(turned_down, numbers.record_of))


def record_words(turned_down: int, of: int) -> str:
    """What a bad record is."""
    return _("%(n)d of the reader's last %(of)d comments were turned down") % {"n": turned_down, "of": of}


def first_timer(draft: Draft) -> Verdict | None:
    """It is one of the reader's first. One query."""
    first = draft.rules.numbers.first_comments
    if not first or draft.is_trusted or draft.facts.at is not None:
        return None
    approved = len(draft.earlier.published().order_by().values_list("pk")[:first])
    if approved >= first:
        return None
    return Verdict(Status.WAITING, _("One of the reader's first comments"))


def proof(draft: Draft) -> Verdict | None:
    """The reader's browser did not do the work that was asked of it; without JavaScript none can."""
    if not is_proof_asked(draft.rules.numbers.proof_of, is_guest=draft.author is None) or draft.is_trusted:
        return None
    if draft.facts.at is not None:
        return None
    if proof_of_work.redeem(draft.facts.stamp, draft.facts.proof, bits=draft.rules.numbers.proof_bits):
        return None
    return Verdict(Status.WAITING, _("No proof of work"))


def is_proof_asked(proof_of: str, *, is_guest: bool) -> bool:
    """Whether the form asks for a proof of work."""
    return proof_of == ProofOf.EVERYBODY or (proof_of == ProofOf.GUESTS and is_guest)


def outside(draft: Draft) -> Verdict | None:
    """What the filter outside said; while it does not answer, what the rules say. No transaction is open meanwhile."""
    if not draft.rules.numbers.outside_url or draft.facts.at is not None:
        return None
    return outside_filter.ask(draft)


def mode(draft: Draft) -> Verdict:
    """Waits where a moderator reads first, else published; trusted readers are spared that if the rules say so.

    Where staff answers questions, staff alone is not read first.
    """
    if draft.mode == CommentMode.QUESTIONS:
        return Verdict(Status.PUBLISHED if draft.is_by_house else Status.WAITING)
    spared = draft.rules.numbers.trusted_unread and draft.is_trusted
    waits = reads_first(draft.mode) and not spared
    return Verdict(Status.WAITING if waits else Status.PUBLISHED)
