"""Materials and minutes of an event: given by its organiser, opened by those they are for (E22)."""

from __future__ import annotations

from flask import abort, flash, g, url_for
from flask_babel import gettext as _

from ... import audit, files, throttle
from ...db import db, write_tx
from ...forms import pressed
from ...members.gate import ask_to_sign_in
from ...pages import go, render
from ...permissions import public, require
from .. import editing, materials, reading, times
from ..forms.materials import MaterialForm
from ..models import Event, Material
from ..queries import events as queries
from ..words import MATERIAL_KINDS
from . import blueprint
from .editing import held, managed
from .events import EVENT, trail

MATERIAL = "/materials/<int:material_id>"


@blueprint.route(f"{EVENT}/materials", methods=["GET", "POST"])
@files.takes(files.RESOURCE)
def add_material(event_id: int):
    """What participants can open, and a form for one more file or link."""
    event = managed(event_id)
    form = MaterialForm()
    if not form.validate_on_submit():
        return _page(event, form)
    throttle.check("upload.member", str(g.can.member_id))
    try:
        visible = editing.moment(form.visible_from.data, event.timezone)
        taken = _taken(form.upload.data, event.organiser_id)
        _add(event_id, taken, form, visible)
    except times.NoSuchTime:
        form.visible_from.errors = [_("The clocks change that night and skip this time. Choose another one.")]
        return _page(event, form)
    except files.NotTaken as wrong:
        form.upload.errors = [wrong.sentence]
        return _page(managed(event_id), form)
    flash(_("The material is added."), "success")
    return go(url_for(".add_material", event_id=event_id))


def _taken(upload, organiser_id: int) -> files.Taken | None:
    return files.take(upload, upload.filename, organisation_id=organiser_id, member_id=g.can.member_id) if upload else None


def _add(event_id: int, taken: files.Taken | None, form: MaterialForm, visible) -> None:
    given = {name: form[name].data for name in ("title", "kind", "language", "link", "is_for_all")} | {"visible_from": visible}
    with write_tx() as session:
        throttle.count("upload.member", str(g.can.member_id))
        if form.claim():
            event = held(session, event_id)
            new = materials.add(event_id, taken, given, g.can.member_id)
            audit.record("material.added", new, organisation_id=event.organiser_id, event=event_id)


def _page(event: Event, form: MaterialForm):
    found = db.session.scalars(queries.materials(event.id)).all()
    return render("trainings/materials.html", form=form, event=event, materials=found, kinds=MATERIAL_KINDS, trail=trail(event),
                  parts=reading.parts_of(event), status=422 if form.errors else 200)


@blueprint.post(f"{MATERIAL}/remove")
def remove_material(material_id: int):
    """Take a material away; a stored file is deleted."""
    material = db.session.get(Material, material_id) or abort(404)
    event_id = managed(material.event_id).id
    pressed()
    with write_tx() as session:
        material = session.get(Material, material_id) or abort(404)
        audit.record("material.removed", material, event=event_id)
        left = materials.remove(material)
    files.forget(left)
    flash(_("The material is removed."), "success")
    return go(url_for(".add_material", event_id=event_id))


@blueprint.get(MATERIAL)
@public
def material(material_id: int):
    """Send a file to those it is for; asked for rights each time."""
    found = db.session.get(Material, material_id)
    event = db.session.scalar(queries.one(found.event_id)) if found is not None else None
    if found is None or event is None or not g.can.see_event(event):
        return abort(404) if g.can.read_network() else ask_to_sign_in()
    require(g.can.manage_event(event) or reading.is_shown(found, reading.own_registration(event.id, g.can)))
    return files.send(found.stored or abort(404))
