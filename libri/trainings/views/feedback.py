"""Feedback after an event: given without a name, read by the organiser, and what came of it weeks later (E19, N18)."""

from __future__ import annotations

from flask import abort, flash, g, url_for
from flask_babel import gettext as _
from sqlalchemy import select

from ... import audit
from ...db import db, now, write_tx
from ...directory.spreadsheets import csv_file, xlsx_file
from ...exchange.cards import Card, cards
from ...exchange.queries import practices
from ...pages import go, render
from ...permissions import public
from .. import attending, certificates, feedback, reaching, reading, seats
from ..files import file
from ..forms.feedback import FeedbackForm
from ..models import Event, Registration
from . import blueprint, own
from .check_in import managed


@blueprint.route("/registrations/<int:registration_id>/feedback", methods=["GET", "POST"])
def feedback_form(registration_id: int):
    """A few questions to somebody who was there."""
    return _ask(own.of_member(registration_id), url_for(".feedback_form", registration_id=registration_id))


@blueprint.route("/guest/<token>/feedback", methods=["GET", "POST"])
@public
def guest_feedback_form(token: str):
    """The same to a guest."""
    return _ask(own.of_guest(token), url_for(".guest_feedback_form", token=token))


def was_there(registration: Registration) -> bool:
    """Whether somebody came to an event that has begun; where nobody is checked in, whoever had a seat."""
    event = registration.event
    if registration.status != "confirmed" or not event.has_begun:
        return False
    return bool(attending.sessions_attended([registration.id])[registration.id]) or not attending.is_checked(event.id)


def _ask(registration: Registration, action: str):
    if not was_there(registration):
        abort(404)
    form, page = FeedbackForm(), reaching.own_page(registration)
    if feedback.has_given(registration.id):
        return render("trainings/feedback_given.html", event=registration.event, page=page, why=_certificate_of(registration),
                      certificate=reaching.own_page(registration, "certificate"))
    if not form.validate_on_submit():
        return render("trainings/feedback.html", form=form, event=registration.event, action=action, page=page,
                      waive=reaching.own_page(registration, "waive_feedback"), status=422 if form.is_submitted() else 200)
    with write_tx():
        locked = seats.lock_of(registration.id)
        if form.claim() and not feedback.has_given(locked.id):
            feedback.give(locked.event, locked, form.answers)
    flash(_("Thank you. Your answers are kept without your name."), "success")
    return go(action)


def _certificate_of(registration: Registration) -> str:
    here = attending.sessions_attended([registration.id])[registration.id]
    return certificates.missing(registration.event, registration, here)


@blueprint.post("/registrations/<int:registration_id>/feedback/none")
def waive_feedback(registration_id: int):
    """Go on without giving feedback; the certificate does not depend on an opinion."""
    return _waive(own.of_member(registration_id))


@blueprint.post("/guest/<token>/feedback/none")
@public
def guest_waive_feedback(token: str):
    """The same for a guest."""
    return _waive(own.of_guest(token))


def _waive(registration: Registration):
    if not was_there(registration):
        abort(404)
    onward = reaching.own_page(registration, "certificate" if registration.event.gives_certificate else "")
    with write_tx():
        seats.lock_of(registration.id).feedback_waived = True
    return go(onward)


# ---- what was said ---------------------------------------------------------------------------------------------------


@blueprint.get("/trainings/<int:event_id>/feedback")
def feedback_results(event_id: int):
    """What people said, in numbers and in their words, for the organiser."""
    event = managed(event_id)
    found = feedback.answers_of(event_id)
    is_shown = len(found) >= feedback.FEWEST
    return render("trainings/feedback_results.html", event=event, number=len(found), is_shown=is_shown, fewest=feedback.FEWEST,
                  parts=reading.parts_of(event), ratings=feedback.counted(found) if is_shown else [],
                  texts=[(words, feedback.said(found, name)) for name, words in feedback.TEXTS.items()] if is_shown else [])


@blueprint.get("/trainings/<int:event_id>/feedback.<any(csv, xlsx):format>")
def feedback_file(event_id: int, format: str):
    """The answers as a table; each row is somebody, nobody knows who."""
    event = managed(event_id)
    found = feedback.answers_of(event_id)
    if len(found) < feedback.FEWEST:
        abort(404)
    names = [*feedback.RATINGS, *feedback.TEXTS]
    header = [str(words) for words in (*feedback.RATINGS.values(), *feedback.TEXTS.values())]
    rows = [[int(one.answers[name]) if name in feedback.RATINGS and name in one.answers else one.answers.get(name) for name in names]
            for one in found]
    with write_tx():
        audit.record("feedback.exported", db.session.get_one(Event, event_id), organisation_id=event.organiser_id, format=format)
    content = xlsx_file(header, rows, _("Feedback")) if format == "xlsx" else csv_file(header, rows)
    return file(content, format, f"libri-feedback-{event_id}")


# ---- weeks later: what did you use? ----------------------------------------------------------------------------------


@blueprint.get("/registrations/<int:registration_id>/used")
def used(registration_id: int):
    """What somebody used of an event: choose the practice that was tried, and tell of it (N6)."""
    registration = own.of_member(registration_id)
    if not was_there(registration):
        abort(404)
    return render("trainings/used.html", event=registration.event, registration=registration, cards=_near(registration.event),
                  page=reaching.own_page(registration))


def _near(event: Event) -> list[Card]:
    """Practices of the themes of an event, the latest first."""
    found: dict[int, Card] = {}
    for theme in event.themes or [""]:
        for card in cards(db.session.execute(practices.selection(practices.Filters(theme=theme), g.can, 8)).all()):
            found.setdefault(card.id, card)
    return list(found.values())[:8]


@blueprint.post("/registrations/<int:registration_id>/used")
def used_nothing(registration_id: int):
    """Nothing to tell: the second question is not asked any more."""
    registration = own.of_member(registration_id)
    with write_tx():
        one = db.session.scalars(select(Registration).where(Registration.id == registration.id).with_for_update()).one()
        one.asked_30_at, one.asked_90_at = one.asked_30_at or now(), one.asked_90_at or now()
    flash(_("Thank you. We will not ask again about this event."), "success")
    return go(url_for(".my_registration", registration_id=registration_id))
