"""Materials for guests with a seat: they have no account, so their signed link opens what participants may open (E22, E23)."""

from __future__ import annotations

from collections.abc import Sequence

from flask import abort, url_for

from ... import files
from ...db import db
from ...permissions import public
from .. import reading
from ..models import Material, Registration
from . import blueprint, own


@blueprint.get("/guest/<token>/materials/<int:material_id>")
@public
def guest_material(token: str, material_id: int):
    """Send a file of the event of this guest, if it is for participants."""
    registration = own.of_guest(token)
    found = db.session.get(Material, material_id)
    if found is None or found.event_id != registration.event_id or not reading.is_shown(found, registration):
        abort(404)
    return files.send(found.stored or abort(404))


@blueprint.app_template_global()
def guest_materials(registration: Registration, token: str | None) -> Sequence[tuple[Material, str]]:
    """Materials with their addresses for the page of a guest; members find them on the page of the event."""
    if not token or not registration.is_guest or registration.status != "confirmed":
        return []
    found = reading.materials_for(registration.event, registration, manages=False)
    return [(one, one.link or url_for(".guest_material", token=token, material_id=one.id)) for one in found]
