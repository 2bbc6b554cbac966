"""A dry run: what rules that are not in force would have done with the last comments."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from comments.models import Comment, CommentRules, Status
from comments.pipeline import checks, gates
from comments.pipeline.draft import Draft, Facts, Guest, Verdict, words_hash
from comments.pipeline.refusals import LengthRefused
from comments.pipeline.rules import Rules
from comments.reader_status import keys_of, reader_of, statuses_of
from newsroom.choices import CommentMode
from newsroom.models import SiteIdentity

LAST = 1000
SHOWN = 50
_TRIED = (
    ("banned_words", checks.banned_words),
    ("suspect_words", checks.suspect_words),
    ("links", checks.links),
    ("account", checks.account),
)


@dataclass(frozen=True)
class Caught:
    """A comment that the tried rules would not have let pass: by which phase, why, and whether it is new that they do."""

    comment: Comment
    phase: str
    reason: str
    is_new: bool

    @property
    def was_approved(self) -> bool:
        """A moderator read it and let it through."""
        return self.comment.is_published and self.comment.decided_by_id is not None


@dataclass
class Trial:
    """What came of it."""

    looked_at: int = 0
    caught: list[Caught] = field(default_factory=list)
    already: int = 0  # that the rules in force catch as well

    @property
    def new(self) -> list[Caught]:
        return [each for each in self.caught if each.is_new]

    @property
    def approved(self) -> list[Caught]:
        """Of the new ones, those that moderators had approved."""
        return [each for each in self.new if each.was_approved]

    @property
    def shown(self) -> list[Caught]:
        """The new ones, those that moderators had approved first."""
        return sorted(self.new, key=lambda each: not each.was_approved)[:SHOWN]

    @property
    def by_phase(self) -> list[tuple[str, int]]:
        return Counter(each.phase for each in self.new).most_common()


def tried(rules: Rules, *, in_force: Rules) -> Trial:
    """``rules`` over the last thousand comments, beside those ``in_force``. Four queries; nothing is changed.

    What depends on the moment is not tried: rates, the record, first comments, proof of work, the outside filter.
    """
    rows = Comment.objects.select_related("article", "author").defer("article__body").order_by("-pk")[:LAST]
    comments = list(rows)[::-1]
    readers = {comment.pk: reader_of(comment) for comment in comments}
    statuses = statuses_of([reader for reader in readers.values() if reader is not None])
    trial, site = Trial(looked_at=len(comments)), SiteIdentity.load()
    now, before = _Repeats(rules.numbers), _Repeats(in_force.numbers)
    for comment in comments:
        reader = readers[comment.pk]
        known = [statuses[key] for key in (keys_of(reader) if reader else []) if key in statuses]
        draft = _draft(comment, site, rules)
        draft.status = known[0] if known else None
        found = _judged(draft, now, comment)
        draft.rules = in_force
        found_before = _judged(draft, before, comment)
        trial.already += found_before is not None
        if found is not None:
            phase, reason = found
            trial.caught.append(Caught(comment, phase, reason, is_new=found_before is None))
    return trial


def _draft(comment: Comment, site: SiteIdentity, rules: Rules) -> Draft:
    guest = None if comment.author else Guest(comment.guest_name, comment.guest_email)
    facts, mode = Facts(at=comment.created_at), CommentMode.OPEN
    return Draft(comment.article, comment.body, None, comment.author, guest, facts, site, mode, rules)


def _judged(draft: Draft, repeats: _Repeats, comment: Comment) -> tuple[str, str] | None:
    """The phase that objects, and why."""
    try:
        gates.length(draft)
    except LengthRefused as refusal:
        return "length", str(refusal)
    for name, phase in _TRIED:
        verdict: Verdict | None = phase(draft)
        if verdict is not None and verdict.status != Status.PUBLISHED:
            return name, verdict.reason
    return ("repeats", _("The same words again")) if repeats.is_one(comment) else None


class _Repeats:
    """The same words among the comments of the trial, as ``checks.repeats`` would have seen them."""

    def __init__(self, numbers: CommentRules) -> None:
        self._numbers = numbers
        self._seen: dict[str, list[tuple[datetime, str]]] = {}

    def is_one(self, comment: Comment) -> bool:
        """Whether enough others, or the reader, wrote the same within the days before. ``comment`` is seen from now on."""
        numbers = self._numbers
        if not numbers.repeat_readers or len(comment.body) < numbers.repeat_characters:
            return False
        reader = str(comment.author_id or comment.guest_email or comment.address_hash)
        same = self._seen.setdefault(comment.words_hash or words_hash(comment.body), [])
        since = comment.created_at - timedelta(days=numbers.repeat_days)
        readers = {who for at, who in same if at >= since}
        same.append((comment.created_at, reader))
        return reader in readers or len(readers) + 1 >= numbers.repeat_readers
