"""The discussion a practice gets when it is published (product.md, exchange)."""

from __future__ import annotations

import re

from sqlalchemy import select

from ..db import db
from .following import begin
from .models import Practice, Reply, Topic


def open_topic(practice: Practice) -> Topic:
    """The discussion of a practice, opened unless it has one, inside write_tx(); its author follows it."""
    if practice.topic_id is not None:
        return db.session.get_one(Topic, practice.topic_id)
    hidden = practice.hides_city
    topic = Topic(category="experience", language=practice.original_language, title=practice.original.title, themes=list(practice.themes),
                  author_id=None if hidden else practice.author_id, organisation_id=None if hidden else practice.organisation_id,
                  links={"practice": practice.id})
    db.session.add(topic)
    db.session.flush()
    db.session.add(topic.open_with(body_of(practice)))
    practice.topic_id = topic.id
    begin(practice.author_id, "topic", topic.id)
    return topic


def renew_topic(practice: Practice) -> None:
    """Call the discussion as the practice is called, inside write_tx(); a hidden city hides organisation and author too (N10)."""
    if practice.topic_id is None:
        return
    db.session.flush()
    topic = db.session.get_one(Topic, practice.topic_id)
    opening = db.session.scalars(select(Reply).where(Reply.topic_id == topic.id, Reply.number == 0)).one()
    topic.title, topic.themes = practice.original.title, list(practice.themes)
    for part in (topic, opening):
        part.author_id = None if practice.hides_city else practice.author_id
        part.organisation_id = None if practice.hides_city else practice.organisation_id
    opening.write(body_of(practice))


def body_of(practice: Practice) -> str:
    """What opens the discussion: the title as a link, and the summary, as Markdown that means what was typed."""
    text = practice.original
    return f"[{_literal(text.title)}](/practices/{practice.id})\n\n{_literal(text.summary)}"


def _literal(words: str) -> str:
    return re.sub(r"([\\`*_{}\[\]()<>#+!|~-])", r"\\\1", words)
