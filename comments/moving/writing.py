"""Stores one batch of comments from elsewhere, with everything that is kept beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import F

from articles.models import Article
from comments import search
from comments.models import (
    Appeal,
    Comment,
    CommentReport,
    CommentVersion,
    ModerationAction,
    ReaderNotice,
    Recommendation,
    Status,
)
from comments.moving.people import Binding, People
from comments.moving.rows import Incoming
from comments.moving.whole import OWN
from comments.pipeline.draft import words_hash
from comments.reporting import key_of_reader
from comments.signals import comments_changed

PHASE = "import"
Placed = tuple[Incoming, int]
Known = dict[str, Comment]


def known_origins(source: str, batch: Iterable[Placed]) -> Known:
    """By origin, the comments of ``batch``, and those that they answer, which are here. Two queries at most."""
    origins = {o for row, _article in batch for o in (row.origin(source), row.answered(source)) if o}
    needed = ("article", "thread", "origin", "created_at")
    imported = Comment.objects.filter(origin__in=origins).exclude(origin="").order_by()  # as its index has them
    known = {comment.origin: comment for comment in imported.only(*needed)}
    own = {origin.removeprefix(f"{OWN}:") for origin in origins if origin.startswith(f"{OWN}:")} - set(known)
    numbers = [int(text) for text in own if text.isascii() and text.isdigit() and len(text) <= 18]
    if numbers:
        times = {row.origin(source): row.created_at for row, _article in batch}
        for comment in Comment.objects.filter(pk__in=numbers, origin="").only(*needed):
            origin = f"{OWN}:{comment.pk}"
            if times.get(origin, comment.created_at) == comment.created_at:
                known.setdefault(origin, comment)
    return known


@transaction.atomic
def store(rows: list[Placed], *, source: str, known: Known, binding: Binding) -> int:
    """``rows`` are comments, each after the one it answers; numbers, index and readers' pages are right with the commit.

    Returns how many. A fixed number of queries, and two for each level of answers and each article in it.
    """
    people = People.of((row for row, _article in rows), binding)
    made: list[Comment] = []
    waves = rows
    while waves:
        known_or_none = {"", *known}
        wave = [placed for placed in waves if placed[0].answered(source) in known_or_none]
        if not wave:
            break
        comments = [_comment(row, article, known.get(row.answered(source)), source, people) for row, article in wave]
        _insert(comments)
        known |= {comment.origin: comment for comment in comments}
        _beside(comments, [row for row, _article in wave], people)
        made += comments
        taken = {placed[0].key for placed in wave}
        waves = [placed for placed in waves if placed[0].key not in taken]
    _count(made)
    search.index([comment.pk for comment in made])
    return len(made)


def _insert(comments: list[Comment]) -> None:
    """They are rows, and those that open a thread lie in their own."""
    Comment.objects.bulk_create(comments)
    openers = [comment for comment in comments if comment.parent_id is None]
    Comment.objects.filter(pk__in=[comment.pk for comment in openers]).update(thread=F("pk"))
    for comment in openers:
        comment.thread_id = comment.pk


def _comment(row: Incoming, article: int, parent: Comment | None, source: str, people: People) -> Comment:
    """The comment that ``row`` says, by a guest unless its author is known here."""
    waits, more, author = row.status == Status.WAITING, row.more, people.author(row)
    decided = more.get("decided_at") or row.created_at
    return Comment(
        article_id=parent.article_id if parent else article,
        parent_id=parent.pk if parent else None,
        thread_id=parent.thread_id if parent else None,
        author_id=author,
        guest_name="" if author else row.name,
        guest_email="" if author else row.email,
        body=row.body,
        status=row.status,
        created_at=row.created_at,
        decided_at=None if waits else decided,
        decided_by=people.login(more.get("decided_by", "")),
        phase=more.get("phase", PHASE),
        reason=more.get("reason", ""),
        rejection=more.get("rejection", ""),
        is_pick=more.get("is_pick", False),
        is_pinned=more.get("is_pinned", False),
        edited_at=more.get("edited_at"),
        words_hash=words_hash(row.body),
        origin=row.origin(source),
    )


def _beside(comments: list[Comment], rows: list[Incoming], people: People) -> None:
    """What our own files hold beside the comment itself. Six queries, none for other files."""
    acts: list[ModerationAction] = []
    reports: list[CommentReport] = []
    versions: list[CommentVersion] = []
    appeals: list[Appeal] = []
    of_readers: list[Recommendation | ReaderNotice] = []
    for comment, row in zip(comments, rows, strict=True):
        if not row.more:
            continue
        more: dict[str, Any] = row.more
        acts += [ModerationAction(comment=comment, **{**act, "by": people.login(act["by"])}) for act in more["acts"]]
        reports += [_report(comment, report, number, people) for number, report in enumerate(more["reports"])]
        versions += [CommentVersion(comment=comment, **version) for version in more["versions"]]
        appeals += [_appeal(comment, more["appeal"], people)] if more["appeal"] else []
        of_readers += _of_readers(comment, more, people)
    ModerationAction.objects.bulk_create(acts)
    CommentReport.objects.bulk_create(reports, ignore_conflicts=True)
    CommentVersion.objects.bulk_create(versions)
    Appeal.objects.bulk_create(appeals)
    Recommendation.objects.bulk_create([each for each in of_readers if isinstance(each, Recommendation)])
    ReaderNotice.objects.bulk_create(
        [each for each in of_readers if isinstance(each, ReaderNotice)], ignore_conflicts=True
    )


def _report(comment: Comment, row: dict[str, Any], number: int, people: People) -> CommentReport:
    """A report without an account stays one: what was known of the address is not in the file."""
    reporter = people.login(row["reporter"])
    key = key_of_reader(reporter) if reporter is not None else f"old-import-{number}"
    return CommentReport(comment=comment, reader_key=key, **{**row, "reporter": reporter})


def _appeal(comment: Comment, row: dict[str, Any], people: People) -> Appeal:
    people_of_it = {name: people.login(row[name]) for name in ("rejected_by", "decided_by")}
    return Appeal(comment=comment, **{**row, **people_of_it})


def _of_readers(comment: Comment, more: dict[str, Any], people: People) -> list[Recommendation | ReaderNotice]:
    """What belongs to readers who are known here."""
    found: list[Recommendation | ReaderNotice] = []
    by = {row["reader"]: row["at"] for row in more["recommendations"]}
    for name, at in by.items():
        if (reader := people.login(name)) is not None:
            found.append(Recommendation(comment=comment, reader=reader, at=at))
    if found:
        Comment.objects.filter(pk=comment.pk).update(recommend_count=len(found))
    notices = ((people.login(row["reader"]), row) for row in more["notices"])
    return [*found, *(ReaderNotice(comment=comment, **{**row, "reader": to}) for to, row in notices if to is not None)]


def _count(made: list[Comment]) -> None:
    """Articles and threads know their new published comments; after the commit their pages are made anew."""
    shown = [comment for comment in made if comment.is_published]
    for article, number in Counter(comment.article_id for comment in shown).items():
        Article.objects.filter(pk=article).update(comment_count=F("comment_count") + number)
        transaction.on_commit(partial(comments_changed.send, sender=Comment, article_id=article))
    replies = [comment for comment in shown if comment.parent_id is not None]
    threads = Counter(comment.thread_id or 0 for comment in replies)
    for thread, number in threads.items():
        Comment.objects.filter(pk=thread).update(reply_count=F("reply_count") + number)
    by_staff = Comment.objects.filter(pk__in=[comment.pk for comment in replies], author__is_staff=True)
    Comment.objects.filter(pk__in=set(by_staff.order_by().values_list("thread", flat=True))).update(is_answered=True)
