"""What check-in, attendance sheets and reports of hours show."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Row, Select, String, and_, cast, distinct, extract, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from ...db import db
from ...members.models import Member, Organisation
from ...members.queries import reach
from ...permissions import Can
from ...search import like
from ..models import Attendance, Event, Registration, Session

MOST = 200
"""People on one check-in page; the others are found by name."""


def _name():
    return func.coalesce(Member.name, Registration.guest_name)


def expected(event_id: int, words: list[str] | tuple[str, ...] = ()) -> Select:
    """Those with a confirmed seat, by name, with member and organisation; folded `words` are looked for in both names."""
    found = [Registration.search_text.like(like(word), escape="\\") for word in words]
    return (select(Registration).outerjoin(Registration.member).where(
        Registration.event_id == event_id, Registration.status == "confirmed", *found)
        .options(joinedload(Registration.member), joinedload(Registration.organisation)).order_by(func.lower(_name()), Registration.id))


def counts(event_id: int) -> dict[int | None, int]:
    """How many were checked in to each session, and under None how many have a seat."""
    found = db.session.execute(
        select(Attendance.session_id, func.count()).join(Registration, Registration.id == Attendance.registration_id)
        .where(Registration.event_id == event_id, Registration.status == "confirmed").group_by(Attendance.session_id)).all()
    seated = db.session.scalar(select(func.count()).select_from(Registration).where(
        Registration.event_id == event_id, Registration.status == "confirmed"))
    return {**{row[0]: row[1] for row in found}, None: seated or 0}


def one(registration_id: int) -> Select:
    """A registration with its person, organisation and whole event."""
    return select(Registration).where(Registration.id == registration_id).options(
        joinedload(Registration.member), joinedload(Registration.organisation),
        joinedload(Registration.event).options(joinedload(Event.organiser), selectinload(Event.sessions)))


# ---- hours of a year (N19) -------------------------------------------------------------------------------------------


def _of_year(year: int) -> ColumnElement[bool]:
    return and_(Session.starts_at >= datetime(year, 1, 1, tzinfo=UTC), Session.starts_at < datetime(year + 1, 1, 1, tzinfo=UTC))


def _may_see(can: Can) -> ColumnElement[bool]:
    """One's own hours, those of the organisations one coordinates, or everybody's for the office."""
    return or_(Registration.member_id == can.member_id, reach.looked_after(can))


def _hours(year: int, can: Can) -> Select:
    return (select(func.sum(Session.hours).label("hours"), func.count(distinct(Registration.event_id)).label("events"))
            .select_from(Attendance).join(Session, Session.id == Attendance.session_id)
            .join(Registration, Registration.id == Attendance.registration_id)
            .outerjoin(Organisation, Organisation.id == Registration.organisation_id)
            .where(_of_year(year), Registration.status == "confirmed", Registration.anonymised_at.is_(None), _may_see(can)))


def hours_of_people(year: int, can: Can) -> list[Row]:
    """(name, member_id, organisation_id, hours, events) of the year, by name; a guest stands under their own name."""
    query = (_hours(year, can).outerjoin(Member, Member.id == Registration.member_id)
             .add_columns(_name().label("name"), Registration.member_id, Registration.organisation_id)
             .group_by(_name(), Registration.member_id, Registration.organisation_id).order_by(func.lower(_name())))
    return list(db.session.execute(query).all())


def hours_of_organisations(year: int, can: Can) -> list[Row]:
    """(organisation_id, people, hours, events) of the year, of organisations whose people one may see."""
    who = func.coalesce(cast(Registration.member_id, String), Registration.guest_email)
    query = (_hours(year, can).where(Registration.organisation_id.is_not(None))
             .add_columns(Registration.organisation_id, func.count(distinct(who)).label("people"))
             .group_by(Registration.organisation_id))
    return list(db.session.execute(query).all())


def organisations(numbers: set[int]) -> dict[int, Organisation]:
    """These organisations, by number."""
    return {one.id: one for one in db.session.scalars(select(Organisation).where(Organisation.id.in_(numbers)))}


def years(can: Can) -> list[int]:
    """The years in which there was something to see, the latest first."""
    found = (select(extract("year", Session.starts_at)).distinct().select_from(Attendance).join(Session, Session.id == Attendance.session_id)
             .join(Registration, Registration.id == Attendance.registration_id)
             .outerjoin(Organisation, Organisation.id == Registration.organisation_id).where(_may_see(can)))
    return sorted({int(year) for year in db.session.scalars(found)}, reverse=True)
