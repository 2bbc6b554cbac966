"""How an old address is written down, which may be, and what it leads to.

In the table an address is its path without host, percent-decoded, with one slash in front and none at its end; its
query follows if it has one ("/?p=123"). Upper and lower case stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from urllib.parse import SplitResult, unquote_to_bytes, urlsplit

from django.conf import settings
from django.db.models import QuerySet
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils.encoding import repercent_broken_unicode
from django.utils.translation import gettext as _

from articles.models import Article, OldAddress
from newsroom import frame
from newsroom.languages import PERSONAL
from newsroom.text import clean_line, without_control

MOST = 500  # characters of an address in the table
MOST_TYPED = 5_000  # percent signs make a long text of a short address
LONGEST_CHAIN = 5
_ADDRESS = re.compile(r"(?:https?:)?//|/", re.IGNORECASE)


class Refused(Exception):
    """Why the table cannot hold it, in a sentence."""


@dataclass(frozen=True)
class Line:
    """A line of the table to be: ``path`` leads to the article of that number, or to ``target_path``. ``own`` is the
    number of the article whose address here ``path`` would be."""

    path: str
    article: int | None
    target_path: str
    own: int | None = None

    @property
    def target(self) -> tuple[int | None, str]:
        return self.article, self.target_path


# --- What is asked for ------------------------------------------------------------------------------------------------


def find(path: str, query: str = "") -> OldAddress | None:
    """The line for a decoded path and a query as the browser sent it: for both, for the path with the first part of the
    query (others add theirs behind it), for the path alone. One query, none for addresses that no line can have."""
    keys = _keys(path, query)
    if not keys or path.startswith(PERSONAL):
        return None
    found = {line.path: line for line in OldAddress.objects.filter(path__in=keys)}
    return next((found[key] for key in keys if key in found), None)


def last_of(line: OldAddress, *, pages: Collection[str] = ()) -> OldAddress | None:
    """The line where those that lead to each other end: its target is one of ``pages`` or has no line of its own. None
    for a circle or a long chain. No query for an article or one of ``pages``, else one a step."""
    for _step in range(LONGEST_CHAIN):
        is_end = not line.target_path or line.target_path.strip("/") in pages
        following = None if is_end else find(line.target_path)
        if following is None:
            return line
        line = following
    return None


def article_of(address: str) -> int | None:
    """The number of the article to which an address leads that stood in some other system's file. One query a step."""
    try:
        parts = _split(address)
    except Refused:
        return None
    line = find(_decoded(parts.path), parts.query)
    end = last_of(line) if line is not None else None
    return end.article_id if end is not None else None


def _keys(path: str, query: str) -> list[str]:
    bare = _written(path)
    asked = dict.fromkeys(part for part in (query, query.partition("&")[0]) if part)
    keys = [f"{bare}?{_decoded(part)}" for part in asked] + ([bare] if bare != "/" else [])
    return [key for key in keys if len(key) <= MOST]


def _written(path: str) -> str:
    return "/" + clean_line(path).strip("/ ")


def _decoded(text: str) -> str:
    """``text`` without percent signs, as Django decodes the path of a request: what is no UTF-8 stays as it is."""
    return clean_line(repercent_broken_unicode(unquote_to_bytes(without_control(text))).decode())


# --- What is typed or brought in --------------------------------------------------------------------------------------


def own_pages(known: frame.Frame | None = None) -> frozenset[str]:
    """The paths of all sections and pages that readers see, without slashes at the ends. No query with a frame."""
    known = known or frame.current()
    return frozenset([section.path.strip("/") for section in known.sections] + [page.slug for page in known.pages])


def read_line(old: str, new: str, *, pages: Collection[str]) -> Line:
    """The line for two typed addresses. Raises Refused. No query."""
    line, (article, path) = read(old, pages=pages), read_target(new, pages=pages)
    return replace(line, article=article, target_path=path)


def read(old: str, *, pages: Collection[str]) -> Line:
    """The line for an old address, which still leads nowhere. Raises Refused. No query; ``pages``: own_pages()."""
    parts = _split(old)
    bare = _written(_decoded(parts.path))
    path = f"{bare}?{_decoded(parts.query)}" if parts.query else bare
    if len(path) > MOST:
        raise Refused(_("This address is longer than %(most)d characters.") % {"most": MOST})
    if f"{bare}/".startswith(PERSONAL):
        raise Refused(_("Addresses under /admin/ and /accounts/ belong to the newsroom itself."))
    match = _match(bare)
    if path == "/" or (bare != "/" and _is_fixed(match, bare, pages)):
        raise Refused(_("This address is one of a page that exists."))
    return Line(path, None, "", own=_number(match, bare, pages))


def read_target(new: str, *, pages: Collection[str]) -> tuple[int | None, str]:
    """What a typed target means: the number of an article, or a path of this site. Raises Refused. No query.

    Every address of an article means the article, so that its slug stands nowhere but in itself.
    """
    typed = clean_line(new)
    if typed.isascii() and typed.isdigit() and len(typed) <= 18:
        return int(typed), ""
    parts = _split(typed)
    if parts.netloc and parts.netloc.lower() != urlsplit(settings.SITE_URL).netloc.lower():
        raise Refused(_("An old address can only lead to this site itself."))
    path = "/" + _decoded(parts.path).lstrip("/ ")
    match = _match(path)
    number = _number(match, path, pages)
    if number is not None:
        return number, ""
    if parts.query or parts.fragment or not _may_be_led_to(match, path, pages):
        raise Refused(_("No page of this site has this address. Type one that has, or the number of an article."))
    return None, path


def refusals(lines: Collection[Line], *, articles: QuerySet[Article]) -> dict[Line, str]:
    """Those of ``lines`` whose article is not among ``articles``, or whose path is the address of a public article.
    Two queries at most."""
    wanted = {line.article for line in lines if line.article is not None}
    own = {line.own for line in lines if line.own is not None}
    there = set(articles.filter(pk__in=wanted).values_list("pk", flat=True)) if wanted else set()
    taken = set(Article.objects.public().filter(pk__in=own).values_list("pk", flat=True)) if own else set()
    found = {}
    for line in lines:
        if line.own in taken:
            found[line] = _("This address is one of a page that exists.")
        elif line.article is not None and line.article not in there:
            found[line] = _("There is no article %(number)d.") % {"number": line.article}
    return found


def as_written(typed: str) -> str:
    """The beginning of an address, as somebody searches for it, as the table would write it."""
    try:
        path = _split(typed).path
    except Refused:
        path = typed
    return _written(_decoded(path))


def keep(moved: Mapping[str, str]) -> None:
    """Each former path of a section or page leads to the path it has now. One query. Changes what the table said."""
    OldAddress.objects.bulk_create(
        [OldAddress(path=_written(old), target_path=f"/{new.strip('/')}/") for old, new in moved.items()],
        update_conflicts=True,
        unique_fields=["path"],
        update_fields=["article", "target_path"],
    )


def is_there(path: str, *, pages: Collection[str]) -> bool:
    """Whether an old address may lead to ``path``: sections and pages that readers do not see are kept back. No query."""
    return _may_be_led_to(_match(path), path, pages)


def is_slash_missing(path: str, *, pages: Collection[str]) -> bool:
    """Whether ``path`` with a slash at its end may be a page of this site: then the slash comes first."""
    if path.endswith("/"):
        return False
    match = _match(path)
    return match is not None and (match.view_name != "articles:section" or path.strip("/") in pages)


def _split(address: str) -> SplitResult:
    typed = clean_line(address)
    if not _ADDRESS.match(typed) or len(typed) > MOST_TYPED:
        raise Refused(_("Type the address from its first slash on, or with https:// in front."))
    try:
        return urlsplit(typed)
    except ValueError:  # as in https://[bad/
        raise Refused(_("Type the address from its first slash on, or with https:// in front.")) from None


def _match(path: str) -> ResolverMatch | None:
    for tried in dict.fromkeys((path, path.rstrip("/") + "/")):
        try:
            return resolve(tried)
        except Resolver404:
            continue
    return None


def _is_fixed(match: ResolverMatch | None, path: str, pages: Collection[str]) -> bool:
    """Whether a section, a page or an address that never changes stands there."""
    return path.strip("/") in pages or (match is not None and not match.kwargs)


def _number(match: ResolverMatch | None, path: str, pages: Collection[str]) -> int | None:
    """The number in the address of an article, its change log or its text edition; None for every other address."""
    if match is None or not {"pk", "slug"} <= match.kwargs.keys() or path.strip("/") in pages:
        return None
    return int(match.kwargs["pk"])


def _may_be_led_to(match: ResolverMatch | None, path: str, pages: Collection[str]) -> bool:
    if match is None or "token" in match.kwargs or f"{path}/".startswith(PERSONAL) or len(path) > MOST:
        return False
    return match.view_name != "articles:section" or path.strip("/") in pages
