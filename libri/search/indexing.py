"""Writing the index in the transaction that changes a thing: features say what their kinds hold, and everything else follows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, delete, event, insert, inspect, or_, select, update
from sqlalchemy.orm import Session

from ..db import db
from . import repairing
from .keys import folded, keys
from .models import SearchDocument

MOST_LETTERS = 60_000
"""Letters of one text that are searched."""
SHARED = ("language", "title", "title_keys", "audience", "organisation_id", "owner_id", "country")
"""What the places in a thing have of the thing."""


@dataclass(frozen=True)
class Entry:
    """One thing in one language. `body` is its text; parts of it may be in other languages: (language, text), in order."""

    kind: str
    object_id: int
    language: str
    title: str
    body: Sequence[tuple[str, str]]
    at: datetime
    audience: str = "office"
    organisation_id: int | None = None
    owner_id: int | None = None
    country: str = ""
    place: str = ""
    """Where in the thing this text stands, as its address ends, `?at=7#reply-12`; empty for the thing itself."""


@dataclass(frozen=True)
class Watch:
    """Which things change with a row: `key` names its column with their number, or makes a query of numbers out of the row's own.

    `only` are the columns that matter; without any, all do.
    """

    key: str | Callable[[Any], Select]
    only: tuple[str, ...] = ()


@dataclass(frozen=True)
class Places:
    """Texts inside things that are found one by one, such as replies: a row changes its own document and no other.

    `read(numbers)` gives an Entry for each of these rows; `of(row)` says in which thing and where there a row stands (an empty
    place is the thing itself); `rows()` asks for all of them, with what `of` needs; `only` are the columns that matter.
    """

    model: type
    read: Callable[[Sequence[int]], Iterable[Entry]]
    of: Callable[[Any], tuple[int, str]]
    rows: Callable[[], Select]
    only: tuple[str, ...]


@dataclass(frozen=True)
class Kind:
    """What is searched under one name: how its things are read, where they are, what they are called."""

    name: str
    read: Callable[[Sequence[int]], Iterable[Entry]]
    numbers: Callable[[], Select]
    address: Callable[[int], str]
    label: Any
    watches: Mapping[type, Watch] = field(default_factory=dict)
    is_on_page_of_organisation: bool = False
    places: Places | None = None


KINDS: dict[str, Kind] = {}
"""Every kind by its name, in the order in which they are offered as filters."""


def register(name: str, *, read, numbers, address, label, watches, is_on_page_of_organisation: bool = False, places: Places | None = None) -> None:
    """Make a kind of things searchable.

    `read(numbers)` gives an Entry for each of these things in each of its languages (none for what is gone), in a constant
    number of queries; `numbers()` selects the numbers of all things; `address(number)` is where a thing is; `watches` says
    which rows it is made of (model → Watch), so that a change of one renews the index in the same transaction. What has no
    page of its own `is_on_page_of_organisation`: then `address` is given the number of the organisation. `places` are the
    texts inside things that are found one by one.
    """
    KINDS[name] = Kind(name, read, numbers, address, label, watches, is_on_page_of_organisation, places)


ANEW = {"populate_existing": True}
"""As what is written goes past the models, documents are read as they stand in the table."""
_DOCUMENT = SearchDocument.__table__
_AT = select(SearchDocument).where(
    SearchDocument.kind == bindparam("kind"), SearchDocument.object_id.in_(bindparam("numbers", expanding=True)),
    SearchDocument.place.in_(bindparam("places", expanding=True))).execution_options(**ANEW)


def put(kind: str, *numbers: int) -> None:
    """Bring the index up to date for some things, inside write_tx(); needed only after statements that go past the models."""
    known, left = KINDS[kind], set(numbers)
    stored = {(row.object_id, row.language): row for row in documents(kind, numbers)}
    lost: set[str] = set()
    for entry in known.read(numbers):
        row, words = row_of(entry)
        lost |= _write(row, words, stored.pop((entry.object_id, entry.language), None))
        left.discard(entry.object_id)
        if known.places:
            _share(row)
    _remove(stored.values(), lost)
    if known.places and left:
        _drop(kind, left)


def put_places(kind: str, rows: Mapping[int, tuple[int, str]]) -> None:
    """Bring the index up to date for texts inside things, inside write_tx(): {number of its row: (number of the thing, place)}."""
    stored = {(row.object_id, row.place): row for row in documents_at(kind, rows.values())}
    lost: set[str] = set()
    for entry in KINDS[kind].places.read(list(rows)):
        lost |= _write(*row_of(entry), stored.pop((entry.object_id, entry.place), None))
    _remove(stored.values(), lost)


def documents(kind: str, numbers: Iterable[int]) -> Sequence[SearchDocument]:
    """The documents of some things themselves."""
    return db.session.scalars(select(SearchDocument).where(
        SearchDocument.kind == kind, SearchDocument.object_id.in_(numbers), SearchDocument.place == "").execution_options(**ANEW)).all()


def documents_at(kind: str, places: Iterable[tuple[int, str]]) -> Sequence[SearchDocument]:
    """The documents of some places in things: (number of the thing, place). No place of one thing is called as that of another."""
    numbers, ends = zip(*places, strict=True)
    return db.session.scalars(_AT, {"kind": kind, "numbers": numbers, "places": ends}).all()


def remember(rows: Iterable[SearchDocument]) -> None:
    """Know the words of these documents for mending typing mistakes, inside write_tx(), whether or not they changed."""
    repairing.learn({word for row in rows for word in _words_of(row)})


def _drop(kind: str, numbers: Iterable[int]) -> None:
    """Take things out of the index with every place in them, whatever still stands in their tables."""
    whole = select(SearchDocument).where(SearchDocument.kind == kind, SearchDocument.object_id.in_(numbers))
    _remove(db.session.scalars(whole.execution_options(**ANEW)).all(), set())


def drop_places(kind: str, places: Iterable[tuple[int, str]]) -> None:
    """Take texts inside things out of the index, inside write_tx()."""
    _remove(documents_at(kind, places), set())


def _remove(rows: Collection[SearchDocument], lost: set[str]) -> None:
    """Delete documents, then the words that went with them or were `lost` from others."""
    for row in rows:
        lost |= _words_of(row)
    if rows:
        db.session.execute(delete(SearchDocument).where(SearchDocument.id.in_([row.id for row in rows])))
    if lost:
        repairing.doubt(lost)


def row_of(entry: Entry) -> tuple[dict[str, Any], set[str]]:
    """The row of an entry, and its words."""
    title, left = folded(entry.title), MOST_LETTERS
    named = dict.fromkeys(key for word in title for key in sorted(keys(word, entry.language)))
    body, inside, words = [], {}, set(title)
    for language, text in entry.body:
        if text and left > 0:
            body.append(text[:left])
            left -= len(text)
            said = dict.fromkeys(folded(body[-1]))
            inside |= dict.fromkeys(key for word in said for key in sorted(keys(word, language)))
            words.update(said)
    return {"kind": entry.kind, "object_id": entry.object_id, "language": entry.language, "title": entry.title, "body": "\n".join(body),
            "country": entry.country, "audience": entry.audience, "organisation_id": entry.organisation_id, "owner_id": entry.owner_id,
            "at": entry.at, "place": entry.place, "title_keys": " ".join(named), "body_keys": " ".join(inside)}, words


def _write(given: dict[str, Any], words: set[str], row: SearchDocument | None) -> set[str]:
    """Keep what an entry gives if it says anything new; return the words its document lost."""
    if row is None:
        repairing.learn(words)
        db.session.execute(insert(_DOCUMENT), given)
        return set()
    if any(getattr(row, name) != value for name, value in given.items()):
        before = _words_of(row)
        repairing.learn(words - before)
        db.session.execute(update(_DOCUMENT).where(_DOCUMENT.c.id == row.id), given)
        return before - words
    return set()


def _share(given: Mapping[str, Any]) -> None:
    """Tell the places in a thing what they have of it, such as its title and who may see it; their own words stay."""
    columns = _DOCUMENT.c
    there = (columns.kind == given["kind"]) & (columns.object_id == given["object_id"]) & (columns.place != "")
    new = or_(*(columns[name].is_distinct_from(given[name]) for name in SHARED))
    db.session.execute(update(_DOCUMENT).where(there, new), {name: given[name] for name in SHARED})


def _words_of(row: SearchDocument) -> set[str]:
    return {*folded(row.title), *folded(row.body)}


# ---- in the same transaction -----------------------------------------------------------------------------------------


@event.listens_for(Session, "after_flush")
def _note(session: Session, _flush) -> None:
    """Note which things, or places in them, the flushed rows belong to."""
    touched = session.info.setdefault("searched", {})
    for row in (*session.new, *session.dirty, *session.deleted):
        for kind, watch in _watching(type(row)):
            if row not in session.new and row not in session.deleted and not _matters(row, watch):
                continue
            if isinstance(watch, Places):
                number, place = watch.of(row)
                touched.setdefault(kind, set()).add((row.id, (number, place)) if place else (None, number))
            elif callable(watch.key):
                touched.setdefault(kind, set()).add((watch.key, row.id))
            else:
                touched.setdefault(kind, set()).add((None, getattr(row, watch.key)))


@cache
def _watching(model: type) -> list[tuple[str, Watch | Places]]:
    """Which kinds look at the rows of a model, and how."""
    return [(kind.name, watch) for kind in KINDS.values()
            for watch in (kind.watches.get(model), kind.places if kind.places and kind.places.model is model else None) if watch]


def _matters(row, watch: Watch | Places) -> bool:
    attributes = inspect(row).attrs
    return any(attributes[name].history.has_changes() for name in watch.only or inspect(type(row)).columns.keys())


@event.listens_for(Session, "before_commit")
def _renew(session: Session) -> None:
    """Renew the index for everything noted; what it writes belongs to no kind and notes nothing."""
    session.flush()
    for kind, touched in session.info.pop("searched", {}).items():
        numbers = {number for query, number in touched if query is None and number is not None}
        for query, number in touched:
            if callable(query):
                numbers.update(session.scalars(query(number)))
        if numbers:
            put(kind, *sorted(numbers))
        if places := {row: place for row, place in touched if isinstance(row, int)}:
            put_places(kind, places)


@event.listens_for(Session, "after_rollback")
def _forget(session: Session) -> None:
    session.info.pop("searched", None)
