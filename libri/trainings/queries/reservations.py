"""Requests for venues: one, those of the venues somebody answers for, and what else is promised at the same time."""

from __future__ import annotations

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, raiseload, selectinload

from ...directory.models import Reservation, VenueOffer
from ...members.models import Organisation
from ...members.queries import reach
from ...permissions import Can

SORT = (Reservation.starts_at, Reservation.id)


def one(reservation_id: int) -> Select:
    """A request with its venue, the venue's organisation and rooms, and who asks."""
    return select(Reservation).where(Reservation.id == reservation_id).options(
        joinedload(Reservation.venue_offer).options(joinedload(VenueOffer.organisation), selectinload(VenueOffer.rooms)),
        joinedload(Reservation.organisation), raiseload("*"))


def to_answer(can: Can) -> Select:
    """Rows of (request) for venues the reader answers for."""
    return (select(Reservation).join(Reservation.venue_offer).join(VenueOffer.organisation).where(reach.looked_after(can)).options(
        contains_eager(Reservation.venue_offer).contains_eager(VenueOffer.organisation), joinedload(Reservation.organisation), raiseload("*")))


def waiting_for(can: Can) -> Select:
    """How many requests wait for the reader's answer."""
    return (select(func.count()).select_from(Reservation).join(VenueOffer, VenueOffer.id == Reservation.venue_offer_id)
            .join(Organisation, Organisation.id == VenueOffer.organisation_id).where(Reservation.status == "asked", reach.looked_after(can)))


def beside(reservation: Reservation) -> Select:
    """What is confirmed for the same venue at the same time; of the same room, if both name one."""
    same_room = [or_(Reservation.room_id.is_(None), Reservation.room_id == reservation.room_id)] if reservation.room_id else []
    return select(Reservation).where(
        Reservation.venue_offer_id == reservation.venue_offer_id, Reservation.id != reservation.id, Reservation.status == "confirmed",
        Reservation.starts_at < reservation.ends_at, Reservation.ends_at > reservation.starts_at, *same_room).options(raiseload("*"))
