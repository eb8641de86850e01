"""One's own registration: found by its number for members, by the signed link of a letter for guests; what it opens."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort, g
from flask_babel import gettext as _

from ... import tickets
from ...db import db
from .. import attending, changes, feedback, reaching
from ..models import Event, Registration
from ..queries import attendance as queries
from . import blueprint


def of_member(registration_id: int) -> Registration:
    """A registration of whoever is signed in, with its event; 404 for everybody else's."""
    registration = db.session.scalar(queries.one(registration_id))
    if registration is None or g.can.member_id is None or registration.member_id != g.can.member_id:
        abort(404)
    return registration


def of_guest(token: str) -> Registration:
    """The registration a guest's link stands for; 404 for one that is forged, or anonymised."""
    registration_id = tickets.lasting_subject("registration", token)
    registration = db.session.scalar(queries.one(registration_id)) if registration_id else None
    if registration is None or registration.member_id is not None or registration.anonymised_at or registration.status == "unconfirmed":
        abort(404)
    return registration


@dataclass(frozen=True)
class Mine:
    """What a person with a seat can open now, and the hours they were there."""

    links: list[tuple[str, str, str]]
    sessions: int
    hours: float


@blueprint.app_template_global()
def coming(registration: Registration) -> Mine:
    """For one's own page of a registration: calendar file, code for the door, then feedback and certificate."""
    event = registration.event
    if registration.status != "confirmed" or event.status != "published":
        return Mine([], 0, 0)
    here = attending.sessions_attended([registration.id])[registration.id]
    ways = _before(event) if not event.is_over else []
    ways += _after(registration, event, bool(here)) if event.has_begun else []
    links = [(icon, label, _way(registration, page)) for icon, label, page in ways if page != "used" or registration.member_id]
    return Mine(links, len(here), attending.hours(event, here))


def _way(registration: Registration, page: str) -> str:
    if page in ("ics", "check_in_code") and registration.member_id:
        return reaching.path(page, event_id=registration.event_id)
    return reaching.own_page(registration, page)


def _before(event: Event) -> list[tuple[str, str, str]]:
    ways = [("calendar", _("Add it to my calendar"), "ics"), ("key", _("Show my code for the door"), "badge")]
    if event.access_code and attending.session_now(event):
        ways.append(("check", _("I am here: type the code on the wall"), "check_in_code"))
    return ways


def _after(registration: Registration, event: Event, was_here: bool) -> list[tuple[str, str, str]]:
    if not was_here and attending.is_checked(event.id):
        return []
    ways = [] if feedback.has_given(registration.id) else [("chat", _("Give feedback"), "feedback_form")]
    if event.is_over and event.gives_certificate:
        ways.append(("file", _("My certificate"), "certificate"))
    return [*ways, ("bridge", _("Tell what you used at home"), "used")] if event.is_over else ways


blueprint.add_app_template_global(changes.is_untold, "is_untold")
