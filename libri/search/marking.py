"""The words that were found, marked in the text as it was written, in any of their forms; and the best place of a long text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from .folding import level
from .keys import keys, spans
from .querying import Asked

LETTERS = 220
"""Letters of a text shown with a result."""
LOOKED_THROUGH = 30_000
"""Letters of a text in which the best place is sought."""


class Piece(NamedTuple):
    """A part of a text, and whether it is a word that was found."""

    text: str
    is_found: bool


class Place(NamedTuple):
    """Where a word stands: which word of the query, from and to which letter, and whether it is the word itself and no other form."""

    number: int
    start: int
    end: int
    is_exact: bool


def marked(text: str, words: Sequence[Asked], language: str = "") -> list[Piece]:
    """A text in pieces, the found words on their own."""
    return _cut(text, places(text, words, language), 0, len(text))


def snippet(text: str, words: Sequence[Asked], language: str = "") -> list[Piece]:
    """The part of a text with the most of the words, in pieces; its beginning when it has none."""
    found = places(text[:LOOKED_THROUGH], words, language)
    start = max((place.start for place in found), key=lambda at: _worth(found, at), default=0)
    first = _after_a_gap(text, max(0, start - 40)) if start > 40 else 0
    last = min(len(text), first + LETTERS)
    if last < len(text):
        last = max(text.rfind(" ", first, last), first + LETTERS // 2)
    pieces = _cut(text, [place for place in found if place.start >= first and place.end <= last], first, last)
    return [*([Piece("… ", False)] if first else []), *pieces, *([Piece(" …", False)] if last < len(text) else [])]


def places(text: str, words: Sequence[Asked], language: str = "") -> list[Place]:
    """Where words of a query stand in a text; only words that begin like one of their keys are looked at closely."""
    found = []
    for candidate in _beginning_like(tuple(words)).finditer(level(text)):
        for word, start, end in spans(candidate.group()):
            meant = next((number for number, one in enumerate(words) if one.is_meant_by(word)), None)
            if meant is None:
                others = keys(word, language)
                meant = next((number for number, one in enumerate(words) if not one.keys.isdisjoint(others)), None)
            if meant is not None:
                found.append(Place(meant, candidate.start() + start, candidate.start() + end, word == words[meant].word))
    return found


@lru_cache(256)
def _beginning_like(words: tuple[Asked, ...]) -> re.Pattern[str]:
    beginnings = sorted({key[:3] for one in words for key in (one.word, *one.keys) if key})
    starts = "|".join("'?".join(re.escape(letter) for letter in start) for start in beginnings) or "(?!)"
    return re.compile(rf"(?<![^\W_])(?:{starts})[^\W_]*(?:'[^\W_]+)*")


def _worth(found: list[Place], at: int) -> tuple[int, int, int]:
    """Different words, then words at all, in the part that begins at a place; the earlier of equals."""
    inside = [place.number for place in found if at <= place.start < at + LETTERS - 60]
    return len(set(inside)), len(inside), -at


def _after_a_gap(text: str, at: int) -> int:
    gap = text.find(" ", at, at + 40)
    return gap + 1 if gap >= 0 else at


def _cut(text: str, found: list[Place], first: int, last: int) -> list[Piece]:
    pieces, at = [], first
    for place in found:
        pieces += [Piece(text[at:place.start], False), Piece(text[place.start:place.end], True)]
        at = place.end
    return [piece for piece in [*pieces, Piece(text[at:last], False)] if piece.text]
