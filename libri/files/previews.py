"""What a page shows of a file before it is taken: its small picture, its first words, the first rows of its table."""

from __future__ import annotations

import csv
import io

from .. import tables
from ..db import db
from .models import StoredFile, StoredFileText
from .sending import open_blob

HEAD = 64 * 1024


def has_preview(file: StoredFile) -> bool:
    """Whether `send_preview()` has a picture of it."""
    return file.may_be_sent and (file.preview_digest is not None or file.kind == "picture")


def excerpt(file: StoredFile, letters: int = 600) -> str:
    """The first words that were read in it, cut at a word; empty when there are none yet."""
    found = db.session.get(StoredFileText, file.id)
    text = " ".join(found.text[:letters * 2].split()) if found and file.may_be_sent else ""
    return text if len(text) <= letters else text[:letters].rsplit(" ", 1)[0] + " …"


def first_rows(file: StoredFile, rows: int = 8, columns: int = 8) -> list[list[str]]:
    """The first rows of a CSV table; nothing when it is none or cannot be read."""
    if file.suffix != "csv" or not file.may_be_sent:
        return []
    try:
        with open_blob(file.digest) as content:
            head = tables.decode(content.read(HEAD).rpartition(b"\n")[0] or content.read(0))
    except (OSError, tables.NotText):
        return []
    first = head.partition("\n")[0]
    separator = max(";,\t", key=first.count)
    found = [row[:columns] for row, _number in zip(csv.reader(io.StringIO(head), delimiter=separator), range(rows + 1), strict=False) if any(row)]
    return [[cell[:200] for cell in row] for row in found[:rows]]
