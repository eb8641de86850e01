"""Announcing an event: begun, written, published, copied, cancelled; two people who write at once lose nothing."""

from __future__ import annotations

from flask import abort, flash, g, request, url_for
from flask_babel import gettext as _

from ... import audit, files
from ...db import OutOfDate, db, now, write_tx
from ...directory.forms.fields import with_names
from ...forms import LibriForm, pressed
from ...i18n import Localized, lang
from ...members.models import Organisation
from ...pages import go, render
from ...permissions import require
from ...resources import uses
from .. import changes, comparing, editing, materials, reading, times, venues
from ..forms.events import EventForm, NewEventForm, cancel_form, form_for
from ..models import Event, Session
from ..queries import events as queries
from ..queries.organisers import organisers
from . import blueprint
from .events import EVENT, find, trail


def managed(event_id: int) -> Event:
    """The event, for those who organise it."""
    event = find(event_id)
    require(g.can.manage_event(event))
    return event


def held(session, event_id: int) -> Event:
    """The event inside write_tx(), locked; 404 when it is gone."""
    return session.scalar(queries.locked(event_id)) or abort(404)


def _choices(present: Organisation | None = None) -> list[tuple[str, str]]:
    found = list(db.session.scalars(organisers(g.can)))
    if present is not None and present not in found:
        found.append(present)
    return with_names(found)


@blueprint.route("/trainings/new", methods=["GET", "POST"])
def new():
    """Begin an event: a minute's writing makes a draft."""
    require(reading.may_create(g.can))
    first = db.session.scalars(organisers(g.can).limit(1)).first()
    form = NewEventForm(_choices(), [lang(), *(first.languages if first else [])])
    form.zone = first.timezone if first else "Europe/Riga"
    if not form.validate_on_submit():
        return render("trainings/new.html", form=form, status=422 if form.is_submitted() else 200,
                      trail=[(_("Trainings and events"), url_for(".index"))])
    address = _begin(form)
    flash(_("Your draft is saved. Only organisers see it."), "success")
    return go(address)


def _begin(form: NewEventForm) -> str:
    with write_tx() as session:
        if not form.claim():
            return form.first_location(url_for(".index", show="ours"))
        organiser = session.get_one(Organisation, int(form.organiser_id.data))
        require(g.can.create_event_of(organiser))
        event = Event(kind=form.kind.data, mode=form.mode.data, organiser_id=organiser.id, created_by_id=g.can.member_id,
                      title=Localized({form.language.data: form.title.data}), timezone=organiser.timezone, languages=organiser.languages[:1],
                      city="" if form.mode.data == "online" else organiser.city, country=organiser.country)
        starts, ends = times.session_of(form.day.data, form.starts.data, form.ends.data, organiser.timezone)
        event.sessions = [Session(starts_at=starts, ends_at=ends, hours=round((ends - starts).total_seconds() / 3600, 2))]
        editing.settle(event)
        session.add(event)
        session.flush()
        audit.record("event.begun", event, organisation_id=organiser.id)
        return form.led_to(url_for(".edit", event_id=event.id))


@blueprint.route(f"{EVENT}/edit", methods=["GET", "POST"])
def edit(event_id: int):
    """Change everything about an event; participants are told of a new time or place by themselves."""
    event = managed(event_id)
    form = form_for(event, _choices(event.organiser))
    if "more" in request.form or not form.validate_on_submit():
        return _page(form, event)
    try:
        _save(event_id, form)
    except OutOfDate:
        event = find(event_id)
        return _page(form, event, _compare(event, form), 409)
    except editing.TooFewSeats as wrong:
        form.capacity.errors = [_("%(count)s people have a seat already. The event needs at least as many.", count=wrong.args[0])]
        return _page(form, find(event_id))
    except editing.SessionUsed:
        form.session_0_day.errors = [_("People are checked in to a session you took out. Keep that session.")]
        return _page(form, find(event_id))
    flash(_("The event is saved."), "success")
    return go(url_for(".show", event_id=event_id))


def _page(form: EventForm, event: Event, conflicts=None, status: int = 0):
    status = status or (422 if form.errors else 200)
    open_codes = (lang(), *event.organiser.languages[:1])
    return render("trainings/edit.html", form=form, event=event, conflicts=conflicts, open_codes=open_codes, trail=trail(event),
                  parts=reading.parts_of(event), status=status)


def _save(event_id: int, form: EventForm) -> None:
    with write_tx() as session:
        event = held(session, event_id)
        require(g.can.manage_event(event))
        if not form.claim():
            return
        if form.version.data != str(event.version):
            raise OutOfDate
        organiser = session.get(Organisation, int(form.organiser_id.data))
        if organiser is None or not g.can.create_event_of(organiser):
            abort(403)
        event.organiser = organiser
        editing.write(event, form)
        event.version += 1
        audit.record("event.changed", event, organisation_id=event.organiser_id)


def _compare(event: Event, form: EventForm) -> list[dict]:
    """The fields in which the saved event differs from what was typed, in words."""
    saved = form_for(event, _choices(event.organiser))
    saved.process(data=editing.values(event))
    form.version.data = str(event.version)
    return comparing.rows(form, saved)


@blueprint.post(f"{EVENT}/publish")
def publish(event_id: int):
    """Show a draft to everybody it is meant for."""
    event = managed(event_id)
    pressed()
    lacks = editing.missing(event)
    if event.status != "draft":
        abort(409)
    if lacks:
        flash(" ".join([_("The event is not published yet."), *lacks]), "error")
        return go(url_for(".edit", event_id=event_id))
    with write_tx() as session:
        event = held(session, event_id)
        if event.status == "draft":
            event.status, event.published_at, event.version = "published", now(), event.version + 1
            changes.begin(event)
            audit.record("event.published", event, organisation_id=event.organiser_id)
    flash(_("The event is published."), "success")
    return go(url_for(".show", event_id=event_id))


@blueprint.route(f"{EVENT}/copy", methods=["GET", "POST"])
def copy(event_id: int):
    """Begin a new event with the texts, rules and questions of an earlier one."""
    event = managed(event_id)
    form = LibriForm()
    if not form.validate_on_submit():
        return render("trainings/copy.html", form=form, event=event, trail=trail(event), status=422 if form.is_submitted() else 200)
    with write_tx() as session:
        if form.claim():
            new = editing.copy_of(held(session, event_id), g.can.member_id)
            uses.copy("event", event_id, new.id)
            audit.record("event.copied", new, organisation_id=new.organiser_id, original=event_id)
            address = form.led_to(url_for(".edit", event_id=new.id))
        else:
            address = form.first_location(url_for(".index", show="ours"))
    flash(_("This is the copy. Choose its days now."), "success")
    return go(address)


@blueprint.post(f"{EVENT}/drop")
def drop(event_id: int):
    """Delete a draft that was never published."""
    managed(event_id)
    pressed()
    with write_tx() as session:
        event = held(session, event_id)
        if event.status != "draft":
            abort(409)
        audit.record("event.dropped", event, organisation_id=event.organiser_id)
        venues.free(event, g.can.member_id)
        left = materials.remove_all(session, event_id)
        uses.forget("event", event_id)
        session.delete(event)
    files.forget(left)
    flash(_("The draft is deleted."), "success")
    return go(url_for(".index", show="ours"))


@blueprint.route(f"{EVENT}/cancel", methods=["GET", "POST"])
def cancel_event(event_id: int):
    """Cancel an event: everybody who is registered gets a letter that takes it out of their calendar."""
    event = managed(event_id)
    form = cancel_form()
    if event.status != "published" or event.is_over:
        abort(409)
    if not form.validate_on_submit():
        return render("trainings/cancel.html", form=form, event=event, trail=trail(event), open_codes=(lang(), *event.languages[:1]),
                      status=422 if form.is_submitted() else 200)
    with write_tx() as session:
        event = held(session, event_id)
        if form.claim() and event.status == "published":
            editing.cancel(event, form.typed("reason"), g.can.member_id)
    flash(_("The event is cancelled. Everybody who was registered gets a letter."), "success")
    return go(url_for(".show", event_id=event_id))
