"""Writing in discussions: where somebody writes from, whether their first text waits, a new topic, a reply, an edit (F14, F19)."""

from __future__ import annotations

from sqlalchemy import bindparam, select

from .. import audit, text
from ..db import OutOfDate, db, now
from ..members.models import Member
from . import mentions, moderating, places, telling
from .models import Reply, ReplyVersion, Topic

_HELD = select(Topic).where(Topic.id == bindparam("topic")).with_for_update()


def prepare(body: str) -> tuple[str, str]:
    """A text with its mentions written out, and its HTML; before the transaction, for drawing takes time."""
    body = mentions.link(body)
    return body, text.render(body)


def open_topic(topic: Topic, author: Member, body: str, html: str, organisation_id: int | None = None) -> Reply:
    """Keep a new topic with its opening text, inside write_tx(), and tell who wants to hear of it; it is written for an organisation."""
    topic.author_id = author.id
    topic.organisation_id, function = places.chosen(author.id, organisation_id)
    waits = moderating.waits(author.id)
    db.session.add(topic)
    db.session.flush()
    opening = topic.open_with(body, html, function=function, waits=waits)
    db.session.add(opening)
    db.session.flush()
    audit.record("topic.opened", topic)
    if waits:
        _wait(topic, opening)
    else:
        telling.topic_opened(topic, opening)
    return opening


def write_reply(topic: Topic, author_id: int, body: str, html: str, language: str, quotes: int | None) -> Reply:
    """Append a reply to a locked row of a topic, inside write_tx(), and tell who wants to hear of it. Raises Locked."""
    organisation_id, function = places.of_reply(topic.id, author_id)
    waits = moderating.waits(author_id)
    reply = topic.add_reply(author_id, body, language, organisation_id, quotes, html, function=function, waits=waits)
    db.session.add(reply)
    db.session.flush()
    if waits:
        _wait(topic, reply)
    else:
        telling.reply_written(topic, reply)
    return reply


def _wait(topic: Topic, reply: Reply) -> None:
    """Let the author follow, and tell the office that a text waits."""
    telling.follow(reply.author_id, topic)
    moderating.tell_office(topic, reply)


def stamp(topic: Topic, reply: Reply) -> str:
    """What tells one saved state of a text from the next, its language too; the opening one has the title and themes of its topic."""
    return f"{reply.version}.{topic.version}" if reply.number == 0 else f"{reply.version}.{reply.language}"


def change(topic: Topic, reply: Reply, body: str, html: str, language: str, seen: str) -> None:
    """Save an edited text, inside write_tx(); what it said before is kept (F19). Raises OutOfDate."""
    if seen != stamp(topic, reply):
        raise OutOfDate
    before = reply.body
    reply.language = language
    if body != before:
        db.session.add(ReplyVersion(reply_id=reply.id, body=before, at=reply.edited_at or reply.created_at))
        reply.write(body, html)
        reply.edited_at, reply.version = now(), reply.version + 1
        audit.record("reply.changed", reply)
        if reply.is_shown and not reply.is_waiting:
            telling.mentioned(topic, reply, before)


def locked(topic_id: int) -> Topic | None:
    """The topic, held inside write_tx() against whoever else writes in it."""
    return db.session.scalar(_HELD, {"topic": topic_id})
