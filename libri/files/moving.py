"""Pictures and attachments of the time before the one store: their files become stored files. Called once, by a migration."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path

from flask import current_app
from sqlalchemy import Connection, text

from .kinds import TYPES, suffix_of
from .store import staged, the_store
from .taking import READABLE


def move_old(connection: Connection) -> None:
    """Fill member.picture_id and attachment.file_id, which the migration has added, from the names in the columns it drops afterwards."""
    for member_id, name in connection.execute(text("SELECT id, picture FROM member WHERE picture <> ''")).all():
        if digest := _moved(connection, name):
            number = _row(connection, digest, None, "picture.webp", None, member_id, _now())
            connection.execute(text("UPDATE member SET picture_id = :n WHERE id = :m"), {"n": number, "m": member_id})
    for one in connection.execute(text(_ATTACHMENTS)).all():
        digest, preview = _moved(connection, one.file), _moved(connection, one.thumbnail) if one.thumbnail else None
        if digest:
            number = _row(connection, digest, preview, one.name, one.organisation_id, one.added_by_id, one.at, one.width, one.height)
            connection.execute(text("UPDATE attachment SET file_id = :n WHERE id = :a"), {"n": number, "a": one.id})
    connection.execute(text("DELETE FROM attachment WHERE file_id IS NULL"))  # their files were lost before


_ATTACHMENTS = """
SELECT attachment.id, file, thumbnail, name, width, height, added_by_id, at, CASE object_kind
       WHEN 'practice' THEN (SELECT organisation_id FROM practice WHERE practice.id = object_id)
       ELSE (SELECT organisation_id FROM reply WHERE reply.id = object_id) END AS organisation_id
FROM attachment"""


def _now() -> str:
    return datetime.now(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")


def _moved(connection: Connection, name: str) -> str | None:
    """The digest under which an old file is kept now, or None when there is none."""
    old = Path(current_app.config["DATA_FOLDER"]) / "files" / name
    if not old.is_file():
        return None
    content = old.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    with staged() as (file, path):
        file.write(content)
        file.flush()
        the_store().put(path, digest)
    connection.execute(text("INSERT INTO stored_blob (digest, size, at, claims) VALUES (:d, :s, :at, 0) ON CONFLICT DO NOTHING"),
                       {"d": digest, "s": len(content), "at": _now()})
    return digest


def _row(connection: Connection, digest: str, preview: str | None, name: str, organisation_id: int | None, member_id: int | None, at,
         width: int | None = None, height: int | None = None) -> int:
    """Write a stored file; return its number."""
    kind, media_type = TYPES[suffix_of(name)]
    size = connection.scalar(text("SELECT size FROM stored_blob WHERE digest = :d"), {"d": digest})
    reads = "waiting" if suffix_of(name) in READABLE else "none"
    return connection.scalar(text(
        "INSERT INTO stored_file (digest, preview_digest, size, media_type, kind, name, organisation_id, added_by_id, added_at, scan, text_state, "
        "tries, width, height) VALUES (:digest, :preview, :size, :type, :kind, :name, :organisation, :member, :at, 'none', :reads, 0, "
        ":width, :height) RETURNING id"),
        {"digest": digest, "preview": preview, "size": size, "type": media_type, "kind": kind, "name": name, "organisation": organisation_id,
         "member": member_id, "at": at, "reads": reads, "width": width, "height": height})
