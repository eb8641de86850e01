"""Coming in: oneself, a colleague, several nominated people, a guest – each as one new registration in seats.py."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import delete

from .. import tickets
from ..db import db
from ..members.models import Member, Membership, Organisation
from ..search import fold
from . import seats, telling
from .forms.registrations import GuestForm, QuestionsForm
from .models import Event, Registration
from .queries import registrations as queries

HOURS_TO_CONFIRM = 48
CONFIRM = "confirm_registration"
"""The purpose of the ticket in the letter to a guest."""


def of_member(member: Member, organisation: Organisation, registered_by: int | None = None, **given) -> Registration:
    """A new registration of a member for one of their organisations, not yet in the session."""
    return Registration(
        member=member, member_id=member.id, language=member.language, organisation=organisation, organisation_id=organisation.id,
        partnership_id=organisation.root_id, registered_by_id=registered_by, answers=[],
        search_text=fold(f"{member.name} {organisation.name}")[:400],
        **({"languages": list(member.reads)} | given))


def register(event: Event, registration: Registration, form: QuestionsForm) -> Registration:
    """Register with what was answered, inside write_tx(); raises what seats.register raises."""
    form.write(registration)
    return seats.register(event, registration)


def nominate(event: Event, chosen: Iterable[tuple[Membership, int | None, bool]], registered_by: int) -> list[Registration]:
    """Nominate people in the order of their ranks, a rank of None being a substitute; raises what seats.register raises (N14).

    Each of `chosen` is a membership with its rank, and whether the employer agrees.
    """
    made = []
    for membership, rank, consents in sorted(chosen, key=lambda one: (one[1] is None, one[1] or 0)):
        made.append(seats.register(event, of_member(
            membership.member, membership.organisation, registered_by, is_nominated=True, rank=rank, is_substitute=rank is None,
            employer_consent=consents)))
    return made


def move_up(registration: Registration) -> None:
    """Let a nominee change places with the one before, inside write_tx() on the locked event; the first stays first."""
    before = db.session.scalar(queries.before_in_order(registration)) if registration.rank is not None else None
    if before is not None:
        registration.rank, before.rank = before.rank, registration.rank
        seats.note(registration, "ranked", rank=registration.rank)


# ---- guests (E23) ----------------------------------------------------------------------------------------------------


def ask_guest(event: Event, form: GuestForm, language: str) -> None:
    """Keep what a guest wrote and ask for a proof of the address, inside write_tx(); who is registered is led to that instead.

    The page says the same in both cases, so that nobody learns who is registered.
    """
    address = form.guest_email.data
    known = seats.active_of(event.id, None, address)
    if known is not None:
        telling.known_guest(event, known)
        return
    db.session.execute(delete(Registration).where(
        Registration.event_id == event.id, Registration.guest_email == address, Registration.status == "unconfirmed"))
    event.last_arrived += 1
    new = Registration(
        event_id=event.id, status="unconfirmed", arrived=event.last_arrived, guest_name=form.guest_name.data, guest_email=address,
        guest_organisation=form.guest_organisation.data, language=language, answers=[],
        search_text=fold(f"{form.guest_name.data} {form.guest_organisation.data}")[:400])
    form.write(new)
    db.session.add(new)
    db.session.flush()
    telling.confirm_address(event, new, tickets.issue(CONFIRM, new.id, HOURS_TO_CONFIRM))
