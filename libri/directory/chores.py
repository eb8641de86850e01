"""What the worker does for the directory once a day: asks contact persons, ends and empties appointments."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import or_, select, update

from .. import audit, emails, tickets
from ..db import db, now, write_tx
from ..members.models import Organisation
from . import listing
from .models import ContactPerson, Reservation, imports
from .queries import contacts as queries

LINK_HOURS = 60 * 24
RESERVATION_DAYS = 730
"""Days after its end when a reservation forgets who asked, who answered, and their words (data_map.py)."""
AT_ONCE = 100
"""Rows of one transaction, so that people who write meanwhile wait only a moment."""


def ask_contacts() -> int:
    """Send those due one letter with one link: is this still correct? Return how many."""
    asked = 0
    while count := _ask_some():
        asked += count
    return asked


def _ask_some() -> int:
    with write_tx() as session:
        due = list(session.scalars(queries.to_ask(has_address=True).limit(AT_ONCE)))
        for contact in due:
            language = listing.language_for(contact, contact.organisation, contact.member)
            ticket = tickets.issue("confirm_contact", contact.id, LINK_HOURS)
            emails.confirm_contact(contact, listing.address_of(contact, contact.member), ticket, language,
                                   contact.organisation.name_in(language)[1])
            contact.asked_at = now()
        return len(due)


def ask_coordinators() -> int:
    """Ask the coordinators about entries that no letter can reach: one letter per organisation. Return how many entries."""
    numbers = list(db.session.scalars(
        select(Organisation.id).where(Organisation.id.in_(
            queries.to_ask(has_address=False).with_only_columns(ContactPerson.organisation_id).order_by(None)))))
    return sum(_ask_about(number) for number in numbers)


def _ask_about(organisation_id: int) -> int:
    with write_tx() as session:
        due = list(session.scalars(queries.to_ask(has_address=False).where(ContactPerson.organisation_id == organisation_id)))
        for contact in due:
            contact.asked_at = now()
        if due:
            organisation = due[0].organisation
            for member in queries.coordinators_of(organisation):
                emails.confirm_contacts(member, organisation, [contact.function for contact in due])
        return len(due)


def end_contacts() -> int:
    """End appointments whose last day is past and tell the coordinators; the last one of an organisation stays until somebody follows."""
    numbers = list(db.session.scalars(queries.run_out(now().date()).with_only_columns(ContactPerson.id)))
    return sum(_end_one(number) for number in numbers)


def _end_one(contact_id: int) -> int:
    with write_tx() as session:
        contact = session.scalar(queries.run_out(now().date()).where(ContactPerson.id == contact_id))
        if contact is None:
            return 0
        organisation = session.get_one(Organisation, contact.organisation_id, with_for_update=True)
        is_last = listing.is_last(contact, organisation)
        if is_last and contact.reminded_at is not None:
            return 0
        for member in queries.coordinators_of(organisation):
            emails.contact_ended(member, organisation, contact.function, is_last)
        contact.reminded_at = now()
        if not is_last:
            contact.end(None)
            tickets.void("confirm_contact", contact.id)
            audit.record("contact.ended", contact, by="chore")
        return 1


def empty_contacts() -> int:
    """Remove the personal data of appointments that ended a year ago; the function stays. Return how many."""
    with write_tx() as session:
        past = list(session.scalars(queries.to_empty()))
        for contact in past:
            contact.empty()
            audit.record("contact.emptied", contact, by="chore")
        return len(past)


def forget_reservations() -> int:
    """Empty what people wrote in reservations that ended two years ago, and who they were; return how many."""
    filled = or_(Reservation.words != "", Reservation.answer != "", Reservation.asked_by_id.is_not(None), Reservation.answered_by_id.is_not(None))
    with write_tx() as session:
        return session.execute(update(Reservation).where(Reservation.ends_at < now() - timedelta(days=RESERVATION_DAYS), filled)
                               .values(words="", answer="", asked_by_id=None, answered_by_id=None)).rowcount


def clean_imports() -> int:
    """Delete tables that waited a day for their import; return how many."""
    with write_tx():
        return imports.clean()


DAILY: dict[str, Callable[[], int]] = {
    "ask_contacts": ask_contacts,
    "ask_coordinators": ask_coordinators,
    "end_contacts": end_contacts,
    "empty_contacts": empty_contacts,
    "forget_reservations": forget_reservations,
    "clean_imports": clean_imports,
}
