"""Answers by staff from the moderators' queue: at once, under the badge, whatever the readers' rules say."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article
from comments import answering, moderation, standing
from comments.models import Act, Comment, ModerationAction, Status
from comments.moderation import ModerationRefused, NotAllowed, Outcome, WrongState
from comments.reader import hashed
from newsroom.choices import CommentMode
from newsroom.models import User
from newsroom.text import clean_line, clean_text, fold

PHASE = "staff"
MAX_CHARACTERS = 4000


class ReplyRefused(ModerationRefused):
    """An answer that was not taken."""


@transaction.atomic
def answer(*, comment: Comment, body: str, by: User) -> Outcome:
    """Readers see ``body`` under ``comment``, by a member of staff; a comment that waited is approved with it.

    Sent twice it is there once. Raises NotAllowed, WrongState for a comment that readers do not see after this,
    ReplyRefused with the reason, also where others are named to answer questions.
    """
    if not (by.is_staff and by.has_perm(moderation.PERMISSION)):
        raise NotAllowed(_("You may not moderate comments. Ask an administrator."))
    text = clean_text(body)
    if not text:
        raise ReplyRefused(_("Write your answer first."))
    if len(text) > MAX_CHARACTERS:
        raise ReplyRefused(_("An answer has at most %(n)d characters.") % {"n": MAX_CHARACTERS})
    comment.refresh_from_db(from_queryset=Comment.objects.select_for_update(of=("self",)).with_parties())
    _require_answerer(comment.article, by)
    if comment.status == Status.WAITING:
        moderation.approve(comment=comment, by=by)
    if not comment.is_published:
        raise WrongState(
            _("This is not possible: the comment is %(state)s now.") % {"state": comment.get_status_display().lower()}
        )
    return _store(comment, text, by=by)


def _require_answerer(article: Article, by: User) -> None:
    if article.comment_mode == CommentMode.QUESTIONS and not answering.may_answer(by, article.pk):
        names = answering.sentence_names(article)
        raise ReplyRefused(_("Questions on this page are answered by %(names)s.") % {"names": names})


def _store(comment: Comment, text: str, *, by: User) -> Outcome:
    now, sentence = timezone.now(), _("Your answer to %(name)s is published.") % {"name": comment.name}
    fingerprint = hashed("fingerprint", f"staff {comment.pk} {by.pk} {fold(clean_line(text))}")
    known = Comment.objects.filter(fingerprint=fingerprint).exclude(fingerprint="").first()
    if known is not None:
        return Outcome(comment, sentence)
    reply = Comment(article_id=comment.article_id, parent=comment, author=by, body=text, status=Status.PUBLISHED)
    reply.created_at = reply.decided_at = now
    reply.decided_by, reply.phase, reply.fingerprint = by, PHASE, fingerprint
    reply.save()
    standing.changed(reply, None)
    action = ModerationAction.objects.create(
        comment=reply,
        act=Act.REPLY,
        from_status=Status.REMOVED,  # what undoing it leads to
        to_status=Status.PUBLISHED,
        by=by,
        at=now,
    )
    return Outcome(reply, sentence, action)
