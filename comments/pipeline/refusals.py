"""Why a comment is not taken, each with its sentence."""

from __future__ import annotations

from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class SubmissionRefused(Exception):
    """A comment that was not taken. ``str()`` is the sentence for people, ``icon`` what stands beside it."""

    icon = "warning"


class ArticleNotPublic(SubmissionRefused):
    """Readers do not see the article, or it shows no comments."""


class CommentsClosed(SubmissionRefused):
    """The article takes no comments any more."""


class FormStale(SubmissionRefused):
    """The form came without the token of the page that it was written on."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "This form was out of date, or cookies are switched off. What you typed is kept: look at it and send it "
                "once more."
            )
        )


class SignInNeeded(SubmissionRefused):
    """Guests may not comment here."""


class LengthRefused(SubmissionRefused):
    """Too short or too long."""


class ParentGone(SubmissionRefused):
    """The comment that is answered is not on this article's page."""


class StaffAnswers(SubmissionRefused):
    """Readers ask and staff answers here."""


class ReaderBanned(SubmissionRefused):
    """The reader may not write any more."""

    def __init__(self, reason: str) -> None:
        super().__init__(_because(_("You may no longer comment here."), reason))


class ReaderSuspended(SubmissionRefused):
    """The reader may not write until a moment."""

    icon = "clock"

    def __init__(self, until: datetime, reason: str) -> None:
        sentence = _("You may comment again from %(time)s on.") % {"time": _moment(until)}
        super().__init__(_because(sentence, reason))


class SlowLane(SubmissionRefused):
    """The reader has used up the day's comments."""

    icon = "clock"

    def __init__(self, most: int, again_at: datetime, reason: str) -> None:
        sentence = ngettext(
            "Moderators have put you into the slow lane: %(n)d comment a day. You may post again from %(time)s on.",
            "Moderators have put you into the slow lane: %(n)d comments a day. You may post again from %(time)s on.",
            most,
        ) % {"n": most, "time": _moment(again_at)}
        super().__init__(_because(sentence, reason))


def slow_lane_words(most: int, left: int, reason: str) -> str:
    """What a reader in the slow lane reads before writing."""
    sentence = ngettext(
        "Moderators have put you into the slow lane: %(n)d comment a day. Left today: %(left)d.",
        "Moderators have put you into the slow lane: %(n)d comments a day. Left today: %(left)d.",
        most,
    ) % {"n": most, "left": left}
    return _because(sentence, reason)


class TooQuick(SubmissionRefused):
    """Too many comments in a short time; ``seconds`` to wait."""

    icon = "clock"

    def __init__(self, seconds: int) -> None:
        super().__init__(
            ngettext(
                "You are posting quickly. Wait %(n)d second and try again.",
                "You are posting quickly. Wait %(n)d seconds and try again.",
                seconds,
            )
            % {"n": seconds}
        )
        self.seconds = seconds


def _because(sentence: str, reason: str) -> str:
    if not reason:
        return sentence
    why = _("Why: %(reason)s") % {"reason": reason}
    return f"{sentence} {why}"


def _moment(at: datetime) -> str:
    return date_format(localtime(at), "DATETIME_FORMAT")
