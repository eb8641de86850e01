"""What pages about registrations show: one with all that belongs to it, colleagues who may come, who waits for a decision."""

from __future__ import annotations

from functools import lru_cache

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload, raiseload, selectinload

from ...members.models import Member, Membership, Organisation
from ...members.queries import reach
from ...permissions import Can
from ..models import Event, Registration, RegistrationEntry
from ..words import ACTIVE, REVIEWED, SEATED

MOST_COLLEAGUES = 500
KEPT = 40
"""Statements kept ready for events that are asked for again."""
DECISIONS_A_PAGE = 50


@lru_cache(KEPT)
def event(event_id: int) -> Select:
    """An event with its organiser, its sessions and its questions."""
    return select(Event).where(Event.id == event_id).options(
        joinedload(Event.organiser), selectinload(Event.sessions), selectinload(Event.questions), raiseload("*"))


def one(registration_id: int) -> Select:
    """A registration with person, organisation, event, questions and answers."""
    return select(Registration).where(Registration.id == registration_id).options(
        joinedload(Registration.event).options(joinedload(Event.organiser), selectinload(Event.sessions), selectinload(Event.questions)),
        joinedload(Registration.member), joinedload(Registration.organisation), joinedload(Registration.partnership),
        joinedload(Registration.registered_by), selectinload(Registration.answers), raiseload("*"))


def log(registration_id: int) -> Select:
    """What happened to a registration, in order."""
    return (select(RegistrationEntry).where(RegistrationEntry.registration_id == registration_id)
            .options(joinedload(RegistrationEntry.by), raiseload("*")).order_by(RegistrationEntry.id))


def own_state(event_id: int, member_id: int | None) -> Select:
    """The active registration of a member for an event: its number."""
    return select(Registration.id).where(Registration.event_id == event_id, Registration.member_id == member_id, Registration.status.in_(ACTIVE))


def places_of(member_id: int | None) -> Select:
    """The memberships of a person in active organisations, the oldest first."""
    return (select(Membership).join(Membership.organisation).where(Membership.member_id == member_id, Organisation.status == "active")
            .options(joinedload(Membership.organisation), raiseload("*")).order_by(Membership.since, Membership.id))


def membership(membership_id: int) -> Select:
    """A membership with its person and organisation."""
    return select(Membership).where(Membership.id == membership_id).options(
        joinedload(Membership.organisation), joinedload(Membership.member), raiseload("*"))


def colleagues(can: Can, event: Event) -> Select:
    """Memberships of the people somebody coordinates who are not registered for an event yet, by name."""
    registered = select(Registration.member_id).where(
        Registration.event_id == event.id, Registration.status.in_(ACTIVE), Registration.member_id.is_not(None))
    return (select(Membership).join(Membership.organisation).join(Membership.member)
            .where(reach.led(can), Organisation.status == "active", Member.status == "active", Member.id.not_in(registered))
            .options(joinedload(Membership.organisation), joinedload(Membership.member), raiseload("*"))
            .order_by(Member.name, Membership.id).limit(MOST_COLLEAGUES))


def can_take_over(registration: Registration) -> Select:
    """Memberships of the people of the same partnership who have no seat yet, by name."""
    seated = select(Registration.member_id).where(
        Registration.event_id == registration.event_id, Registration.status.in_(SEATED), Registration.member_id.is_not(None))
    return (select(Membership).join(Membership.organisation).join(Membership.member)
            .where(reach.in_partnership(registration.partnership_id), Organisation.status == "active", Member.status == "active",
                   Member.id.not_in(seated))
            .options(joinedload(Membership.organisation), joinedload(Membership.member), raiseload("*"))
            .order_by(Member.name, Membership.id).limit(MOST_COLLEAGUES))


def of_led(can: Can, event_id: int) -> Select:
    """The active registrations for an event of the people somebody coordinates, by rank and arrival."""
    return (select(Registration).join(Registration.organisation)
            .where(Registration.event_id == event_id, Registration.status.in_(ACTIVE), reach.led(can))
            .options(joinedload(Registration.member), joinedload(Registration.organisation), raiseload("*"))
            .order_by(Registration.rank.is_(None), Registration.rank, Registration.arrived))


def is_waited_for() -> ColumnElement[bool]:
    """The condition of registrations that wait for a decision: requests, and answers changed after approval."""
    return or_(Registration.status == "requested", and_(Registration.is_to_review, Registration.status.in_(REVIEWED)))


def to_decide(event_id: int, after: int = 0) -> Select:
    """Those who wait for the organiser's decision, by arrival, from one number of arrival on."""
    return (select(Registration).where(Registration.event_id == event_id, is_waited_for(), Registration.arrived > after)
            .options(joinedload(Registration.member), joinedload(Registration.organisation), joinedload(Registration.partnership), raiseload("*"))
            .order_by(Registration.arrived).limit(DECISIONS_A_PAGE + 1))


def prepared(event_id: int) -> Select:
    """How many decisions are prepared: rows (decision or nothing, number)."""
    return (select(Registration.prepared, func.count()).where(Registration.event_id == event_id, is_waited_for())
            .group_by(Registration.prepared))


def of_numbers(event_id: int, numbers) -> Select:
    """Registrations of an event with these numbers."""
    return select(Registration).where(Registration.event_id == event_id, Registration.id.in_(list(numbers)))


def last_rank(can: Can, event_id: int) -> Select:
    """The last place in the order of the nominees somebody coordinates."""
    return (select(func.max(Registration.rank)).join(Registration.organisation)
            .where(Registration.event_id == event_id, Registration.status.in_(ACTIVE), reach.led(can)))


def before_in_order(registration: Registration) -> Select:
    """The nominee of the same partnership one place before."""
    return (select(Registration).where(
        Registration.event_id == registration.event_id, Registration.partnership_id == registration.partnership_id,
        Registration.status.in_(ACTIVE), Registration.rank < registration.rank).order_by(Registration.rank.desc()).limit(1))
