"""Venues for events: looked for, asked for, given back; and the owner's page where a request is answered."""

from __future__ import annotations

from flask import abort, flash, g, request, url_for
from flask_babel import gettext as _

from ...db import db, write_tx
from ...directory.models import Reservation, VenueOffer
from ...directory.queries import venues as offers
from ...forms import pressed
from ...i18n import country_name, lang, sort_key
from ...notices.reading import visited
from ...pages import go, render
from ...paging import number, part
from ...permissions import require
from ...vocabularies import EQUIPMENT
from .. import reading, times, venues
from ..forms.reservations import AnswerForm, AskForm
from ..models import Event
from ..queries import reservations as queries
from ..words import RESERVATION_STATES
from . import blueprint
from .editing import held, managed
from .events import EVENT, trail

STATE_KINDS = {"asked": "wait", "confirmed": "good", "declined": "bad", "cancelled": "neutral"}
RESERVATION = "/reservations/<int:reservation_id>"
WORDS = {"reservation_states": RESERVATION_STATES, "state_kind": STATE_KINDS, "equipment": EQUIPMENT, "times": times}


@blueprint.get(f"{EVENT}/venue")
def venue(event_id: int):
    """The venue of an event: what was asked and answered, or the offers of the network that fit."""
    event = managed(event_id)
    if event.reservation is not None:
        visited(event.reservation)
    country = request.args.get("country", event.country)[:2]
    seats = number("seats") or 0 if "seats" in request.args else event.capacity or 0
    key = number("after")
    after = db.session.scalar(offers.one(key)) if key else None
    found = list(db.session.scalars(offers.matching(country=country, seats=min(seats, 10_000), after=after)))
    shown, more = found[:offers.AT_ONCE], found[offers.AT_ONCE:]
    codes = sorted(db.session.scalars(offers.countries()), key=lambda code: sort_key(country_name(code), lang()))
    next_url = url_for(".venue", event_id=event_id, country=country, seats=seats, after=shown[-1].id) if more else None
    return render("trainings/venue.html", fragments=["offer_list"], event=event, offers=shown, country=country, seats=seats, countries=codes,
                  next_url=next_url, parts=reading.parts_of(event), trail=trail(event), is_open=_is_open(event), **WORDS)


def _is_open(event: Event) -> bool:
    return event.reservation is not None and event.reservation.status in venues.OPEN


@blueprint.route(f"{EVENT}/venue/<int:venue_id>", methods=["GET", "POST"])
def ask_venue(event_id: int, venue_id: int):
    """Ask the owner of a venue for it."""
    event = managed(event_id)
    offer = _offer(venue_id)
    form = AskForm(offer, data={"people": event.capacity})
    if not form.validate_on_submit():
        return render("trainings/ask_venue.html", form=form, event=event, offer=offer, trail=[*trail(event), (
            _("Venue"), url_for(".venue", event_id=event_id))], status=422 if form.is_submitted() else 200, **WORDS)
    try:
        with write_tx() as session:
            if form.claim():
                venues.ask(held(session, event_id), _offer(venue_id), form.room, form.people.data, form.words.data, g.can.member_id)
    except venues.Asked:
        flash(_("A venue is asked for already. Give it back first."), "warning")
        return go(url_for(".venue", event_id=event_id))
    flash(_("The owner of the venue is told. You get a notice with the answer."), "success")
    return go(url_for(".venue", event_id=event_id))


def _offer(venue_id: int) -> VenueOffer:
    offer = db.session.scalar(offers.one(venue_id))
    if offer is None or not g.can.see_organisation(offer.organisation):
        abort(404)
    return offer


@blueprint.post(f"{EVENT}/venue/free")
def free_venue(event_id: int):
    """Give back a venue that was asked for or confirmed."""
    managed(event_id)
    pressed()
    with write_tx() as session:
        event = held(session, event_id)
        venues.free(event, g.can.member_id)
        event.version += 1
    flash(_("The venue is given back. Its owner is told."), "success")
    return go(url_for(".venue", event_id=event_id))


@blueprint.get("/reservations")
def reservations():
    """What is asked of the venues the reader answers for."""
    require(reading.may_create(g.can))
    found = part(queries.to_answer(g.can), queries.SORT, descending=True)
    return render("trainings/reservations.html", fragments=["reservation_list"], part=found,
                  trail=[(_("Trainings and events"), url_for(".index"))], **WORDS)


def _reservation(reservation_id: int) -> Reservation:
    """The request, for the owner of the venue and for those who ask."""
    found = db.session.scalar(queries.one(reservation_id))
    if found is None or not (g.can.answer_reservation(found.venue_offer) or g.can.create_event_of(found.organisation)):
        abort(404)
    return found


@blueprint.route(RESERVATION, methods=["GET", "POST"])
def reservation(reservation_id: int):
    """One request: what for, when, how many; its owner answers here."""
    found = _reservation(reservation_id)
    form = AnswerForm(data={"answer": found.answer})
    if request.method == "POST":
        require(g.can.answer_reservation(found.venue_offer))
        if form.validate_on_submit() and form.status:
            return _answer(reservation_id, form)
    visited(found)
    event = venues.event_of(reservation_id)
    return render("trainings/reservation.html", form=form, reservation=found, event=event if event and g.can.see_event(event) else None,
                  may_answer=g.can.answer_reservation(found.venue_offer) and found.status in venues.OPEN,
                  beside=db.session.scalars(queries.beside(found)).all(), status=422 if form.is_submitted() else 200,
                  trail=[(_("Trainings and events"), url_for(".index")), (_("Requests for venues"), url_for(".reservations"))], **WORDS)


def _answer(reservation_id: int, form: AnswerForm):
    try:
        with write_tx() as session:
            found = session.scalar(queries.one(reservation_id).with_for_update(of=Reservation))
            if found is None:
                abort(404)
            if form.claim():
                venues.settle(found, form.status, form.answer.data, g.can.member_id)
    except venues.Settled:
        flash(_("This request does not wait for an answer any more."), "warning")
    else:
        flash(_("The venue is confirmed. The organiser is told.") if form.status == "confirmed"
              else _("The request is declined. The organiser is told."), "success")
    return go(url_for(".reservation", reservation_id=reservation_id))
