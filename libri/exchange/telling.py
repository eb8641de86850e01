"""Who is told of what is written in discussions: followers, people named in a text, people quoted, authors (F4–F6)."""

from __future__ import annotations

from flask import current_app
from sqlalchemy import select

from .. import text
from ..db import db
from ..notices.models import tell
from .models import Follow, Reply, Topic

MOST_MENTIONED = 20
"""People one text may call by name."""


def address(endpoint: str, **values) -> str:
    """The path of a page of ours, also where no request is, as in a chore."""
    return current_app.url_map.bind("localhost").build(endpoint, values)


def address_of(topic: Topic, reply: Reply) -> str:
    """Where a text stands in its topic."""
    return address("exchange.topic", topic_id=topic.id, **({"at": reply.number} if reply.number else {})) + f"#reply-{reply.id}"


def follow(member_id: int | None, topic: Topic) -> None:
    """Let somebody follow a topic they write in, inside write_tx(), unless they have muted it or follow it already."""
    if member_id is None:
        return
    key = str(topic.id)
    if db.session.scalar(select(Follow.id).where(Follow.member_id == member_id, Follow.kind == "topic", Follow.key == key)) is None:
        db.session.add(Follow(member_id=member_id, kind="topic", key=key))


def followers(topic: Topic, organisation_id: int | None) -> set[int]:
    """Who wants to hear of a text in a topic: what they said of the topic itself counts before its practice, themes and organisations.

    Somebody who has muted one of those is not told because of another.
    """
    places = {str(number) for number in (topic.organisation_id, organisation_id) if number}
    practice = (topic.links or {}).get("practice")
    wanted = [("topic", {str(topic.id)}), ("practice", {str(practice)} if practice else set()), ("theme", set(topic.themes or ())),
              ("organisation", places)]
    rows = [row for kind, keys in wanted if keys for row in db.session.execute(
        select(Follow.member_id, Follow.kind, Follow.is_muted).where(Follow.kind == kind, Follow.key.in_(keys)))]
    decided = {row.member_id: not row.is_muted for row in rows if row.kind == "topic"}
    muted = {row.member_id for row in rows if row.is_muted}
    widely = {row.member_id for row in rows if row.kind != "topic"} - muted - decided.keys()
    return widely | {member_id for member_id, wants in decided.items() if wants}


def topic_opened(topic: Topic, opening: Reply) -> None:
    """Tell of a new topic that everybody may see, inside write_tx(); also when moderators let it through."""
    follow(opening.author_id, topic)
    named = mentioned(topic, opening)
    _tell(followers(topic, opening.organisation_id) - named - {opening.author_id}, "topic.opened", topic, opening)


def reply_written(topic: Topic, reply: Reply) -> None:
    """Tell of a reply that everybody may see, inside write_tx(); also when moderators let it through. Nobody is told twice."""
    follow(reply.author_id, topic)
    told = mentioned(topic, reply) | _quoted(topic, reply)
    _tell(followers(topic, reply.organisation_id) - told - {reply.author_id}, "topic.reply", topic, reply)


def mentioned(topic: Topic, reply: Reply, before: str = "") -> set[int]:
    """Tell the people a text names, once for each text: not those whom it named `before` an edit."""
    named = set(sorted(text.mentioned(reply.body) - text.mentioned(before))[:MOST_MENTIONED]) - {reply.author_id}
    _tell(named, "topic.mention", topic, reply)
    return named


def _quoted(topic: Topic, reply: Reply) -> set[int]:
    if reply.quotes is None:
        return set()
    author = db.session.scalar(select(Reply.author_id).where(Reply.topic_id == topic.id, Reply.number == reply.quotes))
    quoted = {author} - {None, reply.author_id} - text.mentioned(reply.body) - _who_muted(topic)
    _tell(quoted, "topic.quoted", topic, reply)
    return quoted


def _who_muted(topic: Topic) -> set[int]:
    return set(db.session.scalars(
        select(Follow.member_id).where(Follow.kind == "topic", Follow.key == str(topic.id), Follow.is_muted)))


def accepted(topic: Topic, reply: Reply, by: int | None) -> None:
    """Tell the author that their reply was chosen as the answer, inside write_tx()."""
    _tell({reply.author_id}, "topic.accepted", topic, reply, by)


def thanked(topic: Topic, reply: Reply, by: int | None) -> None:
    """Tell the author that somebody thanked them; no letter for this, inside write_tx()."""
    tell({reply.author_id}, "topic.thanks", address_of(topic, reply), topic, but=by, by_letter=False, title=topic.title,
         language=topic.language, by=by)


def _tell(members: set[int], kind: str, topic: Topic, reply: Reply, by: int | None = None) -> None:
    doer = by if by is not None else reply.author_id
    tell(members, kind, address_of(topic, reply), topic, but=doer, title=topic.title, language=topic.language, by=doer)
