"""The life of an assignment: one function per act, one table that says which leads from where to where.

Every act locks the row, checks right and state, counts ``version`` up and writes an AssignmentAct. The linked article
moves its assignment along: sent to review it is filed, published it is done.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import publishing, rights
from articles.acts import ActRefused, NotAllowed, WrongState
from articles.content import Content
from articles.models import Article, Assignment, AssignmentAct, AssignmentState, Byline, EditorialAct
from articles.signals import act_done, assignment_changed
from newsroom.languages import default_language
from newsroom.models import User
from newsroom.text import clean_line, clean_text

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

VIEW, WRITE, DIRECT = "articles.view_assignment", "articles.add_assignment", "articles.change_assignment"
FIELDS = ("title", "description", "section_id", "editor_id", "due_at", "length_words", "wants_photo", "photo_note")
_IDEA, _ASSIGNED, _FILED, _DONE, _DROPPED = AssignmentState


class StaleAssignment(ActRefused):
    """Somebody changed it meanwhile."""


class Incomplete(ActRefused):
    """Something is not said that the act needs; ``field`` is the form's."""

    def __init__(self, sentence: str, field: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True)
class Step:
    """An act: from which states, to which (None: stays), and who: "direct" editors, "own" also whose it is, "any" writer."""

    label: str | _StrPromise
    sources: frozenset[str]
    target: str | None
    who: str


_OPEN = frozenset({_IDEA, _ASSIGNED})
TRANSITIONS: dict[str, Step] = {
    "claim": Step(gettext_lazy("Take it"), frozenset({_IDEA}), _ASSIGNED, "any"),
    "assign": Step(gettext_lazy("Assign"), _OPEN, _ASSIGNED, "direct"),
    "begin": Step(gettext_lazy("Start the article"), frozenset({_ASSIGNED}), None, "own"),
    "file": Step(gettext_lazy("File"), frozenset({_ASSIGNED}), _FILED, "own"),
    "finish": Step(gettext_lazy("Done"), frozenset({_FILED}), _DONE, "direct"),
    "change": Step(gettext_lazy("Save"), _OPEN | {_FILED}, None, "own"),
    "drop": Step(gettext_lazy("Drop"), _OPEN | {_FILED}, _DROPPED, "own"),
    "reopen": Step(gettext_lazy("Reopen"), frozenset({_FILED, _DONE, _DROPPED}), _IDEA, "direct"),
}
LABELS = {name: step.label for name, step in TRANSITIONS.items()} | {"suggest": gettext_lazy("Suggested")}


def writers() -> QuerySet[User]:
    """Staff to whom work can be given, by name."""
    backend = "django.contrib.auth.backends.ModelBackend"
    found = User.objects.with_perm(WRITE, backend=backend)
    return found.filter(is_staff=True).order_by("name", "username")


def available_acts(assignment: Assignment, user: User) -> list[str]:
    """The acts that ``user`` may do with ``assignment`` now, in the table's order."""
    acts = [
        name
        for name, step in TRANSITIONS.items()
        if assignment.state in step.sources and _has_right(step, assignment, user)
    ]
    return [name for name in acts if name != "begin" or assignment.article_id is None]


def _has_right(step: Step, assignment: Assignment, user: User) -> bool:
    if rights.may_in(user, DIRECT, assignment.section_id):
        return True
    if step.who == "direct" or not rights.may_in(user, WRITE, assignment.section_id):
        return False
    owner = assignment.assignee_id or assignment.created_by_id
    return step.who == "any" or owner == user.pk


@transaction.atomic
def suggest(*, by: User | None, values: Mapping[str, Any], key: UUID | None = None) -> Assignment:
    """A new idea with ``values`` (see FIELDS). Raises NotAllowed, Incomplete without a title, IntegrityError if the form
    with this ``key`` made one before."""
    if by is not None and not rights.may(by, WRITE):
        raise NotAllowed(_("You may not do this. Ask an editor or an administrator."))
    assignment = Assignment(created_by=by, form_key=key)
    _fill(assignment, values)
    assignment.save()
    _record(assignment, "suggest", source="", by=by, note="")
    return assignment


@transaction.atomic
def change(*, assignment: Assignment, by: User | None, values: Mapping[str, Any], seen: int | None = None) -> None:
    """It says ``values``. Raises StaleAssignment if it was changed since version ``seen`` (None: not compared)."""
    _require("change", assignment, by=by)
    if seen is not None and seen != assignment.version:
        raise StaleAssignment(
            _("Somebody changed this assignment while you were writing. Your text is kept below; look and save again.")
        )
    before = [getattr(assignment, name) for name in FIELDS]
    _fill(assignment, values)
    if before != [getattr(assignment, name) for name in FIELDS]:
        _enter("change", assignment, by=by)


@transaction.atomic
def reschedule(*, assignment: Assignment, by: User | None, due_at: datetime | None) -> None:
    """It is due at ``due_at`` (aware or None)."""
    _require("change", assignment, by=by)
    if assignment.due_at != due_at:
        assignment.due_at = due_at
        _enter("change", assignment, by=by)


@transaction.atomic
def assign(*, assignment: Assignment, by: User | None, assignee: User | None, note: str = "") -> None:
    """It is the work of ``assignee``. Raises Incomplete unless that is somebody who writes."""
    _require("assign", assignment, by=by)
    if assignee is None or not writers().filter(pk=assignee.pk).exists():
        raise Incomplete(_("Choose somebody who writes articles."), "assignee")
    if assignment.assignee_id == assignee.pk:
        return
    assignment.assignee = assignee
    _enter("assign", assignment, by=by, note=note)


@transaction.atomic
def claim(*, assignment: Assignment, by: User) -> None:
    """The idea is the work of ``by``. Raises WrongState if somebody else was first."""
    if assignment.assignee_id == by.pk and assignment.state == _ASSIGNED:
        return  # a second click
    _require("claim", assignment, by=by)
    assignment.assignee = by
    _enter("claim", assignment, by=by)


@transaction.atomic
def begin(*, assignment: Assignment, by: User) -> Article:
    """A draft with what the assignment says is there and linked; the one begun before if there is one."""
    _lock(assignment)
    if assignment.article is not None:
        return assignment.article
    _require("begin", assignment, by=by)
    section = assignment.section
    names = Byline.objects.filter(user=assignment.assignee_id or 0).order_by("pk")[:1]
    content = Content(
        headline=assignment.title,
        section_id=assignment.section_id,
        language=section.language if section else default_language(),
        byline_ids=[byline.pk for byline in names],
    )
    article = publishing.create(content=content, by=by)
    assignment.article = article
    _enter("begin", assignment, by=by)
    return article


@transaction.atomic
def file(*, assignment: Assignment, by: User | None, article: Article | None = None, note: str = "") -> None:
    """It is filed with ``article``, else the one linked before. Raises Incomplete without any, WrongState if that article
    belongs to another assignment."""
    _require("file", assignment, by=by)
    article = article or assignment.article
    if article is None:
        raise Incomplete(_("Choose the article, or start one."), "article")
    others = article.assignments.exclude(pk=assignment.pk).exclude(state=_DROPPED)
    if others.exists():
        raise WrongState(_("That article belongs to another assignment."))
    assignment.article = article
    _enter("file", assignment, by=by, note=note)


def finish(*, assignment: Assignment, by: User | None, note: str = "") -> None:
    """Nothing is left to do."""
    _act("finish", assignment, by=by, note=note)


def drop(*, assignment: Assignment, by: User | None, note: str = "") -> None:
    """Nobody will write it. Its article, if any, stays as it is."""
    _act("drop", assignment, by=by, note=note)


@transaction.atomic
def reopen(*, assignment: Assignment, by: User | None, note: str = "") -> None:
    """It is open again, with whom it was given to, else an idea. Raises WrongState if its article found another one."""
    _require("reopen", assignment, by=by)
    if assignment.article and assignment.article.assignments.exclude(pk=assignment.pk).exclude(state=_DROPPED).exists():
        raise WrongState(_("That article belongs to another assignment."))
    _enter("reopen", assignment, by=by, note=note, target=_ASSIGNED if assignment.assignee_id else _IDEA)


@receiver(act_done, dispatch_uid="assignment-follows-article")
def follow(sender: Any, act: EditorialAct, article: Article, **_kwargs: Any) -> None:
    """What became of an article is what became of its assignment, in the same transaction."""
    steps = {"submit": ({_ASSIGNED}, "file", _FILED), "publish": ({_ASSIGNED, _FILED}, "finish", _DONE)}
    if act.act in steps:
        sources, name, target = steps[act.act]
        for assignment in article.assignments.select_for_update().filter(state__in=sources):
            _enter(name, assignment, by=act.by, target=target)


# --- The parts of an act ----------------------------------------------------------------------------------------------


@transaction.atomic
def _act(name: str, assignment: Assignment, *, by: User | None, note: str) -> None:
    _require(name, assignment, by=by)
    _enter(name, assignment, by=by, note=note)


def _lock(assignment: Assignment) -> None:
    assignment.refresh_from_db(from_queryset=Assignment.objects.select_for_update(of=("self",)))


def _require(name: str, assignment: Assignment, *, by: User | None) -> None:
    step = TRANSITIONS[name]
    _lock(assignment)
    if assignment.state not in step.sources:
        raise WrongState(
            _("“%(act)s” is not possible: the assignment is %(state)s now.")
            % {"act": step.label, "state": assignment.get_state_display().lower()}
        )
    if by is not None and not _has_right(step, assignment, by):
        raise NotAllowed(_("You may not do this. Ask an editor or an administrator."))


def _fill(assignment: Assignment, values: Mapping[str, Any]) -> None:
    for name in FIELDS:
        if name in values:
            setattr(assignment, name, values[name])
    assignment.title = clean_line(assignment.title)[:200]
    assignment.description = clean_text(assignment.description)[:5000]
    assignment.photo_note = clean_line(assignment.photo_note)[:300]
    if not assignment.title:
        raise Incomplete(_("Say in a few words what shall be written."), "title")


def _enter(name: str, assignment: Assignment, *, by: User | None, note: str = "", target: str | None = None) -> None:
    source, target = assignment.state, target or TRANSITIONS[name].target
    if target and target != source:
        assignment.state, assignment.state_since = target, timezone.now()
    assignment.version += 1
    assignment.save()
    _record(assignment, name, source=source, by=by, note=note)


def _record(assignment: Assignment, name: str, *, source: str, by: User | None, note: str) -> None:
    act = AssignmentAct.objects.create(
        assignment=assignment,
        act=name,
        from_state=source,
        to_state=assignment.state,
        by=by,
        note=clean_line(note)[:300],
    )
    assignment_changed.send(sender=Assignment, act=act, assignment=assignment)
