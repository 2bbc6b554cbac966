"""What the queue's buttons send, done: by hand one comment, by tick several, and the way back for ten minutes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from django.core import signing
from django.core.exceptions import BadRequest
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comments import moderation, staff_replies
from comments.models import Comment, Rejection, Status
from comments.moderation import ModerationRefused, Outcome
from newsroom.models import User

UNDO_SALT = "comments.undo.by-comment"
UNDO_SECONDS = 600
MOST = 200  # comments in one go
ASK_OVER = 20  # as many are decided without a question
ACTS: dict[str, Callable[..., Outcome]] = {
    "approve": moderation.approve,
    "reject": moderation.reject,
    "spam": moderation.spam,
    "remove": moderation.remove,
}
MARKS: dict[str, Callable[..., Outcome]] = {  # change no state, and are taken back by their opposites
    "pick": moderation.pick,
    "unpick": moderation.unpick,
    "pin": moderation.pin,
    "unpin": moderation.unpin,
}


@dataclass(frozen=True)
class Order:
    """An act on some comments. ``seen`` is what the moderator saw of each of them (``Comment.seen_as``)."""

    act: str
    ids: list[int]
    seen: dict[int, str]
    reasons: dict[int, str]


@dataclass(frozen=True)
class Result:
    """``sentences`` by comment id, ``sentence`` for the whole, ``token`` to undo it (empty: nothing changed).

    ``changed`` are the comments on which the act was done; on the others somebody else was first.
    """

    sentences: dict[int, str]
    sentence: str
    token: str = ""
    changed: list[int] = field(default_factory=list)


def read(data: QueryDict) -> Order:
    """The order in a posted form. Raises BadRequest if no button of ours can have sent it."""
    if "one" in data:
        act, _dash, one = data.get("one", "").partition("-")
        ids = [one]
    else:
        act, one, ids = data.get("many", ""), "", data.getlist("pick")
    if act not in {*ACTS, *MARKS} or len(ids) > MOST or not all(_is_id(text) for text in ids):
        raise BadRequest("Not an act of the queue.")
    numbers = [int(text) for text in dict.fromkeys(ids)]
    said = {pk: data.get(f"seen-{pk}", "") for pk in numbers}
    seen = {pk: text for pk, text in said.items() if text.partition(".")[0] in Status.values}
    reasons = {pk: data.get(f"reason-{pk}" if one else "reason", "") for pk in numbers}
    return Order(act, numbers, seen, {pk: reason for pk, reason in reasons.items() if reason in Rejection.values})


def carry_out(order: Order, *, by: User) -> Result:
    """Each comment of ``order`` has it, or the sentence why not. A dozen queries for each."""
    done: list[Outcome] = []
    sentences: dict[int, str] = {}
    for pk in order.ids:
        try:
            outcome = _one(order, Comment(pk=pk), by=by)
        except Comment.DoesNotExist:
            sentences[pk] = _("This comment no longer exists.")
            continue
        except moderation.WrongState as refusal:
            sentences[pk] = str(refusal)
            continue
        sentences[pk] = moderation.said(outcome.comment)
        done.extend([outcome] if outcome.changed else [])
    return Result(
        sentences,
        _summary(done, sentences),
        "" if order.act in MARKS else _token(done),
        [outcome.comment.pk for outcome in done],
    )


def _one(order: Order, comment: Comment, *, by: User) -> Outcome:
    """``comment`` is known by its key alone: the act reads the row when it locks it."""
    if order.act in MARKS:
        return MARKS[order.act](comment=comment, by=by)
    reason, seen = order.reasons.get(comment.pk, ""), order.seen.get(comment.pk)
    return ACTS[order.act](comment=comment, by=by, reason=reason, seen=seen)


def answer(pk: str, text: str, *, by: User) -> Result:
    """Comment ``pk`` has the answer of a member of staff. Raises BadRequest, ModerationRefused with the sentence."""
    if not _is_id(pk):
        raise BadRequest("Not an act of the queue.")
    comment = Comment.objects.select_related("author", "decided_by").filter(pk=int(pk)).first()
    if comment is None:
        raise moderation.WrongState(_("This comment no longer exists."))
    outcome = staff_replies.answer(comment=comment, body=text, by=by)
    return Result({comment.pk: moderation.said(comment)}, outcome.sentence, _token([outcome]), [comment.pk])


def _token(done: list[Outcome]) -> str:
    """What undoes ``done`` for ten minutes; empty if there is nothing to undo."""
    acts = [(outcome.comment.pk, outcome.action.pk) for outcome in done if outcome.action is not None]
    return signing.dumps([acts, _summary(done, {})], salt=UNDO_SALT) if acts else ""


def read_token(token: str) -> tuple[list[tuple[int, int]], str] | None:
    """The acts, each a comment's and its own number, and the sentence behind a token; None if it is not one of ours or older
    than ten minutes."""
    try:
        acts, sentence = signing.loads(token, salt=UNDO_SALT, max_age=UNDO_SECONDS)
    except (signing.BadSignature, ValueError):
        return None
    return [(comment, act) for comment, act in acts], str(sentence)


def take_back(token: str, *, by: User) -> Result:
    """The acts behind ``token`` are undone, where nobody has decided since."""
    read_back = read_token(token)
    if read_back is None:
        return Result({}, _("It is too late to undo this. Decide about the comment anew."))
    sentences, changed = {}, []
    for comment, act in read_back[0]:
        try:
            sentences[comment] = moderation.undo(comment=Comment(pk=comment), by=by, action=act).sentence
            changed.append(comment)
        except Comment.DoesNotExist:
            sentences[comment] = _("This comment no longer exists.")
        except ModerationRefused as refusal:
            sentences[comment] = str(refusal)
    if len(changed) > 1:
        whole = ngettext("Undone for %(n)d comment.", "Undone for %(n)d comments.", len(changed)) % {"n": len(changed)}
        refusals = [sentence for pk, sentence in sentences.items() if pk not in changed]
        return Result(sentences, " ".join([whole, *dict.fromkeys(refusals)]), "", changed)
    return Result(sentences, " ".join(dict.fromkeys(sentences.values())), "", changed)


def _summary(done: list[Outcome], sentences: dict[int, str]) -> str:
    """One sentence for the notice: what happened, else why nothing did."""
    if len(done) == 1:
        return done[0].sentence
    if not done:
        return next(iter(sentences.values()), _("Tick the comments first."))
    return ngettext("%(n)d comment: %(state)s.", "%(n)d comments: %(state)s.", len(done)) % {
        "n": len(done),
        "state": done[0].comment.get_status_display().lower(),
    }


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 18
