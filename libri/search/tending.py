"""Tending the index: building it anew while the site goes on, and letting nothing of deleted texts stay in its files (P4)."""

from __future__ import annotations

from collections.abc import Iterator

import click
from flask.cli import AppGroup
from sqlalchemy import select, text

from ..db import db, write_tx
from . import repairing
from .indexing import KINDS, put, remember
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
        for at in range(0, len(numbers), AT_ONCE):
            with write_tx():
                put(name, *numbers[at:at + AT_ONCE])
                remember(name, *numbers[at:at + AT_ONCE])
            yield name, min(at + AT_ONCE, len(numbers)), len(numbers)
    with write_tx() as session:
        for row in session.scalars(select(SearchDocument).where(SearchDocument.kind.not_in(list(KINDS)))):
            session.delete(row)


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
