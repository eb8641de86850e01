"""People called by name in a text: whom the editor offers after an @, and what becomes of an @Full Name without scripts (F6)."""

from __future__ import annotations

import re
from functools import lru_cache

from ..db import db
from ..search import fold
from .queries.topics import names

MOST = 8
"""Names offered at once."""
MOST_IN_A_TEXT = 20
_AT = re.compile(r"(?<![\w\[@./])@(?=\w)")
_ENDS = ".,;:!?)”»\"'"
folded = lru_cache(maxsize=20_000)(fold)


def like(words: str) -> list[tuple[int, str]]:
    """The active members one of whose names begins with the words, at most MOST; the first name counts before the others."""
    wanted = folded(" ".join(words.split())[:60])
    if not wanted:
        return []
    found = []
    for row in db.session.execute(names()):
        name = folded(row.name)
        if name.startswith(wanted):
            found.append((0, row.name, row.id))
        elif f" {wanted}" in name:
            found.append((1, row.name, row.id))
    return [(number, name) for _rank, name, number in sorted(found)[:MOST]]


def link(body: str) -> str:
    """The text with every @Full Name that means exactly one active member turned into a link to them."""
    places = [found.end() for found in _AT.finditer(body)][:MOST_IN_A_TEXT]
    if not places:
        return body
    known: dict[str, set[tuple[int, str]]] = {}
    for row in db.session.execute(names()):
        known.setdefault(row.name.casefold(), set()).add((row.id, row.name))
    for place in reversed(places):
        for end in _possible_ends(body, place):
            fitting = known.get(" ".join(body[place:end].split()).casefold())
            if fitting:
                body = body if len(fitting) > 1 else body[:place - 1] + written(*next(iter(fitting))) + body[end:]
                break
    return body


def _possible_ends(body: str, place: int) -> list[int]:
    """Where a name that begins at `place` may end, the longest first: after one to six words of its line."""
    line = body[place:place + 130].split("\n", 1)[0]
    ends = [place + found.end() for found in re.finditer(r"\S+", line)][:6]
    return [end for whole in reversed(ends) for end in dict.fromkeys((whole, place + len(body[place:whole].rstrip(_ENDS))))]


def written(number: int, name: str) -> str:
    """A mention as the text keeps it."""
    return f"[@{re.sub(r'[][]', '', name)}](/members/{number})"
