"""Contact persons: one of them, those to be confirmed, asked, ended or emptied, and who looks after them."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from ...config import CONFIRM_AFTER_DAYS, STALE_AFTER_DAYS
from ...db import db, now
from ...members.models import Member, Membership, Organisation
from ...members.queries import reach
from ..models import ContactPerson
from ..models.contacts import EMPTIED_AFTER_DAYS

_last_true = func.coalesce(ContactPerson.confirmed_on, ContactPerson.created_at)


def current(contact_id: int) -> Select[tuple[ContactPerson]]:
    """A contact person whose appointment has not ended, with the organisation."""
    return (select(ContactPerson).join(ContactPerson.organisation).where(ContactPerson.id == contact_id, ContactPerson.ended_at.is_(None))
            .options(contains_eager(ContactPerson.organisation), joinedload(ContactPerson.member)))


def of(organisation_id: int) -> Select[tuple[ContactPerson]]:
    """Present contact persons of an organisation, in order."""
    return (select(ContactPerson).where(ContactPerson.organisation_id == organisation_id, ContactPerson.ended_at.is_(None))
            .order_by(ContactPerson.position, ContactPerson.id)
            .options(joinedload(ContactPerson.organisation), joinedload(ContactPerson.member)))


def ended_of(organisation_id: int) -> Select[tuple[ContactPerson]]:
    """Ended appointments of an organisation, the latest first."""
    return (select(ContactPerson).where(ContactPerson.organisation_id == organisation_id, ContactPerson.ended_at.is_not(None))
            .order_by(ContactPerson.ended_at.desc(), ContactPerson.id).limit(50)
            .options(joinedload(ContactPerson.organisation), joinedload(ContactPerson.member)))


def _true_before(days: int) -> Select[tuple[ContactPerson]]:
    """Present contact persons of active organisations not confirmed for `days`, with the organisation."""
    return (select(ContactPerson).join(ContactPerson.organisation)
            .where(ContactPerson.ended_at.is_(None), Organisation.status == "active", _last_true < now() - timedelta(days=days))
            .order_by(_last_true, ContactPerson.id).options(contains_eager(ContactPerson.organisation)))


def stale() -> Select[tuple[ContactPerson]]:
    """Not confirmed for twelve months, the oldest first, for the office (N1)."""
    return _true_before(STALE_AFTER_DAYS)


def to_confirm_for(can) -> Select[tuple[ContactPerson]]:
    """Half a year without confirmation, of the organisations `can` leads and those below, or the person's own (N1)."""
    return _true_before(CONFIRM_AFTER_DAYS).where(or_(ContactPerson.member_id == (can.member_id or 0), reach.led(can)))


def to_ask(has_address: bool) -> Select[tuple[ContactPerson]]:
    """Due and not asked for half a year; those a letter can reach, or those it cannot."""
    reachable = or_(ContactPerson.email != "", Member.status == "active")
    return (_true_before(CONFIRM_AFTER_DAYS).outerjoin(ContactPerson.member)
            .where(func.coalesce(ContactPerson.asked_at, ContactPerson.created_at) < now() - timedelta(days=CONFIRM_AFTER_DAYS),
                   reachable if has_address else ~func.coalesce(reachable, False))
            .options(contains_eager(ContactPerson.member)))


def run_out(today: date) -> Select[tuple[ContactPerson]]:
    """Appointments whose last day is past."""
    return select(ContactPerson).where(ContactPerson.ended_at.is_(None), ContactPerson.ends_on < today).order_by(ContactPerson.id)


def to_empty() -> Select[tuple[ContactPerson]]:
    """Ended a year ago and still holding personal data."""
    return select(ContactPerson).where(
        ContactPerson.ended_at < now() - timedelta(days=EMPTIED_AFTER_DAYS), ContactPerson.emptied_at.is_(None)).order_by(ContactPerson.id)


def people_of(organisation_id: int) -> Select:
    """(id, name) of the active members of an organisation."""
    return (select(Member.id, Member.name).join(Membership).where(Membership.organisation_id == organisation_id, Member.status == "active")
            .order_by(Member.name, Member.id))


def coordinators_of(organisation: Organisation) -> list[Member]:
    """Who looks after an organisation: its own coordinators, else those of the nearest organisation above it."""
    found = db.session.execute(
        select(Member, Membership.organisation_id).join(Membership)
        .where(Membership.organisation_id.in_(organisation.lineage), Membership.role == "coordinator", Member.status == "active")
        .order_by(Member.id)).all()
    for number in reversed([int(part) for part in organisation.path.split("/") if part]):
        nearest = [member for member, organisation_id in found if organisation_id == number]
        if nearest:
            return nearest
    return []
