"""Tells the moderators once when the queue passes a limit, and the administrators at once of illegal content.

What is told is written in the transaction that finds it out; a crash sends nothing twice and loses nothing.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy, ngettext

from comments.models import Comment, CommentReport, CommentRules, HookMessage, Limit, QueueAlert
from comments.pipeline import rules
from newsroom import hooks, notices
from newsroom.models import User

logger = logging.getLogger(__name__)
MODERATE, ADMINISTER = "comments.moderate_comment", "comments.change_commentrules"
SECONDS = 5.0  # that the other side has


def register() -> None:
    """The desk knows these kinds of notices."""
    notices.register(
        notices.Kind(
            "queue",
            gettext_lazy("The comment queue passes a limit"),
            gettext_lazy("Comment queue: %(about)s"),
            MODERATE,
        ),
        notices.Kind(
            "illegal",
            gettext_lazy("A reader reports illegal content"),
            gettext_lazy("Illegal content reported: %(about)s"),
            ADMINISTER,
        ),
    )


def illegal_content(report: CommentReport) -> None:
    """The administrators know of a comment that was reported as illegal, once for a comment. In the report's transaction."""
    comment = report.comment
    notices.tell(
        _able(ADMINISTER),
        "illegal",
        key=f"illegal-{comment.pk}",
        by=None,
        about=comment.article.headline,
        url=reverse("admin:comments_comment_change", args=[comment.pk]),
        note=comment.body[:1000],
    )


def watch() -> int:
    """The queue was measured: who should know that it passed a limit has a notice. Returns how many limits it passed now."""
    numbers = rules.load().numbers
    passed = sum(_measure(limit, numbers) for limit in Limit)
    send_hooks()
    return passed


@transaction.atomic
def _measure(limit: Limit, numbers: CommentRules) -> bool:
    """Whether the queue passed ``limit`` since it was last measured. The row is locked: two at once tell once."""
    QueueAlert.objects.get_or_create(limit=limit)
    row = QueueAlert.objects.select_for_update().get(limit=limit)
    about = _excess(limit, numbers)
    if bool(about) == row.is_over:
        return False
    row.is_over = bool(about)
    row.crossings += row.is_over
    row.save(update_fields=["is_over", "crossings"])
    if row.is_over:
        _tell(row, about, numbers)
    return row.is_over


def _excess(limit: Limit, numbers: CommentRules) -> str:
    """In words, by how much the queue is over ``limit``; empty if it is not. One query."""
    waiting = Comment.objects.waiting()
    if limit == Limit.SIZE:
        count = waiting.count() if numbers.alert_size else 0
        if not count or count < numbers.alert_size:
            return ""
        return ngettext("%(n)d comment is waiting", "%(n)d comments are waiting", count) % {"n": count}
    oldest = waiting.values_list("created_at", flat=True).first() if numbers.alert_minutes else None
    if oldest is None or timezone.now() - oldest < timedelta(minutes=numbers.alert_minutes):
        return ""
    minutes = int((timezone.now() - oldest).total_seconds() // 60)
    return ngettext("one has waited for %(n)d minute", "one has waited for %(n)d minutes", minutes) % {"n": minutes}


def _tell(row: QueueAlert, about: str, numbers: CommentRules) -> None:
    key, url = f"queue-{row.limit}-{row.crossings}", reverse("admin:comments_comment_changelist")
    notices.tell(_able(MODERATE), "queue", key=key, by=None, about=about, url=url)
    if numbers.alert_url:
        payload: dict[str, Any] = {
            "event": f"queue_{row.limit}",
            "about": about,
            "waiting": Comment.objects.waiting().count(),
            "url": settings.SITE_URL.rstrip("/") + url,
        }
        HookMessage.objects.get_or_create(key=key, defaults={"url": numbers.alert_url, "payload": payload})


def send_hooks() -> int:
    """What was to be sent to the newsroom's own program has been tried, the oldest first; how many went out."""
    unsent = HookMessage.objects.filter(sent_at__isnull=True).order_by("pk").values_list("pk", flat=True)
    return sum(_send(pk) for pk in list(unsent[:100]))


def _send(pk: int) -> bool:
    """Whether the message went out now. It is taken first and given back if it failed, so no transaction waits for the
    other side; one that a crash took is sent again after a minute, under the same key."""
    now = timezone.now()
    with transaction.atomic():
        skip = connection.features.has_select_for_update_skip_locked
        found = HookMessage.objects.select_for_update(skip_locked=skip).filter(pk=pk, sent_at__isnull=True)
        message = found.exclude(taken_at__gt=now - timedelta(minutes=1)).first()
        if message is None:
            return False
        message.taken_at = now
        message.save(update_fields=["taken_at"])
    try:
        hooks.post(message.url, message.payload, seconds=SECONDS, message_id=message.key)
    except hooks.HookFailed as error:
        logger.warning("The message %s was not sent: %s", message.key, error)
        return False
    return bool(HookMessage.objects.filter(pk=pk).update(sent_at=timezone.now()))


def _able(permission: str) -> list[User]:
    """The members of staff with the right, by role or as superusers. One query."""
    backend = "django.contrib.auth.backends.ModelBackend"
    return list(User.objects.with_perm(permission, is_active=True, backend=backend).filter(is_staff=True))
