"""Members, as the office looks after them: found, taken out of use, brought back, their sessions ended."""

from __future__ import annotations

from flask import abort, flash, g, request, url_for
from flask_babel import gettext as _

from ... import audit
from ...db import db, write_tx
from ...members import gate, leaving
from ...members.models import Member
from ...members.models.members import LastCoordinator
from ...notices import lookalikes
from ...pages import go, render
from ...paging import part
from ...permissions import require
from ..forms import MembersAsked
from ..queries import members as queries
from ..words import MEMBER_STATES
from . import blueprint


@blueprint.get("/members")
def members():
    """Everybody with an account, by name."""
    require(g.can.enter_office())
    form = MembersAsked()
    page = part(queries.found(**form.answers), queries.SORT)
    audit.saw(members=[member.id for (member,) in page.rows])
    return render("office/members.html", fragments=["member_list"], form=form, page=page, states=MEMBER_STATES)


@blueprint.get("/members/<int:member_id>")
def member(member_id: int):
    """One member and what the office can do about the account."""
    require(g.can.enter_office())
    person = _find(member_id)
    return render("office/member.html", member=person, sessions=db.session.scalar(queries.sessions_of(member_id)),
                  states=MEMBER_STATES, twins=lookalikes.twins(person))


@blueprint.post("/members/<int:member_id>/status")
def member_status(member_id: int):
    """Take an account out of use or bring it back; the last of the office stays (S39)."""
    require(g.can.disable_member(_find(member_id)))
    change = {"disabled": leaving.disable, "active": leaving.enable}.get(request.form.get("status", ""))
    if change is None:
        abort(422)
    try:
        with write_tx():
            change(_find(member_id))
    except LastCoordinator:
        flash(_("This is the last coordinator of the office. Make somebody else coordinator first."), "error")
    else:
        flash(_("The account is disabled.") if change is leaving.disable else _("The account can be used again."), "success")
    return go(url_for(".member", member_id=member_id))


@blueprint.post("/members/<int:member_id>/sessions")
def end_sessions(member_id: int):
    """Sign somebody out everywhere, as after a lost telephone."""
    require(g.can.enter_office())
    _find(member_id)
    with write_tx():
        mine = g.sign_in.id if member_id == g.can.member_id else None
        ended = gate.end_sessions_of(member_id, but=mine)
        audit.record("sessions.ended", db.session.get_one(Member, member_id), count=ended)
    flash(_("All sessions are ended."), "success")
    return go(url_for(".member", member_id=member_id))


def _find(member_id: int) -> Member:
    return db.session.scalar(queries.one(member_id)) or abort(404)
