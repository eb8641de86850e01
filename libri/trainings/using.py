"""Which resources events use, and how events are shown on the page of a resource (N21)."""

from __future__ import annotations

from flask import g, url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from ..db import db
from ..i18n import reader_languages
from ..resources import uses
from .models import Event
from .queries import events as queries


def _shown(numbers: list[int]) -> list[uses.Used]:
    """The events among these that the reader may see, the latest first; a draft is named to nobody."""
    found = (select(Event.id, Event.title).where(Event.id.in_(numbers), *queries.visible(g.can))
             .order_by(Event.starts_at.desc(), Event.id.desc()))
    return [_one(row.id, row.title) for row in db.session.execute(found)]


def _one(number: int, titles) -> uses.Used:
    language, title = titles.best(*reader_languages())
    return uses.Used(url_for("trainings.show", event_id=number), title, language)


def resources_of(event_id: int) -> list[tuple[int, str, str]]:
    """(number, language, title) of the resources an event uses, as far as the reader may see them."""
    return uses.titles_of("event", event_id)


uses.register("event", _l("Trainings and events"), _shown)
