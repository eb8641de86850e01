"""Accepting an invitation: with a new account, or with the one whose address was invited (X1, S25)."""

from __future__ import annotations

from dataclasses import dataclass

from flask import flash, g, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from ... import audit, throttle, tickets
from ...config import NOTICE_VERSION
from ...db import db, write_tx
from ...forms import LibriForm
from ...i18n import lang
from ...pages import go, render
from ...permissions import public
from ...vocabularies import ROLES
from .. import gate, naming, passwords
from ..forms.invitations import NewAccountForm
from ..models import Invitation, Member, Membership
from ..queries import invitations as queries
from . import blueprint


@dataclass
class Letter:
    """What the link of a letter leads to: the invitation, how it stands, and whose account has its address."""

    token: str
    invitation: Invitation | None
    state: str
    account: Member | None = None


def _read(token: str) -> Letter:
    """Look a link up. States: invited, accepted, expired, withdrawn, replaced (a newer letter was sent), unknown."""
    ticket = tickets.known("invitation", token)
    invitation = db.session.scalar(queries.invitation(ticket.subject_id)) if ticket else None
    if ticket is None or invitation is None:
        return Letter(token, None, "unknown")
    is_alive = tickets.find("invitation", token) is not None
    state = "replaced" if invitation.state == "invited" and not is_alive else invitation.state
    if state == "invited" and invitation.organisation.status not in ("active", "draft"):
        state = "withdrawn"
    return Letter(token, invitation, state, db.session.scalar(queries.account(invitation.email)) if invitation.email else None)


@blueprint.route("/invitation/<token>", methods=["GET", "POST"])
@public
def accept(token):
    """Show the invitation; pressing the button accepts it, opening the page changes nothing."""
    throttle.check("ticket.client")
    letter = _read(token)
    form = LibriForm() if letter.account else NewAccountForm(language=lang())
    if not form.is_submitted():
        return _page(form, letter, {"invited": 200}.get(letter.state, 410))
    if form.first_location(""):
        return _done()
    if letter.state != "invited":
        return _refuse(form, letter)
    if letter.account is not None:
        return _join(form, letter)
    if current_user.is_authenticated:
        return _page(form, letter, 403)
    return _make_account(form, letter)


def _refuse(form, letter):
    if letter.invitation is None:
        with write_tx():
            throttle.count("ticket.client")
    return _page(form, letter, 410)


def _page(form, letter: Letter, status: int):
    is_other = letter.state == "invited" and current_user.is_authenticated and (
        letter.account is None or letter.account.id != current_user.id)
    response = render("members/accept.html", form=form, letter=letter, invitation=letter.invitation, is_other=is_other,
                      roles=ROLES, status=403 if is_other else status)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _done():
    """Lead on after the invitation was accepted, by this press or by the one before."""
    if g.can.member_id is None and not current_user.is_authenticated:
        flash(_("The invitation was accepted. Sign in to go on."), "info")
        return go(url_for("members.sign_in"))
    return go(url_for("home.index"))


def _join(form: LibriForm, letter: Letter):
    """Join with the account whose address was invited; somebody else's account is refused."""
    if not current_user.is_authenticated or letter.account.id != current_user.id or not form.validate():
        return _page(form, letter, 403 if current_user.is_authenticated else 200)
    with write_tx():
        invitation = _take(letter.token)
        if invitation is not None and form.claim():
            _enter(invitation, db.session.get_one(Member, current_user.id))
            form.led_to(url_for("home.index"))
    if invitation is None:
        return _page(form, _read(letter.token), 410)
    flash(_("You now belong to the organisation."), "success")
    return _done()


def _make_account(form: NewAccountForm, letter: Letter):
    """Make the account and the membership, and sign in."""
    names = [letter.invitation.organisation.name, *letter.invitation.organisation.names.values()]
    if not form.validate() or not form.is_good_for(letter.invitation.email, names):
        return _page(form, letter, 422)
    password_hash = passwords.hash_of(form.password.data)
    try:
        with write_tx():
            invitation = _take(letter.token)
            if invitation is not None and form.claim():
                _open_account(invitation, form, password_hash)
                form.led_to(url_for("home.index"))
    except IntegrityError:  # another invitation for the same address was accepted this very moment
        return go(url_for("members.accept", token=letter.token))
    if invitation is None:
        return _page(form, _read(letter.token), 410)
    flash(_("Welcome. Your account is ready."), "success")
    return go(url_for("home.index"))


def _take(token: str) -> Invitation | None:
    """Use the link up inside write_tx(); None when somebody was faster or it is over."""
    ticket = tickets.find("invitation", token)
    invitation = db.session.scalar(queries.locked(ticket.subject_id)) if ticket else None
    if invitation is None or invitation.state != "invited" or not ticket.use():
        return None
    return invitation


def _open_account(invitation: Invitation, form: NewAccountForm, password_hash: str) -> None:
    member = Member(email=invitation.email, name=form.name.data, function=invitation.function, password_hash=password_hash,
                    language=form.language.data, reads=[form.language.data], writes=[form.language.data],
                    timezone=invitation.organisation.timezone)
    member.read_notice(NOTICE_VERSION)
    db.session.add(member)
    db.session.flush()
    audit.record("member.created", member, member_id=member.id)
    _enter(invitation, member)
    naming.named(member)
    gate.open_session(member)
    audit.record("sign_in", member, member_id=member.id)


def _enter(invitation: Invitation, member: Member) -> None:
    """Accept, and join unless this member belongs there already; coordinating is added, never taken away."""
    invitation.accept(member)
    there = invitation.organisation_id
    place = db.session.scalar(select(Membership).where(Membership.member_id == member.id, Membership.organisation_id == there))
    if place is None:
        db.session.add(Membership(member_id=member.id, organisation_id=there, role=invitation.role, function=invitation.function))
    elif invitation.role == "coordinator":
        place.role = "coordinator"
    audit.record("invitation.accepted", invitation, member_id=member.id, role=invitation.role)
