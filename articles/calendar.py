"""What falls on which day: assignments due, articles planned, scheduled, published, under embargo; and moving them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import assignments, checks, publishing, rights, updates
from articles.acts import WrongState, lock, may, record, require_unlocked
from articles.content import Content
from articles.models import Article, Assignment, AssignmentState, Status
from newsroom import charts

if TYPE_CHECKING:
    from newsroom.models import User

Row = TypeVar("Row")
MOST = 500  # items of a kind that one page shows
ASSIGNMENT, ARTICLE, UPDATE = "assignment", "article", "update"


@dataclass(frozen=True)
class Item:
    """One line of the calendar. ``key`` names it for a move ("" if it cannot be moved from here), ``mark`` its colour."""

    at: datetime
    title: str
    word: str
    mark: str
    url: str
    key: str = ""
    who: str = ""
    is_out: bool = False


def week_of(day: date) -> list[date]:
    """The seven days from Monday on that ``day`` lies in."""
    monday = day - timedelta(days=day.weekday())
    return [monday + timedelta(days=number) for number in range(7)]


def items(days: list[date], user: User) -> dict[date, list[Item]]:
    """For each of ``days``, which follow each other, what ``user`` may see on it, by time. Five queries."""
    first, end = charts.begins(days[0]), charts.begins(days[-1] + timedelta(days=1))
    found = [*_articles(first, end, user), *_updates(first, end, user), *_embargoes(first, end, user)]
    if rights.may(user, assignments.VIEW):
        found += _assignments(first, end, user)
    by_day: dict[date, list[Item]] = {day: [] for day in days}
    for item in sorted(found, key=lambda item: (item.at, item.title)):
        by_day[timezone.localdate(item.at)].append(item)
    return by_day


def _assignments(first: datetime, end: datetime, user: User) -> Iterator[Item]:
    rows = Assignment.objects.filter(due_at__gte=first, due_at__lt=end).exclude(state=AssignmentState.DROPPED)
    for row in rows.select_related("assignee").order_by("due_at")[:MOST]:
        movable = "change" in assignments.available_acts(row, user)
        yield Item(
            at=row.due_at,  # type: ignore[arg-type]  # filtered by it
            title=row.title,
            word=_("Late") if row.is_late else row.get_state_display(),
            mark=row.state_mark,
            url=reverse("admin:articles_assignment_change", args=[row.pk]),
            key=f"{ASSIGNMENT}-{row.pk}" if movable else "",
            who=row.assignee.display_name if row.assignee else _("nobody yet"),
        )


def _articles(first: datetime, end: datetime, user: User) -> Iterator[Item]:
    window = {"published_at__gte": first, "published_at__lt": end}
    seen = Article.objects.visible_to(user).select_related("section").defer("body")
    live = seen.filter(status=Status.LIVE, **window).order_by("published_at")
    planned = seen.filter(status__in=publishing.PLANNABLE, **window).order_by("published_at")
    for row in [*live[:MOST], *planned[:MOST]]:
        right = "articles.publish_article" if row.status == Status.LIVE else "articles.change_article"
        movable = (row.status != Status.LIVE or row.is_scheduled) and rights.may(user, right, row)
        yield Item(
            at=row.published_at,
            title=str(row),
            word=row.status_label if row.status == Status.LIVE else _("Planned"),
            mark="scheduled" if row.is_scheduled else row.status,
            url=_sheet(row),
            key=f"{ARTICLE}-{row.pk}" if movable else "",
            is_out=row.status == Status.LIVE and not row.is_scheduled,
        )


def _updates(first: datetime, end: datetime, user: User) -> Iterator[Item]:
    """The newer versions of live articles that are published at a set time."""
    rows = Article.objects.visible_to(user).filter(update_at__gte=first, update_at__lt=end).select_related("section")
    for row in rows.order_by("update_at").defer("body")[:MOST]:
        yield Item(
            at=row.update_at,  # type: ignore[arg-type]  # filtered by it
            title=str(row),
            word=_("Update scheduled"),
            mark="scheduled",
            url=_sheet(row),
            key=f"{UPDATE}-{row.pk}" if rights.may(user, "articles.publish_article", row) else "",
        )


def _embargoes(first: datetime, end: datetime, user: User) -> Iterator[Item]:
    rows = Article.objects.visible_to(user).filter(embargo_until__gte=first, embargo_until__lt=end)
    for row in rows.exclude(status__in=[Status.TRASH, Status.KILLED]).order_by("embargo_until").defer("body")[:MOST]:
        yield Item(row.embargo_until, str(row), _("Embargo ends"), "late", _sheet(row))  # type: ignore[arg-type]  # filtered by it


def _sheet(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


@transaction.atomic
def move(*, key: str, to: datetime, was: datetime | None, by: User) -> None:
    """What ``key`` names is due, planned, scheduled or updated at ``to`` (aware). Raises LookupError for what is not there,
    WrongState if somebody moved it since ``was`` (to the minute; None: not compared), and what the act behind it raises."""
    kind, _dash, number = key.partition("-")
    if kind == ASSIGNMENT:
        assignment = _got(Assignment.objects.select_for_update().filter(pk=number).first())
        _unmoved(assignment.due_at, was)
        assignments.reschedule(assignment=assignment, by=by, due_at=to)
        return
    found = Article.objects.visible_to(by).select_related("section").filter(pk=number)
    article = _got(found.first() if kind in {ARTICLE, UPDATE} else None)
    lock(article)
    _unmoved(article.update_at if kind == UPDATE else article.published_at, was)
    if kind == UPDATE:
        updates.reschedule_update(article=article, by=by, at=to)
    elif article.status == Status.LIVE:
        reschedule(article=article, by=by, at=to)
    else:
        publishing.plan(article=article, by=by, publish_at=to)


def _got(found: Row | None) -> Row:
    if found is None:
        raise LookupError
    return found


def _unmoved(now: datetime | None, was: datetime | None) -> None:
    if was is not None and (
        now is None or now.replace(second=0, microsecond=0) != was.replace(second=0, microsecond=0)
    ):
        raise WrongState(_("Somebody moved it meanwhile. It stands where they put it."))


@transaction.atomic
def reschedule(*, article: Article, by: User | None, at: datetime) -> None:
    """The scheduled article goes out at ``at`` (ahead), in the version that was scheduled.

    Raises NotAllowed, WrongState if it is out, not scheduled, or would expire before, NotFitToPrint.
    """
    may(by, "articles.publish_article", article)
    lock(article)
    require_unlocked(article)
    now = timezone.now()
    if not article.is_scheduled or article.live_revision is None:
        raise WrongState(_("It is not scheduled any more."))
    if at <= now:
        raise WrongState(_("Choose a time that lies ahead. To publish at once, open the article."))
    if article.expires_at and article.expires_at <= at:
        raise WrongState(_("The article would expire before it is published. Change one of the two times."))
    failures = checks.blocking(Content.from_json(article.live_revision.content), at)
    if failures:
        raise publishing.NotFitToPrint(failures)
    if article.published_at != at:
        article.published_at = at
        article.save(update_fields=["published_at"])
        record(article, "reschedule", by=by, at=now, revision=article.live_revision)
