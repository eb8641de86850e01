"""Notices: one line for one person about one thing, read by visiting it (product.md, notices)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String, select, update
from sqlalchemy.orm import Mapped, mapped_column

from .. import emails
from ..db import Model, UtcDateTime, db, now
from ..members.models import Member


class Notice(Model):
    """That something happened which concerns `member_id`: `kind` names the sentence, `values` its words, `address` where it leads."""

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(60))
    address: Mapped[str] = mapped_column(String(300))
    object_kind: Mapped[str] = mapped_column(String(40))
    object_id: Mapped[int]
    values: Mapped[dict] = mapped_column(JSON, default=dict)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    digested_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (Index("ix_notice_member_id", "member_id", "id"), Index("ix_notice_object", "member_id", "object_kind", "object_id"))


def tell(members: Iterable[int], kind: str, address: str, thing, *, but: int | None = None, **values) -> int:
    """Tell `members` (ids; `but` leaves the doer out) that `kind` happened to `thing`, inside write_tx(); return how many were told.

    Those who chose "at once" also get a letter in the same transaction; the others' rows wait for the weekly digest.
    """
    wanted = set(members) - {but}
    if not wanted:
        return 0
    found = db.session.scalars(select(Member).where(Member.id.in_(wanted), Member.status == "active")).all()
    for member in found:
        db.session.add(Notice(member_id=member.id, kind=kind, address=address, object_kind=thing.__tablename__, object_id=thing.id,
                              values=values, digested_at=now() if member.notices != "weekly" else None))
        member.unread_notices += 1
        if member.notices == "at_once":
            emails.notice(member, kind, address, values)
    return len(found)


def mark_read(member_id: int, object_kind: str, object_id: int) -> int:
    """Mark what a member was told of a thing as read, inside write_tx(), because they visit it; return how many."""
    done = db.session.execute(update(Notice).where(
        Notice.member_id == member_id, Notice.object_kind == object_kind, Notice.object_id == object_id, Notice.read_at.is_(None)).values(read_at=now()))
    if done.rowcount:
        db.session.execute(update(Member).where(Member.id == member_id).values(unread_notices=Member.unread_notices - done.rowcount))
    return done.rowcount


def mark_all_read(member_id: int) -> None:
    """Mark everything a member was told as read, inside write_tx()."""
    db.session.execute(update(Notice).where(Notice.member_id == member_id, Notice.read_at.is_(None)).values(read_at=now()))
    db.session.execute(update(Member).where(Member.id == member_id).values(unread_notices=0))
