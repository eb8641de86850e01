"""The first member of the office: invited from the command line, because no account is built in (S29)."""

from __future__ import annotations

from flask import current_app, url_for
from sqlalchemy import select

from .. import audit, tickets
from ..config import INVITATION_DAYS
from ..db import db, write_tx
from .models import Invitation, Organisation

OFFICE = {"code": "office", "kind": "coordinator", "programme_role": "coordinator", "status": "active", "country": "LV", "city": "Rīga",
          "name": "Kultūras informācijas sistēmu centrs", "languages": ["lv"]}
"""The coordinating organisation, when the database has none yet."""


def invite_to_office(address: str) -> str:
    """Invite `address` as coordinator of the coordinating organisation; return the link, which works once."""
    with write_tx() as session:
        office = session.scalar(select(Organisation).where(Organisation.kind == "coordinator").order_by(Organisation.id).limit(1))
        office = office or _add_office()
        invitation = session.scalar(select(Invitation).where(
            Invitation.email == address, Invitation.organisation_id == office.id, Invitation.status == "invited"))
        if invitation is None:
            invitation = Invitation(email=address, organisation_id=office.id, role="coordinator")
            session.add(invitation)
            session.flush()
        invitation.role = "coordinator"
        invitation.send_again()
        ticket = tickets.issue("invitation", invitation.id, INVITATION_DAYS * 24)
        audit.record("invitation.sent", invitation)
        token = ticket.token()
    with current_app.test_request_context():
        return current_app.config["BASE_URL"] + url_for("members.accept", token=token)


def _add_office() -> Organisation:
    office = Organisation(**OFFICE)
    db.session.add(office)
    db.session.flush()
    office.place_under(None)
    office.index_names()
    return office
