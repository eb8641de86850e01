"""Builders: one call makes a whole, valid thing and adds it to the session; the test names only what matters to it."""

from __future__ import annotations

from itertools import count

from libri.config import NOTICE_VERSION
from libri.db import db, now
from libri.directory.models import ContactPerson, Room, VenueOffer
from libri.i18n import Localized
from libri.members.models import Invitation, Member, Membership, Organisation

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
