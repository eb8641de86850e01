"""Checking people in: the organiser's list, the badge on a phone, the code on site, and the sheet to sign."""

from __future__ import annotations

from flask import abort, flash, g, request, url_for
from flask_babel import gettext as _

from ... import audit, paging, throttle, tickets
from ...db import db, now, write_tx
from ...exchange import printing
from ...i18n import LANGUAGES
from ...pages import go, render
from ...permissions import public, require
from .. import attending, codes, reaching, reading, seats, sheets, times
from ..files import file
from ..forms.check_in import CheckInForm, CodeForm
from ..models import Event, Registration, Session
from ..queries import attendance as queries
from . import blueprint, own

CHECK_IN = "/trainings/<int:event_id>/check-in"


def managed(event_id: int) -> Event:
    """An event with its sessions, for its organiser; 404 for whoever may not see it."""
    event = db.session.scalar(reaching.whole_event(event_id))
    if event is None or not g.can.see_event(event):
        abort(404)
    require(g.can.manage_event(event))
    return event


def session_of(event: Event, number: int | None) -> Session | None:
    """The session that was asked for, else the one to show."""
    asked = next((one for one in event.sessions if one.id == number), None)
    if number is not None and asked is None:
        abort(404)
    return asked or attending.session_to_show(event)


@blueprint.get(CHECK_IN)
def check_in(event_id: int):
    """Who is expected at a session, and who is there."""
    event = managed(event_id)
    session = session_of(event, paging.number("session"))
    form = CheckInForm()
    people = list(db.session.scalars(queries.expected(event_id, form.parts).limit(queries.MOST + 1)))
    return render("trainings/check_in.html", fragments=["check_in_list"], event=event, session=session, people=people[:queries.MOST],
                  is_cut=len(people) > queries.MOST, here=attending.sessions_attended(one.id for one in people), counts=queries.counts(event_id),
                  form=form, times=times, moment=now(), parts=reading.parts_of(event), both=sheets.two_languages(event))


@blueprint.post(CHECK_IN)
def mark(event_id: int):
    """Check one person in to a session, or take that back."""
    managed(event_id)
    registration_id, number = paging.number("registration", request.form), paging.number("session", request.form)
    with write_tx():
        registration = seats.lock_of(registration_id or 0) or abort(404)
        event = db.session.scalars(reaching.whole_event(event_id)).one()
        session = session_of(event, number or 0)
        if registration.event_id != event_id or session is None:
            abort(404)
        if request.form.get("out"):
            attending.take_back(registration, session)
        else:
            _check_in(registration, session, "list")
    words = request.form.get("words", "")
    return go(url_for(".check_in", event_id=event_id, session=number, **({"words": words} if words else {}), _anchor=f"person-{registration_id}"))


def _check_in(registration: Registration, session: Session, how: str) -> None:
    try:
        attending.check_in(registration, session, how, g.can.member_id)
    except attending.NotConfirmed:
        flash(_("This person has no confirmed seat. Give them one first."), "error")


@blueprint.post(f"{CHECK_IN}/code")
def new_check_in_code(event_id: int):
    """Make a code for the wall, or a new one instead of one that got about."""
    managed(event_id)
    with write_tx():
        event = seats.lock(event_id)
        event.access_code = attending.new_code()
        audit.record("event.code_renewed", event, organisation_id=event.organiser_id)
    flash(_("The new code is shown below. An earlier code no longer works."), "success")
    return go(url_for(".check_in", event_id=event_id, _anchor="code"))


def _code_address(event: Event) -> str:
    return codes.address("check_in_code", event_id=event.id, code=event.access_code)


@blueprint.get(f"{CHECK_IN}/poster")
def poster(event_id: int):
    """The code on site alone on a sheet, for the wall or the first slide."""
    event = managed(event_id)
    if not event.access_code:
        abort(404)
    return render("trainings/poster.html", event=event, drawing=codes.for_page(_code_address(event)))


# ---- the badge: a code on the phone of the participant, read by the phone of the organiser --------------------------


@blueprint.get("/registrations/<int:registration_id>/badge")
def badge(registration_id: int):
    """A code to show at the door."""
    return _badge(own.of_member(registration_id))


@blueprint.get("/guest/<token>/badge")
@public
def guest_badge(token: str):
    """The same for a guest."""
    return _badge(own.of_guest(token))


def _badge(registration: Registration):
    if registration.status != "confirmed":
        abort(404)
    address = codes.address("scan", token=tickets.lasting_token("badge", registration.id))
    return render("trainings/badge.html", registration=registration, event=registration.event, times=times,
                  drawing=codes.for_page(address), page=reaching.own_page(registration))


@blueprint.route("/badges/<token>", methods=["GET", "POST"])
def scan(token: str):
    """What the organiser's phone opens when it reads a badge: who it is, and one button."""
    number = tickets.lasting_subject("badge", token)
    registration = db.session.scalar(queries.one(number)) if number else None
    if registration is None or not g.can.manage_event(registration.event):
        abort(404)
    session = session_of(registration.event, paging.number("session", request.form if request.method == "POST" else request.args))
    if request.method == "POST" and session is not None:
        with write_tx():
            _check_in(seats.lock_of(registration.id), session, "badge")
        return go(url_for(".scan", token=token, session=session.id))
    here = attending.sessions_attended([registration.id])[registration.id]
    return render("trainings/scan.html", registration=registration, event=registration.event, session=session, here=here, token=token,
                  times=times)


# ---- the code on site -----------------------------------------------------------------------------------------------


@blueprint.route("/trainings/<int:event_id>/here", methods=["GET", "POST"])
def check_in_code(event_id: int):
    """Check oneself in with the code on the wall; a scanned code is already filled in."""
    event = db.session.scalar(reaching.whole_event(event_id))
    if event is None or not g.can.see_event(event):
        abort(404)
    registration = seats.active_of(event_id, g.can.member_id)
    if registration is None or registration.status != "confirmed":
        return render("trainings/here.html", event=event, form=None, here={}, session=None, times=times, action="", reason="", page="")
    return _here(registration.id, event, url_for(".check_in_code", event_id=event_id))


@blueprint.route("/guest/<token>/here", methods=["GET", "POST"])
@public
def guest_check_in_code(token: str):
    """The same for a guest, who types the code."""
    registration = own.of_guest(token)
    if registration.status != "confirmed":
        abort(404)
    return _here(registration.id, registration.event, url_for(".guest_check_in_code", token=token))


def _no_session(event: Event) -> str:
    """Why nobody can check in now, and what helps."""
    if event.is_over:
        return _("This event is over. If you were there, ask the organiser to note it.")
    return _("No session takes check-ins now. Come back an hour before it begins.")


def _here(registration_id: int, event: Event, action: str):
    form = CodeForm(code=request.args.get("code", "")[:12])
    session = attending.session_now(event)
    if form.validate_on_submit():
        throttle.check("code.registration", str(registration_id))
        if not event.access_code or attending.cleaned(form.code.data) != event.access_code:
            throttle.count_miss("code.registration", str(registration_id))
            form.code.errors = [_("This is not the code of this event. Look at the wall and type it again.")]
        elif session is None:
            form.code.errors = [_no_session(event)]
        else:
            with write_tx():
                attending.check_in(seats.lock_of(registration_id), session, "code", g.can.member_id)
            return go(action)
    here = attending.sessions_attended([registration_id])[registration_id]
    registration = db.session.scalars(queries.one(registration_id)).one()
    return render("trainings/here.html", event=event, form=form, session=session, here=here, times=times, action=action,
                  reason="" if session else _no_session(event), page=reaching.own_page(registration), status=422 if form.is_submitted() else 200)


# ---- on paper -------------------------------------------------------------------------------------------------------


@blueprint.get("/trainings/<int:event_id>/attendance.pdf")
def sheet(event_id: int):
    """The attendance sheet in two languages, filled from the check-in."""
    event = managed(event_id)
    throttle.check("export.member", str(g.can.member_id))
    wanted = [code for code in (request.args.get("first", ""), request.args.get("second", "")) if code in LANGUAGES]
    people = list(db.session.scalars(queries.expected(event_id)))
    attended = attending.sessions_attended(one.id for one in people)
    content = sheets.content(event, people, attended, list(dict.fromkeys(wanted)) or sheets.two_languages(event))
    with write_tx():
        throttle.count("export.member", str(g.can.member_id))
        audit.record("event.sheet_printed", event, organisation_id=event.organiser_id, people=len(people),
                     registrations=[one.id for one in people])
    return file(printing.pdf(content, sheets.TEMPLATE), "pdf", f"libri-attendance-{event_id}-{now().date().isoformat()}")
