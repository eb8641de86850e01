"""Finding: what a query gives somebody – ranked, counted by kind, language and country, typing mistakes mended and said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import String, func, select, type_coerce

from ..db import db
from ..permissions import Can
from . import repairing
from .indexing import KINDS
from .keys import keys, spans
from .marking import Piece, marked, places, snippet
from .models import SearchDocument
from .querying import Asked, asked, newest, plan_each_query, visible

RANKED = 1_000
"""Matches that are ranked and counted, the newest; of more it is said that there are more."""
TITLED = 200
"""Matches in the title that are ranked beside them, however old."""
READ = 100
"""Best matches whose text is read to rank them more exactly,"""
READ_LETTERS = 150_000
"""and the letters of all their texts together."""
LETTERS_OF_A_USUAL_TEXT = 2_000
OF_A_PLACE = 0.9
"""What the title counts for a place in the thing."""
NEAR = 12
"""Letters between two words that stand near each other."""
ROWS = 20
COLUMNS = (SearchDocument.id, SearchDocument.kind, SearchDocument.object_id, SearchDocument.language, SearchDocument.country,
           SearchDocument.place, SearchDocument.title_keys, type_coerce(SearchDocument.at, String).label("at"),
           func.length(SearchDocument.body).label("letters"))


@dataclass(frozen=True)
class Found:
    """One result: what it is, where, in which language, and its title and the best of its text in pieces, found words marked."""

    kind: str
    number: int
    organisation_id: int | None
    language: str
    country: str
    at: datetime
    title: Sequence[Piece]
    text: Sequence[Piece]
    place: str = ""

    @property
    def address(self) -> str:
        """Where it is."""
        kind = KINDS[self.kind]
        return kind.address(self.organisation_id if kind.is_on_page_of_organisation else self.number) + self.place


@dataclass(frozen=True)
class Results:
    """What a query gave."""

    items: Sequence[Found] = ()
    total: int = 0
    is_more: bool = False
    """Whether there are more than were ranked."""
    mended: Sequence[tuple[str, str]] = ()
    """Words that were mended: (typed, searched for)."""
    only_some: bool = False
    """Whether nothing has all the words, so that these have some of them."""
    counts: dict[str, Counter] = field(default_factory=dict)
    """How many there are by kind, language and country, each among what the other filters leave."""
    page: int = 1
    pages: int = 1
    is_any: bool = False
    """Whether anything was found before the filters took it away."""


def find(query: str, can: Can, *, kind: str = "", language: str = "", country: str = "", reader: str = "", page: int = 1,
         rows: int = ROWS) -> Results:
    """What somebody may see that answers a query. `reader` is the language they read, preferred among equals."""
    words, mended, every = asked(query), (), True
    if not words:
        return Results()
    plan_each_query()
    chosen = {"kind": kind, "language": language, "country": country}
    found = _candidates(words, can, chosen, every)
    if not found and not any(chosen.values()) or not found and not _any(words, can):
        words, mended = _mended(words, can)
        found = _candidates(words, can, chosen, every)
        if not found and len(words) > 1:
            every = False
            found = _candidates(words, can, chosen, every)
    fitting, counts = _filtered(found, chosen)
    ranked, read = _ranked(fitting, words, reader)
    pages = max(1, -(-len(ranked) // rows))
    page = min(max(page, 1), pages)
    items = _drawn(ranked[(page - 1) * rows:page * rows], read, words)
    return Results(items, len(ranked), len(found) >= RANKED, _spelt(mended, items), bool(items) and not every, counts, page, pages, bool(found))


def _candidates(words: Sequence[Asked], can: Can, chosen: dict[str, str], every: bool) -> dict[int, object]:
    """Matching documents by number: the newest of all, and when there are too many, the newest with the words in their title."""
    allowed = [visible(can)]
    rows = {row.id: row for row in db.session.execute(newest(words, COLUMNS, allowed, RANKED, every=every))}
    if len(rows) >= RANKED:
        narrow = [*allowed, *(getattr(SearchDocument, name) == value for name, value in chosen.items() if value)]
        if len(narrow) > len(allowed):
            rows |= {row.id: row for row in db.session.execute(newest(words, COLUMNS, narrow, RANKED, every=every))}
        titled = [*narrow, SearchDocument.place == ""]
        rows |= {row.id: row for row in db.session.execute(newest(words, COLUMNS, titled, TITLED, title=True, every=every))}
    return rows


def _any(words: Sequence[Asked], can: Can) -> bool:
    query = newest(words, [SearchDocument.id], [visible(can)], 1)
    return db.session.scalar(query) is not None


def _filtered(found: dict, chosen: dict[str, str]) -> tuple[list, dict[str, Counter]]:
    """The documents that answer to the filters, and how many things each other choice of a filter would leave."""
    asked_for = [(number, value) for number, value in enumerate(chosen.values()) if value]
    things: list[set] = [set() for _name in chosen]
    fitting = []
    for row in found.values():
        _id, kind, thing, language, country, *_rest = row
        values = (kind, language, country)
        missed = [number for number, value in asked_for if values[number] != value]
        if kind not in KINDS:
            continue
        if not missed:
            fitting.append(row)
        for number in range(len(values)) if not missed else missed if len(missed) == 1 else ():
            things[number].add((values[number], kind, thing))
    return fitting, {name: Counter(value for value, _kind, _number in seen if value) for name, seen in zip(chosen, things, strict=True)}


# ---- ranking ---------------------------------------------------------------------------------------------------------


def _ranked(rows: Sequence, words: Sequence[Asked], reader: str) -> tuple[list, dict[int, Any]]:
    """One document of each thing, the best first: title before text, the word itself before its forms, the newer before the older.

    A title counts less for a place in the thing than for the thing itself. Also what was read of the best by number, so that a
    page need not read it again.
    """
    scored = sorted(((_in_title(title, words) * (OF_A_PLACE if place else 1) + (language == reader), at, number, row)
                     for row in rows for number, _kind, _thing, language, _country, place, title, at, _letters in (row,)),
                    key=lambda one: one[:3], reverse=True)
    first, left = [], READ_LETTERS
    for one in scored[:READ]:
        left -= one[3].letters
        if left < 0 and first:
            break
        first.append(one)
    read = _read([one[2] for one in first])
    exact = sorted(((score + _in_text(read[number].body, words, row.language), at, number, row)
                    for score, at, number, row in first if number in read),  # another may have deleted it since
                   key=lambda one: one[:3], reverse=True)
    best: dict[tuple[str, int], Any] = {}
    for _score, _at, _number, row in [*exact, *scored[len(first):]]:
        before = best.setdefault((row[1], row[2]), row)
        if row.language == reader != before.language and _named(row, words) >= _named(before, words):
            best[row[1], row[2]] = row  # in its place: its own name may be in another case than the English one
    return list(best.values()), read


def _named(row, words: Sequence[Asked]) -> int:
    """How many of the words stand in a title, in whatever form."""
    title = row.title_keys.split()
    return sum(not one.keys.isdisjoint(title) or (one.is_prefix and any(word.startswith(one.word) for word in title)) for one in words)


def _read(numbers: Sequence[int]) -> dict[int, Any]:
    texts = select(SearchDocument.id, SearchDocument.organisation_id, SearchDocument.at, SearchDocument.title, SearchDocument.body)
    return {row.id: row for row in db.session.execute(texts.where(SearchDocument.id.in_(numbers)))} if numbers else {}


def _in_title(title_keys: str, words: Sequence[Asked]) -> float:
    if not title_keys:
        return 0.0
    title = title_keys.split()
    score, hits = 0.0, 0
    for one in words:
        gain = 10 if one.word in title else 8 if not one.keys.isdisjoint(title) else 0
        if not gain and one.is_prefix and one.word in title_keys and any(word.startswith(one.word) for word in title):
            gain = 6
        score, hits = score + gain, hits + bool(gain)
    return score + (5 if hits == len(words) else 0) + 4 * hits / (len(title) + 1)


def _in_text(text: str, words: Sequence[Asked], language: str) -> float:
    """How often, and how near each other, the words stand in a text; a long one must hold them more often."""
    found = places(text, words, language)
    times = [0.0] * len(words)
    for place in found:
        times[place.number] += 1.5 if place.is_exact else 1.0
    damp = 1.5 * (0.4 + 0.6 * len(text) / LETTERS_OF_A_USUAL_TEXT)
    near = sum(1 for one, other in zip(found, found[1:], strict=False) if other.start - one.end < NEAR and one.number != other.number)
    return sum(5 * often / (often + damp) for often in times) + min(3, 1.5 * near)


# ---- typing mistakes -------------------------------------------------------------------------------------------------


def _mended(words: Sequence[Asked], can: Can) -> tuple[tuple[Asked, ...], tuple[tuple[str, str], ...]]:
    """The words with those replaced that nothing visible holds, by known ones spelt alike that something visible holds."""
    kept, mended = [], []
    for one in words:
        if not _any([one], can):
            for other in repairing.like(one.word):
                if _any([Asked(other, keys(other))], can):
                    mended.append((one.word, other))
                    one = Asked(other, keys(other))
                    break
        kept.append(one)
    return tuple(kept), tuple(mended)


def _spelt(mended: Sequence[tuple[str, str]], items: Sequence[Found]) -> list[tuple[str, str]]:
    """The words that were searched for as the results spell them, with their accents."""
    known: dict[str, str] = {}
    for item in items if mended else ():
        for piece in (*item.title, *item.text):
            for word, start, end in spans(piece.text):
                known.setdefault(word, piece.text[start:end])
    return [(typed, known.get(word, word)) for typed, word in mended]


def _drawn(rows: Sequence, read: dict[int, Any], words: Sequence[Asked]) -> list[Found]:
    whole = read | _read([row.id for row in rows if row.id not in read])
    return [Found(row.kind, row.object_id, one.organisation_id, row.language, row.country, one.at, marked(one.title, words, row.language),
                  snippet(one.body, words, row.language), row.place) for row in rows if row.id in whole for one in (whole[row.id],)]
