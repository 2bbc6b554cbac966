"""Who may do what with which article: the one answer for acts, buttons and lists.

A right comes by a role. A role can be limited to sections and what lies beneath them (SectionRight), and the role of a
guest reaches only what is their own. What is limited by one role may be open by another.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import Group
from django.db.models import Q, QuerySet

from articles.querysets import public_condition
from newsroom.roles import GUEST

if TYPE_CHECKING:
    from articles.models import Article
    from newsroom.models import User

VIEW = "articles.view_article"
GUEST_WRITES = {"draft", "changes_wanted"}  # what waits for others or is out is no longer a guest's to change
_GUEST_CHANGES = {"articles.change_article", "articles.submit_article"}


@dataclass(frozen=True)
class Scope:
    """How far one role reaches: ``paths`` of sections, None for all; ``is_guest``: one's own articles only."""

    permissions: frozenset[str]
    paths: tuple[str, ...] | None
    is_guest: bool = False


@dataclass
class Limits:
    """What limits a person: the scopes of their roles, and which articles they were found to have written."""

    scopes: list[Scope]
    own: dict[tuple[Any, ...], bool] = field(default_factory=dict)

    def of(self, permission: str) -> list[Scope]:
        """The scopes by which the person has ``permission``; empty if it comes by no role."""
        return [scope for scope in self.scopes if permission in scope.permissions]


def limits(user: User) -> Limits | None:
    """What limits ``user``, None if nothing does. Two queries at most, once for the object, like Django's permissions."""
    if not hasattr(user, "_desk_limits"):
        user._desk_limits = None if user.is_superuser else _read(user)  # type: ignore[attr-defined]  # kept for the request
    found: Limits | None = user._desk_limits  # type: ignore[attr-defined]  # set above
    return found


def _read(user: User) -> Limits | None:
    from articles.models import SectionRight

    rows = list(SectionRight.objects.filter(user=user.pk).values_list("role", "section__path"))
    granted: dict[int, tuple[str, set[str]]] = {}
    groups = Group.objects.filter(user=user.pk).values_list(
        "pk", "name", "permissions__content_type__app_label", "permissions__codename"
    )
    for pk, name, app, codename in groups:
        granted.setdefault(pk, (name, set()))[1].add(f"{app}.{codename}")
    if not rows and all(name != GUEST for name, _codes in granted.values()):
        return None
    scopes = []
    for pk, (name, codes) in granted.items():
        paths = tuple(path for role, path in rows if role in {None, pk})
        scopes.append(Scope(frozenset(codes), paths or None, is_guest=name == GUEST))
    return Limits(scopes)


def may(user: User, permission: str, article: Article | None = None) -> bool:
    """Whether ``user`` has the right ``permission`` ("articles.publish_article") for ``article``; None: for some article.

    No query but those of ``limits`` and, where it matters who wrote the article, one.
    """
    if not user.has_perm(permission):
        return False
    found = limits(user)
    if article is None or found is None:
        return True
    if permission == VIEW:
        return _may_see(user, found, article)
    return any(_reaches(scope, permission, user, found, article) for scope in found.of(permission))


def may_in(user: User, permission: str, section_id: int | None) -> bool:
    """Whether ``user`` has ``permission`` in a section; without one everybody who has it has it. One query if limited."""
    from articles.models import Section

    if not user.has_perm(permission):
        return False
    found = limits(user)
    if found is None or section_id is None:
        return True
    scopes = found.of(permission)
    if any(scope.paths is None for scope in scopes):
        return True
    path = Section.objects.filter(pk=section_id).values_list("path", flat=True).first()
    return path is None or any(_holds(scope, path) for scope in scopes)


def visible_condition(user: User) -> Q | None:
    """The condition on articles that ``user`` may see them on the desk, None if all are."""
    found = limits(user)
    if not user.has_perm(VIEW):
        return Q(pk__in=[])
    if found is None:
        return None
    scopes = found.of(VIEW)
    open_ones = [scope for scope in scopes if not scope.is_guest]
    if any(scope.paths is None for scope in open_ones) or (open_ones and user.sees_other_sections):
        return None
    paths = {path for scope in open_ones for path in scope.paths or ()}
    condition = reduce(or_, (Q(section__path__startswith=path) for path in sorted(paths)), own_condition(user))
    return condition | public_condition() if open_ones else condition


def of_visible(rows: QuerySet[Any], user: User, article: str) -> QuerySet[Any]:
    """Those of ``rows`` whose article (the way to it is ``article``) ``user`` may see on the desk. No query."""
    from articles.models import Article

    condition = visible_condition(user)
    if condition is None:
        return rows
    return rows.filter(**{f"{article}__in": Article.objects.filter(condition).order_by().values("pk")})


def own_condition(user: User) -> Q:
    """The condition on articles that ``user`` began them or stands among their authors."""
    from articles.models import ArticleByline

    return Q(created_by=user) | Q(pk__in=ArticleByline.objects.filter(byline__user=user).values("article"))


def _may_see(user: User, found: Limits, article: Article) -> bool:
    for scope in found.of(VIEW):
        if not scope.is_guest and (user.sees_other_sections or _covers(scope, article) or article.is_public()):
            return True
    return _is_own(user, found, article)


def _reaches(scope: Scope, permission: str, user: User, found: Limits, article: Article) -> bool:
    if scope.is_guest:
        is_open = permission not in _GUEST_CHANGES or article.status in GUEST_WRITES
        return is_open and _is_own(user, found, article)
    if article.section_id is None:
        return scope.paths is None or _is_own(user, found, article)
    return _covers(scope, article)


def _covers(scope: Scope, article: Article) -> bool:
    if scope.paths is None:
        return True
    return article.section is not None and _holds(scope, article.section.path)


def _holds(scope: Scope, path: str) -> bool:
    return scope.paths is None or path.startswith(scope.paths)


def _is_own(user: User, found: Limits, article: Article) -> bool:
    """Whether ``user`` began it or is among its authors. One query for each version, and none for who began it."""
    if article.created_by_id == user.pk:
        return True
    version = (article.pk, article.edited_at, article.live_revision_id)
    if version not in found.own:
        found.own[version] = article.article_bylines.filter(byline__user=user).exists()
    return found.own[version]
