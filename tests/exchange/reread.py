"""Reading a practice again after a request, with its texts."""

from libri.db import db
from libri.exchange.models import Practice
from libri.exchange.queries import practices as queries


def again(practice: Practice) -> Practice:
    """The same practice as it stands in the database now."""
    return db.session.scalar(queries.one(practice.id))
