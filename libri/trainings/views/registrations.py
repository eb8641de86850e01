"""One registration: its state and log, taking or declining an offer, cancelling, answers changed; guests by their signed link."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time, timedelta

from flask import abort, flash, g, request, url_for
from flask_babel import gettext as _

from ... import tickets
from ...db import db, now, write_tx
from ...notices.reading import visited
from ...pages import go, render
from ...permissions import public, require
from .. import deciding, rules, seats, times, waiting
from ..answering import answers_in_words, everything_in_words
from ..forms.registrations import AnswersForm, MoreTimeForm, form_for
from ..models import Registration
from ..queries import registrations as queries
from ..telling import LETTERS, is_by_other
from ..words import ENTRIES, REGISTRATION_STATES
from . import blueprint
from .events import trail
from .registering import REFUSALS, said

REGISTRATION = "/registrations/<int:registration_id>"
GUEST = "/guest/<token>"
STATE_KINDS = {"confirmed": "good", "requested": "wait", "waiting": "wait", "offered": "wait", "substitute": "wait"}


@blueprint.app_template_global()
def registration_words(what: str) -> tuple:
    """Heading and first sentence of a letter about a registration."""
    return LETTERS[what]


def find_seen(registration_id: int) -> Registration:
    """A registration with all that belongs to it, or 404 for whoever may not see it."""
    registration = db.session.scalar(queries.one(registration_id))
    if registration is None or not g.can.see_registration(registration):
        abort(404)
    return registration


def find_guest(token: str) -> Registration:
    """The registration a guest's link stands for; 404 for one that is forged, not confirmed, or anonymised."""
    registration_id = tickets.lasting_subject("registration", token)
    registration = db.session.scalar(queries.one(registration_id)) if registration_id else None
    if registration is None or not registration.is_guest or registration.anonymised_at or registration.status == "unconfirmed":
        abort(404)
    return registration


@blueprint.get(REGISTRATION)
def my_registration(registration_id: int):
    """How a registration stands, and what can be done: for the person, their coordinator and the organiser."""
    registration = find_seen(registration_id)
    visited(registration)
    return _page(registration, is_own=g.can.own_registration(registration))


@blueprint.get(GUEST)
@public
def guest_registration(token: str):
    """How a guest's registration stands."""
    return _page(find_guest(token), is_own=True)


def _page(registration: Registration, *, is_own: bool, form: MoreTimeForm | None = None):
    event = registration.event
    reads = is_own or g.can.read_answers(registration)
    return render(
        "trainings/registration.html", form=form or MoreTimeForm(formdata=None), status=422 if form else 200,
        registration=registration, event=event, is_own=is_own, reads=reads, rules=rules, times=times,
        place=waiting.position(event, registration) if registration.status == "waiting" else None,
        answers=answers_in_words(event, registration) if reads else [], log=_log(registration),
        entries=ENTRIES, states=REGISTRATION_STATES, state_kind=STATE_KINDS, is_by_other=is_by_other(registration),
        page=lambda name="": way(registration.id, name), may_answer=is_own or g.can.answer_offer(registration),
        manages=g.can.manage_event(event), may_change_answers=reads and registration.is_active and (
            g.can.manage_event(event) or takes_answers(registration)), now=now(), trail=trail(event))


def _log(registration: Registration) -> list:
    """The log; what the organiser prepares is told to nobody else before it is announced (E8)."""
    hidden = () if g.can.manage_event(registration.event) else ("prepared", "noted")
    return [entry for entry in db.session.scalars(queries.log(registration.id)) if entry.action not in hidden]


def way(registration_id: int, page: str = "") -> str:
    """The address of a registration or of a page below it, as the reader came: by its number, or by a guest's link."""
    token = (request.view_args or {}).get("token")
    if token:
        return url_for(f".guest_{page or 'registration'}", token=token)
    return url_for(f".{page or 'my_registration'}", registration_id=registration_id)


# ---- deeds -----------------------------------------------------------------------------------------------------------


@blueprint.post(f"{REGISTRATION}/accept")
def accept(registration_id: int):
    """Take the offered seat."""
    require(g.can.answer_offer(registration := find_seen(registration_id)))
    return _do(registration, seats.accept, _("The seat is confirmed."))


@blueprint.post(f"{REGISTRATION}/decline")
def decline(registration_id: int):
    """Give the offered seat to the next."""
    require(g.can.answer_offer(registration := find_seen(registration_id)))
    return _do(registration, seats.decline, _("The seat goes to the next person. Thank you for answering."))


@blueprint.post(f"{REGISTRATION}/cancel")
def cancel(registration_id: int):
    """Cancel, or leave the waiting list."""
    require(g.can.answer_offer(registration := find_seen(registration_id)))
    return _do(registration, seats.cancel, _("The registration is cancelled."))


@blueprint.post(f"{GUEST}/accept")
@public
def guest_accept(token: str):
    """Take the offered seat, as a guest."""
    return _do(find_guest(token), seats.accept, _("The seat is confirmed."))


@blueprint.post(f"{GUEST}/decline")
@public
def guest_decline(token: str):
    """Give the offered seat to the next, as a guest."""
    return _do(find_guest(token), seats.decline, _("The seat goes to the next person. Thank you for answering."))


@blueprint.post(f"{GUEST}/cancel")
@public
def guest_cancel(token: str):
    """Cancel, or leave the waiting list, as a guest."""
    return _do(find_guest(token), seats.cancel, _("The registration is cancelled."))


@blueprint.post(f"{REGISTRATION}/remove")
def remove(registration_id: int):
    """Cancel somebody's registration as the organiser, with a reason."""
    registration = find_seen(registration_id)
    require(g.can.manage_event(registration.event))
    reason = " ".join(request.form.get("reason", "").split())[:500]
    return _do(registration, lambda event, one: seats.remove(event, one, reason), _("The registration is cancelled. The person gets a letter."))


def _do(registration: Registration, deed: Callable, success: str):
    """Do something with a registration in one transaction; a second press finds it done and says how it stands."""
    location, number = way(registration.id), registration.id
    try:
        with write_tx():
            locked = seats.lock_of(number) or abort(404)
            if locked.event.is_over:
                raise seats.WrongState
            deed(locked.event, locked)
        flash(success, "success")
    except REFUSALS as trouble:
        flash(said(trouble), "warning")
    return go(location)


# ---- answers (E10) ---------------------------------------------------------------------------------------------------


@blueprint.route(f"{REGISTRATION}/answers", methods=["GET", "POST"])
def answers(registration_id: int):
    """Change the answers until the event's date for it; the organiser also later."""
    registration = find_seen(registration_id)
    require(g.can.read_answers(registration))
    return _answers(registration, is_organiser=g.can.manage_event(registration.event))


@blueprint.route(f"{GUEST}/answers", methods=["GET", "POST"])
@public
def guest_answers(token: str):
    """Change the answers, as a guest."""
    return _answers(find_guest(token), is_organiser=False)


def _answers(registration: Registration, *, is_organiser: bool):
    if not registration.is_active or not (is_organiser or takes_answers(registration)):
        flash(_("The answers cannot be changed any more."), "warning")
        return go(way(registration.id))
    form = form_for(AnswersForm, registration.event)
    form.fill(registration)
    if not form.validate_on_submit():
        return _answers_page(registration, form, 422 if form.is_submitted() else 200)
    location, number = way(registration.id), registration.id
    if not _save(number, form):
        return _answers_page(db.session.scalars(queries.one(number)).one(), form, 409)
    flash(_("Your answers are saved."), "success")
    return go(location)


def takes_answers(registration: Registration) -> bool:
    """Whether the person may change answers now: until the date of the event, or one of their own (E10)."""
    mine = registration.answers_until
    return registration.event.takes_answers or (mine is not None and now() < min(mine, registration.event.starts_at))


@blueprint.post(f"{REGISTRATION}/answers/until")
def more_time(registration_id: int):
    """Let one person change the answers until another day than the others (E10)."""
    registration = find_seen(registration_id)
    require(g.can.manage_event(registration.event))
    form = MoreTimeForm()
    if not form.validate_on_submit():
        return _page(registration, is_own=False, form=form)
    with write_tx():
        locked = seats.lock_of(registration_id) or abort(404)
        locked.answers_until = times.instant(form.until.data + timedelta(days=1), time(), locked.event.timezone)
        seats.note(locked, "may_answer", until=form.until.data.isoformat())
    flash(_("This person may change the answers until then."), "success")
    return go(way(registration_id))


def _answers_page(registration: Registration, form: AnswersForm, status: int):
    theirs = everything_in_words(registration.event, registration) if status == 409 else []
    form.version.data = str(registration.version)
    return render("trainings/answers.html", event=registration.event, form=form, theirs=theirs,
                  page=way(registration.id), action=way(registration.id, "answers"),
                  trail=[*trail(registration.event), (_("Registration"), way(registration.id))], status=status)


def _save(registration_id: int, form: AnswersForm) -> bool:
    """Save the answers; False when somebody saved others meanwhile."""
    with write_tx() as session:
        seats.lock_of(registration_id)
        registration = session.scalars(queries.one(registration_id).execution_options(populate_existing=True)).one()
        if form.version.data != str(registration.version):
            return False
        if form.claim():
            form.write(registration)
            registration.version, registration.changed_at = registration.version + 1, now()
            seats.note(registration, "answered")
            if not g.can.manage_event(registration.event):
                deciding.answers_changed(registration.event, registration)
        return True
