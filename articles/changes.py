"""The public change log of an article: the versions that readers saw, what changed between them, its corrections."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import zip_longest

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from articles.body import plain_text
from articles.comparison import ADDED, REMOVED, SAME, Part, words_changed
from articles.content import Content
from articles.models import Article, Correction, EditorialAct, Revision
from newsroom.caches import made

PAGE = 10
ISLAND = 12  # letters that stayed, at most, between two changes that are shown as one
KEPT = 7 * 24 * 3600  # seconds; versions do not change, so a comparison never grows old
_SHOWING = ("publish", "update", "minor_update")
_HIDING = ("withdraw", "unschedule")


class Kind(TextChoices):
    """What happened."""

    PUBLISHED = "published", _("Published")
    RETURNED = "returned", _("Published again")
    UPDATED = "updated", _("Updated")
    CORRECTED = "corrected", _("Corrected")


@dataclass(frozen=True)
class Difference:
    """A field of which readers saw another text before. ``lines`` that changed, each in pieces; an empty one is a gap."""

    label: str
    lines: list[list[Part]]


@dataclass(frozen=True)
class Change:
    """An entry of the log. ``version`` and ``before`` are ids of revisions, None where there is nothing to compare."""

    kind: Kind
    at: datetime
    version: int | None = None
    before: int | None = None
    correction: Correction | None = None
    differences: list[Difference] = field(default_factory=list)

    @property
    def label(self) -> str:
        """What happened, in a word."""
        return self.correction.get_kind_display() if self.correction else str(self.kind.label)


def log(article: Article, *, corrections: Iterable[Correction] | None = None) -> list[Change]:
    """Every entry of ``article``, which is public, the newest first and without differences. Two queries, one if its
    standing ``corrections`` are given.

    In it are only versions that readers saw since it was last published: nothing that was replaced before its minute,
    nothing from before a withdrawal. The versions of minor updates are left out; what they changed shows in the next.
    """
    if corrections is None:
        corrections = article.corrections.filter(withdrawn_at__isnull=True)
    found = _versions(article, list(article.acts.filter(act__in=_SHOWING + _HIDING).order_by("pk")))
    found += [Change(Kind.CORRECTED, each.published_at, correction=each) for each in corrections]
    return sorted(found, key=lambda change: change.at, reverse=True)


def with_differences(changes: Sequence[Change]) -> list[Change]:
    """``changes`` with what changed; updates that did not change a word of the text are left out. One query."""
    pks = {pk for change in changes for pk in (change.version, change.before) if change.before and pk}
    contents = dict(Revision.objects.filter(pk__in=pks).values_list("pk", "content"))
    found = []
    for change in changes:
        if change.before is None:
            found.append(change)
        elif differences := _differences(change, contents):
            found.append(Change(change.kind, change.at, change.version, change.before, None, differences))
    return found


def _versions(article: Article, acts: list[EditorialAct]) -> list[Change]:
    """What was shown since the last publication, the oldest first."""
    start = max((n for n, act in enumerate(acts) if act.act == "publish"), default=0)
    again = any(act.act == "withdraw" for act in acts[:start])
    seen = [act for act in _seen([act for act in acts[start:] if act.act in _SHOWING]) if act.revision_id]
    if not seen:
        return []
    first = acts[start].at if again else article.published_at or seen[0].at
    found = [Change(Kind.RETURNED if again else Kind.PUBLISHED, first, seen[0].revision_id)]
    for act in seen[1:]:
        if act.act == "update":
            found.append(Change(Kind.UPDATED, act.at, act.revision_id, found[-1].version))
    return found


def _seen(acts: list[EditorialAct]) -> list[EditorialAct]:
    """The acts whose version readers saw: the newest, and each that was replaced before their eyes."""
    return [act for act, after in zip_longest(acts, acts[1:]) if after is None or after.replaced_public]


def _differences(change: Change, contents: dict[int, dict[str, object]]) -> list[Difference]:
    key = f"changes-{change.before}-{change.version}"
    parts: dict[str, list[list[Part]]] | None = made.get(key)
    if parts is None:
        old, new = (_texts(Content.from_json(contents[pk])) for pk in (change.before, change.version) if pk in contents)
        parts = {name: lines for name in new if (lines := _changed_lines(words_changed(old[name], new[name])))}
        made.set(key, parts, KEPT)
    labels = {"headline": _("Headline"), "standfirst": _("Standfirst"), "body": _("Text")}
    return [Difference(str(labels[name]), lines) for name, lines in parts.items()]


def _texts(content: Content) -> dict[str, str]:
    return {"headline": content.headline, "standfirst": content.standfirst, "body": plain_text(content.body)}


def _changed_lines(parts: list[Part]) -> list[list[Part]]:
    """The lines in which something was added or removed; an empty one stands for those left out between them."""
    lines: list[list[Part]] = [[]]
    for kind, text in parts:
        first, *rest = text.split("\n")
        for n, piece in enumerate([first, *rest]):
            if n:
                lines.append([])
            if piece:
                lines[-1].append((kind, piece))
    found: list[list[Part]] = []
    is_gap = False
    for line in filter(None, lines):
        if all(kind == SAME or not text.strip() for kind, text in line):
            is_gap = True
            continue
        if is_gap:
            found.append([])
        found.append(_joined(line))
        is_gap = False
    return [*found, []] if found and is_gap else found


def _joined(parts: list[Part]) -> list[Part]:
    """The ``parts`` of a line without islands: a word or two that stayed between changed ones count as changed with them."""
    found: list[Part] = []
    old, new, island = "", "", ""
    for kind, text in [*parts, (SAME, "")]:
        if kind == REMOVED:
            old, new, island = old + island + text, new + island, ""
        elif kind == ADDED:
            old, new, island = old + island, new + island + text, ""
        elif (old or new) and not island and 0 < len(text) <= ISLAND:
            island = text
        else:
            found += [part for part in ((REMOVED, old), (ADDED, new), (SAME, island + text)) if part[1]]
            old, new, island = "", "", ""
    return found
