"""Choosing a new password: by a link sent by mail, or knowing the old one."""

from __future__ import annotations

from flask import flash, request, url_for
from flask_babel import gettext as _

from ... import audit, emails, throttle, tickets
from ...db import db, write_tx
from ...pages import go, render
from ...permissions import public
from .. import gate, passwords
from ..forms.signing_in import LinkForm, NewPasswordForm
from ..models import Member
from ..queries import members as queries
from . import blueprint

LINK_HOURS = 1


@blueprint.route("/password", methods=["GET", "POST"])
@public
def forgotten():
    """Ask for a link to choose a new password; the answer is the same for known and unknown addresses (S19)."""
    form = LinkForm(email=request.args.get("email", ""))
    if not form.validate_on_submit():
        return render("members/forgotten.html", form=form, status=422 if form.is_submitted() else 200)
    address = form.email.data.strip().casefold()
    throttle.check("letter.client")
    throttle.check("letter.account", address)
    with write_tx():
        throttle.count("letter.client")
        throttle.count("letter.account", address)
        if (member := db.session.scalar(queries.by_email(address))) is not None:
            emails.new_password(member, tickets.issue("new_password", member.id, LINK_HOURS))
    flash(_("If this address has an account, a letter is on its way. The link in it works for one hour."), "success")
    return go(url_for("members.sign_in"))


@blueprint.route("/password/<token>", methods=["GET", "POST"])
@public
def choose_password(token):
    """Choose a new password by the link of a letter; every session of the account ends, nobody is signed in by it (S24)."""
    throttle.check("ticket.client")
    ticket = tickets.find("new_password", token)
    member = db.session.get(Member, ticket.subject_id) if ticket else None
    form = NewPasswordForm()
    if member is None or not member.is_active:
        return _no_referrer(render("members/choose_password.html", form=None, token=token, status=410))
    if not form.validate_on_submit() or not form.is_good_for(member):
        return _no_referrer(render("members/choose_password.html", form=form, token=token, status=422 if form.is_submitted() else 200))
    password_hash = passwords.hash_of(form.password.data)
    with write_tx():
        ticket = tickets.find("new_password", token)
        is_done = ticket is not None and ticket.use()
        if is_done:
            member = db.session.get_one(Member, ticket.subject_id)
            member.password_hash = password_hash
            member.renew_stamp()
            gate.end_sessions_of(member.id)
            emails.password_changed(member)
            audit.record("password.reset", member, member_id=member.id)
        else:
            throttle.count("ticket.client")
    if not is_done:
        return _no_referrer(render("members/choose_password.html", form=None, token=token, status=410))
    flash(_("Your new password is set. Sign in with it."), "success")
    return go(url_for("members.sign_in"))


def _no_referrer(response):
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
