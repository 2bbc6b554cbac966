"""Editorial acts in the desk's audit log."""

from __future__ import annotations

from django.urls import reverse

from articles import rights
from articles.models import EditorialAct
from newsroom import audit_log


def register() -> None:
    """The audit log shows what was done to articles."""
    audit_log.register(
        audit_log.Source(
            key="article",
            rows=lambda: EditorialAct.objects.select_related("article").only(
                "act", "at", "note", "by", "by__name", "by__username", "article_name", "article__headline"
            ),
            acts=_acts,
            described=lambda act: {
                "what": str(act.article or act.article_name),
                "detail": act.note,
                "url": reverse("admin:articles_article_change", args=[act.article_id]) if act.article_id else "",
            },
            article="article",
            shown=lambda acts, user: rights.of_visible(acts, user, "article"),
        )
    )


def _acts() -> list[tuple[str, str]]:
    from articles import publishing, updates
    from articles.act_names import OTHERS

    steps = {**publishing.TRANSITIONS, **updates.TRANSITIONS}
    return [
        *((name, str(step.label)) for name, step in steps.items()),
        *((n, str(label)) for n, label in OTHERS.items()),
    ]
