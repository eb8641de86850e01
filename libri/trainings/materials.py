"""Files and links of an event: checked, stored, taken away (E22)."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from .. import files
from ..db import db
from ..exchange import sniffing
from ..exchange.attachments import LARGEST, clean_name
from .models import Material

MOST = 40
"""Materials of one event."""
NotTaken = sniffing.NotTaken


@dataclass(frozen=True)
class Taken:
    """A file that was checked and stored and waits for its row."""

    file: str = ""
    name: str = ""
    media_type: str = ""
    size: int = 0


def take(upload, event_id: int) -> Taken:
    """Check an uploaded file and store it, outside any transaction; raises NotTaken with a sentence for the person."""
    content, name = upload.read(LARGEST + 1), clean_name(upload.filename)
    if not content:
        raise NotTaken(_l("This file is empty. Choose another one."))
    if len(content) > LARGEST:
        raise NotTaken(_l("This file is larger than 8 MB. Choose a smaller one."))
    media_type = sniffing.check(name, content)
    return Taken(files.store(f"event-{event_id}", content, sniffing.suffix_of(name)), name, media_type, len(content))


def add(event_id: int, taken: Taken, given: dict, member_id: int) -> Material:
    """Add a material, inside write_tx() with the event locked; raises NotTaken when there are enough."""
    count = db.session.scalar(select(func.count()).select_from(Material).where(Material.event_id == event_id)) or 0
    if count >= MOST:
        raise NotTaken(_l("There are enough materials here. Remove one first."))
    new = Material(event_id=event_id, added_by_id=member_id, **given, **vars(taken))
    db.session.add(new)
    db.session.flush()
    return new


def forget_file(name: str) -> None:
    """Delete a stored file that no material shows any more, after the transaction."""
    if name and db.session.scalar(select(Material.id).where(Material.file == name).limit(1)) is None:
        files.remove(name)
