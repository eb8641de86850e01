"""The gate: who is asking, what they may do, and what they must do first (sign in, second factor, read the notice)."""

from __future__ import annotations

import functools
import hashlib
import hmac
import secrets
from datetime import timedelta

from flask import Flask, current_app, g, redirect, request, session, url_for
from flask_login import LoginManager, current_user, login_user, logout_user
from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.orm import contains_eager

from .. import throttle
from ..config import NOTICE_VERSION
from ..db import Fact, db, now
from ..kept import keep_typed, page_of_the_form
from ..pages import refuse_foreign_post
from ..permissions import NOBODY, Can
from ..tickets import void
from .models import Member, Membership, Organisation, SignIn
from .queries.account import sessions_of

login_manager = LoginManager()
SEEN_EVERY = timedelta(seconds=60)
ALWAYS_OPEN = {"members.sign_out", "members.extend", "members.read_notice", "home.language"}
"""What a signed-in person may always do, even before the second factor is set up or the notice is read."""
ASKED_BY_THE_PAGE = {"exchange.new_replies"}
"""What an open page asks by itself: it is no sign that somebody is there, so it does not prolong a session (S3)."""
SETTING_UP = {"members.second_factor", "members.again", "members.recovery_codes"}
"""The pages on which a second factor is set up."""
LIVING = ("active", "draft")
"""States of an organisation in which its people may do what their memberships say."""
LINKS = ("sign_in", "new_password", "confirm_address")
"""Purposes of tickets that die with the credentials they were sent for (S24)."""


def init_app(app: Flask) -> None:
    """Ask every request at the gate; everything is closed unless its view says @public."""
    login_manager.session_protection = None  # our table of sessions does this
    login_manager.init_app(app)
    app.before_request(_gate)
    app.after_request(_count_dead_links)


_ASKED = (
    select(SignIn, Organisation.id.label("organisation_id"), Membership.role, Organisation.kind).where(SignIn.digest == bindparam("digest"))
    .join(SignIn.member).options(contains_eager(SignIn.member)).outerjoin(Membership, Membership.member_id == Member.id)
    .outerjoin(Organisation, (Organisation.id == Membership.organisation_id) & Organisation.status.in_(LIVING))
)
"""The session, its member and where they work: what every page asks first, in one statement."""


@login_manager.user_loader
def _load(token: str) -> Member | None:
    """The member whose open session `token` is; None for an ended or unknown one (S2)."""
    g.sign_in = g.ended_member_id = None
    rows = db.session.execute(_ASKED, {"digest": SignIn.digest_of(token)}).all()
    sign_in = rows[0].SignIn if rows else None
    if sign_in is None or not sign_in.member.is_active:
        return None
    g.can = _can(sign_in.member_id, [row for row in rows if row.organisation_id is not None])
    kind = "office" if g.can.is_office else "member"
    if sign_in.is_over(kind):
        g.ended_member_id, g.can = sign_in.member_id, NOBODY
        return None
    g.sign_in = sign_in
    g.session_minutes = _minutes(sign_in.ends_at(kind))
    return sign_in.member


def _minutes(end) -> int:
    return max(1, round((end - now()).total_seconds() / 60))


def can_of(member: Member) -> Can:
    """What `member` may do, read from the memberships of this moment (S4)."""
    return _can(member.id, db.session.execute(
        select(Membership.organisation_id, Membership.role, Organisation.kind)
        .join(Organisation).where(Membership.member_id == member.id, Organisation.status.in_(LIVING))).all())


def _can(member_id: int, places) -> Can:
    leads = frozenset(place.organisation_id for place in places if place.role == "coordinator")
    office = any(place.role == "coordinator" and place.kind == "coordinator" for place in places)
    return Can(member_id, office, leads, frozenset(place.organisation_id for place in places))


def _gate():
    g.can, g.sign_in, g.ended_member_id, g.session_minutes = NOBODY, None, None, None
    if (refusal := refuse_foreign_post()) is not None:
        return refusal
    if _by_link():
        throttle.check("ticket.client")
    _know_the_sample_network()
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None:
        return None
    signed_in = current_user.is_authenticated
    if signed_in:
        _note_presence()
    if getattr(view, "is_public", False):
        return _must_first_in_public() if signed_in else None
    if not signed_in:
        return ask_to_sign_in()
    return None if request.endpoint in ALWAYS_OPEN else _must_first()


def _by_link() -> bool:
    return "token" in (request.view_args or {})


def _count_dead_links(response):
    """Whatever a link was for: one that is forged, used or too old counts as a try to guess one (S17, S31)."""
    if _by_link() and response.status_code in (404, 410):
        throttle.count_miss("ticket.client")
    return response


def _know_the_sample_network() -> None:
    if "DEMONSTRATION" not in current_app.config:
        fact = db.session.get(Fact, "demonstration")
        current_app.config["DEMONSTRATION"] = bool(fact and fact.value.get("on"))


def ask_to_sign_in():
    """Lead a guest to the sign-in page and back; what they typed is kept meanwhile (R9)."""
    if request.method in ("GET", "HEAD"):
        next_page = request.full_path.rstrip("?")
        if request.headers.get("HX-Request"):
            next_page = request.headers.get("HX-Current-URL", next_page).split(request.host, 1)[-1]
    else:
        typed = keep_typed(g.ended_member_id) if "csrf_token" in request.form else None
        next_page = typed or page_of_the_form()
    address = url_for("members.sign_in", next=next_page)
    if request.headers.get("HX-Request") and request.endpoint in ASKED_BY_THE_PAGE:
        return "", 401  # nobody is led away from what they read or write
    if request.headers.get("HX-Request"):
        return "", 401, {"HX-Redirect": address}
    return redirect(address, 303)


def _must_first():
    """Send somebody to the one thing they must do before going on, or None."""
    if _owes_second_factor():
        return None if request.endpoint in SETTING_UP else redirect(url_for("members.second_factor"), 303)
    if current_user.notice_version != NOTICE_VERSION and request.endpoint not in SETTING_UP:
        return redirect(url_for("members.read_notice", next=_here()), 303)
    return None


def _must_first_in_public():
    """The home page leads on; other public pages are read as by a guest until the second factor is set up."""
    if request.endpoint == "home.index":
        return _must_first()
    if _owes_second_factor():
        g.can = NOBODY
    return None


def _owes_second_factor() -> bool:
    return needs_second_factor(g.can) and not current_user.has_second_factor


def _here() -> str:
    """The way back to what was asked for; what was typed waits there (R9)."""
    if request.method in ("GET", "HEAD"):
        return request.full_path.rstrip("?")
    return keep_typed(current_user.id) or page_of_the_form()


def needs_second_factor(can: Can) -> bool:
    """Office and coordinators need one, outside the sample network and unless the setting says off (S26)."""
    wanted = current_app.config["SECOND_FACTOR"] == "on" and not current_app.config.get("DEMONSTRATION")
    return wanted and (can.is_office or bool(can.leads))


def _note_presence() -> None:
    """Write down, at most once a minute, that this session is in use."""
    if now() - g.sign_in.seen_at < SEEN_EVERY or (request.endpoint in ASKED_BY_THE_PAGE and "show" not in request.args):
        return
    today = now().date()
    with db.engine.begin() as connection:
        connection.execute(update(SignIn).where(SignIn.id == g.sign_in.id).values(seen_at=now()))
        g.session_minutes = _minutes(g.sign_in.ends_at("office" if g.can.is_office else "member", seen_at=now()))
        if current_user.seen_on != today:
            connection.execute(update(Member).where(Member.id == current_user.id).values(seen_on=today))


# ---- opening and ending sessions -------------------------------------------------------------------------------------


def open_session(member: Member) -> None:
    """Sign `member` in, inside write_tx(): a new token, a new cookie, the member's language (S1).

    The session this browser had before ends. It becomes a known device of the member (S17).
    """
    if g.sign_in is not None:
        db.session.execute(delete(SignIn).where(SignIn.id == g.sign_in.id))
    token = SignIn.new_token()
    db.session.add(SignIn(digest=SignIn.digest_of(token), member_id=member.id, device=_device(), place=throttle.client()))
    start_cookie("kept")
    session.update(language=member.language, known=[_whose(member.email or ""), secrets.token_urlsafe(9)])
    member.session_token, member.seen_on = token, now().date()
    login_user(member)


def start_cookie(*kept: str) -> None:
    """Empty the cookie but for the language, the known device and the names in `kept`."""
    stays = {name: session[name] for name in ("language", "known", *kept) if name in session}
    session.clear()
    session.update(stays)


def counted_by(address: str) -> str:
    """What to count tries for `address` by: apart in a browser it signed in with, so that strangers do not lock it out (S17)."""
    whose, key = session.get("known", ("", ""))
    return f"{address} {key}" if whose == _whose(address) else address


def _whose(address: str) -> str:
    """A short keyed hash, since the cookie can be read by whoever sits at this computer next."""
    return hmac.new(current_app.config["SECRET_KEY"].encode(), f"known:{address}".encode(), hashlib.sha256).hexdigest()[:16]


def renew_session() -> None:
    """Give the present session a new token and call it fresh, inside write_tx() (S1, S7); its other data stay."""
    token = SignIn.new_token()
    db.session.execute(update(SignIn).where(SignIn.id == g.sign_in.id).values(digest=SignIn.digest_of(token), fresh_at=now()))
    session["_user_id"] = token


def renew_credentials(member: Member) -> None:
    """After a change of password, address or second factor, inside write_tx(): old links and other sessions are worth nothing."""
    member.renew_stamp()
    for purpose in LINKS:
        void(purpose, member.id)
    here = g.sign_in.id if g.sign_in is not None and g.sign_in.member_id == member.id else None
    end_sessions_of(member.id, but=here)


def end_session(*kept: str) -> None:
    """Sign out, inside write_tx(): the row goes, so a copied cookie opens nothing (S2). The names in `kept` stay in the cookie."""
    if g.sign_in is not None:
        db.session.execute(delete(SignIn).where(SignIn.id == g.sign_in.id))
    logout_user()
    start_cookie(*kept)
    g.can, g.sign_in = NOBODY, None


def end_sessions_of(member_id: int, but: int | None = None) -> int:
    """End all sessions of a member, inside write_tx(), except the one numbered `but`; return how many ended."""
    ended = db.session.execute(delete(SignIn).where(SignIn.member_id == member_id, SignIn.id != (but or 0)))
    return ended.rowcount


def open_sessions() -> list[SignIn]:
    """The sessions of the reader that are not over, this one first."""
    kind = "office" if g.can.is_office else "member"
    living = [s for s in db.session.scalars(sessions_of(current_user.id)) if not s.is_over(kind)]
    return sorted(living, key=lambda s: s.id != g.sign_in.id)


def _device() -> str:
    """A short name of the browser and system, such as `Firefox, Windows`; nothing more of the user agent is kept."""
    agent = request.user_agent.string
    browser = next((name for sign, name in (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"),
                                            ("Safari/", "Safari")) if sign in agent), "")
    system = next((name for sign, name in (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
                                           ("Mac OS", "macOS"), ("Linux", "Linux")) if sign in agent), "")
    return ", ".join(part for part in (browser, system) if part)


def fresh(view):
    """Ask for the password again before a sensitive change unless it was given minutes ago (S7)."""

    @functools.wraps(view)
    def asked(*args, **kwargs):
        if g.sign_in is not None and g.sign_in.is_fresh:
            return view(*args, **kwargs)
        return redirect(url_for("members.again", next=_here()), 303)

    return asked

