"""Lists of the office without pages of their own: contacts to confirm, organisations by state, invitations."""

from __future__ import annotations

from flask import g, request

from ... import audit
from ...directory.queries.contacts import stale
from ...members.models.organisations import STEPS
from ...pages import render
from ...paging import part
from ...permissions import require
from ...vocabularies import ORGANISATION_STATES
from ..queries import contacts as contact_queries
from ..queries import invitations, organisations
from . import blueprint


@blueprint.get("/contacts")
def contacts():
    """Contact persons nobody has confirmed for a year, the oldest first (N1)."""
    require(g.can.enter_office())
    page = part(stale().order_by(None), contact_queries.SORT)
    return render("office/contacts.html", page=page)


@blueprint.get("/organisations")
def list_organisations():
    """Organisations in one state, or those without a contact person, with the next steps."""
    require(g.can.enter_office())
    state = request.args.get("status", "draft")
    query = organisations.without_contact() if state == "without_contact" else organisations.in_state(
        state if state in ORGANISATION_STATES else "draft")
    return render("office/organisations.html", page=part(query, organisations.SORT), state=state, states=ORGANISATION_STATES, steps=STEPS)


@blueprint.get("/invitations")
def list_invitations():
    """Invitations still open, or run out, the latest first."""
    require(g.can.enter_office())
    state = "expired" if request.args.get("state") == "expired" else "invited"
    page = part(invitations.in_state(state), invitations.SORT, descending=True)
    audit.saw(invitations=[invitation.id for (invitation,) in page.rows])
    return render("office/invitations.html", page=page, state=state)
