"""Tending the index: building it anew while the site goes on, and letting nothing of deleted texts stay in its files (P4)."""

from __future__ import annotations

from collections.abc import Iterator

import click
from flask.cli import AppGroup
from sqlalchemy import select, text

from ..db import db, write_tx
from . import repairing
from .indexing import KINDS, Kind, documents, documents_at, drop_places, put, put_places, remember
from .models import SearchDocument

AT_ONCE = 50
"""Things in one transaction, so that others wait for a moment only."""
MERGED = 500
"""Pages of SQLite's index put together in one transaction."""
commands = AppGroup("search", help="The index of the search.")


@commands.command("rebuild")
def rebuild_command() -> None:
    """Build the index anew from the tables, while the site goes on."""
    for name, done, of_all in rebuild():
        click.echo(f"\r{name:14} {done} of {of_all}", nl=done == of_all)


def rebuild() -> Iterator[tuple[str, int, int]]:
    """Bring every document up to date and remove what belongs to nothing; yields (kind, done, of how many) as it goes."""
    for name, kind in KINDS.items():
        known = select(SearchDocument.object_id).where(SearchDocument.kind == name)
        numbers = sorted({*db.session.scalars(kind.numbers()), *db.session.scalars(known)})
        for at, some in _portions(numbers):
            with write_tx():
                put(name, *some)
                remember(documents(name, some))
            yield name, at + len(some), len(numbers)
        if kind.places:
            _rebuild_places(kind)
    with write_tx() as session:
        for row in session.scalars(select(SearchDocument).where(SearchDocument.kind.not_in(list(KINDS)))):
            session.delete(row)


def _rebuild_places(kind: Kind) -> None:
    known = select(SearchDocument.object_id, SearchDocument.place).where(SearchDocument.kind == kind.name, SearchDocument.place != "")
    gone = {tuple(row) for row in db.session.execute(known)}
    places = {row.id: kind.places.of(row) for row in db.session.execute(kind.places.rows())}
    for _at, some in _portions(sorted(places)):
        with write_tx():
            put_places(kind.name, {number: places[number] for number in some})
            remember(documents_at(kind.name, [places[number] for number in some]))
    for _at, some in _portions(sorted(gone - set(places.values()))):
        with write_tx():
            drop_places(kind.name, some)


def _portions(given: list) -> Iterator[tuple[int, list]]:
    return ((at, given[at:at + AT_ONCE]) for at in range(0, len(given), AT_ONCE))


def tend() -> int:
    """The daily chore: fill an empty index, forget words no text has, and clear deleted words out of the files of SQLite."""
    if db.session.scalar(select(SearchDocument.id).limit(1)) is None:
        return sum(1 for _step in rebuild())
    forgotten = repairing.forget()
    if db.engine.dialect.name == "sqlite":
        _clear_out()
    return forgotten


def _clear_out() -> None:
    """Merge the segments of the index step by step until none is left to merge: only then its deleted words are gone (P4)."""
    sign = -MERGED  # a negative number begins a merge of everything, a positive one goes on with it
    while True:
        with write_tx() as session:
            before = session.execute(text("SELECT total_changes()")).scalar_one()
            session.execute(text("INSERT INTO ft_document (ft_document, rank) VALUES ('merge', :pages)"), {"pages": sign})
            changed = session.execute(text("SELECT total_changes()")).scalar_one() - before
        if changed < 2:  # the statement itself counts as one
            return
        sign = MERGED
