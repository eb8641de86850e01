"""Choosing a new password: by a link sent by mail, or knowing the old one."""

from __future__ import annotations

from flask import flash, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from ... import audit, emails, throttle, tickets
from ...db import db, write_tx
from ...pages import go, render
from ...permissions import public
from .. import gate, passwords
from ..forms.account import ChangePasswordForm
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
    address = form.email.data.casefold()
    throttle.check("letter.client")
    throttle.check("letter.account", address)
    with write_tx():
        throttle.spend("letter.client")
        throttle.spend("letter.account", address)
        if (member := db.session.scalar(queries.by_email(address))) is not None:
            emails.new_password(member, tickets.issue("new_password", member.id, LINK_HOURS))
    flash(_("If this address has an account, a letter is on its way. The link in it works for one hour."), "success")
    return go(url_for("members.sign_in"))


@blueprint.route("/password/<token>", methods=["GET", "POST"])
@public
def choose_password(token):
    """Choose a new password by the link of a letter; every session of the account ends, nobody is signed in by it (S24)."""
    ticket = tickets.find("new_password", token)
    member = db.session.get(Member, ticket.subject_id) if ticket else None
    if member is None or not member.is_active:
        return _choose_page(None, token, 410)
    form = NewPasswordForm()
    if not form.validate_on_submit() or not form.is_good_for(member):
        return _choose_page(form, token, 422 if form.is_submitted() else 200)
    if not _set_by_link(token, passwords.hash_of(form.password.data)):
        return _choose_page(None, token, 410)
    flash(_("Your new password is set. Sign in with it."), "success")
    return go(url_for("members.sign_in"))


def _set_by_link(token: str, password_hash: str) -> bool:
    """Set the password in one transaction; False when the link has been used meanwhile."""
    with write_tx():
        ticket = tickets.find("new_password", token)
        if ticket is None or not ticket.use():
            return False
        member = db.session.get_one(Member, ticket.subject_id)
        member.password_hash = password_hash
        gate.renew_credentials(member)
        gate.end_sessions_of(member.id)
        emails.password_changed(member)
        audit.record("password.reset", member, member_id=member.id)
    return True


def _choose_page(form, token, status):
    response = render("members/choose_password.html", form=form, token=token, status=status)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@blueprint.route("/me/password", methods=["GET", "POST"])
@gate.fresh
def change_password():
    """Change the password knowing the old one, or set the first; the other sessions end (S5, S7, S20)."""
    form = ChangePasswordForm()
    before = current_user.password_hash
    if not before:
        del form.current_password
    if not form.validate_on_submit() or not form.is_good_for(current_user):
        return render("members/password.html", form=form, is_first=not before, status=422 if form.is_submitted() else 200)
    throttle.check("again.account", str(current_user.id))
    is_right = not before or passwords.is_right(before, form.current_password.data)
    if not _set_by_hand(before, passwords.hash_of(form.password.data), is_right):
        form.current_password.errors = [_("This is not your current password.")]
        return render("members/password.html", form=form, is_first=False, status=422)
    flash(_("Your new password is set. Your other devices are signed out."), "success")
    return go(url_for("members.account"))


def _set_by_hand(before: str, password_hash: str, is_right: bool) -> bool:
    """Set the password in one transaction, or count a wrong try."""
    with write_tx():
        throttle.hold("again.account", str(current_user.id))
        member = db.session.get_one(Member, current_user.id)
        if not is_right or member.password_hash != before:
            throttle.count("again.account", str(member.id))
            return False
        throttle.forget("again.account", str(member.id))
        member.password_hash = password_hash
        gate.renew_credentials(member)
        gate.renew_session()
        emails.password_changed(member)
        audit.record("password.changed", member)
    return True
