"""What the search knows of organisations, people and venues; of personal data only what the network may see (S36)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flask import url_for
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext as _pl
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, raiseload, selectinload

from .. import search
from ..db import db
from ..members.models import Member, Membership, Organisation
from .models import ContactPerson, Room, VenueOffer


def organisations(numbers: Sequence[int]) -> Iterable[search.Entry]:
    """Organisations in every language they have a name or a text in."""
    found = select(Organisation).where(Organisation.id.in_(numbers), Organisation.status != "archived").options(raiseload("*"))
    for one in db.session.scalars(found):
        own = one.name_in()[0]
        texts = (one.description, one.newcomer_hours, one.accessibility, one.seeks_partner_for)
        languages = dict.fromkeys([own, *one.names, *(code for text in texts for code in text)])
        names = " · ".join(dict.fromkeys([one.name, *one.names.values()]))
        for code in languages:
            body = [(code, text[code]) for text in texts if text.get(code)] + [(own, f"{one.city} {one.region}"), (own, names)]
            yield search.Entry(
                "organisation", one.id, code, one.name_in(code)[1], body, one.changed_at, country=one.country, organisation_id=one.id,
                audience="network" if one.status == "active" else "organisation")


def people(numbers: Sequence[int]) -> Iterable[search.Entry]:
    """Members with their functions and organisations, as their page shows them."""
    found = (select(Member).where(Member.id.in_(numbers), Member.status == "active", Member.name != "")
             .options(selectinload(Member.memberships).joinedload(Membership.organisation), raiseload("*")))
    for one in db.session.scalars(found):
        places = [place for place in one.memberships if place.organisation.status == "active"]
        body = [(one.language, one.function)] if one.function else []
        for place in places:
            body += [(one.language, place.function), (place.organisation.name_in()[0], f"{place.organisation.name}, {place.organisation.city}")]
        yield search.Entry("person", one.id, one.language, one.name, body, one.created_at, audience="network", owner_id=one.id,
                           country=places[0].organisation.country if places else "")


def contacts(numbers: Sequence[int]) -> Iterable[search.Entry]:
    """Current contact persons of active organisations who show their name to the network, without address and telephone."""
    found = (select(ContactPerson).join(ContactPerson.organisation)
             .where(ContactPerson.id.in_(numbers), ContactPerson.ended_at.is_(None), ContactPerson.name != "", Organisation.status == "active")
             .options(joinedload(ContactPerson.organisation), raiseload("*")))
    for one in db.session.scalars(found):
        if one.visibility_of("name") == "network":
            own, place = one.organisation.name_in()[0], one.organisation
            yield search.Entry("contact", one.id, own, one.name, [(own, one.function), (own, f"{place.name}, {place.city}")], one.changed_at,
                               audience="network", organisation_id=place.id, country=place.country)


def venues(numbers: Sequence[int]) -> Iterable[search.Entry]:
    """Venue offers that stand, of active organisations, in every language of their texts."""
    found = (select(VenueOffer).join(VenueOffer.organisation)
             .where(VenueOffer.id.in_(numbers), VenueOffer.withdrawn_at.is_(None), Organisation.status == "active")
             .options(joinedload(VenueOffer.organisation), selectinload(VenueOffer.rooms), raiseload("*")))
    for one in db.session.scalars(found):
        place, own = one.organisation, one.organisation.name_in()[0]
        texts = (one.conditions, one.accessibility)
        for code in dict.fromkeys([own, *(code for text in texts for code in text)]):
            body = [(code, text[code]) for text in texts if text.get(code)]
            body += [(own, room.name) for room in one.rooms if room.name] + [(own, one.address), (own, f"{place.name}, {place.city}")]
            yield search.Entry("venue", one.id, code, one.name, body, one.changed_at, audience="network", organisation_id=place.id,
                               country=place.country)


def _of(table) -> search.Watch:
    """What to renew when the name, town or state of an organisation changes: its rows of `table`."""
    column = table.member_id if table is Membership else table.id

    def numbers(organisation_id: int) -> Select:
        return select(column).where(table.organisation_id == organisation_id)

    return search.Watch(numbers, ("name", "city", "country", "languages", "status"))


def _page(organisation_id: int) -> str:
    return url_for("directory.show", organisation_id=organisation_id)


def register() -> None:
    """Make the directory searchable."""
    search.register(
        "organisation", read=organisations, numbers=lambda: select(Organisation.id), label=_l("Organisations"),
        address=_page,
        watches={Organisation: search.Watch("id", ("name", "names", "city", "region", "country", "languages", "description", "newcomer_hours",
                                                   "accessibility", "seeks_partner_for", "status"))})
    search.register(
        "person", read=people, numbers=lambda: select(Member.id), label=_l("People"),
        address=lambda number: url_for("members.show", member_id=number),
        watches={Member: search.Watch("id", ("name", "function", "language", "status")), Membership: search.Watch("member_id"),
                 Organisation: _of(Membership)})
    search.register("contact", read=contacts, numbers=lambda: select(ContactPerson.id), label=_l("Contact persons"), address=_page,
                    is_on_page_of_organisation=True, watches={ContactPerson: search.Watch("id"), Organisation: _of(ContactPerson)})
    search.register("venue", read=venues, numbers=lambda: select(VenueOffer.id), label=_pl("search", "Venues"), address=_page,
                    is_on_page_of_organisation=True,
                    watches={VenueOffer: search.Watch("id"), Room: search.Watch("venue_offer_id"), Organisation: _of(VenueOffer)})
