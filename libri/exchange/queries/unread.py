"""How far somebody has read: what is unread, where to go on, and writing it down."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, and_, not_, select, update
from sqlalchemy.orm import aliased

from ...db import aside, db, insert_into, now
from ..models import ReadMark, Reply, Topic


def is_unread(member_id, since):
    """The condition that a topic holds something a member has not seen since they came; both may be filled in later."""
    mark = aliased(ReadMark)  # its own, where the query shows marks as well
    seen = select(mark.topic_id).where(mark.topic_id == Topic.id, mark.member_id == member_id, mark.number >= Topic.last_number).exists()
    return and_(Topic.last_at > since, not_(seen))


def count_unread(read: int | None, last_number: int, last_at: datetime, since: datetime) -> int:
    """How many texts of a topic are new to its reader, the opening one included."""
    if read is not None:
        return max(0, last_number - read)
    return last_number + 1 if last_at > since else 0


def first_after(topic_id: int, member_id: int) -> Select:
    """Number and id of the first text after the reader's mark that everybody may see."""
    read = select(ReadMark.number).where(ReadMark.topic_id == topic_id, ReadMark.member_id == member_id).scalar_subquery()
    mark = db.func.coalesce(read, -1)
    return (select(Reply.id, Reply.number).where(Reply.topic_id == topic_id, Reply.number > mark, Reply.is_waiting.is_(False))
            .order_by(Reply.number).limit(1))


def take_back(topic_id: int, number: int, but: int | None) -> None:
    """Let a text that is shown only now be new to those who have read beyond it, inside write_tx(); not to its author."""
    db.session.execute(update(ReadMark).where(ReadMark.topic_id == topic_id, ReadMark.number >= number, ReadMark.member_id != (but or 0))
                       .values(number=number - 1))


def mark(member_id: int, topic_id: int, number: int) -> None:
    """Write down beside the running transaction that a member has read a topic up to a number; a mark never goes back."""
    with aside() as connection:
        new = insert_into(ReadMark).values(member_id=member_id, topic_id=topic_id, number=number, at=now())
        connection.execute(new.on_conflict_do_update(
            index_elements=["member_id", "topic_id"], set_={"number": new.excluded.number, "at": new.excluded.at},
            where=ReadMark.number < new.excluded.number))
