"""Pictures of members: made small and square, without anything the camera wrote into them (S42, S43)."""

from __future__ import annotations

from .. import files
from ..db import db
from .models import Member


def take(stream, member_id: int) -> files.Taken:
    """Check a picture and store it, whatever its name, outside any transaction; raises files.NotTaken."""
    return files.take(stream, "picture.jpg", member_id=member_id, allowed=files.PORTRAIT)


def show(member: Member, taken: files.Taken | None) -> list[str]:
    """Put a picture, or none, beside a member's name, inside write_tx(); return what `files.forget()` takes after it."""
    before = of(member)
    member.picture_id = files.add(taken).id if taken else None
    db.session.flush()
    return files.remove(before) if before else []


def of(member: Member) -> files.StoredFile | None:
    """The stored picture of a member."""
    return db.session.get(files.StoredFile, member.picture_id) if member.picture_id else None
