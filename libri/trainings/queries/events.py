"""What the list, the calendar and the page of an event show; a constant number of statements whatever there is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from sqlalchemy import Row, Select, String, and_, cast, func, or_, select, true
from sqlalchemy.orm import contains_eager, joinedload, raiseload, selectinload

from ... import paging
from ...db import holds_code, now
from ...directory.models import Reservation, VenueOffer
from ...members.models import Membership, Organisation
from ...members.queries import reach
from ...permissions import Can
from ...search import matching as numbers_that_match
from ..models import Event, Material, Registration
from ..words import ACTIVE, SEATED

ROWS = 20
SORT = (Event.starts_at, Event.id)
MOST_IN_A_MONTH = 300
KEPT = 40
"""Statements kept ready for events that are asked for again: building one costs as much as asking it."""


@dataclass(frozen=True)
class Filters(paging.Filters):
    """What somebody asked the list for; an empty value asks for nothing."""

    show: str = "coming"
    text: str = ""
    kind: str = ""
    mode: str = ""
    language: str = ""
    theme: str = ""
    for_me: bool = False

    WIDE = ("show",)


def visible(can: Can) -> list:
    """The conditions of events the reader may see in lists: no drafts; guests only those that are open to anyone."""
    conditions = [Event.status != "draft"]
    if not can.read_network():
        conditions.append(Event.audience == "public")
    return conditions


def organised_by(can: Can):
    """The condition of events the reader organises."""
    if can.is_office:
        return true()
    return Event.organiser_id.in_(select(Organisation.id).where(reach.led(can)))


def joined_by(can: Can):
    """The condition of events in which the reader has a registration that stands, or stood until the event was cancelled."""
    called_off = and_(Event.status == "cancelled", Registration.status == "cancelled_by_organiser")
    return select(Registration.id).where(Registration.event_id == Event.id, Registration.member_id == (can.member_id or 0),
                                         or_(Registration.status.in_(ACTIVE), called_off)).exists()


def open_for(can: Can, places: Iterable[Row]) -> list:
    """The conditions of events that take this member's registration now: open, meant for them, not joined yet.

    `places` are rows of `places_of()`: the kinds, roles and partnerships through which they may come.
    """
    moment, places = now(), list(places)
    roots = {row.path.split("/")[1] for row in places}
    near = select(Organisation.id).where(reach.in_partnership(*sorted(roots)))
    return [
        Event.status == "published", Event.ends_at > moment,
        or_(Event.registration_opens.is_(None), Event.registration_opens <= moment),
        func.coalesce(Event.registration_closes, Event.starts_at) > moment,
        or_(Event.audience != "partnership", Event.organiser_id.in_(near)),
        _nobody_or(Event.audience_kinds, {row.kind for row in places}), _nobody_or(Event.audience_roles, {row.role for row in places}),
        ~joined_by(can)]


def _nobody_or(column, codes: Iterable[str]):
    """An empty list of codes, which means everybody, or one that has one of these."""
    return or_(cast(column, String) == "[]", *(holds_code(column, code) for code in sorted(codes)))


def places_of(member_id: int) -> Select:
    """Where somebody works, and as what: kind and path of the organisation, role."""
    return (select(Organisation.kind, Organisation.path, Membership.role)
            .join(Membership, Membership.organisation_id == Organisation.id).where(Membership.member_id == member_id))


def matching(filters: Filters, can: Can, places: Iterable[Row] = ()) -> list:
    """The conditions of what may be seen and answers to the filters."""
    conditions = [organised_by(can)] if filters.show == "ours" else visible(can)
    if filters.show in ("coming", "past"):
        conditions.append(Event.ends_at > now() if filters.show == "coming" else Event.ends_at <= now())
    if filters.show == "mine":
        conditions.append(joined_by(can))
    if filters.for_me:
        conditions += open_for(can, places)
    if filters.text:
        conditions.append(Event.id.in_(numbers_that_match("event", filters.text)))
    for column, asked in ((Event.kind, filters.kind), (Event.mode, filters.mode)):
        if asked:
            conditions.append(column == asked)
    for column, asked in ((Event.languages, filters.language), (Event.themes, filters.theme)):
        if asked:
            conditions.append(holds_code(column, asked))
    return conditions


def _counted(status: tuple[str, ...]):
    return (select(func.count()).select_from(Registration).where(Registration.event_id == Event.id, Registration.status.in_(status))
            .correlate(Event).scalar_subquery())


def listed(conditions: list, can: Can) -> Select:
    """Rows of (event with its organiser, seats taken, people waiting, the reader's own state)."""
    own = (select(Registration.status).where(Registration.event_id == Event.id, Registration.member_id == (can.member_id or 0),
                                             Registration.status.in_(ACTIVE)).correlate(Event).limit(1).scalar_subquery())
    return (select(Event, _counted(SEATED).label("taken"), _counted(("waiting",)).label("waiting"), own.label("own"))
            .join(Event.organiser).where(*conditions).options(contains_eager(Event.organiser).raiseload("*"), raiseload("*")))


def in_month(starts: datetime, ends: datetime, conditions: list, can: Can) -> Select:
    """Rows as of `listed` for events of which a part lies between two instants, each with its sessions."""
    found = listed([*conditions, Event.starts_at < ends, Event.ends_at > starts], can)
    return found.options(selectinload(Event.sessions)).order_by(*SORT).limit(MOST_IN_A_MONTH)


@lru_cache(KEPT)
def one(event_id: int) -> Select:
    """An event with its organiser, its sessions, its venue and what was asked of it."""
    return (select(Event).where(Event.id == event_id).options(
        joinedload(Event.organiser), selectinload(Event.sessions),
        joinedload(Event.venue_offer).options(joinedload(VenueOffer.organisation), selectinload(VenueOffer.rooms)),
        joinedload(Event.reservation).joinedload(Reservation.venue_offer).joinedload(VenueOffer.organisation), raiseload("*")))


def locked(event_id: int) -> Select:
    """The row of an event with its sessions, questions and request for a venue, held until the end of the transaction."""
    return (select(Event).where(Event.id == event_id).with_for_update(of=Event).options(
        selectinload(Event.organiser), selectinload(Event.sessions), selectinload(Event.questions), selectinload(Event.reservation),
        raiseload("*")))


@lru_cache(KEPT)
def counts(event_id: int) -> Select:
    """How many registrations there are in each state."""
    return (select(Registration.status, func.count()).where(Registration.event_id == event_id).group_by(Registration.status))


@lru_cache(KEPT)
def materials(event_id: int) -> Select:
    """Everything given to participants, in the order it was added."""
    return select(Material).where(Material.event_id == event_id).order_by(Material.kind, Material.id)


def next_of(can: Can, most: int) -> Select:
    """The next events in which the reader has a registration that stands, then those that are open to see."""
    return listed([*visible(can), Event.status == "published", Event.ends_at > now()], can).order_by(joined_by(can).desc(), *SORT).limit(most)
