"""What a test reads again after a request: a practice with its texts, what somebody was told."""

from sqlalchemy import select

from libri.db import db
from libri.exchange.models import Practice
from libri.exchange.queries import practices as queries
from libri.notices.models import Notice


def again(practice: Practice) -> Practice:
    """The same practice as it stands in the database now."""
    return db.session.scalar(queries.one(practice.id))


def told(member) -> list[str]:
    """Kinds of what a member was told."""
    return list(db.session.scalars(select(Notice.kind).where(Notice.member_id == member.id).order_by(Notice.id)))
