"""Asking for a venue: an event asks, its owner confirms or declines, and each is told; all inside write_tx()."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from .. import audit
from ..db import db, now
from ..directory.models import Reservation, VenueOffer
from ..directory.queries.contacts import coordinators_of
from ..i18n import Localized
from ..notices.models import tell
from . import reaching
from .models import Event

OPEN = ("asked", "confirmed")


class Settled(ValueError):
    """This request does not wait for such an answer."""


class Asked(ValueError):
    """The event has asked for a venue already."""


def ask(event: Event, offer: VenueOffer, room_id: int | None, people: int | None, words: str, by_id: int | None) -> Reservation:
    """Ask for a venue; load the offer's organisation. Raises Asked while another request is open."""
    if event.reservation is not None and event.reservation.status in OPEN:
        raise Asked
    new = Reservation(venue_offer_id=offer.id, room_id=room_id, organisation_id=event.organiser_id, purpose=Localized(event.title),
                      starts_at=event.starts_at, ends_at=event.ends_at, people=people, words=words, asked_by_id=by_id)
    db.session.add(new)
    db.session.flush()
    event.reservation, event.reservation_id = new, new.id
    audit.record("reservation.asked", new, organisation_id=offer.organisation_id, event=event.id)
    _tell_owner("reservation.asked", new, offer, by_id)
    return new


def settle(reservation: Reservation, status: str, answer: str, by_id: int | None) -> None:
    """Confirm or decline as the owner; a confirmed venue may still be declined. Raises Settled."""
    if reservation.status not in OPEN or reservation.status == status:
        raise Settled
    reservation.status, reservation.answer, reservation.answered_by_id = status, answer, by_id
    reservation.answered_at, reservation.version = now(), reservation.version + 1
    event = event_of(reservation.id)
    offer = reservation.venue_offer
    if event is not None:
        event.venue_offer_id = offer.id if status == "confirmed" else None
        if status == "confirmed" and not event.city:
            event.city, event.country = offer.organisation.city, offer.organisation.country
        event.version += 1
        people = {member.id for member in coordinators_of(event.organiser)} | {event.created_by_id, reservation.asked_by_id}
        language, title = event.title.best()
        kind = f"reservation.{status}"
        tell(people - {None}, kind, reaching.path("venue", event_id=event.id), reservation, but=by_id, title=title,
             language=language, by=by_id, **({"reason": answer} if answer else {}))
    audit.record(f"reservation.{status}", reservation, organisation_id=offer.organisation_id)


def free(event: Event, by_id: int | None) -> None:
    """Give the venue back that an event asked for or was given, if there is one."""
    reservation = db.session.scalar(select(Reservation).where(Reservation.id == event.reservation_id).options(
        joinedload(Reservation.venue_offer).joinedload(VenueOffer.organisation)))
    event.venue_offer_id = event.reservation_id = None
    if reservation is None or reservation.status not in OPEN:
        return
    reservation.status, reservation.answered_at, reservation.version = "cancelled", now(), reservation.version + 1
    audit.record("reservation.cancelled", reservation, organisation_id=reservation.venue_offer.organisation_id)
    _tell_owner("reservation.cancelled", reservation, reservation.venue_offer, by_id)


def follow(event: Event, by_id: int | None) -> None:
    """Let the request for a venue have the new time of its event, and tell the owner, who may still decline."""
    reservation = event.reservation
    if reservation is None or reservation.status not in OPEN:
        return
    if (reservation.starts_at, reservation.ends_at) == (event.starts_at, event.ends_at):
        return
    reservation.starts_at, reservation.ends_at, reservation.version = event.starts_at, event.ends_at, reservation.version + 1
    offer = db.session.scalars(select(VenueOffer).where(VenueOffer.id == reservation.venue_offer_id).options(
        joinedload(VenueOffer.organisation))).one()
    audit.record("reservation.moved", reservation, organisation_id=offer.organisation_id, event=event.id)
    _tell_owner("reservation.moved", reservation, offer, by_id)


def event_of(reservation_id: int) -> Event | None:
    """The event a request is for, with its organiser; none after it was taken back."""
    return db.session.scalar(select(Event).where(Event.reservation_id == reservation_id).options(joinedload(Event.organiser)))


def _tell_owner(kind: str, reservation: Reservation, offer: VenueOffer, by_id: int | None) -> None:
    language, title = reservation.purpose.best()
    tell([member.id for member in coordinators_of(offer.organisation)], kind, reaching.path("reservation", reservation_id=reservation.id),
         reservation, but=by_id, title=title, language=language, by=by_id)
