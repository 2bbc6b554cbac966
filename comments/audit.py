"""Acts of moderation in the desk's audit log."""

from __future__ import annotations

from django.urls import reverse

from articles import rights
from comments.models import ModerationAction
from newsroom import audit_log


def register() -> None:
    """The audit log shows what was done to comments."""
    field = ModerationAction._meta.get_field("act")
    audit_log.register(
        audit_log.Source(
            key="comment",
            rows=lambda: ModerationAction.objects.select_related("comment"),
            acts=lambda: [(str(value), str(label)) for value, label in field.flatchoices],
            described=lambda act: {
                "what": act.comment.body[:80],
                "detail": act.reason,
                "url": reverse("admin:comments_comment_change", args=[act.comment_id]),
            },
            article="comment__article",
            shown=lambda acts, user: rights.of_visible(acts, user, "comment__article"),
        )
    )
