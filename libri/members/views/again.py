"""Proving once more who one is, before a sensitive change (S7)."""

from __future__ import annotations

from flask import request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from ... import audit, throttle
from ...db import db, write_tx
from ...pages import go, render, safe_next
from .. import gate, passwords, two_factor
from ..forms.signing_in import AgainForm, CodeForm, LinkForm
from ..models import Member
from . import blueprint


@blueprint.route("/sign-in/again", methods=["GET", "POST"])
def again():
    """Ask for the password; without one for a code of the app; without both for a link by mail."""
    home = url_for("members.account")
    form = _form()(next=safe_next(request.args.get("next"), home))
    if isinstance(form, LinkForm) or not form.validate_on_submit():
        return render("members/again.html", form=form, status=422 if form.is_submitted() else 200)
    throttle.check("again.account", str(current_user.id))
    before = current_user.password_hash
    fits = passwords.is_right(before, form.password.data) if before else None
    if not _prove(before, fits, form):
        return render("members/again.html", form=form, status=422)
    return go(safe_next(form.next.data, home))


def _form():
    if current_user.password_hash:
        return AgainForm
    return CodeForm if current_user.has_second_factor else LinkForm


def _prove(before: str, fits: bool | None, form) -> bool:
    """Call the session fresh, or count a wrong try, in one transaction."""
    with write_tx():
        throttle.hold("again.account", str(current_user.id))
        member = db.session.get_one(Member, current_user.id)
        is_right = two_factor.use(member, form.code.data) if fits is None else fits and member.password_hash == before
        if is_right:
            throttle.forget("again.account", str(member.id))
            gate.renew_session()
            audit.record("sign_in.again", member)
            return True
        throttle.count("again.account", str(member.id))
        audit.record("sign_in.again_refused", member)
    field, message = ((form.code, _("This code does not fit, or it was used before. Wait for the next one.")) if fits is None
                      else (form.password, _("This is not your current password.")))
    field.errors = [message]
    return False
