"""Who answers readers' questions under an article."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Answerer(models.Model):
    """A member of staff who answers the questions under ``article``. Without any, all staff does. See comments.answering."""

    article = models.ForeignKey(
        "articles.Article",
        verbose_name=_("article"),
        on_delete=models.CASCADE,
        related_name="answerers",
        db_index=False,
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.CASCADE, related_name="+"
    )

    class Meta:
        verbose_name = _("person who answers questions")
        verbose_name_plural = _("people who answer questions")
        ordering = ["-article", "pk"]
        default_permissions = ("view", "add", "delete")
        constraints = [
            models.UniqueConstraint(
                fields=["article", "person"],
                name="answerer_once_an_article",
                violation_error_message=_("This person answers there already."),
            ),
        ]

    def __str__(self) -> str:
        return self.person.display_name
