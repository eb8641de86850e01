"""What a member follows and has muted, with the names of the things."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select, select

from ...db import db
from ...members.models import Organisation
from ..models import Follow, Practice, PracticeText, Topic

ROWS = 50


def of_member(member_id: int, after: int | None = None) -> Select:
    """What a member chose, the latest first, one more than shown."""
    query = select(Follow).where(Follow.member_id == member_id)
    return (query if after is None else query.where(Follow.id < after)).order_by(Follow.id.desc()).limit(ROWS + 1)


def names(found: Sequence[Follow]) -> dict[tuple[str, str], tuple[str, str] | Organisation]:
    """(language, name) of topics and practices and the organisations themselves, by kind and key; what is not shown has no name."""
    numbers = {kind: [int(one.key) for one in found if one.kind == kind] for kind in ("topic", "practice", "organisation")}
    known: dict[tuple[str, str], tuple[str, str] | Organisation] = {}
    for row in db.session.execute(select(Topic.id, Topic.language, Topic.title).where(Topic.id.in_(numbers["topic"]), Topic.is_shown)):
        known["topic", str(row.id)] = (row.language, row.title)
    titles = (select(Practice.id, PracticeText.language, PracticeText.title)
              .join(PracticeText, (PracticeText.practice_id == Practice.id) & (PracticeText.language == Practice.original_language))
              .where(Practice.id.in_(numbers["practice"]), Practice.status == "published"))
    for row in db.session.execute(titles):
        known["practice", str(row.id)] = (row.language, row.title)
    active = select(Organisation).where(Organisation.id.in_(numbers["organisation"]), Organisation.status == "active")
    for one in db.session.scalars(active):
        known["organisation", str(one.id)] = one
    return known
