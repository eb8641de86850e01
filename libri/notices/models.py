"""Notices: one line for one person about one thing, read by visiting it (product.md, notices)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import JSON, ColumnElement, ForeignKey, Index, Row, String, and_, delete, func, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from ..db import Model, UtcDateTime, db, now, write_tx
from ..members.models import Member
from ..outbox import Letter
from . import letters

READ_DAYS = 90
KEPT_DAYS = 365
"""Days a notice is kept after it was read, and at most."""


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


def tell(members: Iterable[int], kind: str, address: str, thing, *, but: int | None = None, by_letter: bool = True, once: bool = False,
         counted: bool = False, **values) -> int:
    """Tell `members` (ids; `but` leaves the doer out) that `kind` happened to `thing`, inside write_tx(); return how many were told.

    `kind` is one of notices.words.SENTENCES; `values` are title and language (of the title), by (the doer's number, never a name,
    so that nothing is left of those who go) and reason. Those who chose "at once" also get a letter in the same transaction
    unless `by_letter` is off; the others' rows wait for the weekly digest. `once` leaves out who has not read the same notice yet,
    `counted` makes one of what somebody has not read and what is told now, which leads to the first of it, in letters too.
    """
    wanted = set(members) - {but, None}
    before = _unread(wanted, kind, thing) if wanted and (once or counted) else {}
    if once:
        wanted -= {number for number, notice in before.items() if notice.address == address}
    if not wanted:
        return 0
    found = db.session.scalars(select(Member).where(Member.id.in_(wanted), Member.status == "active").order_by(Member.id)).all()
    together = _take_away(before[member.id] for member in found if member.id in before) if counted else set()
    by_mail = []
    for member in found:
        earlier = before[member.id] if member.id in together else None
        where, said = earlier.address if earlier else address, _together(values, earlier)
        db.session.add(Notice(member_id=member.id, kind=kind, address=where, object_kind=thing.__tablename__, object_id=thing.id, values=said,
                              digested_at=now() if member.notices != "weekly" else None))
        if member.notices == "at_once" and by_letter:
            by_mail.append((member, where, said, earlier is not None))
    db.session.execute(update(Member).where(Member.id.in_([member.id for member in found if member.id not in together]))
                       .values(unread_notices=Member.unread_notices + 1))
    letters.write(by_mail, kind, letters.name_of(kind, thing) if counted else "")
    return len(found)


def _unread(members: set[int], kind: str, thing) -> dict[int, Row]:
    """The last notice of a kind about a thing that each of these members has not read."""
    rows = db.session.execute(select(Notice.id, Notice.member_id, Notice.address, Notice.values.label("said")).where(
        Notice.member_id.in_(members), Notice.kind == kind, Notice.object_kind == thing.__tablename__, Notice.object_id == thing.id,
        Notice.read_at.is_(None)).order_by(Notice.id))
    return {row.member_id: row for row in rows}


def _take_away(rows: Iterable[Row]) -> set[int]:
    """Delete these notices unless they were read meanwhile; return whose they were."""
    gone = delete(Notice).where(Notice.id.in_([row.id for row in rows]), Notice.read_at.is_(None)).returning(Notice.member_id)
    return set(db.session.scalars(gone))


def _together(values: dict, earlier: Row | None) -> dict:
    """What a notice says for itself and an earlier one: how many there are, and who did it only when it was one person."""
    if earlier is None:
        return values
    both = values | {"count": earlier.said.get("count", 1) + 1}
    return both if both.get("by") == earlier.said.get("by") else {name: value for name, value in both.items() if name != "by"}


def unread_about(member_id: int, thing) -> ColumnElement[bool]:
    """Which notices a member has not read about `thing`."""
    return and_(Notice.member_id == member_id, Notice.object_kind == thing.__tablename__, Notice.object_id == thing.id,
                Notice.read_at.is_(None))


def mark_all_read(member_id: int) -> None:
    """Mark everything a member was told as read, inside write_tx()."""
    db.session.execute(update(Notice).where(Notice.member_id == member_id, Notice.read_at.is_(None)).values(read_at=now()))
    db.session.execute(update(Member).where(Member.id == member_id).values(unread_notices=0))
    letters.drop_paused(db.session, member_id)


def stop_letters(member: Member) -> None:
    """Send a member no more letters about notices, inside write_tx(): those still waiting go too (X12)."""
    member.notices, member.version = "never", member.version + 1
    db.session.execute(delete(Letter).where(Letter.kind == "notice", Letter.member_id == member.id, Letter.status == "waiting"))
    db.session.execute(update(Notice).where(Notice.member_id == member.id, Notice.digested_at.is_(None)).values(digested_at=now()))


def forget() -> int:
    """Delete notices read three months ago, and any older than a year; return how many."""
    read, old = now() - timedelta(days=READ_DAYS), now() - timedelta(days=KEPT_DAYS)
    with write_tx() as session:
        unread = session.execute(select(Notice.member_id, func.count()).where(Notice.at < old, Notice.read_at.is_(None))
                                 .group_by(Notice.member_id).order_by(Notice.member_id)).all()
        for member_id, count in unread:
            session.execute(update(Member).where(Member.id == member_id).values(unread_notices=Member.unread_notices - count))
        return session.execute(delete(Notice).where(or_(Notice.read_at < read, Notice.at < old))).rowcount
