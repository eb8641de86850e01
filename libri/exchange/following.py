"""Who follows what, who has muted it, and so who hears of something new (F4, F5).

A mute wins over everything but a word to oneself: a mention, an answer, a decision about one's own text.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from sqlalchemy import Select, and_, bindparam, delete, or_, select

from ..db import db, insert_into, now
from .models import Follow, Practice, Topic

LEVELS = ("follow", "mute", "none")


def set_level(member_id: int, kind: str, key: str, level: str) -> None:
    """Follow or mute a thing, or neither, inside write_tx()."""
    mine = (Follow.member_id == member_id) & (Follow.kind == kind) & (Follow.key == key)
    if level == "none":
        db.session.execute(delete(Follow).where(mine))
        return
    row = insert_into(Follow).values(member_id=member_id, kind=kind, key=key, is_muted=level == "mute", at=now())
    db.session.execute(row.on_conflict_do_update(index_elements=["member_id", "kind", "key"],
                                                 set_={"is_muted": row.excluded.is_muted, "at": row.excluded.at}))


def begin(member_id: int | None, kind: str, key: int | str) -> None:
    """Follow what one takes part in, inside write_tx(); whoever follows or has muted it already keeps their choice (F5)."""
    if member_id is not None:
        row = {"member_id": member_id, "kind": kind, "key": str(key), "is_muted": False, "at": now()}
        db.session.execute(insert_into(Follow.__table__).on_conflict_do_nothing(), row)


def level_of(member_id: int | None, kind: str, key: int | str) -> str:
    """What a member has chosen for a thing: follow, mute or none."""
    muted = db.session.scalar(select(Follow.is_muted).where(
        Follow.member_id == member_id, Follow.kind == kind, Follow.key == str(key)))
    return "none" if muted is None else "mute" if muted else "follow"


def hear_of_practice(practice: Practice, is_new: bool = False) -> set[int]:
    """Members to tell of a practice: its followers; of a new one also followers of its themes and organisation."""
    known = [] if practice.hides_city else [practice.organisation_id]  # who follows it would learn where the practice comes from (N10)
    return _hear({"practice": [practice.id]}, {"theme": practice.themes, "organisation": known}, is_new)


def hear_of_text(topic: Topic, organisation_id: int | None) -> set[int]:
    """Members to tell of a text that was written from an organisation: followers of the topic and of its practice.

    Followers of its themes and of organisations hear of a new topic only, not of every reply: see hear_of_topic.
    """
    return _hear(_near(topic), _far(topic, organisation_id), is_new=False)


def hear_of_topic(topic: Topic) -> set[int]:
    """Members to tell of a new topic: followers of its themes, organisation and practice."""
    return _hear(_near(topic), _far(topic), is_new=True)


def _near(topic: Topic) -> dict[str, Iterable]:
    return {"topic": [topic.id], "practice": [(topic.links or {}).get("practice")]}


def _far(topic: Topic, organisation_id: int | None = None) -> dict[str, Iterable]:
    return {"theme": topic.themes or (), "organisation": [topic.organisation_id, organisation_id]}


def _hear(near: dict[str, Iterable], far: dict[str, Iterable], is_new: bool) -> set[int]:
    """Who follows what is near, of something new also what is far, and has muted nothing of either."""
    rows = _about(near | far)
    return {member for member, kind, _muted in rows if is_new or kind in near} - {member for member, _kind, is_muted in rows if is_muted}


def muted(kind: str, key: int | str) -> set[int]:
    """Members who muted one thing."""
    return {member for member, _kind, is_muted in _about({kind: [key]}) if is_muted}


def turned_away(topic: Topic) -> set[int]:
    """Members who muted the topic, its practice, one of its themes or its organisation."""
    return {member for member, _kind, is_muted in _about(_near(topic) | _far(topic)) if is_muted}


def _about(things: dict[str, Iterable]) -> list[tuple[int, str, bool]]:
    keys = {kind: [str(key) for key in some if key is not None] for kind, some in things.items()}
    return [tuple(row) for row in db.session.execute(_followers(tuple(keys)), keys)]


@cache
def _followers(kinds: tuple[str, ...]) -> Select:
    """Who follows or has muted things of these kinds, whose keys are filled in when it is asked."""
    wanted = [and_(Follow.kind == kind, Follow.key.in_(bindparam(kind, expanding=True))) for kind in kinds]
    return select(Follow.member_id, Follow.kind, Follow.is_muted).where(or_(*wanted))


def levels_of_themes(member_id: int) -> dict[str, str]:
    """What a member has chosen for each theme they chose anything for."""
    rows = db.session.execute(select(Follow.key, Follow.is_muted).where(Follow.member_id == member_id, Follow.kind == "theme"))
    return {row.key: "mute" if row.is_muted else "follow" for row in rows}
