"""Reading notices: by visiting the thing they are about."""

from __future__ import annotations

from flask_login import current_user
from sqlalchemy import select, update
from sqlalchemy.orm.attributes import set_committed_value

from ..db import aside, db, now
from ..members.models import Member
from . import letters
from .models import Notice, unread_about


def visited(thing) -> None:
    """Mark what the reader was told of `thing` as read, because they look at it now. For views; nothing to ask when all is read.

    It is written beside the page's own transaction, and given up when the database is busy: the next visit marks it.
    """
    if not current_user.is_authenticated or not current_user.unread_notices:
        return
    mine = unread_about(current_user.id, thing)
    if db.session.scalar(select(Notice.id).where(mine).limit(1)) is None:
        return
    with aside() as connection:
        letters.drop_paused(connection, current_user.id, thing)
        count = connection.execute(update(Notice).where(mine).values(read_at=now())).rowcount
        connection.execute(update(Member).where(Member.id == current_user.id).values(unread_notices=Member.unread_notices - count))
        set_committed_value(current_user._get_current_object(), "unread_notices", max(0, current_user.unread_notices - count))
