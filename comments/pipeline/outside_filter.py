"""A program of the newsroom's own choice is asked about each comment. It gets the text and where it stands, never a
mail or network address, and answers ``{"verdict": "pass" | "hold" | "reject" | "spam", "reason": "…"}``."""

from __future__ import annotations

import logging
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from comments.models import Failing, Status
from comments.pipeline.draft import Draft, Verdict
from comments.reader import hashed
from newsroom import hooks
from newsroom.text import clean_line

logger = logging.getLogger(__name__)
_STATES = {"hold": Status.WAITING, "reject": Status.REJECTED, "spam": Status.SPAM}


def ask(draft: Draft) -> Verdict | None:
    """The filter's verdict, None to let pass. Waits as long as the rules say at most."""
    numbers = draft.rules.numbers
    try:
        answer = hooks.post(numbers.outside_url, _question(draft), seconds=numbers.outside_milliseconds / 1000)
    except hooks.HookFailed as error:
        logger.warning("The outside filter for comments failed: %s", error)
        if numbers.outside_failing == Failing.PASS:
            return None
        return Verdict(Status.WAITING, _("The outside filter did not answer"))
    said = answer.get("verdict")
    if said == "pass" or not isinstance(said, str) or said not in _STATES:
        return None if said == "pass" else Verdict(Status.WAITING, _("The outside filter gave no verdict"))
    reason = clean_line(str(answer.get("reason") or ""))[:120]
    words = _("Outside filter: %(reason)s") % {"reason": reason} if reason else _("Outside filter")
    return Verdict(_STATES[said], words)


def _question(draft: Draft) -> dict[str, Any]:
    return {
        "text": draft.body,
        "article": {
            "id": draft.article.pk,
            "url": settings.SITE_URL.rstrip("/") + draft.article.get_absolute_url(),
            "language": draft.article.language,
        },
        "answers": draft.parent.pk if draft.parent else None,
        "reader": {
            "key": hashed("outside", draft.reader_key)[:32],
            "is_guest": draft.author is None,
            "standing": str(draft.standing),
        },
    }
