"""What a person is told when their registration changes: always a letter, and a notice when somebody else did it."""

from __future__ import annotations

from datetime import datetime

from flask import g, has_request_context
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import attributes

from ..db import db
from ..i18n import datetime_, speaking
from ..members.models import Member
from ..notices.models import tell
from ..tickets import Ticket
from . import calendar, reaching, times
from .models import Event, Registration

LETTERS = {
    "requested": (_l("Your request was received"), _l("The organiser decides who gets a seat. We will write to you then.")),
    "substitute": (_l("You are named as a substitute"), _l("If a colleague falls ill, their seat is offered to you.")),
    "confirmed": (_l("You have a seat"), _l("Your seat is confirmed. The calendar file is attached.")),
    "waiting": (_l("You are on the waiting list"), _l("All seats are taken now. We will write as soon as a seat is free for you.")),
    "expired": (_l("The offer has ended"), _l("You did not answer in time. You are now at the end of the waiting list.")),
    "offered": (_l("A seat is free for you"), _l("The seat is kept for you until then. Please accept or decline.")),
    "refused": (_l("No seat this time"), _l("The organiser could not give you a seat.")),
    "refused_again": (_l("Your seat is taken back"), _l("The organiser did not approve your changed answers.")),
    "cancelled": (_l("Your registration is cancelled"), _l("Thank you for saying so in time. Somebody else can come now.")),
    "cancelled_late": (_l("Your registration is cancelled"), _l("It was after the last day to cancel. Thank you for saying so.")),
    "replaced": (_l("A colleague comes instead of you"), _l("Your seat went to a colleague of your partnership.")),
    "cancelled_by_organiser": (_l("Your registration was cancelled"), _l("The organiser cancelled your registration.")),
}
"""What happened → heading and first sentence of the letter. Who leaves a waiting list gets no letter."""
GOING = ("refused_again", "cancelled", "cancelled_late", "replaced", "cancelled_by_organiser")
"""States in which a confirmed seat goes, and with it the entry in the calendar."""


def changed(event: Event, registration: Registration, because: str = "", until: str = "") -> None:
    """Tell the person the new state of their registration, inside write_tx(); load the event's sessions first."""
    what = because or registration.status
    if what not in LETTERS:
        return
    member = db.session.get(Member, registration.member_id) if registration.member_id else None
    attributes.set_committed_value(registration, "member", member)
    reader = reaching.Reader.of(registration, event)
    _write(event, registration, reader, what, until)
    title_language, title = event.title.best(reader.language, *reader.reads)
    kind = f"registration.{what}"
    tell([registration.member_id], kind, reaching.own_page(registration), registration, but=doer(), by_letter=False,
         title=title, language=title_language, **({"reason": registration.reason} if _has_reason(registration) else {}))


def _write(event: Event, registration: Registration, reader: reaching.Reader, what: str, until: str) -> None:
    values: dict = {"what": what, "page": reaching.own_page(registration), "is_by_other": is_by_other(registration)}
    if what == "confirmed":
        values["calendars"] = calendar.attached(event, reader.language, reads=reader.reads, is_confirmed=True)
    elif what in GOING:
        values["calendars"] = calendar.withdrawn(event, reader.language)
    if until:
        values["until"] = said_until(datetime.fromisoformat(until), reader)
    if _has_reason(registration):
        values["note"] = registration.reason
    reaching.write("registration", registration, event, **values)


def said_until(at: datetime, reader: reaching.Reader) -> str:
    """The end of an offer in the reader's words and zone."""
    with speaking(reader.language):
        return f"{datetime_(at, reader.zone).striptags()}, {times.zone_name(reader.zone, at)}"


def _has_reason(registration: Registration) -> bool:
    return bool(registration.reason) and registration.status in ("refused", "cancelled_by_organiser")


def is_by_other(registration: Registration) -> bool:
    """Whether somebody else registered this person (E12)."""
    return registration.registered_by_id is not None and registration.registered_by_id != registration.member_id


def doer() -> int | None:
    """The member who does this now, if one does and not the worker."""
    return g.can.member_id if has_request_context() and g.get("can") else None


def confirm_address(event: Event, registration: Registration, ticket: Ticket) -> None:
    """Ask a guest to confirm the address; only then do they take part (E23)."""
    reaching.write("confirm_registration", registration, event, ticket=ticket)


def known_guest(event: Event, registration: Registration) -> None:
    """Lead a guest who registers once more to the registration they have."""
    reaching.write("registration", registration, event, what=registration.status, page=reaching.own_page(registration), is_by_other=False)
