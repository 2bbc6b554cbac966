"""Which article a thread of another system belongs to."""

from __future__ import annotations

import csv
import re
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from articles import old_addresses
from articles.models import Article
from comments.moving.xml import NotReadable
from newsroom.text import clean_line

KEPT = 10_000  # answers that are remembered: files go thread by thread
_OWN_ADDRESS = re.compile(r"-(\d{1,18})/?$")


class Places:
    """Finds articles by a file of pairs (the old address or id, and the article's number or address), by the site's own
    table of old addresses, by the number at the end of this site's addresses, or by a slug that one article alone has."""

    def __init__(self, pairs: Path | None = None) -> None:
        self.pairs = _read(pairs) if pairs is not None else {}
        self.find = lru_cache(maxsize=KEPT)(self._find)

    def _find(self, thread: str) -> int | None:
        """The number of the article behind ``thread``, None if there is none. Three queries at most (more only where old
        addresses lead to each other), none when known."""
        address = self.pairs.get(_plain(thread), thread)
        path = _path(address)
        if path.isascii() and path.isdigit() and len(path) <= 18:
            return Article.objects.filter(pk=int(path)).values_list("pk", flat=True).first()
        moved = old_addresses.article_of(address)
        if moved is not None:
            return moved
        own = _OWN_ADDRESS.search(path)
        if own is not None:
            found = Article.objects.filter(pk=int(own[1])).values_list("pk", flat=True).first()
            if found is not None:
                return found
        slug = path.rstrip("/").rpartition("/")[2].removesuffix(".html")
        same = list(Article.objects.filter(slug=slug).values_list("pk", flat=True)[:2]) if slug else []
        return same[0] if len(same) == 1 else None


def _path(thread: str) -> str:
    """The path of an address, decoded and fit for the database; of what is no address, itself."""
    try:
        path = urlsplit(thread).path if "/" in thread else thread
    except ValueError:  # as in https://[bad/
        path = thread
    return clean_line(unquote(path))


def _plain(address: str) -> str:
    """The same for an address with and without scheme, ``www.`` and a slash at its end."""
    return re.sub(r"^(https?:)?//(www\.)?", "", address.strip()).rstrip("/")


def _read(file: Path) -> dict[str, str]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            rows = [row for row in csv.reader(stream) if row]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise NotReadable(f"{file.name}: {error}") from error
    bad = next((number for number, row in enumerate(rows, 1) if len(row) != 2), None)
    if bad is not None:
        raise NotReadable(f"{file.name}, line {bad}: two columns are wanted, the old address and the article.")
    return {_plain(old): new.strip() for old, new in rows}
