"""Registering for an event: oneself, a colleague (E12), or as a guest who confirms the address (E23)."""

from __future__ import annotations

from flask import abort, flash, g, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from ... import throttle, tickets
from ...db import db, write_tx
from ...i18n import lang
from ...members.models import Member, Membership, Organisation
from ...pages import go, render
from ...permissions import public, require
from .. import reaching, registering, rules, seats, times
from ..forms.registrations import ColleagueForm, GuestForm, OwnForm, QuestionsForm, form_for
from ..models import Event
from ..queries import registrations as queries
from ..words import REGISTRATION_STATES
from . import blueprint
from .events import EVENT, trail


def find_event(event_id: int) -> Event:
    """The event with its organiser, sessions and questions, or 404 for whoever may not see it."""
    event = db.session.scalar(queries.event(event_id))
    if event is None or not g.can.see_event(event):
        abort(404)
    return event


def form_page(template: str, event: Event, form: QuestionsForm, **more):
    """Draw a page with a form of an event; 422 when there is something to mend."""
    status = more.pop("status", 422 if form.is_submitted() else 200)
    return render(f"trainings/{template}.html", event=event, form=form, rules=rules, times=times, states=REGISTRATION_STATES,
                  trail=trail(event), status=status, **more)


def said(trouble: ValueError) -> str:
    """Why nobody could be registered, in words."""
    return {seats.Closed: _("Registration is closed now. Nothing was changed."),
            seats.Full: _("All seats are taken, and the waiting list is full."),
            seats.Already: _("This person is already registered."),
            seats.WrongState: _("This is not possible any more. Look at the present state.")}[type(trouble)]


REFUSALS = (seats.Closed, seats.Full, seats.Already, seats.WrongState)


@blueprint.route(f"{EVENT}/registration", methods=["GET", "POST"])
def registration(event_id: int):
    """Register oneself; who is registered already is led to that."""
    event = find_event(event_id)
    own = db.session.scalar(queries.own_state(event_id, g.can.member_id))
    if own is not None:
        return go(url_for(".my_registration", registration_id=own))
    places = [one for one in db.session.scalars(queries.places_of(g.can.member_id)) if event.admits(one.organisation, one.role)]
    form = form_for(OwnForm, event, languages=list(current_user.reads))
    form.offer(place.organisation for place in places)
    if not places or not event.takes_registrations:
        require(not form.is_submitted())
        return form_page("register", event, form, places=places)
    if not form.validate_on_submit():
        return form_page("register", event, form, places=places)
    try:
        return go(_register(event_id, form, places))
    except REFUSALS as trouble:
        flash(said(trouble), "warning")
        return go(url_for(".show", event_id=event_id))


def _register(event_id: int, form: OwnForm, places: list[Membership]) -> str:
    """Register in one transaction; return where it led. A second press, also from another page, leads to the first."""
    chosen = next(one.organisation_id for one in places if str(one.organisation_id) == form.organisation_id.data)
    with write_tx() as session:
        event = seats.lock(event_id) or abort(404)
        if not form.claim():
            return form.first_location(url_for(".show", event_id=event_id))
        before = seats.active_of(event_id, g.can.member_id)
        if before is not None:
            return form.led_to(reaching.own_page(before))
        new = registering.of_member(session.get_one(Member, g.can.member_id), session.get_one(Organisation, chosen))
        registering.register(event, new, form)
        state, location = new.status, form.led_to(url_for(".my_registration", registration_id=new.id))
    flash({"confirmed": _("You have a seat."), "waiting": _("You are on the waiting list.")}.get(state, _("Your request was received.")), "success")
    return location


@blueprint.route(f"{EVENT}/colleagues", methods=["GET", "POST"])
def register_colleague(event_id: int):
    """Register a colleague one coordinates; the registration says who did it."""
    event = find_event(event_id)
    require(g.can.register_others())
    people = [one for one in db.session.scalars(queries.colleagues(g.can, event)) if event.admits(one.organisation, one.role)]
    form = form_for(ColleagueForm, event)
    form.offer(people)
    registered = db.session.scalars(queries.of_led(g.can, event_id)).all()
    if not form.validate_on_submit() or not event.takes_registrations:
        return form_page("colleague", event, form, people=people, registered=registered)
    try:
        return go(_register_colleague(event_id, form))
    except REFUSALS as trouble:
        flash(said(trouble), "warning")
        return go(url_for(".register_colleague", event_id=event_id))


def _register_colleague(event_id: int, form: ColleagueForm) -> str:
    with write_tx() as session:
        event = seats.lock(event_id) or abort(404)
        location = url_for(".register_colleague", event_id=event_id)
        if not form.claim():
            return form.first_location(location)
        membership = session.scalars(queries.membership(int(form.membership_id.data))).one()
        registering.register(event, registering.of_member(membership.member, membership.organisation, g.can.member_id), form)
        form.led_to(location)
    flash(_("Your colleague is registered and gets a letter."), "success")
    return location


# ---- guests ----------------------------------------------------------------------------------------------------------


@blueprint.route(f"{EVENT}/guest", methods=["GET", "POST"])
@public
def guest(event_id: int):
    """Register without an account: what was written counts once the address is confirmed."""
    event = find_event(event_id)
    if event.audience != "public":
        abort(404)
    form = form_for(GuestForm, event)
    if not event.takes_registrations:
        require(not form.is_submitted())
        return form_page("guest", event, form)
    if not form.validate_on_submit():
        return form_page("guest", event, form)
    if form.is_by_a_program:
        return go(url_for(".guest_asked", event_id=event_id))
    throttle.check("letter.client")
    throttle.check("letter.account", form.guest_email.data)
    with write_tx():
        throttle.count("letter.client")
        locked = seats.lock(event_id) or abort(404)
        if form.claim():
            throttle.spend("letter.account", form.guest_email.data)
            registering.ask_guest(locked, form, lang())
    return go(url_for(".guest_asked", event_id=event_id))


@blueprint.get(f"{EVENT}/guest/letter")
@public
def guest_asked(event_id: int):
    """Say that a letter was sent to the address."""
    event = find_event(event_id)
    return render("trainings/guest_asked.html", event=event, trail=trail(event))


@blueprint.route("/registration/confirm/<token>", methods=["GET", "POST"])
@public
def confirm_guest(token: str):
    """Confirm an address: opening the link changes nothing, pressing the button does (S25)."""
    ticket = tickets.find(registering.CONFIRM, token)
    found = db.session.scalar(queries.one(ticket.subject_id)) if ticket else None
    is_good = found is not None and found.status == "unconfirmed"
    if request.method == "POST" and is_good:
        event_id = found.event_id
        try:
            return go(_confirm(ticket.id, found.id))
        except REFUSALS as trouble:
            flash(said(trouble), "warning")
            return go(url_for(".show", event_id=event_id))
    response = render("trainings/confirm_guest.html", registration=found if is_good else None, token=token, status=200 if is_good else 410)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _confirm(ticket_id: int, registration_id: int) -> str:
    with write_tx() as session:
        registration = seats.lock_of(registration_id) or abort(404)
        if not session.get_one(tickets.Ticket, ticket_id).use():
            raise seats.WrongState
        seats.arrive(registration.event, registration)
        location = reaching.own_page(registration)
    flash(_("Thank you. Your address is confirmed."), "success")
    return location
