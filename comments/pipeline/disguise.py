"""Typed text as cells: what each sign may be read as once case, accents, look-alikes, digits in place of letters,
repeated letters and signs between letters are seen through.

It goes further than ``newsroom.text.fold``, which is for searching: here somebody hides a word on purpose.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

# Letters of other scripts that look like Latin ones, each before what it is read as. Source: those of Unicode's
# confusables.txt that are on keyboards, and the small capitals.
_PAIRS = (
    "аa вb сc еe нh іi јj кk мm оo рp ѕs тt уy хx ԁd һh ѵv ԝw ԛq ӏl ьb гr пn "
    "αa βb γy εe ηn ιi κk νv οo ρp τt υu χx ωw ϲc ıi łl øo đd ðd ħh ŧt "
    "ᴀa ʙb ᴄc ᴅd ᴇe ɢg ʜh ɪi ᴊj ᴋk ʟl ᴍm ɴn ᴏo ᴘp ʀr ꜱs ᴛt ᴜu ᴠv ᴡw ʏy ᴢz ɑa ɡg оo օo սu հh"
)
_ALIKE = {pair[0]: pair[1] for pair in _PAIRS.split()}
_TALL = dict(zip("ΒΗΜΝΡΥΧΖ", "bhmnpyxz", strict=True))  # look like others only as capitals
_DIGITS = {"0": "o", "1": "il", "2": "z", "3": "e", "4": "a", "5": "s", "6": "gb", "7": "t", "8": "b", "9": "g"}
_SIGNS = {
    "@": "a",
    "$": "s",
    "!": "il",
    "|": "il",
    "€": "e",
    "£": "l",
    "+": "t",
    "¡": "i",
    "(": "c",
    "¢": "c",
    "§": "s",
}
_SPELLED = {"æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE"}
_FILLERS = {"\u034f", "\u115f", "\u1160", "\u17b4", "\u17b5", "\u0640", "\u2800", *map(chr, range(0xFE00, 0xFE10))}
_APOSTROPHES = "'’‘`"
_ANY = "abcdefghijklmnopqrstuvwxyz"  # what a star between letters may stand for
_SELDOM_DOUBLED = frozenset("ahijkquvwxy")  # a second one is no spelling: "shiit"; "rapper" is not "raper"
_WORD = re.compile(r"[^\W_]+")
_RUN = re.compile(r"(.)\1*", re.DOTALL)
_BETWEEN = re.compile(r"(?<=[^\W\d_])[*#]{1,2}(?=[^\W\d_])")
_CHUNK = re.compile(r"\S+")
_SENTENCE = re.compile(r"(?<=[^\W\d_])([^\W\d_])[.,:;?!](?=([^\W\d_])[^\W\d_])")
MOST_STARS = 40  # stars are only read as letters so often: each makes the search wider
KEPT_OF_RUN = 6  # signs of a longer run say nothing more
BARRIER = "\0"


@dataclass(slots=True)
class Cell:
    """One sign. ``letters`` is what it may be read as, "" for nothing; ``is_optional`` if it may be passed over.

    ``opens`` and ``closes`` say that a word may begin or end here, ``repeats`` that it may only repeat the one before.
    """

    letters: str
    is_optional: bool = False
    opens: bool = False
    closes: bool = False
    repeats: bool = False
    is_first_of_run: bool = True


@dataclass
class _Marks:
    """Places in a text: letters spelled one by one, digits and signs beside letters, signs that end a word for sure."""

    spelled: set[int] = field(default_factory=set)
    lettered: set[int] = field(default_factory=set)
    walls: set[int] = field(default_factory=set)
    stars: set[int] = field(default_factory=set)
    repeats: set[int] = field(default_factory=set)


def letters_of(text: str) -> str:
    """``text`` as a word list means it: folded, look-alikes mapped, white space runs one space, other signs gone."""
    shown = "".join(_folded(sign) if sign.isalnum() else " " if sign.isspace() else "" for sign in _plain(text))
    return " ".join(shown.split())


def cells_of(text: str) -> list[Cell]:
    """The cells of ``text``. The time it takes grows with the length and with nothing else."""
    plain = _RUN.sub(lambda run: run.group()[:KEPT_OF_RUN], _plain(text))
    marks = _marks(plain)
    cells: list[Cell] = []
    for at, sign in enumerate(plain):
        cell = _cell(plain, at, sign, marks)
        if not (cell.letters == " " and cells and cells[-1].letters == " "):
            cells.append(cell)
    return cells


def _plain(text: str) -> str:
    """Without accents, marks and signs that nobody sees; digits of all scripts as ASCII ones; case is kept."""
    signs = []
    for sign in unicodedata.normalize("NFKD", text):
        if unicodedata.combining(sign) or sign in _FILLERS or unicodedata.category(sign) == "Cf":
            continue
        digit = unicodedata.digit(sign, None)
        folded = sign.casefold()
        signs.append(str(digit) if digit is not None else folded if len(folded) > 1 else _SPELLED.get(sign, sign))
    return "".join(signs)


def _folded(sign: str) -> str:
    folded = sign.casefold()
    return _ALIKE.get(folded, folded)


def _cell(plain: str, at: int, sign: str, marks: _Marks) -> Cell:
    free = at in marks.spelled
    if sign.isspace():
        return Cell(" ", is_optional=free)
    if not sign.isalnum():
        return _cell_of_sign(at, sign, marks)
    before, after = plain[at - 1 : at] if at else "", plain[at + 1 : at + 2]
    letters = _folded(sign) + _TALL.get(sign, "")
    if at in marks.lettered:
        letters += _DIGITS.get(sign, "")
    return Cell(
        letters,
        opens=free or _is_edge(before, sign),
        closes=free or _is_edge(after, sign),
        repeats=at in marks.repeats,
        is_first_of_run=before.casefold() != sign.casefold(),
    )


def _cell_of_sign(at: int, sign: str, marks: _Marks) -> Cell:
    if at in marks.stars:
        return Cell(_ANY, is_optional=True)
    if at in marks.walls:
        return Cell(BARRIER)
    read = _SIGNS.get(sign, "") if at in marks.lettered else ""
    return Cell(read, is_optional=True, opens=bool(read), closes=bool(read))


def _is_edge(neighbour: str, sign: str) -> bool:
    """A word may begin or end between the two: one is no letter and no digit, or they are one of each."""
    return not neighbour.isalnum() or neighbour.isdigit() != sign.isdigit()


def _marks(plain: str) -> _Marks:
    marks = _Marks()
    alone: list[range] = []
    for found in _CHUNK.finditer(plain):
        chunk, place = found.group(), range(*found.span())
        _mark_chunk(chunk, place, marks)
        if _is_single(chunk):
            alone.append(place)
            continue
        _mark_spelled(plain, alone, marks)
        alone = []
    _mark_spelled(plain, alone, marks)
    for found in list(_BETWEEN.finditer(plain))[:MOST_STARS]:
        marks.stars.update(range(*found.span()))
    for found in _WORD.finditer(plain):
        marks.repeats.update(_repeating(found.group().casefold(), found.start()))
    return marks


def _is_single(chunk: str) -> bool:
    """One letter or digit, repeated or not, with at most two signs about it; or signs alone."""
    letters = [sign for sign in chunk.casefold() if sign.isalnum()]
    return len(set(letters)) < 2 and len(chunk) - len(letters) <= 2


def _mark_chunk(chunk: str, place: range, marks: _Marks) -> None:
    """Digits and signs are read as letters only where a letter is near; "he'll" and "so.Then" are two words each."""
    if any(sign.isalpha() for sign in chunk):
        marks.lettered.update(place)
    apostrophes = [at for at, sign in zip(place, chunk, strict=True) if sign in _APOSTROPHES]
    if len(apostrophes) == 1:
        marks.walls.update(apostrophes)
    for found in _SENTENCE.finditer(chunk):
        if found.group(1).islower() and found.group(2).isupper():
            marks.walls.add(place[found.start() + 1])


def _mark_spelled(plain: str, alone: list[range], marks: _Marks) -> None:
    """Three or more signs with blanks between them are one word: "b a d"."""
    signs = [plain[place.start : place.stop] for place in alone]
    read = sum(any(sign.isalnum() or sign in _SIGNS for sign in chunk) for chunk in signs)
    if read < 3 or sum(any(sign.isalpha() for sign in chunk) for chunk in signs) < 2:
        return
    whole = range(alone[0].start, alone[-1].stop)
    marks.spelled.update(whole)
    marks.lettered.update(whole)


def _repeating(word: str, start: int) -> set[int]:
    """Where in a word, which begins at ``start``, a letter may be there only to spoil it."""
    runs = [found.span() for found in _RUN.finditer(word)]
    is_all_doubled = len(runs) > 1 and all(stop - begin > 1 for begin, stop in runs)
    found: set[int] = set()
    for begin, stop in runs:
        length = stop - begin
        may_repeat = length > 2 or (length == 2 and (is_all_doubled or _is_seldom_doubled(word[begin])))
        found.update(range(start + begin, start + stop) if may_repeat else ())
    return found


def _is_seldom_doubled(sign: str) -> bool:
    return bool(_SELDOM_DOUBLED.intersection(_folded(sign) + _DIGITS.get(sign, "")))
