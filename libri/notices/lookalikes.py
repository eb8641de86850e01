"""Names that could be mistaken for another: the office is told when somebody takes one (S53, after Unicode TS 39)."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from flask import url_for
from sqlalchemy import Row, Select, select

from ..db import db
from ..members.models import Member, Membership, Organisation
from ..search import fold
from .models import tell

LOOKS = str.maketrans(dict(zip("АВЕЅІЈКМНОРСТУХЬавгеѕіјкмнорстухьһӏԁԛԝ" "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαγικνορτυχ" "ɑɡɩօսհո",
                               "ABESIJKMHOPCTYXbabresijkmhopctyxbhldqw" "ABEZHIKMNOPTYXayiKvoptux" "agiouhn", strict=True)))
"""Cyrillic, Greek and Armenian letters → the Latin one they look like."""
ALIKE = str.maketrans("01|i", "olll")
"""Signs that look alike in small letters without accents."""


@lru_cache(maxsize=20_000)
def skeleton(name: str) -> str:
    """How a name looks: the same for `Dina`, `DINA`, `Diņa` and a `Dinа` whose last letter is Cyrillic."""
    plain = fold(unicodedata.normalize("NFKD", name).translate(LOOKS)).translate(ALIKE)
    return "".join(sign for sign in plain if sign.isalnum()).replace("rn", "m").replace("vv", "w")


def twins(member: Member) -> list[tuple[str, str]]:
    """(address, name) of those in the office and of the organisations whose name looks like that of a member who is neither."""
    office, own = db.session.execute(_office()).all(), set(db.session.scalars(_places(member).with_only_columns(Organisation.id)))
    if member.id in {person.id for person in office}:
        return []
    looks = skeleton(member.name)
    return ([(url_for("office.member", member_id=person.id), person.name) for person in office if skeleton(person.name) == looks]
            + [_organisation(one) for one in _organisations_like({looks}) if one.id not in own])


def look_at_member(member: Member) -> None:
    """Tell the office when the name a member has just taken looks like another one, inside write_tx()."""
    if twins(member):
        place, address = db.session.scalars(_places(member)).first(), url_for("office.member", member_id=member.id)
        tell([person.id for person in db.session.execute(_office())], "member.lookalike", address, member, but=member.id, once=True,
             title=place.name if place else "LiBri", by=member.id)


def look_at_organisation(organisation: Organisation, by: int | None) -> None:
    """Tell the office when the name an organisation has just got looks like that of another one, inside write_tx()."""
    looks = {skeleton(name) for name in (organisation.name, *organisation.names.values())}
    others = [one for one in _organisations_like(looks) if one.id != organisation.id]
    if others:
        tell([person.id for person in db.session.execute(_office())], "organisation.lookalike", _organisation(organisation)[0], organisation,
             once=True, title=organisation.name, by=by, reason=others[0].name)


def _office() -> Select:
    return (select(Member.id, Member.name).distinct().join(Membership).join(Organisation).where(
        Organisation.kind == "coordinator", Organisation.status.in_(("active", "draft")), Membership.role == "coordinator",
        Member.status == "active").order_by(Member.id))


def _places(member: Member) -> Select:
    return select(Organisation).join(Membership).where(Membership.member_id == member.id).order_by(Membership.id)


def _organisations_like(looks: set[str]) -> list[Row]:
    found = db.session.execute(select(Organisation.id, Organisation.name, Organisation.names).where(Organisation.status != "archived")
                               .order_by(Organisation.id))
    return [one for one in found if any(skeleton(name) in looks - {""} for name in (one.name, *one.names.values()))]


def _organisation(one) -> tuple[str, str]:
    return url_for("directory.show", organisation_id=one.id), one.name
