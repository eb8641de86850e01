"""Venue offers: of one organisation, and of the whole network by country, seats and equipment."""

from __future__ import annotations

from sqlalchemy import Select, select, tuple_
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from ...db import holds_code
from ...i18n import lang
from ...members.models import Organisation
from ..models import Room, VenueOffer

AT_ONCE = 24


def one(venue_id: int) -> Select[tuple[VenueOffer]]:
    """A venue offer that stands, with its rooms and its organisation."""
    return (select(VenueOffer).where(VenueOffer.id == venue_id, VenueOffer.withdrawn_at.is_(None))
            .options(joinedload(VenueOffer.organisation), selectinload(VenueOffer.rooms)))


def of(organisation_id: int) -> Select[tuple[VenueOffer]]:
    """The venue offers of an organisation."""
    return (select(VenueOffer).where(VenueOffer.organisation_id == organisation_id, VenueOffer.withdrawn_at.is_(None))
            .order_by(VenueOffer.id).options(selectinload(VenueOffer.rooms)))


def matching(country: str = "", seats: int = 0, equipment=(), after: VenueOffer | None = None) -> Select[tuple[VenueOffer]]:
    """Offers of active organisations with a room that has so many seats and all of the equipment, by organisation."""
    order = getattr(Organisation, f"sort_{lang()}")
    found = (select(VenueOffer).join(VenueOffer.organisation).where(VenueOffer.withdrawn_at.is_(None), Organisation.status == "active")
             .order_by(order, VenueOffer.id).limit(AT_ONCE + 1)
             .options(contains_eager(VenueOffer.organisation), selectinload(VenueOffer.rooms)))
    if country:
        found = found.where(Organisation.country == country)
    if seats or equipment:
        rooms = [Room.capacity >= seats, *(holds_code(Room.equipment, code) for code in equipment)]
        found = found.where(VenueOffer.id.in_(select(Room.venue_offer_id).where(*rooms)))
    if after is not None:
        found = found.where(tuple_(order, VenueOffer.id) > (getattr(after.organisation, f"sort_{lang()}"), after.id))
    return found


def countries() -> Select[tuple[str]]:
    """Countries in which a venue is offered."""
    return (select(Organisation.country).join(VenueOffer, VenueOffer.organisation_id == Organisation.id)
            .where(VenueOffer.withdrawn_at.is_(None), Organisation.status == "active").distinct())
