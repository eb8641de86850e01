"""What the search knows of practices and discussions, and who may find which."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flask import url_for
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext as _pl
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, raiseload, selectinload

from .. import search, text
from ..db import db
from ..members.models import Organisation
from .models import SECTIONS, Practice, PracticeText, Reply, Topic

LATEST_REPLIES = 300
"""Replies of one discussion that are searched, the latest, beside its opening."""


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


def topics(numbers: Sequence[int]) -> Iterable[search.Entry]:
    """Discussions with what is shown in them; a hidden or waiting one is for its author and the office."""
    found = select(Topic).where(Topic.id.in_(numbers)).options(joinedload(Topic.organisation), raiseload("*"))
    for one in db.session.scalars(found):
        shown = (select(Reply.language, Reply.html).where(Reply.topic_id == one.id, Reply.is_shown, ~Reply.is_waiting)
                 .order_by(Reply.number != 0, Reply.number.desc()).limit(LATEST_REPLIES))
        body = [(language, text.plain(html)) for language, html in db.session.execute(shown)]
        yield search.Entry("topic", one.id, one.language, one.title, body, one.last_at, audience="network" if one.is_shown else "office",
                           owner_id=one.author_id, organisation_id=one.organisation_id,
                           country=one.organisation.country if one.organisation else "")


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
        watches={Topic: search.Watch("id", ("title", "language", "is_shown", "author_id", "organisation_id", "last_at")),
                 Reply: search.Watch("topic_id", ("html", "language", "is_shown", "is_waiting"))})
