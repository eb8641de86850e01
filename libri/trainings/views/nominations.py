"""Nominating colleagues in an order with substitutes (N14), and passing a seat to a colleague."""

from __future__ import annotations

from flask import abort, flash, g, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from ...db import db, write_tx
from ...pages import go, render
from ...permissions import require
from .. import registering, seats
from ..forms.nominations import NominationForm, ReplaceForm, nomination_form
from ..queries import registrations as queries
from . import blueprint
from .events import EVENT, trail
from .registering import REFUSALS, find_event, form_page, said
from .registrations import REGISTRATION, find_seen


@blueprint.route(f"{EVENT}/nominations", methods=["GET", "POST"])
def nominate(event_id: int):
    """Nominate several people at once; the order decides whose turn comes first."""
    event = find_event(event_id)
    require(g.can.register_others())
    people = [one for one in db.session.scalars(queries.colleagues(g.can, event)) if event.admits(one.organisation, one.role)]
    form = nomination_form(people)
    registered = db.session.scalars(queries.of_led(g.can, event_id)).all()
    if not form.validate_on_submit() or not event.takes_registrations:
        return form_page("nominate", event, form, people=people, registered=registered)
    try:
        number = _nominate(event_id, form)
    except REFUSALS as trouble:
        flash(said(trouble), "warning")
    else:
        flash(ngettext("%(num)s person is nominated and gets a letter.", "%(num)s people are nominated and get a letter.", number), "success")
    return go(url_for(".nominate", event_id=event_id))


def _nominate(event_id: int, form: NominationForm) -> int:
    chosen = form.chosen()
    with write_tx() as session:
        event = seats.lock(event_id) or abort(404)
        if form.claim():
            before = session.scalar(queries.last_rank(g.can, event_id)) or 0
            rows = [(session.scalars(queries.membership(number)).one(), None if rank is None else before + rank, consents)
                    for number, rank, consents in chosen]
            registering.nominate(event, rows, g.can.member_id)
    return len(chosen)


@blueprint.post(f"{REGISTRATION}/up")
def move_up(registration_id: int):
    """Let a nominee change places with the one before."""
    registration = find_seen(registration_id)
    require(g.can.lead_registration(registration))
    event_id = registration.event_id
    with write_tx():
        locked = seats.lock_of(registration_id) or abort(404)
        registering.move_up(locked)
    return go(url_for(".nominate", event_id=event_id, _anchor="registered"))


@blueprint.route(f"{REGISTRATION}/replace", methods=["GET", "POST"])
def replace(registration_id: int):
    """Pass a confirmed seat to a colleague of the same partnership."""
    registration = find_seen(registration_id)
    event = registration.event
    require(g.can.answer_offer(registration) or g.can.manage_event(event))
    if registration.status != "confirmed" or registration.partnership_id is None or event.is_over:
        flash(said(seats.WrongState()), "warning")
        return go(url_for(".my_registration", registration_id=registration_id))
    people = [one for one in db.session.scalars(queries.can_take_over(registration)) if event.admits(one.organisation, one.role)]
    form = ReplaceForm()
    form.offer(people)
    if not form.validate_on_submit():
        return render("trainings/replace.html", registration=registration, form=form, people=people,
                      trail=[*trail(event), (_("Registration"), url_for(".my_registration", registration_id=registration_id))],
                      status=422 if form.is_submitted() else 200)
    try:
        return go(_replace(registration_id, form))
    except REFUSALS as trouble:
        flash(said(trouble), "warning")
        return go(url_for(".my_registration", registration_id=registration_id))


def _replace(registration_id: int, form: ReplaceForm) -> str:
    """Replace in one transaction; return where to go on."""
    location = url_for(".my_registration", registration_id=registration_id)
    with write_tx() as session:
        registration = seats.lock_of(registration_id) or abort(404)
        if not form.claim():
            return form.first_location(location)
        membership = session.scalars(queries.membership(int(form.membership_id.data))).one()
        colleague = registering.of_member(membership.member, membership.organisation, g.can.member_id)
        seats.replace(registration.event, registration, colleague)
        form.led_to(location)
    flash(_("The seat is passed on. Both people get a letter."), "success")
    return location
