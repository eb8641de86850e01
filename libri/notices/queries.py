"""What the page of notices shows: what is not read first, then the newest."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select, or_, select

from ..db import db
from ..members.models import Member
from .models import Notice

ROWS = 50


def notices_of(member_id: int, after: int | None = None, in_read: bool = False) -> Select:
    """One part of a member's notices, one more than shown; `after` is the last one shown, `in_read` says which kind it was."""
    query = select(Notice).where(Notice.member_id == member_id)
    if after is not None:
        is_read = Notice.read_at.is_not(None)
        query = query.where(is_read & (Notice.id < after)) if in_read else query.where(or_(is_read, Notice.id < after))
    return query.order_by(Notice.read_at.is_not(None), Notice.id.desc()).limit(ROWS + 1)


def names_of(notices: Sequence[Notice]) -> dict[int, str]:
    """Names of those who did what the notices tell, by number; former members have none."""
    numbers = {notice.values["by"] for notice in notices if notice.values.get("by")}
    if not numbers:
        return {}
    return {row.id: row.name for row in db.session.execute(select(Member.id, Member.name).where(Member.id.in_(numbers)))}
