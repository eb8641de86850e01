"""One's own registration: found by its number for members, by the signed link of a letter for guests."""

from __future__ import annotations

from flask import abort, g

from ... import tickets
from ...db import db
from ..models import Registration
from ..queries import attendance as queries


def of_member(registration_id: int) -> Registration:
    """A registration of whoever is signed in, with its event; 404 for everybody else's."""
    registration = db.session.scalar(queries.one(registration_id))
    if registration is None or g.can.member_id is None or registration.member_id != g.can.member_id:
        abort(404)
    return registration


def of_guest(token: str) -> Registration:
    """The registration a guest's link stands for; 404 for one that is forged, or anonymised."""
    registration_id = tickets.lasting_subject("registration", token)
    registration = db.session.scalar(queries.one(registration_id)) if registration_id else None
    if registration is None or registration.member_id is not None or registration.anonymised_at or registration.status == "unconfirmed":
        abort(404)
    return registration
