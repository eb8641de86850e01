"""What the search knows of events, in every language they have a title in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flask import url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, raiseload

from .. import search
from ..db import db
from ..members.models import Organisation
from .models import Event

SEEN = ("title", "description", "programme", "place", "city", "country", "status", "audience", "organiser_id", "starts_at")
"""The columns of an event that the search tells of."""


def events(numbers: Sequence[int]) -> Iterator[search.Entry]:
    """Events in each of their languages; a draft is for those who organise it, one for guests too is found by everybody."""
    found = select(Event).where(Event.id.in_(numbers)).options(joinedload(Event.organiser), raiseload("*"))
    for event in db.session.scalars(found):
        audience = "coordinators" if event.status == "draft" else "public" if event.audience == "public" else "network"
        place = " · ".join(filter(None, (event.place, event.city, event.organiser.name)))
        for language, title in event.title.items():
            texts = [(language, text.get(language, "")) for text in (event.description, event.programme)]
            body = [part for part in (*texts, (language, place)) if part[1]]
            yield search.Entry("event", event.id, language, title, body, event.starts_at, audience, event.organiser_id, None, event.country)


def _events_of(organisation_id: int) -> Select:
    return select(Event.id).where(Event.organiser_id == organisation_id)


def register() -> None:
    """Make events searchable."""
    search.register(
        "event", read=events, numbers=lambda: select(Event.id), label=_l("Trainings and events"),
        address=lambda number: url_for("trainings.show", event_id=number),
        watches={Event: search.Watch("id", SEEN), Organisation: search.Watch(_events_of, ("name",))})
