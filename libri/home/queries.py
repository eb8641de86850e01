"""What the first page shows: the network in numbers and on the map, one's own organisations, what is new."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for
from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import contains_eager

from ..db import db
from ..directory import projection
from ..directory.models import ContactPerson
from ..directory.queries.organisations import places_for_home
from ..i18n import country_name, lang, sort_key
from ..members.models import Membership, Organisation

MOST_NAMED = 200
"""Partners the public page names; all of them are in the directory."""
PIN = 44
"""How near two pins may be, in units of the map."""


def active() -> Select:
    """Every active organisation."""
    return select(Organisation).where(Organisation.status == "active")


# ---- the network for everybody: no person in it ----------------------------------------------------------------------


@dataclass(frozen=True)
class Network:
    """The network in numbers and on the map."""

    organisations: int
    towns: int
    countries: tuple[str, ...]
    places: list[dict]


def network() -> Network:
    """Numbers and pins of the active organisations, in one query."""
    rows = db.session.execute(places_for_home()).all()
    dots = []
    for row in rows:
        if row.latitude is not None and row.longitude is not None:
            x, y = projection.project(row.latitude, row.longitude)
            dots.append({"x": x, "y": y, "label": row.city, "country": row.country, "count": row.count})
    places = [_pin(group) for group in projection.gather([dot for dot in dots if projection.is_inside(dot["x"], dot["y"])], PIN)]
    return Network(sum(row.count for row in rows), len(rows), tuple(sorted({row.country for row in rows})), places)


def _pin(group: list) -> dict:
    """One pin for towns that would hide each other, named after the one with most partners."""
    x, y = projection.centre(group)
    largest = max(group, key=lambda dot: dot["count"])
    url = url_for("directory.index", country=largest["country"])
    return {"x": x, "y": y, "label": largest["label"], "count": sum(dot["count"] for dot in group), "url": url}


def by_country() -> list[tuple[str, list]]:
    """The partners by name in the reader's language, under their country: what the map shows, in words."""
    language = lang()
    rows = db.session.execute(
        select(Organisation.id, Organisation.name, Organisation.names, Organisation.languages, Organisation.country)
        .where(Organisation.status == "active")
        .order_by(Organisation.country, getattr(Organisation, f"sort_{language}"), Organisation.id).limit(MOST_NAMED)).all()
    countries: dict[str, list] = {}
    for row in rows:
        known = row.names.get(language)
        named = (language, known) if known else ((row.languages or [""])[0], row.name)
        countries.setdefault(row.country, []).append(named)
    return sorted(countries.items(), key=lambda pair: sort_key(country_name(pair[0]), language))


# ---- for somebody signed in ------------------------------------------------------------------------------------------


def memberships_of(member_id: int) -> Select:
    """The memberships of a member in organisations not archived, with the organisations."""
    return (select(Membership).join(Membership.organisation).where(Membership.member_id == member_id, Organisation.status != "archived")
            .options(contains_eager(Membership.organisation)).order_by(Organisation.sort_lv, Organisation.id))


def newest(limit: int = 5) -> Select:
    """The organisations that joined last."""
    return active().order_by(Organisation.created_at.desc(), Organisation.id.desc()).limit(limit)


def seeking_partners(limit: int = 5) -> Select:
    """The organisations looking for a partner, the newest wish first."""
    return (active().where(Organisation.seeks_partner.is_(True))
            .order_by(Organisation.seeks_partner_since.desc(), Organisation.id.desc()).limit(limit))


def without_contact(organisation_ids) -> Select:
    """Which of these organisations have nobody one could turn to."""
    current = exists().where(ContactPerson.organisation_id == Organisation.id, ContactPerson.ended_at.is_(None))
    return select(Organisation.id).where(Organisation.id.in_(organisation_ids), ~current)


def with_one_member(organisation_ids) -> Select:
    """Which of these organisations have a single member."""
    return (select(Membership.organisation_id).where(Membership.organisation_id.in_(organisation_ids))
            .group_by(Membership.organisation_id).having(func.count() == 1))
