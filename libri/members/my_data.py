"""Everything kept on a member as one ZIP: JSON for programs, a page for people, and their files (P3, X27)."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date, datetime
from typing import Any

from flask import render_template
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from .. import data_map, files
from ..config import NOTICE_VERSION
from ..db import db, now
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


def archive(member: Member) -> bytes:
    """The ZIP of one member, in the language being spoken. Nothing secret and nothing of others is in it."""
    parts = list(data_map.kept_on(member.id, member.email or ""))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as folder:
        for name, _title, rows in parts:
            folder.writestr(f"data/{name}.json", json.dumps(rows, default=_plain, ensure_ascii=False, indent=2))
        stored = pictures.of(member)
        picture = files.read(stored) if stored else None
        if picture is not None:
            folder.writestr("files/picture.webp", picture)
        folder.writestr("index.html", _page(parts, picture is not None))
    return out.getvalue()


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
