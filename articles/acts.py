"""What every editorial act is made of: the right to it, the lock on the row, the record of it, and the ways it is refused."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from articles import pending_photos, rights
from articles.models import Article, EditorialAct, Revision, Section
from articles.signals import act_done, article_changed

if TYPE_CHECKING:
    from articles.content import Content
    from newsroom.models import User


class ActRefused(Exception):
    """An editorial act that did not happen. ``str()`` is the sentence for people."""


class NotAllowed(ActRefused):
    """The person has not the right to it."""


class NotYourSection(NotAllowed):
    """The person has no right in the section where the article would go."""


class WrongState(ActRefused):
    """The article is in a state from which the act does not lead on."""


class Locked(WrongState):
    """The article is locked: nobody changes it until somebody unlocks it."""


class NoteMissing(ActRefused):
    """The act needs a note."""


class StaleRevision(ActRefused):
    """Somebody saved meanwhile. ``theirs`` is the newest revision, ``mine`` the content that was not saved."""

    def __init__(self, theirs: Revision, mine: Content) -> None:
        super().__init__(
            _(
                "Somebody else saved this article while you were writing. Nothing of yours is lost: compare and save again."
            )
        )
        self.theirs, self.mine = theirs, mine


def may(by: User | None, permission: str, article: Article | None = None) -> None:
    """Returns if ``by`` has the right; None is the system itself (imports, commands). Raises NotAllowed."""
    if by is not None and not rights.may(by, permission, article):
        raise NotAllowed(_("You may not do this. Ask an editor or an administrator."))


def may_in(by: User | None, permission: str, section_id: int | None) -> None:
    """Returns if ``by`` has the right in that section. Raises NotYourSection."""
    if by is not None and not rights.may_in(by, permission, section_id):
        name = Section.objects.filter(pk=section_id or 0).values_list("name", flat=True).first() or "–"
        raise NotYourSection(
            _("Your rights do not reach the section “%(section)s”. Choose another, or ask an editor there.")
            % {"section": name}
        )


def lock(article: Article) -> None:
    """The row is ours until the transaction ends, and ``article`` holds what it says now."""
    article.refresh_from_db(from_queryset=Article.objects.select_for_update(of=("self",)))


def require_unlocked(article: Article) -> None:
    """Returns if the locked row of ``article`` may be changed. Raises Locked with the reason."""
    if article.is_locked:
        raise Locked(_("The article is locked: %(reason)s") % {"reason": article.lock_reason})


def record(
    article: Article,
    act: str,
    *,
    by: User | None,
    at: datetime,
    note: str = "",
    source: str | None = None,
    revision: Revision | None = None,
    replaced_public: bool = False,
) -> EditorialAct:
    """The act is written down, the photos it made pending or public are known as such, ``act_done`` sent inside the transaction and ``article_changed`` after its commit.

    ``source`` is the state the article came from; None: it did not move. ``revision``: the version meant; None: the newest.
    ``replaced_public``: readers saw the version that it replaced.
    """
    written = EditorialAct.objects.create(
        article=article,
        act=act,
        from_status=article.status if source is None else source,
        to_status=article.status,
        by=by,
        at=at,
        note=note,
        revision=revision or article.latest_revision,
        replaced_public=replaced_public,
    )
    pending_photos.keep(article)
    act_done.send(sender=Article, act=written, article=article)
    transaction.on_commit(lambda: article_changed.send(sender=Article, article_id=article.pk))
    return written
