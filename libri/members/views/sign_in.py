"""Signing in by password or by a link sent by mail, the second step, signing out."""

from __future__ import annotations

from flask import current_app, flash, g, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user

from ... import audit, emails, throttle, tickets
from ...db import db, now, write_tx
from ...pages import go, render, safe_next
from ...permissions import public
from .. import gate, passwords, two_factor
from ..forms.signing_in import CodeForm, LinkForm, SignInForm
from ..models import Member
from ..queries import members as queries
from . import blueprint

LINK_HOURS = 0.25
HALF_MINUTES = 10
"""How long somebody who gave the right password may take for the second step."""


@blueprint.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in():
    """Ask for address and password. Known and unknown addresses get the same answer in the same time (S19)."""
    form = SignInForm(next=safe_next(request.args.get("next"), "/"), email=request.args.get("email", ""))
    if not form.validate_on_submit():
        return _page(form, 422 if form.is_submitted() else 200)
    address = form.email.data.casefold()
    counted_by = gate.counted_by(address)
    throttle.check("sign_in.client")
    throttle.check("sign_in.account", counted_by)
    member = db.session.scalar(queries.by_email(address))
    before = member.password_hash if member else ""
    is_right = passwords.is_right(before, form.password.data)
    with write_tx():
        throttle.hold("sign_in.account", counted_by)
        throttle.hold("sign_in.client")
        member = db.session.scalar(queries.by_email(address))
        is_right = is_right and member is not None and member.password_hash == before
        if is_right:
            throttle.forget("sign_in.account", counted_by)
            step = _enter(member)
        else:
            throttle.count("sign_in.client")
            throttle.count("sign_in.account", counted_by)
            audit.record("sign_in.refused", member)
    if not is_right:
        form.password.errors = [_("The address and the password do not fit together.")]
        return _page(form, 422)
    next_page = safe_next(form.next.data, "/")
    return go(url_for(step, next=next_page) if step else next_page)


def _page(form, status):
    return render("members/sign_in.html", form=form, people=_sample_people(), status=status)


def _sample_people():
    """The people one can try: only in the sample network and only on this very machine."""
    at_home = request.remote_addr in ("127.0.0.1", "::1") and request.host.rsplit(":", 1)[0] in ("127.0.0.1", "localhost", "[::1]")
    if not (current_app.config.get("DEMONSTRATION") and at_home):
        return []
    return db.session.scalars(queries.sample_people()).all()


def _enter(member: Member) -> str | None:
    """Open the session inside write_tx(), or begin the second step and return its endpoint."""
    if member.has_second_factor:
        gate.end_session("kept")
        session.update(half=member.id, half_stamp=member.stamp[:8], half_at=int(now().timestamp()))
        return "members.sign_in_code"
    gate.open_session(member)
    audit.record("sign_in", member, member_id=member.id)
    return None


@blueprint.route("/sign-in/code", methods=["GET", "POST"])
@public
def sign_in_code():
    """The second step: a code of the app or a recovery code, each once."""
    form = CodeForm(next=safe_next(request.args.get("next"), "/"))
    member = _half_signed_in()
    if member is None:
        flash(_("Please sign in again."), "info")
        return go(url_for("members.sign_in", next=safe_next(form.next.data, "/")))
    if not form.validate_on_submit():
        return render("members/sign_in_code.html", form=form, status=422 if form.is_submitted() else 200)
    throttle.check("code.account", str(member.id))
    with write_tx():
        throttle.hold("code.account", str(member.id))
        member = db.session.get_one(Member, member.id)
        is_right = two_factor.use(member, form.code.data)
        if is_right:
            throttle.forget("code.account", str(member.id))
            gate.open_session(member)
            audit.record("sign_in", member, member_id=member.id, second_factor=True)
        else:
            throttle.count("code.account", str(member.id))
            audit.record("sign_in.code_refused", member, member_id=member.id)
    if is_right:
        return go(safe_next(form.next.data, "/"))
    form.code.errors = [_("This code does not fit, or it was used before. Wait for the next one.")]
    return render("members/sign_in_code.html", form=form, status=422)


def _half_signed_in() -> Member | None:
    """Who gave the right password a few minutes ago and owes the second step."""
    member = db.session.get(Member, session["half"]) if "half" in session else None
    in_time = now().timestamp() - session.get("half_at", 0) < HALF_MINUTES * 60
    return member if member and member.is_active and in_time and member.stamp[:8] == session.get("half_stamp") else None


@blueprint.post("/sign-in/link")
@public
def ask_for_link():
    """Send a link that signs in (X3); the answer is the same whether the address is known or not."""
    form = LinkForm()
    next_page = safe_next(form.next.data, "/")
    if not form.validate_on_submit():
        page = SignInForm(formdata=None, email=form.email.data, next=next_page)
        page.email.errors = form.email.errors
        return _page(page, 422)
    address = form.email.data.casefold()
    throttle.check("letter.client")
    throttle.check("letter.account", address)
    with write_tx():
        throttle.spend("letter.client")
        throttle.spend("letter.account", address)
        if (member := db.session.scalar(queries.by_email(address))) is not None:
            way = next_page if len(next_page) <= 254 else "/"
            emails.sign_in_link(member, tickets.issue("sign_in", member.id, LINK_HOURS, extra=way))
    flash(_("If this address has an account, a letter is on its way. The link in it works for 15 minutes."), "success")
    return go(url_for("members.again" if current_user.is_authenticated else "members.sign_in", next=next_page))


@blueprint.route("/sign-in/link/<token>", methods=["GET", "POST"])
@public
def enter_by_link(token):
    """Sign in by the link of a letter: opening it changes nothing, pressing the button does (S24)."""
    if request.method != "POST":
        return _link_page(token, tickets.find("sign_in", token) is not None)
    step, next_page, is_in = None, "/", False
    with write_tx():
        ticket = tickets.find("sign_in", token)
        member = db.session.get(Member, ticket.subject_id) if ticket and ticket.use() else None
        if member is not None and member.is_active:
            step, next_page, is_in = _enter(member), safe_next(ticket.extra, "/"), True
    if not is_in:
        return _link_page(token, False)
    return go(url_for(step, next=next_page) if step else next_page)


def _link_page(token, is_good):
    response = render("members/enter_by_link.html", is_good=is_good, token=token, status=200 if is_good else 410)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@blueprint.post("/sign-out")
def sign_out():
    """End this session; the browser forgets what it kept (S6, S61)."""
    with write_tx():
        audit.record("sign_out")
        gate.end_session()
    response = go(url_for("home.index"))
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@blueprint.post("/sign-in/extend")
def extend():
    """Stay signed in: any request does, this one only says for how long (A19)."""
    return {"minutes": g.session_minutes}
