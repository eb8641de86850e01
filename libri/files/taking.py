"""Taking files in and away: streamed, measured, checked, scanned and stored first; then a row in the caller's transaction."""

from __future__ import annotations

import contextlib
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from flask import current_app
from flask_babel import lazy_gettext as _l
from sqlalchemy import Connection, case, delete, func, or_, select, update

from ..db import db, insert_into, is_rehearsal, now
from ..forms import line
from . import pictures, scanning, sniffing
from .kinds import KINDS, MB, RESOURCE, TYPES, Allowed, NoRoom, NotTaken, suffix_of
from .models import StoredBlob, StoredFile, StoredFileText
from .store import staged, the_store

PIECE = 1024 * 1024
READABLE = frozenset({"pdf", "docx", "odt", "txt", "md", "csv", "pptx", "odp", "xlsx", "ods", "srt", "vtt"})
"""Endings of the files whose words the worker reads."""


@dataclass(frozen=True)
class Taken:
    """A file that was checked and stored and waits for its row."""

    digest: str
    size: int
    kind: str
    media_type: str
    name: str
    organisation_id: int | None
    member_id: int | None
    scan: str = "none"
    preview_digest: str | None = None
    width: int | None = None
    height: int | None = None
    is_ours: bool = False


def take(stream, name: str | None, *, organisation_id: int | None = None, member_id: int | None = None, allowed: Allowed = RESOURCE) -> Taken:
    """Check what is read from `stream` and store it, outside any transaction; raises NotTaken with a sentence for the person.

    Nothing is held in memory, and whatever goes wrong leaves nothing behind.
    """
    name, room = clean_name(name), _room(organisation_id, member_id)
    suffix = suffix_of(name)
    if suffix not in TYPES or suffix not in allowed.suffixes:
        raise NotTaken(_l("We do not take files of this kind here. We take: %(kinds)s.", kinds=allowed.accept.replace(".", "").replace(",", ", ")))
    kind, media_type = TYPES[suffix]
    try:
        with staged() as (file, path):
            digest, size = _stream(stream, file, largest(kind, allowed), room)
            scan = scanning.scan(file)
            if kind == "picture":
                return _picture(file, name, allowed, organisation_id, member_id, scan)
            sniffing.check(suffix, file)
            _keep(path, digest, size)
            return Taken(digest, size, kind, media_type, name, organisation_id, member_id, scan)
    except NotTaken:
        raise
    except OSError as wrong:  # a full disk, or a store that does not answer
        current_app.logger.error("a file could not be stored: %s", wrong)
        raise NoRoom from wrong


def largest(kind: str, allowed: Allowed = RESOURCE) -> int:
    """The most bytes of one file of a kind at a place."""
    return min(KINDS[kind], allowed.largest, current_app.config["FILE_MB"] * MB)


def clean_name(name: str | None) -> str:
    """A file's own name, only for people to read: no folders, no unseen signs, at most 150 letters with its ending (S45)."""
    last = line((name or "").replace("\\", "/").rpartition("/")[2]).strip(". ") or "file"
    stem, dot, suffix = last.rpartition(".")
    return f"{stem[:140]}{dot}{suffix[:9]}" if dot else last[:150]


def _stream(stream, file: BinaryIO, most: int, room: int) -> tuple[str, int]:
    """Copy piece by piece; return digest and size."""
    digest, size = hashlib.sha256(), 0
    while piece := stream.read(PIECE):
        size += len(piece)
        if size > most:
            raise NotTaken(_l("This file is larger than %(size)d MB. Choose a smaller one.", size=most // MB))
        if size > room:
            raise NotTaken(_l("There is no room left for this file. Remove files that are no longer needed first."))
        digest.update(piece)
        file.write(piece)
    if not size:
        raise NotTaken(_l("This file is empty. Choose another one."))
    file.flush()
    return digest.hexdigest(), size


def _picture(file: BinaryIO, name: str, allowed: Allowed, organisation_id: int | None, member_id: int | None, scan: str) -> Taken:
    picture = pictures.drawn(file, allowed)
    name = f"{name.rpartition('.')[0]}.{picture.suffix}"
    digest = keep(picture.content)
    preview = None if allowed.square else keep(picture.preview)
    return Taken(digest, len(picture.content), "picture", TYPES[picture.suffix][1], name, organisation_id, member_id, scan, preview,
                 picture.width, picture.height)


def made(content: bytes, name: str, member_id: int | None = None) -> Taken:
    """Store a small content that we made ourselves under a name with an ending, outside any transaction; nobody reads or scans it."""
    kind, media_type = TYPES[suffix_of(name)]
    return Taken(keep(content), len(content), kind, media_type, name, None, member_id, is_ours=True)


def keep(content: bytes) -> str:
    """Store a small content that we made ourselves, outside any transaction; return its digest."""
    with staged() as (file, path):
        file.write(content)
        file.flush()
        digest = hashlib.sha256(content).hexdigest()
        _keep(path, digest, len(content))
    return digest


def _keep(path: Path, digest: str, size: int) -> None:
    """Note the blob, then store it; the note keeps sweeps away for an hour, in which the file gets its row."""
    with aside() as connection:
        connection.execute(insert_into(StoredBlob).values(digest=digest, size=size, at=now(), claims=1).on_conflict_do_update(
            index_elements=["digest"], set_={"at": now(), "claims": StoredBlob.claims + 1}))
    store = the_store()
    if store.size(digest) != size:
        store.put(path, digest)


def add(taken: Taken) -> StoredFile:
    """Write the row of a taken file, inside write_tx(); raises NoRoom when it was taken too long ago."""
    settle(digest for digest in (taken.digest, taken.preview_digest) if digest)
    new = StoredFile(digest=taken.digest, preview_digest=taken.preview_digest, size=taken.size, media_type=taken.media_type, kind=taken.kind,
                     name=taken.name, organisation_id=taken.organisation_id, added_by_id=taken.member_id, scan=taken.scan, width=taken.width,
                     height=taken.height, text_state="waiting" if suffix_of(taken.name) in READABLE and not taken.is_ours else "none")
    db.session.add(new)
    db.session.flush()
    return new


def remove(file: StoredFile) -> list[str]:
    """Take a file's row away, inside write_tx(), after what points to it; return digests for `forget()` after the transaction."""
    digests = [digest for digest in (file.digest, file.preview_digest) if digest]
    db.session.execute(delete(StoredFileText).where(StoredFileText.file_id == file.id))
    db.session.delete(file)
    db.session.flush()
    return digests


def forget(digests: Iterable[str]) -> int:
    """Delete contents that no file has any more, after the transaction; return how many. What fails now is swept later."""
    gone = 0
    for digest in () if is_rehearsal() else set(digests):
        with contextlib.suppress(OSError):
            gone += forget_one(digest)
    return gone


def forget_one(digest: str, before: datetime | None = None) -> bool:
    """One content, unless it is in use, or claimed by an upload (one that began earlier than `before` does not count).

    Its row stays locked while the store deletes it, so that somebody who uploads the same waits and then stores it anew.
    """
    in_use = select(StoredFile.id).where(or_(StoredFile.digest == digest, StoredFile.preview_digest == digest)).exists()
    free = StoredBlob.at < before if before else StoredBlob.claims == 0
    with aside() as connection:
        done = connection.scalar(delete(StoredBlob).where(StoredBlob.digest == digest, free, ~in_use).returning(StoredBlob.digest))
        if done:
            the_store().remove(digest)
    return bool(done)


@contextlib.contextmanager
def aside() -> Iterator[Connection]:
    """A short writing transaction beside the caller's session, whose objects stay as they are."""
    with db.engine.connect() as connection:
        connection = connection.execution_options(sqlite_begin="IMMEDIATE")
        with connection.begin():
            yield connection


def settle(digests: Iterable[str]) -> None:
    """Inside write_tx(): an upload has its row now and claims these contents no longer; raises NoRoom when one was swept meanwhile."""
    for digest, times in sorted(Counter(digests).items()):  # a picture may be as small as its preview
        left = case((StoredBlob.claims > times, StoredBlob.claims - times), else_=0)
        settled = update(StoredBlob).where(StoredBlob.digest == digest).values(claims=left).returning(StoredBlob.digest)
        if db.session.scalar(settled) is None:
            raise NoRoom


def _room(organisation_id: int | None, member_id: int | None) -> int:
    """Bytes still free for an organisation, or for a member who adds something of no organisation (S40)."""
    whose = StoredFile.organisation_id == organisation_id if organisation_id else (
        (StoredFile.added_by_id == member_id) & StoredFile.organisation_id.is_(None))
    used = db.session.scalar(select(func.coalesce(func.sum(StoredFile.size), 0)).where(whose)) or 0
    return max(0, current_app.config["ORGANISATION_MB"] * MB - used)
