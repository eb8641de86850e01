"""The words that were found, marked in the text as it was written, in any of their forms; and the best place of a long text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

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


def marked(text: str, words: Sequence[Asked], language: str = "") -> list[Piece]:
    """A text in pieces, the found words on their own."""
    return _cut(text, [(start, end) for _number, start, end in _places(text, words, language)], 0, len(text))


def snippet(text: str, words: Sequence[Asked], language: str = "") -> list[Piece]:
    """The part of a text with the most of the words, in pieces; its beginning when it has none."""
    places = _places(text[:LOOKED_THROUGH], words, language)
    start = max((place[1] for place in places), key=lambda at: _worth(places, at), default=0)
    first = _after_a_gap(text, max(0, start - 40)) if start > 40 else 0
    last = min(len(text), first + LETTERS)
    if last < len(text):
        last = max(text.rfind(" ", first, last), first + LETTERS // 2)
    pieces = _cut(text, [(begin, end) for _number, begin, end in places if begin >= first and end <= last], first, last)
    return [*([Piece("… ", False)] if first else []), *pieces, *([Piece(" …", False)] if last < len(text) else [])]


def _places(text: str, words: Sequence[Asked], language: str) -> list[tuple[int, int, int]]:
    """Where the words stand: (number of the word, begin, end)."""
    found = []
    for word, start, end in spans(text):
        for number, one in enumerate(words):
            if one.finds(word, keys(word, language)):
                found.append((number, start, end))
                break
    return found


def _worth(places: list[tuple[int, int, int]], at: int) -> tuple[int, int, int]:
    """Different words, then words at all, in the part that begins at a place; the earlier of equals."""
    inside = [number for number, start, _end in places if at <= start < at + LETTERS - 60]
    return len(set(inside)), len(inside), -at


def _after_a_gap(text: str, at: int) -> int:
    gap = text.find(" ", at, at + 40)
    return gap + 1 if gap >= 0 else at


def _cut(text: str, places: list[tuple[int, int]], first: int, last: int) -> list[Piece]:
    pieces, at = [], first
    for start, end in places:
        pieces += [Piece(text[at:start], False), Piece(text[start:end], True)]
        at = end
    return [piece for piece in [*pieces, Piece(text[at:last], False)] if piece.text]
