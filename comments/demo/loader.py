"""Puts the demo's comments in, by the same road as a reader's, and moderates them."""

from __future__ import annotations

import tomllib
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction

from articles.models import Article
from comments import appeals, moderation, recommending, reporting
from comments.models import (
    Answerer,
    Appeal,
    CannedReason,
    Comment,
    CommentReport,
    ModerationAction,
    ReaderNote,
    SavedFilter,
    Status,
    WordList,
)
from comments.reader_file import add_note
from comments.submission import Facts, submit
from newsroom import notices
from newsroom.demo.context import Context

FILE = Path(__file__).parent / "comments.toml"
MODERATORS = Path(__file__).parent / "moderators.toml"
READING = timedelta(minutes=4)  # until a moderator decides
MOST_RECOMMEND = 6
REPORTERS = ("priya", "wenzel", "maren")
Line = dict[str, Any]


@notices.quietly()
def load(context: Context) -> None:
    """Every article of the file has its conversation, each comment in the state its line says.

    An article that has any comment is left alone; the comments of one article are made in one transaction.
    """
    discussed = set(Comment.objects.order_by().values_list("article_id", flat=True).distinct())
    for key, facts in tomllib.loads(FILE.read_text(encoding="utf-8")).items():
        article = context.articles[key]
        if article.pk not in discussed and article.is_public(context.now):
            for username in facts.get("answered_by", []):
                Answerer.objects.get_or_create(article=article, person=context.users[username])
            _discuss(article, facts["comments"], context=context)
    _set_up(context)
    context.progress(f"{Comment.objects.count()} comments")


def _set_up(context: Context) -> None:
    """A word list, an appeal that waits for a moderator, and what moderators keep for themselves."""
    WordList.objects.get_or_create(
        name="Words to look at",
        defaults={"kind": "suspect", "language": "en", "words": "idiot*\nliar\nshut up\nmoron*"},
    )
    rejected = Comment.objects.filter(status=Status.REJECTED, author__isnull=False).order_by("pk").first()
    if rejected is not None and not Appeal.objects.exists():
        appeals.appeal(comment=rejected, text="I said it sharply, but it is about the article. Please read it again.")
    kept = tomllib.loads(MODERATORS.read_text(encoding="utf-8"))
    for given in kept["reasons"]:
        sentence = given.pop("sentence")
        CannedReason.objects.get_or_create(**given, defaults={"sentence": sentence})
    for given in kept["filters"]:
        owner, name = context.users[given["owner"]], given["name"]
        SavedFilter.objects.get_or_create(owner=owner, name=name, defaults={"query": given["query"]})
    if not ReaderNote.objects.exists():
        _note(kept["notes"], context=context)


def _note(notes: list[Line], *, context: Context) -> None:
    for given in notes:
        comment = Comment.objects.filter(author=context.users[given["on"]]).order_by("pk").first()
        if comment is not None:
            add_note(comment=comment, body=given["text"], by=context.users[given["by"]])


@transaction.atomic
def _discuss(article: Article, lines: list[Line], *, context: Context) -> None:
    by_key: dict[str, Comment] = {}
    made = []
    for line in lines:
        parent = by_key[line["to"]] if "to" in line else None
        comment = submit(
            article=article,
            body=line["text"],
            author=context.users[line["by"]],
            parent=parent,
            facts=Facts(at=context.moment(line["at"])),
        )
        if line.get("state", Status.PUBLISHED) in {
            Status.PUBLISHED,
            Status.REMOVED,
        }:  # what was removed stood there first
            moderation.approve(comment=comment, by=context.users["bento"])
        if "key" in line:
            by_key[line["key"]] = comment
        made.append((comment, line))
    for comment, line in made:
        _decide(comment, line, context=context)
        _recommend(comment, context=context)
        _report(comment, line.get("reports", []), context=context)
        _date_back(comment, context=context)


def _decide(comment: Comment, line: Line, *, context: Context) -> None:
    moderator, why = context.users["bento"], line.get("why", "")
    state = line.get("state", Status.PUBLISHED)
    if line.get("pick"):
        moderation.pick(comment=comment, by=moderator)
    if line.get("pin"):
        moderation.pin(comment=comment, by=moderator)
    if state == Status.REJECTED:
        moderation.reject(comment=comment, by=moderator, reason=why)
    elif state == Status.SPAM:
        moderation.spam(comment=comment, by=moderator)
    elif state == Status.REMOVED:
        moderation.remove(comment=comment, by=moderator, reason=why)
    elif state == Status.DELETED:  # withdrawn by its author while it waited, so no counter changes
        Comment.objects.filter(pk=comment.pk).update(status=Status.DELETED, decided_at=comment.created_at)


def _recommend(comment: Comment, *, context: Context) -> None:
    """Some readers recommend what is published, more for some comments than for others."""
    if not comment.is_published:
        return
    readers = [user for name, user in sorted(context.users.items()) if not user.is_staff and user != comment.author]
    for reader in readers[: comment.pk * 7 % MOST_RECOMMEND]:
        recommending.recommend(comment=comment, reader=reader)


def _report(comment: Comment, reasons: list[str], *, context: Context) -> None:
    for username, reason in zip(REPORTERS, reasons, strict=False):
        reporting.report(comment=comment, reason=reason, reporter=context.users[username], address="")
    CommentReport.objects.filter(comment=comment).update(created_at=_later(comment.created_at, context=context))


def _date_back(comment: Comment, *, context: Context) -> None:
    """The moderators decided a few minutes after the comment was written, not while the demo was loaded."""
    decided = _later(comment.created_at, context=context)
    Comment.objects.filter(pk=comment.pk, decided_at__gt=decided).update(decided_at=decided)
    ModerationAction.objects.filter(comment=comment).update(at=decided)


def _later(moment: datetime, *, context: Context) -> datetime:
    return min(moment + READING, context.now)
