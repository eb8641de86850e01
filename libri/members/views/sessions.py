"""One's open sessions and what happened at the door of the account."""

from __future__ import annotations

from flask import abort, flash, g, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import delete

from ... import audit
from ...db import db, write_tx
from ...pages import go, render
from .. import gate
from ..models import SignIn
from ..queries import account as queries
from . import blueprint


@blueprint.get("/me/sessions")
def sessions():
    """Where this account is signed in, and who came to its door lately (S5)."""
    labels = {
        "sign_in": _("Signed in"), "sign_in.refused": _("A wrong password"), "sign_in.code_refused": _("A wrong code"),
        "sign_in.again": _("Password given again"), "sign_in.again_refused": _("A wrong password"),
    }
    entries = db.session.scalars(queries.recent_sign_ins(current_user.id)).all()
    return render("members/sessions.html", sessions=gate.open_sessions(), entries=entries, labels=labels)


@blueprint.post("/me/sessions/<int:number>/end")
def end_one_session(number):
    """End one of one's own sessions."""
    with write_tx():
        ended = db.session.execute(delete(SignIn).where(SignIn.id == number, SignIn.member_id == current_user.id)).rowcount
        if not ended:
            abort(404)
        audit.record("session.ended")
    flash(_("That device is signed out."), "success")
    return go(url_for("members.sessions"))


@blueprint.post("/me/sessions/end")
def sign_out_everywhere():
    """End all sessions of one's own but this one (S5)."""
    with write_tx():
        gate.end_sessions_of(current_user.id, but=g.sign_in.id)
        audit.record("sessions.ended")
    flash(_("All other devices are signed out."), "success")
    return go(url_for("members.sessions"))
