"""A dry run: what rules that are not in force would have done with the last comments."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from comments.models import Comment
from comments.pipeline import checks, gates
from comments.pipeline.draft import Draft, Facts, Guest
from comments.pipeline.refusals import LengthRefused
from comments.pipeline.replay import Rates, Records, Repeats
from comments.pipeline.rules import Rules
from comments.reader_status import keys_of, reader_of, statuses_of
from newsroom.choices import CommentMode
from newsroom.models import SiteIdentity

LAST = 1000
SHOWN = 50
_OF_TEXT = (
    ("banned_words", checks.banned_words),
    ("suspect_words", checks.suspect_words),
    ("links", checks.links),
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
    """``rules`` over the last thousand comments, beside those ``in_force``. Six queries; nothing is changed.

    Rates, repeats, records and first comments are played again at the comments' own times. Not tried is what nobody kept
    (the hidden field, the time a form was open, proof of work) and the outside filter, which would be asked in earnest.
    """
    rows = Comment.objects.select_related("article", "author").defer("article__body").order_by("-pk")[:LAST]
    comments = sorted(rows, key=lambda comment: (comment.created_at, comment.pk))
    readers = {comment.pk: reader_of(comment) for comment in comments}
    statuses = statuses_of([reader for reader in readers.values() if reader is not None])
    trial, site, records = Trial(looked_at=len(comments)), SiteIdentity.load(), Records.of(comments)
    now, before = _Judge(rules, records), _Judge(in_force, records)
    for comment in comments:
        reader = readers[comment.pk]
        known = [statuses[key] for key in (keys_of(reader) if reader else []) if key in statuses]
        draft = _draft(comment, site, rules)
        draft.status = known[0] if known else None
        found, found_before = now.objection(draft, comment), before.objection(draft, comment)
        trial.already += found_before is not None
        if found is not None:
            phase, reason = found
            trial.caught.append(Caught(comment, phase, reason, is_new=found_before is None))
    return trial


def _draft(comment: Comment, site: SiteIdentity, rules: Rules) -> Draft:
    guest = None if comment.author else Guest(comment.guest_name, comment.guest_email)
    facts, mode = Facts(at=comment.created_at), CommentMode.OPEN
    return Draft(comment.article, comment.body, None, comment.author, guest, facts, site, mode, rules)


class _Judge:
    """Rules over comments in their order, each phase where it stands in the pipeline."""

    def __init__(self, rules: Rules, records: Records) -> None:
        self._rules, self._records = rules, records
        self._rates, self._repeats = Rates(rules.numbers), Repeats(rules.numbers)

    def objection(self, draft: Draft, comment: Comment) -> tuple[str, str] | None:
        """The phase that objects, and why."""
        draft.rules = self._rules
        try:
            gates.length(draft)
        except LengthRefused as refusal:
            return "length", str(refusal)
        if self._rates.is_too_quick(comment):
            return "rate", _("Posted too quickly")
        for name, phase in _OF_TEXT:
            verdict = phase(draft)
            if verdict is not None:
                return name, verdict.reason
        if self._repeats.is_one(comment):
            return "repeats", _("The same words again")
        verdict = checks.account(draft)
        if verdict is not None:
            return "account", verdict.reason
        return None if draft.is_trusted else self._records.objection(comment, self._rules.numbers)
