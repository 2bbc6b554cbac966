"""A small amount of work that a browser does before it sends a comment, so that a million comments cost a spammer.

The form's signed stamp is the challenge; the answer is a number that makes SHA-256 of both begin with so many zero bits.
A stamp is good for one comment. Nobody is asked anything, nothing is stored, no other machine is involved.
"""

from __future__ import annotations

import hashlib

from django.core.cache import cache

from comments.reader import hashed

MAX_DIGITS = 12
KEPT_SECONDS = 24 * 60 * 60  # as long as a form may stay open


def is_done(stamp: str, answer: str, *, bits: int) -> bool:
    """Whether ``answer`` (a decimal number) is a proof for ``stamp``."""
    if not stamp or not (answer.isascii() and answer.isdigit() and len(answer) <= MAX_DIGITS):
        return False
    digest = hashlib.sha256(f"{stamp}:{answer}".encode()).digest()
    return int.from_bytes(digest) >> (256 - bits) == 0


def redeem(stamp: str, answer: str, *, bits: int) -> bool:
    """``is_done``, once for each stamp. The form has checked that the stamp is ours and not too old."""
    return is_done(stamp, answer, bits=bits) and bool(
        cache.add(f"comments-proof-{hashed('proof', stamp)}", 1, timeout=KEPT_SECONDS)
    )


def solve(stamp: str, *, bits: int) -> str:
    """A proof for ``stamp``. What the browser does in ``proof.js``, for tests and other clients."""
    number = 0
    while not is_done(stamp, str(number), bits=bits):
        number += 1
    return str(number)
