"""What a reader gets to know of an event: seats, materials, who comes, as far as each rule allows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import request, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload, raiseload

from ..db import db, now
from ..permissions import Can
from . import times
from .models import Event, Material, Registration
from .queries import events as queries
from .queries.registrations import is_waited_for
from .words import ACTIVE, EVENT_KINDS, EVENT_MODES, EVENT_STATES, REGISTRATION_STATES, SEATED

STATE_KINDS = {"draft": "wait", "registration_not_open": "neutral", "registration_open": "good", "full": "wait",
               "registration_closed": "neutral", "completed": "neutral", "cancelled": "bad"}
"""How ui.status() colours the states of an event."""
CARD_WORDS = {"kinds": EVENT_KINDS, "modes": EVENT_MODES, "states": EVENT_STATES, "own_states": REGISTRATION_STATES, "times": times,
              "state_kind": STATE_KINDS}
"""What the card of an event in a list needs beside its row."""
MOST_NAMED = 200
"""Names on the page of an event; the organiser has the whole list."""


def may_create(can: Can) -> bool:
    """Whether somebody may organise events at all."""
    return can.is_office or bool(can.leads)


@dataclass(frozen=True)
class Seats:
    """The seats open to registration: None is without a limit."""

    total: int | None
    taken: int
    waiting: int
    waiting_limit: int | None

    @property
    def left(self) -> int | None:
        """Seats nobody has; none while somebody waits for them."""
        return None if self.total is None else 0 if self.waiting else max(0, self.total - self.taken)

    @property
    def takes_waiting(self) -> bool:
        """Whether the waiting list takes one more."""
        return self.waiting_limit is None or self.waiting < self.waiting_limit


def seats_of(event: Event, counts: Mapping[str, int]) -> Seats:
    """The seats of an event, from how many registrations are in each state."""
    taken = sum(counts.get(state, 0) for state in SEATED)
    return Seats(event.seats, taken, counts.get("waiting", 0), event.waiting_limit)


def own_registration(event_id: int, can: Can) -> Registration | None:
    """The reader's registration that stands."""
    if can.member_id is None:
        return None
    return db.session.scalar(select(Registration).where(
        Registration.event_id == event_id, Registration.member_id == can.member_id, Registration.status.in_(ACTIVE)))


def materials_for(event: Event, own: Registration | None, manages: bool) -> Sequence[Material]:
    """What this reader may open: the organiser all; participants what is visible by now; others what is for all."""
    found = db.session.scalars(queries.materials(event.id)).all()
    return [one for one in found if manages or is_shown(one, own)]


def is_shown(material: Material, own: Registration | None) -> bool:
    """Whether somebody who does not organise the event may open a material; a signed sheet is evidence for the funder (N17)."""
    if material.kind == "evidence":
        return False
    takes_part = own is not None and own.status == "confirmed"
    return (material.is_for_all or takes_part) and (material.visible_from is None or material.visible_from <= now())


def named_participants(event: Event, own: Registration | None, manages: bool) -> Sequence[Registration]:
    """Confirmed people who agreed to be named, for other participants (E20)."""
    if event.show_participants != "consented" or not (manages or (own is not None and own.status == "confirmed")):
        return []
    return db.session.scalars(
        select(Registration).where(Registration.event_id == event.id, Registration.status == "confirmed", Registration.shows_name)
        .options(joinedload(Registration.member), joinedload(Registration.organisation), raiseload("*"))
        .order_by(Registration.arrived).limit(MOST_NAMED)).all()


def _somebody_asks(event_id: int) -> bool:
    """Whether requests still wait although the event asks for no approval any more."""
    return db.session.scalar(select(Registration.id).where(Registration.event_id == event_id, is_waited_for()).limit(1)) is not None


def parts_of(event: Event, is_waited_for: bool | None = None) -> list[tuple]:
    """The pages organisers have for an event, for ui.tabs(); whether requests wait is asked when the page does not know."""
    pages = [(_("Page"), "show"), (_("Edit"), "edit"), (_("Questions"), "questions"), (_("Materials"), "add_material"), (_("Venue"), "venue"),
             (_("Participants"), "participants"), (_("Check-in"), "check_in"), (_("Letters"), "letters"), (_("Feedback"), "feedback_results")]
    if event.needs_approval or (_somebody_asks(event.id) if is_waited_for is None else is_waited_for):
        pages.insert(6, (_("Decisions"), "decide"))
    return [(label, url_for(f"trainings.{name}", event_id=event.id), request.endpoint == f"trainings.{name}") for label, name in pages]
