"""What nobody needs any more is deleted, and what does not fit together is named (S47)."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from sqlalchemy import Column, or_, select

from ..db import Model, db, insert_into, now, write_tx
from .models import StoredBlob, StoredFile, StoredFileText
from .store import incoming, the_store
from .taking import aside, forget_one, remove

UPLOAD_TAKES = timedelta(hours=1)
"""The longest time between storing a content and writing the row of its file."""
ROWS_STAY, AT_ONCE = timedelta(days=1), 500
"""How long a row of a file stays when nothing points to it, and how many are deleted at once."""
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def sweep() -> int:
    """Delete what broken uploads left and contents that no file has any more; return how many."""
    _forget_rows()
    _note_strays()
    db.session.rollback()  # so that this transaction sees their rows
    gone = sum(forget_one(digest, before=now() - UPLOAD_TAKES) for digest in db.session.scalars(_unused()).all())
    for left in incoming().iterdir():
        if time.time() - left.stat().st_mtime > UPLOAD_TAKES.total_seconds():
            left.unlink(missing_ok=True)
            gone += 1
    return gone + the_store().forget_halves(now() - UPLOAD_TAKES)


def _unused():
    in_use = select(StoredFile.id).where(or_(StoredFile.digest == StoredBlob.digest, StoredFile.preview_digest == StoredBlob.digest)).exists()
    return select(StoredBlob.digest).where(~in_use, StoredBlob.at < now() - UPLOAD_TAKES)


def _forget_rows() -> None:
    """Delete rows of files that nothing points to, such as those left by what a database deleted along with something else."""
    with write_tx() as session:
        held = [select(column).where(column.is_not(None)) for column in _pointers()]
        loose = [StoredFile.added_at < now() - ROWS_STAY, *(StoredFile.id.not_in(numbers) for numbers in held)]
        for file in session.scalars(select(StoredFile).where(*loose).limit(AT_ONCE)).all():
            remove(file)


def _pointers() -> list[Column]:
    """The columns of all tables that point to files, but for the words read in them."""
    tables = [table for table in Model.metadata.tables.values() if table is not StoredFileText.__table__]
    return [key.parent for table in tables for key in table.foreign_keys if key.references(StoredFile.__table__)]


def _note_strays() -> None:
    """Give contents without a row one, an old one, so that they are deleted under its lock like all others."""
    known = set(db.session.scalars(select(StoredBlob.digest)))
    strays = [(digest, size) for digest, size, at in the_store().all() if digest not in known and at < now() - UPLOAD_TAKES]
    for digest, size in strays:
        with aside() as connection:
            connection.execute(insert_into(StoredBlob).values(digest=digest, size=size, at=LONG_AGO, claims=0).on_conflict_do_nothing())


def check() -> Iterator[str]:
    """Say what does not fit: files whose content is missing or damaged, and contents nobody knows."""
    there = {digest: size for digest, size, _at in the_store().all()}
    for blob in db.session.scalars(select(StoredBlob)):
        if there.pop(blob.digest, None) != blob.size:
            names = db.session.scalars(select(StoredFile.id).where(or_(StoredFile.digest == blob.digest, StoredFile.preview_digest == blob.digest)))
            yield f"content {blob.digest} is missing or damaged; files: {', '.join(map(str, names)) or 'none'}"
    yield from (f"content {digest} belongs to no file" for digest in there)
