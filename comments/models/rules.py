"""What comments are judged by: numbers and switches, lists of words, and the rules that readers can read."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, URLValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from comments.models.comment import Status
from comments.pipeline.words import lines_of
from newsroom import outgoing


class Answer(models.TextChoices):
    """What a rule does with a comment."""

    HOLD = Status.WAITING.value, _("Hold for a moderator")
    REJECT = Status.REJECTED.value, _("Reject")
    SPAM = Status.SPAM.value, _("Put to the spam")


class ProofOf(models.TextChoices):
    """Of whom a proof of work is asked."""

    NOBODY = "nobody", _("Nobody")
    GUESTS = "guests", _("Guests")
    EVERYBODY = "everybody", _("Everybody but trusted readers")


class Failing(models.TextChoices):
    """What holds while the outside filter does not answer."""

    HOLD = "hold", _("Hold for a moderator")
    PASS = "pass", _("Let pass")


def _number(label: Any, default: int, *, least: int = 0, most: int = 100_000, hint: Any = "") -> Any:
    limits = [MinValueValidator(least), MaxValueValidator(most)]
    return models.PositiveIntegerField(label, default=default, validators=limits, help_text=hint)


def _answer(default: Answer) -> Any:
    return models.CharField(_("then"), max_length=12, choices=Answer, default=default)


_web_address = URLValidator(schemes=["http", "https"])


class CommentRules(models.Model):
    """The only row (id 1) of what the phases go by. Read through ``comments.pipeline.rules``."""

    min_characters = _number(_("characters at least"), 2, least=1, most=1000)
    max_characters = _number(_("characters at most"), 4000, least=50, most=20_000)
    rate_comments = _number(_("comments by one reader"), 3, least=1, most=100)
    rate_seconds = _number(_("in so many seconds"), 60, least=1, most=86_400)
    address_comments = _number(_("comments from one network address"), 20, least=1, most=200)
    address_seconds = _number(_("in so many seconds"), 60, least=1, most=86_400)
    trap_answer = _answer(Answer.SPAM)
    min_seconds = _number(
        _("seconds at least from opening the form to sending"), 2, most=60, hint=_("0 switches this off.")
    )
    speed_answer = _answer(Answer.HOLD)
    banned_answer = _answer(Answer.REJECT)
    suspect_answer = _answer(Answer.HOLD)
    links_allowed = _number(_("links that are let pass"), 0, most=100)
    links_hosts = models.TextField(
        _("sites that do not count"),
        blank=True,
        help_text=_("One host a line, such as example.org; its subdomains are meant too."),
    )
    links_answer = _answer(Answer.HOLD)
    repeat_readers = _number(
        _("readers with the same words"),
        3,
        most=1000,
        hint=_("So many, or the same reader elsewhere, within the days below. 0 switches this off."),
    )
    repeat_days = _number(_("days"), 7, least=1, most=365)
    repeat_characters = _number(_("in texts of so many characters or more"), 20, least=1, most=4000)
    repeat_answer = _answer(Answer.HOLD)
    account_hours = _number(_("hours that an account must be old"), 0, most=8760, hint=_("0 switches this off."))
    record_rejected = _number(_("rejected comments"), 3, most=50, hint=_("0 switches this off."))
    record_of = _number(_("of the reader's last"), 10, least=1, most=50)
    first_comments = _number(
        _("first comments of a reader that a moderator reads"), 0, most=50, hint=_("0 switches this off.")
    )
    trusted_after = _number(
        _("approved comments that make a reader trusted"), 10, most=1000, hint=_("0: only moderators do.")
    )
    trusted_unread = models.BooleanField(
        _("trusted readers appear at once"), default=False, help_text=_("Also where a moderator reads first.")
    )
    quiet_daily = _number(_("comments a day in the slow lane"), 3, least=1, most=100)
    proof_of = models.CharField(_("proof of work is asked of"), max_length=12, choices=ProofOf, default=ProofOf.NOBODY)
    proof_bits = _number(
        _("difficulty"),
        15,
        least=8,
        most=20,
        hint=_("Each step doubles the work; 15 takes a phone about a second. Without JavaScript a comment is held."),
    )
    outside_url = models.CharField(
        _("address of an outside filter"), max_length=300, blank=True, validators=[_web_address]
    )
    outside_milliseconds = _number(_("it must answer in so many milliseconds"), 2000, least=100, most=10_000)
    outside_failing = models.CharField(_("if it does not"), max_length=12, choices=Failing, default=Failing.HOLD)
    alert_size = _number(_("comments waiting"), 50, most=100_000, hint=_("0 switches this off."))
    alert_minutes = _number(_("minutes that the oldest has waited"), 240, most=100_000, hint=_("0 switches this off."))
    alert_url = models.CharField(
        _("address that is told besides the letters"), max_length=300, blank=True, validators=[_web_address]
    )
    address_days = _number(_("days that hashes of network addresses are kept"), 90, least=1, most=730)

    class Meta:
        verbose_name = _("comment rules")
        verbose_name_plural = _("comment rules")
        default_permissions = ("view", "change")
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="comment_rules_is_one_row")]

    def __str__(self) -> str:
        return str(_("Comment rules"))

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.pk = 1
        super().save(*args, **kwargs)

    def clean(self) -> None:
        if (self.min_characters or 0) >= (self.max_characters or 0):
            raise ValidationError({"max_characters": _("It must be more than the least.")}, code="order")
        if (self.record_rejected or 0) > (self.record_of or 0):
            raise ValidationError({"record_rejected": _("It cannot be more than the number looked at.")}, code="order")
        for name in ("outside_url", "alert_url"):
            if getattr(self, name):
                self._check_hook(name)

    def _check_hook(self, name: str) -> None:
        if not settings.HOOK_SECRET:
            raise ValidationError({name: _("The operator has to set HOOK_SECRET first.")}, code="secret")
        try:
            outgoing.check_address(getattr(self, name))
        except outgoing.Barred as barred:
            raise ValidationError({name: ValidationError(str(barred), code="barred")}) from barred

    @classmethod
    def load(cls) -> CommentRules:
        """The row, or one with the defaults that is not stored yet. One query."""
        return cls.objects.filter(pk=1).first() or cls(pk=1)


class WordKind(models.TextChoices):
    """Which phase a list belongs to."""

    BANNED = "banned", _("Banned words")
    SUSPECT = "suspect", _("Suspect words")


class WordList(models.Model):
    """Words, one a line; see comments.pipeline.words for what stars mean. Without a language it holds for every edition."""

    name = models.CharField(_("name"), max_length=80)
    kind = models.CharField(_("kind"), max_length=12, choices=WordKind, default=WordKind.SUSPECT)
    language = models.CharField(
        _("language"),
        max_length=12,
        blank=True,
        choices=settings.LANGUAGES,
        help_text=_("Empty: articles in every language."),
    )
    words = models.TextField(
        _("words"),
        max_length=500_000,
        help_text=_(
            "One word or several a line; # begins a remark. A word is found whole, however it is disguised. "
            "*word* is also found inside other words, word* at their beginning, *word at their end."
        ),
    )
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("word list")
        verbose_name_plural = _("word lists")
        ordering = ["kind", "language", "name"]
        constraints = [models.CheckConstraint(condition=Q(kind__in=WordKind.values), name="word_kind_is_known")]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        bad = [line.typed for line in lines_of(self.words) if not line.is_usable][:3]
        if bad:
            raise ValidationError(
                {
                    "words": ValidationError(
                        _("Each line needs 2 to 60 letters or digits. Look at: %(lines)s"),
                        code="letters",
                        params={"lines": ", ".join(bad)},
                    )
                }
            )


class RulesText(models.Model):
    """The comment rules as readers of one language read them. Without a row they read the newsroom's default."""

    language = models.CharField(_("language"), max_length=12, unique=True, choices=settings.LANGUAGES)
    text = models.TextField(_("text"), max_length=20_000, help_text=_("An empty line begins a new paragraph."))

    class Meta:
        verbose_name = _("comment rules for readers")
        verbose_name_plural = _("comment rules for readers")
        ordering = ["language"]

    def __str__(self) -> str:
        return self.get_language_display()
