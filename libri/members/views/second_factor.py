"""The second factor: setting it up, its recovery codes, turning it off."""

from __future__ import annotations

from flask import flash, g, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user

from ... import audit, emails
from ...db import db, write_tx
from ...pages import go, render
from ...permissions import require
from .. import gate, two_factor
from ..forms.account import SetUpForm
from ..models import Member
from ..queries import account as queries
from . import blueprint


@blueprint.route("/me/second-factor", methods=["GET", "POST"])
@gate.fresh
def second_factor():
    """Set the second factor up by a first code, or see that it is on."""
    if current_user.has_second_factor:
        return go(url_for("members.recovery_codes"))
    form = SetUpForm()
    secret = two_factor.unseal(current_user, form.setup_token.data) if form.is_submitted() else None
    if not form.validate_on_submit():
        return _set_up_page(form, secret)
    step = two_factor.step_of(secret or "", form.code.data)
    if step is None:
        form.code.errors = [_("This code does not fit. Wait for the next one and check the clock of your phone.") if secret
                            else _("This page had been open too long. Add the new key to your app.")]
        return _set_up_page(form, secret)
    _turn_on(secret, step)
    flash(_("The second step is on. From now on a code is asked when you sign in."), "success")
    return go(url_for("members.recovery_codes"))


def _set_up_page(form, secret):
    secret = secret or two_factor.new_secret()
    form.setup_token.data = two_factor.seal(current_user, secret)
    groups = " ".join(secret[i:i + 4] for i in range(0, len(secret), 4))
    return render("members/second_factor.html", form=form, drawing=two_factor.drawing(current_user, secret), secret=groups,
                  is_needed=gate.needs_second_factor(g.can), status=422 if form.is_submitted() else 200)


def _turn_on(secret: str, step: int) -> None:
    with write_tx():
        member = db.session.get_one(Member, current_user.id)
        if member.has_second_factor:
            return
        codes = two_factor.turn_on(member, secret, step)
        gate.renew_credentials(member)
        gate.renew_session()
        emails.second_factor_changed(member, True)
        audit.record("second_factor.on", member)
    _show_once(codes)


def _show_once(codes: list[str]) -> None:
    """Let the next page show the codes: they travel there encrypted and are forgotten by it."""
    session["codes"] = two_factor.seal(current_user, " ".join(codes))


@blueprint.get("/me/recovery-codes")
@gate.fresh
def recovery_codes():
    """How many recovery codes are left; right after they were made, the codes themselves, once."""
    if not current_user.has_second_factor:
        return go(url_for("members.second_factor"))
    sealed = session.pop("codes", None) if request.method == "GET" else None
    codes = (two_factor.unseal(current_user, sealed) or "").split()
    return render("members/recovery_codes.html", codes=codes, left=db.session.scalar(queries.recovery_codes_left(current_user.id)),
                  is_needed=gate.needs_second_factor(g.can))


@blueprint.post("/me/recovery-codes")
@gate.fresh
def new_recovery_codes():
    """Make ten new recovery codes; the old ones are worth nothing."""
    if not current_user.has_second_factor:
        return go(url_for("members.second_factor"))
    with write_tx():
        member = db.session.get_one(Member, current_user.id)
        codes = two_factor.new_recovery_codes(member)
        audit.record("recovery_codes.new", member)
    _show_once(codes)
    flash(_("Here are ten new codes. The old ones no longer work."), "success")
    return go(url_for("members.recovery_codes"))


@blueprint.post("/me/second-factor/off")
@gate.fresh
def turn_off_second_factor():
    """Turn the second factor off, unless one's role asks for it (S26)."""
    require(not gate.needs_second_factor(g.can))
    with write_tx():
        member = db.session.get_one(Member, current_user.id)
        if member.has_second_factor:
            two_factor.turn_off(member)
            gate.renew_credentials(member)
            gate.renew_session()
            emails.second_factor_changed(member, False)
            audit.record("second_factor.off", member)
    flash(_("The second step is off."), "success")
    return go(url_for("members.account"))
