"""Builders: one call makes a whole, valid thing and adds it to the session; the test names only what matters to it."""

from __future__ import annotations

from itertools import count

import pyotp

from libri import tickets
from libri.config import NOTICE_VERSION
from libri.db import db, now
from libri.directory.models import ContactPerson, ImportDraft, Room, VenueOffer
from libri.members import two_factor
from libri.members.models import Invitation, Member, Membership, Organisation
from libri.outbox import Letter

_number = count(1)


def organisation(name: str, parent: Organisation | None = None, **given) -> Organisation:
    """An active public library in Latvia unless said otherwise."""
    values = {"kind": "public_library", "country": "LV", "city": "Rīga", "status": "active", "languages": ["lv"], "themes": [],
              "code": f"org-{next(_number)}"} | given
    new = Organisation(name=name, **values)
    db.session.add(new)
    db.session.flush()
    new.place_under(parent)
    new.index_names()
    db.session.flush()
    return new


def member(name: str, reads: str, at: Organisation | None, role: str = "member", **given) -> Member:
    """A member who has read the notice; `reads` is the language they read and write."""
    values = {"email": f"{name.lower()}{next(_number)}@library.example", "language": "en", "reads": [reads], "writes": [reads],
              "notice_version": NOTICE_VERSION, "notice_read_at": now()} | given
    new = Member(name=name, **values)
    if at is not None:
        new.memberships = [Membership(organisation_id=at.id, role=role, function="librarian")]
    db.session.add(new)
    db.session.flush()
    return new


def contact(at: Organisation, function: str = "Reading room librarian", **given) -> ContactPerson:
    """A contact person with name and e-mail shown to the network."""
    values = {"name": f"Contact {next(_number)}", "email": f"contact{next(_number)}@library.example", "languages": ["lv"],
              "visibility": {"name": "network", "email": "network"}, "consented_on": now().date(), "confirmed_on": now()} | given
    new = ContactPerson(organisation_id=at.id, function=function, **values)
    db.session.add(new)
    db.session.flush()
    return new


def venue(at: Organisation, capacity: int = 40, **given) -> VenueOffer:
    """A venue offer with one room."""
    new = VenueOffer(organisation_id=at.id, **({"name": "Reading hall", "rooms": [Room(capacity=capacity, equipment=["projector"])]} | given))
    db.session.add(new)
    db.session.flush()
    return new


def invitation(at: Organisation, email: str = "nina@library.example", **given) -> Invitation:
    """An open invitation as member."""
    new = Invitation(email=email, organisation_id=at.id, **given)
    db.session.add(new)
    db.session.flush()
    return new


SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def second_factor(member: Member) -> list[str]:
    """Turn on the second factor of a member, with SECRET in the app; return the recovery codes."""
    codes = two_factor.turn_on(member, SECRET, 0)
    db.session.flush()
    return codes


def code(steps: int = 0) -> str:
    """What the app shows now, or so many steps of 30 seconds later."""
    return pyotp.TOTP(SECRET).at(int(now().timestamp()) + 30 * steps)


def ticket(purpose: str, member: Member, hours: float = 1, extra: str = "") -> str:
    """The token of a link in a letter to a member."""
    return tickets.issue(purpose, member.id, hours, extra).token()


def letter(to: Member, kind: str = "password_changed", **given) -> Letter:
    """A letter that waits in the outbox."""
    new = Letter(kind=kind, to_address=to.email, language=to.language, member_id=to.id, **given)
    db.session.add(new)
    db.session.flush()
    return new


def table(owner: Member, *rows: list[str]) -> ImportDraft:
    """A table waiting to be imported: with a header and `rows`, else one that lacks a column."""
    new = ImportDraft(member_id=owner.id, filename="partners.csv", rows=list(rows) or [["id"], ["org-x"]])
    db.session.add(new)
    db.session.flush()
    return new
