"""Letters at once about news that are counted, such as replies in a busy discussion: one letter, then at most one in a while."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import ColumnElement, and_, delete, or_, select

from .. import emails
from ..db import db, now
from ..members.models import Member
from ..outbox import Letter

PAUSE = timedelta(minutes=30)
"""Time after a letter in which news of the same kind about the same thing, not looked at since, wait to be told together."""


def name_of(kind: str, thing) -> str:
    """What a letter is about, as its row keeps it."""
    return f"{kind}:{thing.__tablename__}:{thing.id}"


def write(told: Iterable[tuple[Member, str, dict, bool]], kind: str, about: str = "") -> None:
    """Tell each (member, address, values, whether they have not looked since the news before) by letter, inside write_tx().

    News that are not counted have no `about`, and a letter each. For the others, a letter that waits tells this too; after one that
    was sent and not followed by a visit, the next waits until the pause is over, and a visit makes it needless (drop_paused).
    Nothing is lost: the list in the application counts everything at once.
    """
    told = list(told)
    before = _last_letters({member.id for member, *_rest in told}, about) if about and told else {}
    for member, address, values, is_unread in told:
        last = before.get(member.id)
        if last is not None and last.status == "waiting" and not last.is_being_sent:
            emails.tell_more(last, address, values)
            continue
        letter = emails.notice(member, kind, address, values, about)
        if last is not None and is_unread:
            letter.due_at = max(now(), (last.sent_at or now()) + PAUSE)


def _last_letters(members: set[int], about: str) -> dict[int, Letter]:
    """The last letter to each of these members about a thing that waits or was sent within the pause, held against the worker."""
    recent = or_(Letter.status == "waiting", and_(Letter.status == "sent", Letter.sent_at > now() - PAUSE))
    rows = db.session.scalars(select(Letter).where(Letter.member_id.in_(members), Letter.kind == "notice", recent)
                              .order_by(Letter.id).with_for_update())
    return {one.member_id: one for one in rows if one.member_id and one.values.get("about") == about}


def is_paused(member_id: int) -> ColumnElement[bool]:
    """Which letters about news to a member wait for the end of a pause."""
    return and_(Letter.member_id == member_id, Letter.kind == "notice", Letter.status == "waiting", Letter.attempts == 0,
                Letter.due_at > now())


def drop_paused(connection, member_id: int, thing=None) -> None:
    """Drop what waits for the end of a pause, about `thing` or about everything, because the member has looked."""
    rows = connection.execute(select(Letter.id, Letter.values).where(is_paused(member_id))).all()
    end = f":{thing.__tablename__}:{thing.id}" if thing is not None else ""
    gone = [row.id for row in rows if row.values.get("about", "").endswith(end)]
    if gone:
        connection.execute(delete(Letter).where(Letter.id.in_(gone), is_paused(member_id)))
