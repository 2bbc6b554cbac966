"""Ends well if the page at the address given answers 200; with --follow-article also the first article it links to."""

import re
import sys
import urllib.request
from urllib.parse import urljoin

address, follow = sys.argv[1], "--follow-article" in sys.argv


def read(url: str) -> str:
    """The page at ``url``. Raises OSError unless it answers 200."""
    with urllib.request.urlopen(url, timeout=30) as answer:  # noqa: S310  # the caller's own server
        return str(answer.read().decode())


page = read(address)
if follow:
    found = re.search(r'href="(/[^"]+-\d+/)"', page)
    if not found:
        sys.exit(f"No article is linked from {address}.")
    if "<h1" not in read(urljoin(address, found[1])):
        sys.exit(f"The article {found[1]} has no headline.")
