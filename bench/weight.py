"""The gzip weight of the article page before pictures: HTML, CSS, scripts, fonts."""

from __future__ import annotations

import gzip
import re
from urllib.parse import urljoin

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.test import Client

from bench.archive import Archive

MOST_BYTES = 60_000
LINKS = {
    "CSS": re.compile(r'<link[^>]*rel="stylesheet"[^>]*href="([^"]+)"|<link[^>]*href="([^"]+)"[^>]*rel="stylesheet"'),
    "scripts": re.compile(r'<script[^>]*src="([^"]+)"'),
    "fonts": re.compile(r'<link[^>]*href="([^"]+\.woff2)"'),
}
IMPORT = re.compile(r'@import\s+(?:url\()?["\']?([^"\')]+)')


def _bytes(url: str) -> bytes:
    with staticfiles_storage.open(url.removeprefix(settings.STATIC_URL)) as file:
        return bytes(file.read())


def _with_imports(url: str) -> list[str]:
    found = [url]
    for inner in IMPORT.findall(_bytes(url).decode()):
        found += _with_imports(urljoin(url, inner))
    return found


def parts(html: str) -> dict[str, list[str]]:
    """The files the page asks for before any picture, by kind."""
    found = {
        kind: [next(filter(None, match.groups())) for match in pattern.finditer(html)]
        for kind, pattern in LINKS.items()
    }
    found["CSS"] = [inner for url in found["CSS"] for inner in _with_imports(url)]
    return {kind: list(dict.fromkeys(urls)) for kind, urls in found.items()}


def report(archive: Archive) -> bool:
    """Prints the table; True if the page is light enough."""
    html = Client(SERVER_NAME="127.0.0.1").get(archive.article.get_absolute_url()).content
    sizes = {"HTML": len(gzip.compress(html))}
    for kind, urls in parts(html.decode()).items():
        # Fonts are compressed already; the others travel at least as small as this, with brotli smaller.
        sizes[kind] = sum(len(_bytes(url) if kind == "fonts" else gzip.compress(_bytes(url))) for url in urls)
    print(
        "article page, gzip bytes: "
        + ", ".join(f"{kind} {size}" for kind, size in sizes.items())
        + f", together {sum(sizes.values())}"
    )
    return sum(sizes.values()) <= MOST_BYTES
