"""Who is told of what is written in discussions: followers, people named in a text, people quoted, authors (F4–F6)."""

from __future__ import annotations

from flask import current_app
from sqlalchemy import select

from .. import text
from ..db import db
from ..notices.models import Notice, tell
from . import following
from .models import Reply, Topic

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
    following.begin(member_id, "topic", topic.id)


def topic_opened(topic: Topic, opening: Reply) -> None:
    """Tell of a new topic that everybody may see, inside write_tx(); also when moderators let it through."""
    follow(opening.author_id, topic)
    named = mentioned(topic, opening)
    _tell(following.hear_of_topic(topic) - named - {opening.author_id}, "topic.opened", topic, opening)


def reply_written(topic: Topic, reply: Reply) -> None:
    """Tell of a reply that everybody may see, inside write_tx(); also when moderators let it through. Nobody is told twice."""
    follow(reply.author_id, topic)
    told = mentioned(topic, reply) | _quoted(topic, reply)
    hearing = following.hear_of_text(topic, reply.organisation_id) - told - {reply.author_id}
    _tell(hearing, "topic.reply", topic, reply, counted=True)


def mentioned(topic: Topic, reply: Reply, before: str = "") -> set[int]:
    """Tell the people a text names, once for each text: not those whom it named `before` an edit."""
    named = set(sorted(text.mentioned(reply.body) - text.mentioned(before))[:MOST_MENTIONED]) - {reply.author_id}
    _tell(named, "topic.mention", topic, reply)
    return named


def _quoted(topic: Topic, reply: Reply) -> set[int]:
    if reply.quotes is None:
        return set()
    author = db.session.scalar(select(Reply.author_id).where(Reply.topic_id == topic.id, Reply.number == reply.quotes))
    quoted = {author} - {None, reply.author_id} - text.mentioned(reply.body)
    _tell(quoted, "topic.quoted", topic, reply)
    return quoted


def accepted(topic: Topic, reply: Reply, by: int | None) -> None:
    """Tell the author that their reply was chosen as the answer, inside write_tx()."""
    _tell({reply.author_id}, "topic.accepted", topic, reply, by)


def thanked(topic: Topic, reply: Reply, by: int | None) -> None:
    """Tell the author that somebody thanked them, inside write_tx(): once, however often that person takes it back; no letter for this."""
    where = address_of(topic, reply)
    before = db.session.scalars(select(Notice.values).where(
        Notice.member_id == reply.author_id, Notice.kind == "topic.thanks", Notice.object_kind == "topic", Notice.object_id == topic.id,
        Notice.address == where))
    if not any(said.get("by") == by for said in before):
        tell({reply.author_id} - following.turned_away(topic), "topic.thanks", where, topic, but=by, by_letter=False, title=topic.title,
             language=topic.language, by=by)


def _tell(members: set[int], kind: str, topic: Topic, reply: Reply, by: int | None = None, counted: bool = False) -> None:
    doer = by if by is not None else reply.author_id
    tell(members, kind, address_of(topic, reply), topic, but=doer, counted=counted, title=topic.title, language=topic.language, by=doer)
