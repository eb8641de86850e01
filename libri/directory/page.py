"""The parts of an organisation's page, each loaded once: tree, people, partnership card, venues, its pin on the map."""

from __future__ import annotations

import re
import secrets

from flask import g, url_for
from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy import select

from ..db import db
from ..i18n import lang
from ..members.models import Organisation
from ..search import fold
from . import projection
from .models import ContactPerson
from .queries import contacts as contact_queries
from .queries import organisation as queries
from .queries import venues as venue_queries


def parts(organisation: Organisation, may_edit: bool) -> dict:
    """What directory/show.html draws, as this reader may see it."""
    above = db.session.scalars(queries.with_ids(organisation.lineage - {organisation.id})).all()
    below = db.session.scalars(queries.children(organisation.id)).all()
    ended = db.session.scalars(contact_queries.ended_of(organisation.id)).all() if may_edit else []
    seen = [one for one in above if g.can.see_organisation(one)]
    return {
        "trail": trail(*seen),
        "above": seen,
        "below": [one for one in below if g.can.see_organisation(one)],
        "contacts": list(db.session.scalars(contact_queries.of(organisation.id))),
        "ended": ended,
        "card": partnership_card(organisation),
        "venues": list(db.session.scalars(venue_queries.of(organisation.id))),
        "pin": pin(organisation),
    }


def shown_in_full(found: dict) -> list[int]:
    """The contact persons among these parts whose hidden fields the reader sees too, because they look after them (P8)."""
    people = [*found["contacts"], *found["ended"], *(one for _place, here in found["card"] for one in here)]
    return [one.id for one in people if one.has_personal_data and one.member_id != g.can.member_id and g.can.edit_contact(one)]


def trail(*organisations: Organisation) -> list[tuple[str | Markup, str]]:
    """The way back up through `organisations`, for ui.breadcrumbs; names are marked with their language."""
    steps: list[tuple[str | Markup, str]] = [(_("Partners"), url_for("directory.index"))]
    for one in organisations:
        code, name = one.name_in(lang())
        steps.append((Markup('<bdi lang="{}">{}</bdi>').format(code or "und", name), url_for("directory.show", organisation_id=one.id)))
    return steps


def status_actions() -> dict[str, str]:
    """What the office's buttons say, by the status they lead to."""
    return {"active": _("Make it active"), "suspended": _("Suspend it"), "archived": _("Archive it")}


def partnership_card(organisation: Organisation) -> list[tuple[Organisation, list[ContactPerson]]]:
    """The local partnership of a municipality or city: each organisation with its contact persons (N3); else empty."""
    if organisation.parent_id is not None:
        return []
    members = list(db.session.scalars(queries.partnership(organisation.id)))
    if len(members) < 2:
        return []
    contacts = list(db.session.scalars(queries.contacts_of([one.id for one in members])))
    return [(one, [contact for contact in contacts if contact.organisation_id == one.id]) for one in members]


def pin(organisation: Organisation) -> dict | None:
    """What directory/_map.html needs to show where the organisation is, or None when the map does not reach there."""
    if organisation.latitude is None or organisation.longitude is None:
        return None
    x, y = projection.project(organisation.latitude, organisation.longitude)
    if not projection.is_inside(x, y):
        return None
    place = {"x": x, "y": y, "label": organisation.name_in(lang())[1], "count": 1,
             "url": url_for("directory.show", organisation_id=organisation.id)}
    return {"places": [place], "countries": [organisation.country], "frame": projection.around([(x, y)], smallest=200)}


def free_code(name: str) -> str:
    """A short code for a new organisation, made of its name and not yet taken."""
    stem = "org-" + (re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")[:44].strip("-") or "x")
    taken = db.session.scalar(select(Organisation.id).where(Organisation.code == stem))
    return f"{stem}-{secrets.token_hex(3)}" if taken else stem
