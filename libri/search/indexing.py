"""Writing the index in the transaction that changes a thing: features say what their kinds hold, and everything else follows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, event, inspect, select, update
from sqlalchemy.orm import Session

from ..db import db
from . import repairing
from .keys import folded, keys
from .models import SearchDocument

MOST_LETTERS = 60_000
"""Letters of one text that are searched."""


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


@dataclass(frozen=True)
class Watch:
    """Which things change with a row: `key` names its column with their number, or makes a query of numbers out of the row's own.

    `only` are the columns that matter; without any, all do.
    """

    key: str | Callable[[Any], Select]
    only: tuple[str, ...] = ()


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


KINDS: dict[str, Kind] = {}
"""Every kind by its name, in the order in which they are offered as filters."""


def register(name: str, *, read, numbers, address, label, watches, is_on_page_of_organisation: bool = False) -> None:
    """Make a kind of things searchable.

    `read(numbers)` gives an Entry for each of these things in each of its languages (none for what is gone), in a constant
    number of queries; `numbers()` selects the numbers of all things; `address(number)` is where a thing is; `watches` says
    which rows it is made of (model → Watch), so that a change of one renews the index in the same transaction. What has no
    page of its own `is_on_page_of_organisation`: then `address` is given the number of the organisation.
    """
    KINDS[name] = Kind(name, read, numbers, address, label, watches, is_on_page_of_organisation)


def put(kind: str, *numbers: int) -> None:
    """Bring the index up to date for some things, inside write_tx(); needed only after statements that go past the models."""
    known = KINDS[kind]
    stored: dict[tuple[int, str], Any] = {}
    for row in db.session.execute(select(SearchDocument).where(SearchDocument.kind == kind, SearchDocument.object_id.in_(numbers))).scalars():
        stored[row.object_id, row.language] = row
    lost: set[str] = set()
    for entry in known.read(numbers):
        lost |= _write(entry, stored.pop((entry.object_id, entry.language), None))
    _remove(list(stored.values()), lost)


def remember(kind: str, *numbers: int) -> None:
    """Know the words of these things for mending typing mistakes, inside write_tx(), whether or not they changed."""
    rows = db.session.scalars(select(SearchDocument).where(SearchDocument.kind == kind, SearchDocument.object_id.in_(numbers)))
    repairing.learn({word for row in rows for word in _words_of(row)})


def _remove(rows: Sequence[SearchDocument], lost: set[str]) -> None:
    """Delete documents, then the words that went with them or were `lost` from others."""
    for row in rows:
        lost |= _words_of(row)
    if rows:
        db.session.execute(delete(SearchDocument).where(SearchDocument.id.in_([row.id for row in rows])))
    if lost:
        repairing.doubt(lost)


def values_of(entry: Entry) -> dict[str, Any]:
    """The row of an entry."""
    body, left = [], MOST_LETTERS
    for language, text in entry.body:
        if text and left > 0:
            body.append((language, text[:left]))
            left -= len(text)
    inside = dict.fromkeys(key for language, text in body for word in dict.fromkeys(folded(text)) for key in sorted(keys(word, language)))
    named = [key for word in folded(entry.title) for key in sorted(keys(word, entry.language))]
    return {"kind": entry.kind, "object_id": entry.object_id, "language": entry.language, "title": entry.title,
            "body": "\n".join(text for _language, text in body), "country": entry.country, "audience": entry.audience,
            "organisation_id": entry.organisation_id, "owner_id": entry.owner_id, "at": entry.at,
            "title_keys": " ".join(dict.fromkeys(named)), "body_keys": " ".join(inside)}


def _write(entry: Entry, row: SearchDocument | None) -> set[str]:
    """Keep an entry if it says anything new; return the words its document lost."""
    given = values_of(entry)
    if row is None:
        repairing.learn(_words(given))
        db.session.add(SearchDocument(**given))
        return set()
    if any(getattr(row, name) != value for name, value in given.items()):
        before, after = _words_of(row), _words(given)
        repairing.learn(after - before)
        db.session.execute(update(SearchDocument).where(SearchDocument.id == row.id).values(given))
        return before - after
    return set()


def _words(given: Mapping[str, Any]) -> set[str]:
    return {*folded(given["title"]), *folded(given["body"])}


def _words_of(row: SearchDocument) -> set[str]:
    return _words({"title": row.title, "body": row.body})


# ---- in the same transaction -----------------------------------------------------------------------------------------


@event.listens_for(Session, "after_flush")
def _note(session: Session, _flush) -> None:
    """Note which things the flushed rows belong to."""
    touched = session.info.setdefault("searched", {})
    for row in (*session.new, *session.dirty, *session.deleted):
        for kind in KINDS.values():
            watch = kind.watches.get(type(row))
            if watch is None or (row not in session.new and row not in session.deleted and not _matters(row, watch)):
                continue
            if callable(watch.key):
                touched.setdefault(kind.name, set()).add((watch.key, row.id))
            else:
                touched.setdefault(kind.name, set()).add((None, getattr(row, watch.key)))


def _matters(row, watch: Watch) -> bool:
    attributes = inspect(row).attrs
    return any(attributes[name].history.has_changes() for name in watch.only or inspect(type(row)).columns.keys())


@event.listens_for(Session, "before_commit")
def _renew(session: Session) -> None:
    """Renew the index for everything noted; what it writes belongs to no kind and notes nothing."""
    session.flush()
    for kind, touched in session.info.pop("searched", {}).items():
        numbers = {number for query, number in touched if query is None and number is not None}
        for query, number in touched:
            if query is not None:
                numbers.update(session.scalars(query(number)))
        if numbers:
            put(kind, *sorted(numbers))
    session.flush()


@event.listens_for(Session, "after_rollback")
def _forget(session: Session) -> None:
    session.info.pop("searched", None)
