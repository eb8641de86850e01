"""The organiser's list of participants: states, filters, notes, interpretation needed, and files to take along."""

from __future__ import annotations

import json
from collections import Counter

from flask import abort, flash, g, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from ... import audit, files, throttle
from ...db import db, now, write_tx
from ...forms import LibriForm, pressed
from ...i18n import language_name
from ...members.models import Organisation
from ...pages import go, render
from ...paging import part
from ...permissions import require
from .. import attending, exporting, giving, reading, seats, times
from ..files import file
from ..forms.participants import NoteForm, ParticipantsAsked
from ..models import Event, Export
from ..models.exports import FORMATS
from ..queries import participants as queries
from ..queries import registrations
from ..words import REGISTRATION_STATES
from . import blueprint
from .editing import managed
from .events import EVENT, trail

ROWS = 50
STATE_KINDS = {"confirmed": "good", "offered": "wait", "waiting": "wait", "requested": "wait", "refused": "bad"}
FORMAT = "<any(xlsx, csv, pdf):format>"


@blueprint.get(f"{EVENT}/participants")
def participants(event_id: int):
    """Everybody who registered, by arrival, as it is filtered."""
    event, is_waited_for = db.session.execute(queries.event(event_id)).one_or_none() or abort(404)
    if not g.can.see_event(event):
        abort(404)
    require(g.can.manage_event(event))
    form = ParticipantsAsked()
    asked = form.asked
    counts = Counter(dict(db.session.execute(queries.counts(event_id)).all()))
    found = part(queries.shown(event_id, asked), queries.SORT, rows=ROWS)
    audit.saw(event, event.organiser_id, registrations=[one.id for one in found.rows])
    return render(
        "trainings/participants.html", fragments=["participant_list"], event=event, form=form, part=found, named=Organisation.name_in,
        counts=counts, asked=asked.in_address, seats=reading.seats_of(event, counts), states=REGISTRATION_STATES, state_kind=STATE_KINDS,
        hours=attending.hours_of(event, [one.id for one in found.rows]), hours_words=times.hours_words,
        is_long=counts.total() > exporting.FEW, trail=trail(event), parts=reading.parts_of(event, is_waited_for),
        status=200 if form.is_good else 422)


@blueprint.get(f"{EVENT}/interpretation")
def interpretation(event_id: int):
    """Into which languages participants need interpretation, counted."""
    event = managed(event_id)
    rows = [(json.loads(languages or "[]"), number) for languages, number in db.session.execute(queries.languages(event_id))]
    understood = Counter({code: sum(number for spoken, number in rows if code in spoken) for spoken, _n in rows for code in spoken})
    needed: Counter[tuple[str, ...]] = Counter()
    for spoken, number in rows:
        if spoken and not set(spoken) & set(event.languages):
            needed[tuple(sorted(spoken, key=language_name))] += number
    return render("trainings/interpretation.html", event=event, needed=needed.most_common(), understood=understood.most_common(),
                  total=sum(number for _spoken, number in rows), said=sum(number for spoken, number in rows if spoken),
                  trail=[*trail(event), (_("Participants"), url_for(".participants", event_id=event_id))])


@blueprint.route("/registrations/<int:registration_id>/note", methods=["GET", "POST"])
def note(registration_id: int):
    """What the organiser wants to remember; the person sees it only among all that is kept on them."""
    registration = db.session.scalar(registrations.one(registration_id))
    if registration is None or not g.can.see_registration(registration):
        abort(404)
    require(g.can.manage_event(registration.event))
    form, event_id = NoteForm(data={"note": registration.note}), registration.event_id
    if not form.validate_on_submit():
        event = registration.event
        return render("trainings/note.html", form=form, registration=registration, status=422 if form.errors else 200,
                      trail=[*trail(event), (_("Participants"), url_for(".participants", event_id=event_id))])
    with write_tx():
        locked = seats.lock_of(registration_id) or abort(404)
        if form.claim() and locked.note != form.note.data:
            locked.note = form.note.data
            seats.note(locked, "noted")
    flash(_("The note is saved."), "success")
    return go(url_for(".participants", event_id=event_id))


@blueprint.post("/registrations/<int:registration_id>/seat")
def give_seat(registration_id: int):
    """Give a seat that the organiser keeps to somebody who has none."""
    registration = db.session.scalar(registrations.one(registration_id))
    if registration is None or not g.can.see_registration(registration):
        abort(404)
    require(g.can.manage_event(registration.event))
    pressed()
    try:
        with write_tx():
            locked = seats.lock_of(registration_id) or abort(404)
            giving.give(locked.event, locked)
    except giving.NoneKept:
        flash(_("You keep no seats any more. Change the number on the page “Edit”."), "warning")
    except seats.WrongState:
        flash(_("This person cannot be given a seat now."), "warning")
    else:
        flash(_("The seat is given. The person gets a letter."), "success")
    return go(url_for(".my_registration", registration_id=registration_id))


# ---- files -----------------------------------------------------------------------------------------------------------


@blueprint.get(f"{EVENT}/participants.{FORMAT}")
def participants_file(event_id: int, format: str):
    """The list as it is filtered, as a file; a long one is made by the worker meanwhile."""
    event = managed(event_id)
    throttle.check("export.member", str(g.can.member_id))
    asked = ParticipantsAsked().asked
    found = list(db.session.scalars(queries.numbers(event_id, asked)))
    if len(found) > exporting.FEW:
        flash(_("This list is long. Press the button, and the file is made for you."), "info")
        return go(url_for(".participants", event_id=event_id, **asked.in_address, _anchor="take-along"))
    content = exporting.written(event, format, asked)
    _record(event, format, found)
    return file(content, format, f"libri-participants-{event_id}-{now().date().isoformat()}")


def _record(event: Event, format: str, found: list[int]) -> None:
    organiser_id, event_id = event.organiser_id, event.id
    with write_tx() as session:
        throttle.count("export.member", str(g.can.member_id))
        _note(session.get_one(Event, event_id), organiser_id, format, found)


def _note(event: Event, organiser_id: int, format: str, found: list[int]) -> None:
    """Write down whose registrations a file holds (P8)."""
    audit.record("event.exported", event, organisation_id=organiser_id, format=format, rows=len(found), registrations=found)


@blueprint.post(f"{EVENT}/participants/exports")
def new_export(event_id: int):
    """Ask for the list as a file; its page shows how far it is."""
    event = managed(event_id)
    format, form = request.form.get("format", ""), LibriForm()
    if format not in FORMATS or not form.validate_on_submit():
        abort(422)
    throttle.check("export.member", str(g.can.member_id))
    asked = ParticipantsAsked().asked
    organiser_id, found = event.organiser_id, list(db.session.scalars(queries.numbers(event_id, asked)))
    with write_tx() as session:
        throttle.count("export.member", str(g.can.member_id))
        new = Export(event_id=event_id, member_id=current_user.id, format=format, asked=asked.in_address, total=len(found))
        session.add(new)
        session.flush()
        _note(session.get_one(Event, event_id), organiser_id, format, found)
        address = url_for(".export", export_id=new.id)
    return go(address)


def _mine(export_id: int) -> Export:
    """The file somebody asked for, while they still organise its event; 404 for everybody else."""
    found = db.session.get(Export, export_id)
    if found is None or found.member_id != g.can.member_id:
        abort(404)
    managed(found.event_id)
    return found


@blueprint.get("/exports/<int:export_id>")
def export(export_id: int):
    """How far a file is; the page asks again by itself until it can be fetched."""
    found = _mine(export_id)
    event = managed(found.event_id)
    return render("trainings/export.html", fragments=["export_state"], export=found,
                  trail=[*trail(event), (_("Participants"), url_for(".participants", event_id=event.id))])


@blueprint.get("/exports/<int:export_id>/file")
def export_file(export_id: int):
    """Fetch a file that is ready."""
    found = _mine(export_id)
    content = files.read(found.stored) if found.stored is not None else None
    if content is None:
        abort(404)
    return file(content, found.format, f"libri-participants-{found.event_id}-{found.at.date().isoformat()}")
