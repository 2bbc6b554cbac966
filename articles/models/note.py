"""What colleagues say to each other about an article, or about one paragraph of it. Written by articles.notes."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

MOST_LETTERS = 4000


class Note(models.Model):
    """A note, or an answer to one (``parent``). ``quote`` is the paragraph as it stood; ``block`` its place then."""

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="notes", db_index=False)
    parent = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="replies")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    body = models.TextField(_("note"), max_length=MOST_LETTERS)
    block = models.PositiveIntegerField(null=True)
    quote = models.TextField(blank=True)
    mentions = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    form_key = models.UUIDField(
        null=True, unique=True, help_text="Of the form it was written in: sent twice, it is one."
    )

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["created_at", "pk"]
        indexes = [models.Index(fields=["article", "created_at", "id"], name="note_of_article")]
        constraints = [
            models.CheckConstraint(condition=~Q(body=""), name="note_says_something"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | Q(block__isnull=True, quote="", resolved_at__isnull=True),
                name="answer_stands_with_its_note",
            ),
            models.CheckConstraint(
                condition=Q(block__isnull=True) | ~Q(quote=""), name="note_on_a_paragraph_quotes_it"
            ),
            models.CheckConstraint(condition=~Q(parent=models.F("pk")), name="note_does_not_answer_itself"),
        ]

    def __str__(self) -> str:
        return self.body[:80]
