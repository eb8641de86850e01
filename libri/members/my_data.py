"""Everything kept on a member as one ZIP: JSON for programs, a page for people, and their files (P3, X27)."""

from __future__ import annotations

import json
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, BinaryIO

from flask import current_app, render_template
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from .. import data_map, files
from ..config import NOTICE_VERSION
from ..db import db, now
from ..files.store import incoming
from ..i18n import language_name
from ..vocabularies import NOTICE_CHOICES, ROLES, THEMES, VISIBILITIES
from . import pictures
from .models import Member, Organisation

LABELS = {
    "address": _l("Page"), "action": _l("What"), "at": _l("When"), "client": _l("Network address, shortened"), "code": _l("Code"),
    "confirmed_on": _l("Confirmed on"), "consented_on": _l("Consent given on"), "created_at": _l("Created on"), "device": _l("Device"),
    "email": _l("E-mail"), "expires_at": _l("Valid until"), "fields": _l("What you typed"), "function": _l("Function"), "kind": _l("Kind"),
    "language": _l("Language of LiBri"), "languages": _l("Languages"), "name": _l("Name"), "notice_read_at": _l("Privacy notice read on"),
    "notice_version": _l("Version of the privacy notice"), "notices": _l("News by mail"), "organisation_id": _l("Organisation"),
    "phone": _l("Telephone"), "picture_id": _l("Picture"), "place": _l("Network address, shortened"), "reads": _l("Languages I read"),
    "role": _l("Role"), "seen_at": _l("Last used"), "seen_on": _l("Last used"), "sent_at": _l("Sent on"), "since": _l("Since"),
    "status": _l("Status"), "themes": _l("Themes"), "timezone": _l("Time zone"), "to_address": _l("Sent to"), "values": _l("Content"),
    "visibility": _l("Who sees it"), "words": _l("Own words"), "writes": _l("Languages I write"),
}
"""What the readable page calls a column; the others stand there under the name programs use."""
FOR_PROGRAMS = {"id", "member_id", "version", "message_id", "locked_until", "position", "picture_id", "file_id", "digest",
                "preview_digest", "tries"}
"""Columns that say nothing to a person; they are in the JSON."""
CODES = {"role": ROLES, "notices": NOTICE_CHOICES, "themes": THEMES, "visibility": VISIBILITIES}
LANGUAGE_CODES = {"language", "languages", "reads", "writes"}
LARGEST = 500 * 1024 * 1024
"""Bytes of all uploads in one ZIP."""
PIECE = 256 * 1024


def archive(member: Member) -> BinaryIO:
    """The ZIP of one member, in the language being spoken, as a file to be sent. Nothing secret and nothing of others is in it."""
    parts = list(data_map.kept_on(member.id, member.email or ""))
    out = tempfile.TemporaryFile(dir=incoming())  # noqa: SIM115 (the answer closes it)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as folder:
        for name, _title, rows in parts:
            folder.writestr(f"data/{name}.json", json.dumps(rows, default=_plain, ensure_ascii=False, indent=2))
        stored = pictures.of(member)
        has_picture = stored is not None and _put(folder, stored, "files/picture.webp")
        left_out = [name for name, file in _uploads(member.id) if not _put(folder, file, name)]
        if left_out:
            folder.writestr("missing.txt", "\r\n".join(left_out))
        folder.writestr("index.html", _page(parts, has_picture))
    out.seek(0)
    return out


def _uploads(member_id: int) -> Iterator[tuple[str, files.StoredFile]]:
    """The files a member added to what the network shares, each under a name of its own."""
    for uploaded in current_app.extensions["files_of_a_member"]:
        for file in db.session.scalars(uploaded(member_id)):
            yield f"files/{file.id} {file.name}", file


def _put(folder: zipfile.ZipFile, file: files.StoredFile, name: str) -> bool:
    """Put one file into the ZIP; whether it is there, harmless, and still fits."""
    if not file.may_be_sent or sum(one.file_size for one in folder.filelist) + file.size > LARGEST:
        return False
    try:
        content = files.open_blob(file.digest)
    except files.Missing:
        return False
    with content, folder.open(zipfile.ZipInfo(name, now().timetuple()[:6]), "w", force_zip64=True) as place:
        shutil.copyfileobj(content, place, PIECE)
    return True


def _plain(value: Any) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    raise TypeError(f"no JSON for {type(value).__name__}")


def _page(parts: list, has_picture: bool) -> str:
    names = {row.id: row.name for row in db.session.execute(select(Organisation.id, Organisation.name))}
    readable = [(name, title, [_readable(row, names) for row in rows]) for name, title, rows in parts]
    return render_template("members/my_data_file.html", parts=readable, has_picture=has_picture, made_at=now(),
                           version=NOTICE_VERSION)


def _readable(row: dict[str, Any], organisation_names: dict[int, str]) -> list[tuple[str, Any]]:
    """The cells of a row that say something, as (label, value)."""
    cells = []
    for name, value in row.items():
        if value in (None, "", [], {}) or name in FOR_PROGRAMS:
            continue
        shown = organisation_names.get(value, value) if name == "organisation_id" else value
        cells.append((str(LABELS.get(name, name)), _words(shown, name)))
    return cells


def _words(value: Any, name: str = "") -> Any:
    """Codes as words, lists and small tables as a line of text; days and instants stay, for the page to write out."""
    if isinstance(value, list):
        return ", ".join(str(_words(part, name)) for part in value)
    if isinstance(value, dict):
        return "; ".join(f"{LABELS.get(key, key)}: {_words(part, name)}" for key, part in value.items())
    if name in LANGUAGE_CODES and isinstance(value, str):
        return language_name(value)
    return str(CODES[name].get(value, value)) if name in CODES else value
