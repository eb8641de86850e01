"""In whose name somebody writes: the organisation they choose among theirs, else the first (product.md, people)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Row, select

from ..db import db
from ..members.models import Organisation
from .models import Reply
from .queries import topics as queries


def of(member_id: int) -> Sequence[Organisation]:
    """The organisations a member can write for in discussions, the longest membership first."""
    numbers = [row.organisation_id for row in queries.places_of(member_id)]
    if len(numbers) < 2:  # nothing to choose
        return []
    found = {one.id: one for one in db.session.scalars(select(Organisation).where(Organisation.id.in_(numbers)))}
    return [found[number] for number in numbers]


def chosen(member_id: int, wanted: int | None = None) -> tuple[int | None, str]:
    """The organisation a member writes from and their function there: `wanted` if it is theirs, else the first of theirs."""
    return _chosen(queries.places_of(member_id), wanted)


def of_reply(topic_id: int, member_id: int) -> tuple[int | None, str]:
    """The organisation a member replies from and their function there: as the last time in this topic, if it is still theirs."""
    rows = queries.places_of(member_id)
    return _chosen(rows, before(topic_id, member_id) if len(rows) > 1 else None)


def _chosen(rows: Sequence[Row], wanted: int | None) -> tuple[int | None, str]:
    row = next((one for one in rows if one.organisation_id == wanted), rows[0] if rows else None)
    return (row.organisation_id, row.function or row.own) if row else (None, "")


def before(topic_id: int, member_id: int) -> int | None:
    """The organisation a member wrote from in a topic the last time."""
    return db.session.scalar(select(Reply.organisation_id).where(Reply.topic_id == topic_id, Reply.author_id == member_id)
                             .order_by(Reply.number.desc()).limit(1))


def first_of(member_id: int, organisations: Sequence[Organisation]) -> str:
    """The one to begin with among these: the member's first, else the first of them; empty when there is none."""
    main, numbers = chosen(member_id)[0], [one.id for one in organisations]
    return str(main if main in numbers else numbers[0]) if numbers else ""
