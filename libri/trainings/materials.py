"""Files and links of an event: taken, added, taken away (E22)."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, func, select

from .. import files
from ..db import db
from ..files import NotTaken
from . import exporting
from .models import Export, Material

MOST = 40
"""Materials of one event."""


def add(event_id: int, taken: files.Taken | None, given: dict, member_id: int) -> Material:
    """Add a material, inside write_tx() with the event locked; raises NotTaken when there are enough."""
    count = db.session.scalar(select(func.count()).select_from(Material).where(Material.event_id == event_id)) or 0
    if count >= MOST:
        raise NotTaken(_l("There are enough materials here. Remove one first."))
    new = Material(event_id=event_id, added_by_id=member_id, stored=files.add(taken) if taken else None, **given)
    db.session.add(new)
    db.session.flush()
    return new


def added_by(member_id: int) -> Select[tuple[files.StoredFile]]:
    """The files a member gave to participants; a signed attendance sheet is about others and stays out."""
    return (select(files.StoredFile).join(Material, Material.file_id == files.StoredFile.id)
            .where(Material.added_by_id == member_id, Material.kind != "evidence").order_by(files.StoredFile.id))


def remove(material: Material) -> list[str]:
    """Take a material away, inside write_tx(); return what `files.forget()` takes after it."""
    stored = material.stored
    db.session.delete(material)
    db.session.flush()
    return files.remove(stored) if stored is not None else []


def remove_all(session, event_id: int) -> list[str]:
    """Take the files of an event away before the event itself, inside write_tx(); return what `files.forget()` takes after it."""
    left = [digest for one in session.scalars(select(Material).where(Material.event_id == event_id)).all() for digest in remove(one)]
    for export in session.scalars(select(Export).where(Export.event_id == event_id)).all():
        left += exporting.take_away(export)
    return left
