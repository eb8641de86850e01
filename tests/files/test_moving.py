"""A database of the time before the one store: its pictures and attachments come along."""

import hashlib
from pathlib import Path

from sqlalchemy import create_engine, text

from libri.files.moving import move_old
from libri.files.store import the_store

OLD = """
CREATE TABLE member (id INTEGER PRIMARY KEY, picture TEXT, picture_id INTEGER);
CREATE TABLE practice (id INTEGER PRIMARY KEY, organisation_id INTEGER);
CREATE TABLE reply (id INTEGER PRIMARY KEY, organisation_id INTEGER);
CREATE TABLE attachment (id INTEGER PRIMARY KEY, object_kind TEXT, object_id INTEGER, file TEXT, thumbnail TEXT, name TEXT, width INTEGER,
                         height INTEGER, added_by_id INTEGER, at TEXT, file_id INTEGER);
CREATE TABLE stored_blob (digest TEXT PRIMARY KEY, size INTEGER, at TEXT, claims INTEGER);
CREATE TABLE stored_file (id INTEGER PRIMARY KEY, digest TEXT, preview_digest TEXT, size INTEGER, media_type TEXT, kind TEXT, name TEXT,
                          organisation_id INTEGER, added_by_id INTEGER, added_at TEXT, scan TEXT, text_state TEXT, tries INTEGER,
                          width INTEGER, height INTEGER);
INSERT INTO member VALUES (7, 'member-7/a.webp', NULL), (8, '', NULL);
INSERT INTO practice VALUES (1, 11);
INSERT INTO attachment VALUES (1, 'practice', 1, 'upload-7/b.webp', 'upload-7/c.webp', 'galdi.webp', 80, 40, 7, '2026-01-01 00:00:00', NULL),
                              (2, 'reply', 5, 'upload-7/d.pdf', '', 'Plāns.pdf', NULL, NULL, 7, '2026-01-01 00:00:00', NULL),
                              (3, 'reply', 5, 'upload-7/lost.pdf', '', 'lost.pdf', NULL, NULL, 7, '2026-01-01 00:00:00', NULL);
"""


def test_old_files_become_stored_files(world, folder, tmp_path):
    for name in ("member-7/a.webp", "upload-7/b.webp", "upload-7/c.webp", "upload-7/d.pdf"):
        old = Path(world.config["DATA_FOLDER"], "files", name)
        old.parent.mkdir(parents=True, exist_ok=True)
        old.write_bytes(name.encode())
    with create_engine(f"sqlite:///{tmp_path}/old.sqlite").begin() as connection:
        for statement in OLD.split(";\n"):
            connection.execute(text(statement))
        move_old(connection)

        found = connection.execute(text("SELECT id, name, kind, organisation_id, added_by_id, text_state, width, digest FROM stored_file")).all()
        assert [row[:7] for row in found] == [(1, "picture.webp", "picture", None, 7, "none", None), (2, "galdi.webp", "picture", 11, 7, "none", 80),
                                              (3, "Plāns.pdf", "document", None, 7, "waiting", None)]
        assert connection.execute(text("SELECT id, picture_id FROM member")).all() == [(7, 1), (8, None)]
        assert connection.execute(text("SELECT id, file_id FROM attachment")).all() == [(1, 2), (2, 3)]
    assert the_store().open(found[2].digest).read() == b"upload-7/d.pdf" and len(list(the_store().all())) == 4
    assert hashlib.sha256(b"upload-7/d.pdf").hexdigest() == found[2].digest
