"""Stores one batch of comments from elsewhere, with everything that is kept beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Lower

from articles.models import Article
from comments import search
from comments.models import Comment, CommentReport, CommentVersion, ModerationAction, Recommendation, Status
from comments.moving.rows import Incoming
from comments.moving.whole import OWN, logins_in
from comments.pipeline.draft import words_hash
from comments.signals import comments_changed
from newsroom.models import User

PHASE = "import"
Placed = tuple[Incoming, int]
Known = dict[str, Comment]


def known_origins(source: str, batch: Iterable[Placed]) -> Known:
    """By origin, the comments of ``batch``, and those that they answer, which are here. Two queries at most."""
    origins = {o for row, _article in batch for o in (row.origin(source), row.answered(source)) if o}
    needed = ("article", "thread", "origin", "created_at")
    known = {c.origin: c for c in Comment.objects.filter(origin__in=origins).only(*needed)}
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
def store(rows: list[Placed], *, source: str, known: Known, guests: bool) -> int:
    """``rows`` are comments, each after the one it answers; numbers, index and readers' pages are right with the commit.

    Returns how many. A fixed number of queries, and two for each level of answers and each article in it.
    """
    people = {} if guests else _people(rows)
    logins = _logins(rows)
    made: list[Comment] = []
    waves = rows
    while waves:
        known_or_none = {"", *known}
        wave = [placed for placed in waves if placed[0].answered(source) in known_or_none]
        if not wave:
            break
        comments = []
        for row, article in wave:
            comment = _comment(row, article, known.get(row.answered(source)))
            comment.origin, comment.decided_by = row.origin(source), logins.get(row.more.get("decided_by", ""))
            author = None if guests else _account(row, people, logins)
            if author is not None:
                comment.author_id, comment.guest_name, comment.guest_email = author, "", ""
            comments.append(comment)
        Comment.objects.bulk_create(comments)
        known |= {comment.origin: comment for comment in comments}
        openers = [comment for comment in comments if comment.parent_id is None]
        Comment.objects.filter(pk__in=[comment.pk for comment in openers]).update(thread=F("pk"))
        for comment in openers:
            comment.thread_id = comment.pk
        _beside(comments, [row for row, _article in wave], logins)
        made += comments
        taken = {placed[0].key for placed in wave}
        waves = [placed for placed in waves if placed[0].key not in taken]
    _count(made)
    search.index([comment.pk for comment in made])
    return len(made)


def _comment(row: Incoming, article: int, parent: Comment | None) -> Comment:
    """The comment that ``row`` says, by a guest."""
    waits, more = row.status == Status.WAITING, row.more
    decided = more.get("decided_at") or row.created_at
    return Comment(
        article_id=parent.article_id if parent else article,
        parent_id=parent.pk if parent else None,
        thread_id=parent.thread_id if parent else None,
        guest_name=row.name,
        guest_email=row.email,
        body=row.body,
        status=row.status,
        created_at=row.created_at,
        decided_at=None if waits else decided,
        phase=more.get("phase", PHASE),
        reason=more.get("reason", ""),
        rejection=more.get("rejection", ""),
        is_pick=more.get("is_pick", False),
        is_pinned=more.get("is_pinned", False),
        edited_at=more.get("edited_at"),
        words_hash=words_hash(row.body),
    )


def _account(row: Incoming, people: dict[str, int], logins: dict[str, User]) -> int | None:
    """Who wrote it: the account that our own file names, if its address is the same, else that of the mail address."""
    named = row.more.get("author") or {}
    account = logins.get(named.get("username", ""))
    if account is not None and account.email.lower() == row.email.lower():
        return account.pk
    return people.get(row.email.lower()) if row.email else None


def _people(rows: list[Placed]) -> dict[str, int]:
    """The accounts behind the mail addresses of ``rows``: confirmed ones, and those of staff. One query."""
    mails = {row.email.lower() for row, _article in rows} - {""}
    sure = Q(is_staff=True) | Q(emailaddress__verified=True, emailaddress__email__iexact=F("email"))
    found = User.objects.alias(mail=Lower("email")).filter(sure, mail__in=mails)
    return {mail.lower(): pk for pk, mail in found.order_by("pk").values_list("pk", "email")}


def _logins(rows: list[Placed]) -> dict[str, User]:
    names = logins_in(row for row, _article in rows)
    return {user.username: user for user in User.objects.filter(username__in=names)} if names else {}


def _beside(comments: list[Comment], rows: list[Incoming], logins: dict[str, User]) -> None:
    """What our own files hold beside the comment itself. Four queries, none for other files."""
    acts: list[ModerationAction] = []
    reports: list[CommentReport] = []
    versions: list[CommentVersion] = []
    recommended: list[Recommendation] = []
    for comment, row in zip(comments, rows, strict=True):
        more: dict[str, Any] = row.more
        acts += [ModerationAction(comment=comment, **{**a, "by": logins.get(a["by"])}) for a in more.get("acts", ())]
        reports += [
            CommentReport(comment=comment, **{**r, "reporter": logins.get(r["reporter"])})
            for r in more.get("reports", ())
        ]
        versions += [CommentVersion(comment=comment, **v) for v in more.get("versions", ())]
        by = {r["reader"]: r["at"] for r in more.get("recommendations", ()) if r["reader"] in logins}
        recommended += [Recommendation(comment=comment, reader=logins[login], at=at) for login, at in by.items()]
        if by:
            Comment.objects.filter(pk=comment.pk).update(recommend_count=len(by))
    ModerationAction.objects.bulk_create(acts)
    CommentReport.objects.bulk_create(reports, ignore_conflicts=True)
    CommentVersion.objects.bulk_create(versions)
    Recommendation.objects.bulk_create(recommended)


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
