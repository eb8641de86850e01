"""One's account: what secures it, and its address."""

from __future__ import annotations

from flask import flash, g, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy.exc import IntegrityError

from ... import audit, emails, throttle, tickets
from ...db import db, write_tx
from ...pages import go, render
from ...permissions import public
from .. import gate
from ..forms.account import AddressForm
from ..models import Member
from ..queries import account as queries
from . import blueprint

ADDRESS_HOURS = 24


@blueprint.get("/me/account")
def account():
    """What secures this account."""
    return render(
        "members/account.html", codes_left=db.session.scalar(queries.recovery_codes_left(current_user.id)),
        sessions=gate.open_sessions(), must_have_second_factor=gate.needs_second_factor(g.can))


@blueprint.route("/me/address", methods=["GET", "POST"])
@gate.fresh
def change_address():
    """Ask the new address to confirm itself; the answer does not tell whether somebody else has it (S19)."""
    form = AddressForm()
    if not form.validate_on_submit():
        return render("members/address.html", form=form, status=422 if form.is_submitted() else 200)
    address, asks = form.email.data.casefold(), f"member {current_user.id}"
    if address == current_user.email:
        form.email.errors = [_("Your account has this address already.")]
        return render("members/address.html", form=form, status=422)
    throttle.check("letter.account", asks)
    throttle.check("letter.account", address)
    with write_tx():
        throttle.hold("letter.account", asks)
        throttle.count("letter.account", asks)
        throttle.count("letter.account", address)
        member = db.session.get_one(Member, current_user.id)
        ticket = tickets.issue("confirm_address", member.id, ADDRESS_HOURS, extra=address)
        if db.session.scalar(queries.holder_of(address)) is None:
            emails.confirm_address(member, address, ticket)
        audit.record("address.asked", member)
    flash(_("We have sent a letter to the new address. Open the link in it within 24 hours."), "success")
    return go(url_for("members.account"))


@blueprint.route("/address/<token>", methods=["GET", "POST"])
@public
def confirm_address(token):
    """Take the new address into use: opening the link changes nothing, pressing the button does."""
    ticket = tickets.find("confirm_address", token)
    if request.method == "POST" and ticket is not None and _use_address(token):
        flash(_("Your new address is in use from now on."), "success")
        return go(url_for("members.account" if current_user.is_authenticated else "members.sign_in"))
    is_good = request.method != "POST" and ticket is not None
    response = render("members/confirm_address.html", ticket=ticket if is_good else None, token=token, status=200 if is_good else 410)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _use_address(token: str) -> bool:
    """Change the address in one transaction; False when the link was used or the address has been taken meanwhile."""
    try:
        with write_tx():
            ticket = tickets.find("confirm_address", token)
            member = db.session.get(Member, ticket.subject_id) if ticket and ticket.use() else None
            if member is None or not member.is_active or db.session.scalar(queries.holder_of(ticket.extra)) is not None:
                return False
            old, member.email = member.email, ticket.extra
            db.session.flush()
            gate.renew_credentials(member)
            emails.address_changed(member, old, member.email)
            audit.record("address.changed", member, member_id=member.id)
    except IntegrityError:  # somebody else took it in the same moment
        return False
    return True
