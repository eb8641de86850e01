"""The worker's part: held files are scanned, documents read and their first page drawn, in a bounded process of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from flask import current_app
from sqlalchemy import and_, or_, select, update

from .. import audit
from ..db import db, now, write_tx
from . import bounded, scanning
from .models import StoredFile, StoredFileText
from .sending import open_blob
from .store import Missing, staged
from .taking import forget, keep, settle

SECONDS = 40
"""The longest time one document may take by the clock on the wall."""
LOCK = timedelta(minutes=2)
SCANNER_BACK = timedelta(minutes=5)
MOST_TRIES = 3
_HOOKS: list[Callable[[StoredFile, str], None]] = []


@dataclass(frozen=True)
class Found:
    """What was read in a document; the preview is a picture of its first page."""

    text: str
    pages: int | None
    preview: bytes


def when_read(function: Callable[[StoredFile, str], None]) -> Callable[[StoredFile, str], None]:
    """Call `function(file, text)` inside the write_tx() that keeps the words of a file, such as to put them into the search."""
    if function not in _HOOKS:
        _HOOKS.append(function)
    return function


def work_one() -> bool:
    """Scan or read the next file that waits; return whether there was one. Several workers share the files."""
    claimed = _claim()
    if claimed is None:
        return False
    if claimed[1] == "waiting":
        _scan(claimed[0])
    else:
        _read(claimed[0])
    return True


def _claim() -> tuple[int, str] | None:
    to_scan, to_read = StoredFile.scan == "waiting", and_(StoredFile.text_state == "waiting", StoredFile.scan.in_(("none", "clean")))
    free = or_(StoredFile.locked_until.is_(None), StoredFile.locked_until < now())
    waiting = select(StoredFile).where(or_(to_scan, to_read), free).order_by(StoredFile.id).limit(1)
    if db.session.scalar(waiting) is None:  # asked every second: no writing unless there is work
        db.session.rollback()
        return None
    with write_tx() as session:
        file = session.scalar(waiting.with_for_update(skip_locked=True))
        if file is None:
            return None
        file.locked_until = now() + (SCANNER_BACK if file.scan == "waiting" else LOCK)
        if file.scan != "waiting":
            file.tries += 1
            file.text_state = "failed" if file.tries > MOST_TRIES else "waiting"
        return (file.id, file.scan) if file.text_state != "failed" or file.scan == "waiting" else None


def _scan(file_id: int) -> None:
    file = db.session.get(StoredFile, file_id)
    if file is None:
        return
    try:
        with open_blob(file.digest) as content:
            found = scanning.ask(content) if current_app.config["CLAMAV"] else ""
    except OSError as wrong:
        current_app.logger.warning("a file still waits for the virus scanner: %s", wrong)
        return
    with write_tx() as session:
        if (file := session.get(StoredFile, file_id)) is not None:
            file.scan, file.locked_until = ("infected" if found else "clean"), None
            if found:
                audit.record("file.infected", file)


def _read(file_id: int) -> None:
    file = db.session.get(StoredFile, file_id)
    if file is None:
        return
    try:
        found = read_document(file.digest, file.suffix)
    except Missing:
        found = None
    except OSError as wrong:  # the store is away; that is not the document's fault
        current_app.logger.warning("a document waits for the store: %s", wrong)
        with write_tx() as session:
            session.execute(update(StoredFile).where(StoredFile.id == file_id).values(tries=StoredFile.tries - 1))
        return
    preview = keep(found.preview) if found and found.preview else None
    with write_tx() as session:
        if (file := session.get(StoredFile, file_id, with_for_update=True)) is not None:
            _write_down(file, found, preview)
    if file is None and preview:
        forget([preview])


def _write_down(file: StoredFile, found: Found | None, preview: str | None) -> None:
    file.locked_until, file.text_state = None, "read" if found else "failed"
    if found is None:
        return
    if preview:
        settle([preview])
        file.preview_digest = preview
    file.pages = found.pages
    db.session.merge(StoredFileText(file_id=file.id, text=found.text, read_at=now()))
    db.session.flush()
    for hook in _HOOKS:
        hook(file, found.text)


def read_document(digest: str, suffix: str) -> Found | None:
    """Read a document in a process of its own; None when it cannot be read in the time and memory allowed. Raises OSError."""
    with staged() as (copy, path), staged() as (_empty, preview), open_blob(digest) as content:
        shutil.copyfileobj(content, copy, 1024 * 1024)
        copy.flush()
        found = _ask(suffix, path, preview)
        if found is None:
            return None
        picture = preview.read_bytes()
    text = str(found.get("text") or "").replace("\0", " ").encode("utf-8", "replace").decode("utf-8")
    return Found(text, found.get("pages"), picture)


def _ask(suffix: str, path: Path, preview: Path) -> dict | None:
    order = [sys.executable, "-I", bounded.__file__, suffix, str(path), str(preview)]
    try:
        done = subprocess.run(order, stdin=subprocess.DEVNULL, capture_output=True, timeout=SECONDS, cwd=path.parent,
                              env={"PATH": os.defpath, "LC_ALL": "C.UTF-8"})
        if done.returncode == 0:
            return json.loads(done.stdout)
        current_app.logger.warning("a %s could not be read: %s", suffix, done.stderr[-200:].decode(errors="replace"))
    except (subprocess.TimeoutExpired, ValueError) as wrong:
        current_app.logger.warning("a %s could not be read: %s", suffix, type(wrong).__name__)
    return None
