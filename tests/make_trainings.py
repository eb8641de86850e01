"""Builders of events and what belongs to them; tests call them by `make`."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count

from sqlalchemy import select

from libri import files
from libri.db import db, now
from libri.directory.models import Reservation, VenueOffer
from libri.members.models import Member, Membership, Organisation
from libri.search import fold
from libri.trainings.models import Attendance, Certificate, Event, Export, HeldLetter, Material, Question, Registration, Session

_number = count(1)


def event(organiser: Organisation, *, starts_at: datetime | None = None, hours: float = 2, **given) -> Event:
    """A published event on site in ten days with one session, open for registration; times follow the first session."""
    starts = starts_at or now().replace(minute=0, second=0, microsecond=0) + timedelta(days=10)
    ends = given.pop("ends_at", starts + timedelta(hours=hours))
    values = {"kind": "training", "status": "published", "title": {"en": f"Plain language {next(_number)}"}, "city": "Rīga", "country": "LV",
              "published_at": now(), "languages": ["en"]} | given
    new = Event(organiser_id=organiser.id, starts_at=starts, ends_at=ends, **values)
    new.sessions = [Session(starts_at=starts, ends_at=ends, hours=hours, title={"en": "First part"})]
    db.session.add(new)
    db.session.flush()
    return new


def question_of(event: Event, kind: str = "text", label: str = "What do you hope for?", **given) -> Question:
    """A question of an event, last in order; `options` may be given as a list of codes."""
    options = [{"code": code, "label": {"en": code.capitalize()}} for code in given.pop("options", ())]
    new = Question(event_id=event.id, kind=kind, label={"en": label}, position=next(_number), options=options, **given)
    return _added(new)


def registration(event: Event, who: Member | None = None, status: str = "confirmed", **given) -> Registration:
    """A registration of a member for the first organisation they belong to, or of a guest; it takes the next number of arrival."""
    if who is not None:
        place = db.session.scalar(select(Organisation).join(Membership).where(Membership.member_id == who.id).order_by(Membership.id))
        given = {"member_id": who.id, "language": who.language, **(
            {"organisation_id": place.id, "partnership_id": place.root_id} if place else {})} | given
    elif "guest_email" not in given:
        given |= {"guest_name": "Guest", "guest_email": f"guest{next(_number)}@library.example", "language": "en"}
    event.last_arrived = (event.last_arrived or 0) + 1
    given = {"search_text": fold(who.name if who is not None else given.get("guest_name", ""))} | given
    new = Registration(event_id=event.id, status=status, arrived=event.last_arrived, **given)
    db.session.add(new)
    db.session.flush()
    return new


def material(event: Event, **given) -> Material:
    """A text file for confirmed participants."""
    values = {"title": "Slides", "file": files.store(f"event-{event.id}", b"Slides", "txt"), "name": "slides.txt", "media_type": "text/plain",
              "size": 2048}
    return _added(Material(event_id=event.id, **(values | given)))


def reservation(event: Event, venue: VenueOffer, **given) -> Reservation:
    """That an event asked for a venue."""
    event.reservation = Reservation(venue_offer_id=venue.id, organisation_id=event.organiser_id, purpose=event.title, starts_at=event.starts_at,
                                    ends_at=event.ends_at, **given)
    return _added(event.reservation)


def export(event: Event, who: Member, **given) -> Export:
    """A list of participants somebody asked for."""
    return _added(Export(event_id=event.id, member_id=who.id, **({"format": "csv"} | given)))


def came(event: Event, who: Member | None = None, **given) -> Registration:
    """A registration of somebody who was at every session of an event and needs to say nothing about it."""
    new = registration(event, who, feedback_waived=True, **given)
    db.session.add_all(Attendance(registration_id=new.id, session_id=one.id) for one in event.sessions)
    return _added(new)


def certificate(of: Registration, number: str = "LIBRI-2026-TEST-TEST", **given) -> Certificate:
    """A certificate that shows no name to the public."""
    return _added(Certificate(number=number, event_id=of.event_id, registration_id=of.id, member_id=of.member_id, name="Ana", language="en", **given))


def held_letter(event: Event, **given) -> HeldLetter:
    """A letter to people with a seat that waits to be read."""
    words = {"subject": {"en": "Bring a coat"}, "body": {"en": "It is cold."}}
    return _added(HeldLetter(event_id=event.id, **({"states": ["confirmed"]} | words | given)))


def _added(new):
    db.session.add(new)
    db.session.flush()
    return new
