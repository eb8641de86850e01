"""What the search knows of practices and discussions, and who may find which."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flask import url_for
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext as _pl
from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import joinedload, raiseload, selectinload

from .. import search, text
from ..db import db
from ..members.models import Organisation
from .models import SECTIONS, Practice, PracticeText, Reply, Topic


def practices(numbers: Sequence[int]) -> Iterable[search.Entry]:
    """Practices in each of their languages; one that is not published is for its organisation and its author (N10)."""
    found = (select(Practice).where(Practice.id.in_(numbers))
             .options(joinedload(Practice.organisation), selectinload(Practice.texts), raiseload("*")))
    for one in db.session.scalars(found):
        place = one.organisation
        names = " · ".join(dict.fromkeys([place.name, *place.names.values(), one.city]))
        audience = "organisation" if one.status != "published" else "network" if one.is_members_only else "public"
        for written in one.texts:
            body = [(written.language, part) for name in SECTIONS[1:] for part in _parts(getattr(written, name))]
            if not one.hides_city:  # nor is its organisation found, whose name would give the town away
                body.append((place.name_in()[0], names))
            yield search.Entry("practice", one.id, written.language, written.title, body, one.published_at or one.created_at, audience=audience,
                               organisation_id=one.organisation_id, owner_id=one.author_id, country=one.country)


def _parts(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


_SHOWN = Reply.is_shown & ~Reply.is_waiting
_TOPIC = (Topic.id, Topic.title, Topic.language, Topic.is_shown, Topic.author_id, Topic.organisation_id, Organisation.country)
_TEXT = (Reply.language.label("text_language"), Reply.html)


_REPLIES = (
    select(*_TOPIC, *_TEXT, Reply.created_at, Reply.id.label("reply"), Reply.number).join(Reply, Reply.topic_id == Topic.id)
    .outerjoin(Topic.organisation).where(Reply.id.in_(bindparam("numbers", expanding=True)), _SHOWN)
)


def topics(numbers: Sequence[int]) -> Iterable[search.Entry]:
    """Discussions with their opening; a hidden or waiting one is for its author and the office."""
    opening = (Reply.topic_id == Topic.id) & (Reply.number == 0) & _SHOWN
    found = select(*_TOPIC, *_TEXT, Topic.created_at).outerjoin(Reply, opening).outerjoin(Topic.organisation).where(Topic.id.in_(numbers))
    return (_entry(one) for one in db.session.execute(found))


def replies(numbers: Sequence[int]) -> Iterable[search.Entry]:
    """Replies that are shown, each found on its own, by whoever may find its discussion."""
    return (_entry(one, place_of(one.reply, one.number)) for one in db.session.execute(_REPLIES, {"numbers": numbers}))


def _entry(one, place: str = "") -> search.Entry:
    body = [(one.text_language, text.plain(one.html))] if one.html else []
    return search.Entry("topic", one.id, one.language, one.title, body, one.created_at, audience="network" if one.is_shown else "office",
                        owner_id=one.author_id, organisation_id=one.organisation_id, country=one.country or "", place=place)


def place_of(reply_id: int, number: int) -> str:
    """Where a reply stands in its discussion, as its address ends; the opening is the discussion itself."""
    return f"?at={number}#reply-{reply_id}" if number else ""


def _practices_of(organisation_id: int) -> Select:
    return select(Practice.id).where(Practice.organisation_id == organisation_id)


def register() -> None:
    """Make practices and discussions searchable."""
    search.register(
        "practice", read=practices, numbers=lambda: select(Practice.id), label=_pl("search", "Practices"),
        address=lambda number: url_for("exchange.practice", practice_id=number),
        watches={Practice: search.Watch("id", ("status", "is_public", "life", "licence", "hides_city", "city", "country", "organisation_id",
                                               "author_id", "published_at")),
                 PracticeText: search.Watch("practice_id"), Organisation: search.Watch(_practices_of, ("name", "names", "languages"))})
    search.register(
        "topic", read=topics, numbers=lambda: select(Topic.id), label=_l("Discussions"),
        address=lambda number: url_for("exchange.topic", topic_id=number),
        watches={Topic: search.Watch("id", ("title", "language", "is_shown", "author_id", "organisation_id", "created_at"))},
        places=search.Places(
            Reply, replies, of=lambda row: (row.topic_id, place_of(row.id, row.number)), only=("html", "language", "is_shown", "is_waiting"),
            rows=lambda: select(Reply.id, Reply.topic_id, Reply.number).where(Reply.number > 0)))
