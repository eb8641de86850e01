"""Unfinished texts: what a signed-in person types into a long form is kept on the server while they type (R9)."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import request
from flask_login import current_user
from sqlalchemy import JSON, ForeignKey, Row, String, bindparam, delete, func, select
from sqlalchemy.orm import Mapped, mapped_column
from werkzeug.datastructures import MultiDict

from .db import Model, UtcDateTime, db, now

KEPT_DAYS = 30
MOST = 50
"""Drafts one person may have; the oldest give way."""
LETTERS = 400_000
"""Characters of one draft at most."""


class Draft(Model):
    """What one member has typed into the form at one address and not sent yet."""

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    address: Mapped[str] = mapped_column(String(200), primary_key=True)
    fields: Mapped[list] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now, index=True)


_HERE = select(Draft.fields, Draft.at).where(Draft.member_id == bindparam("member"), Draft.address == bindparam("address"))
_FORGOTTEN = delete(Draft.__table__).where(Draft.member_id == bindparam("member"), Draft.address == bindparam("address"))


class TooLong(ValueError):
    """More text than a draft may hold."""


def keep(member_id: int, address: str, fields: list[list[str]]) -> None:
    """Keep `fields` ([name, value] pairs) as the draft at `address`, inside write_tx(). Raises TooLong."""
    if sum(len(name) + len(value) for name, value in fields) > LETTERS:
        raise TooLong
    db.session.merge(Draft(member_id=member_id, address=address[:200], fields=fields, at=now()))
    db.session.flush()
    count = db.session.scalar(select(func.count()).select_from(Draft).where(Draft.member_id == member_id)) or 0
    if count > MOST:
        oldest = select(Draft.address).where(Draft.member_id == member_id).order_by(Draft.at).limit(count - MOST)
        db.session.execute(delete(Draft).where(Draft.member_id == member_id, Draft.address.in_(oldest)))


def here() -> Row | None:
    """The reader's draft for the page being asked for."""
    if request.method != "GET" or not current_user.is_authenticated:
        return None
    return db.session.execute(_HERE, {"member": current_user.id, "address": request.path[:200]}).first()


def values_of(draft: Draft | Row) -> MultiDict:
    """The draft as a form would have sent it."""
    return MultiDict([(name, value) for name, value in draft.fields])


def forget(member_id: int, address: str) -> None:
    """Drop the draft at `address`, because its form was sent or the person wants none; inside write_tx()."""
    db.session.execute(_FORGOTTEN, {"member": member_id, "address": address[:200]})


def clean() -> int:
    """Delete drafts nobody touched for a month, inside write_tx(); return how many."""
    return db.session.execute(delete(Draft).where(Draft.at < now() - timedelta(days=KEPT_DAYS))).rowcount
