"""Taking a checked table into the directory: all of it, in one transaction."""

from __future__ import annotations

from sqlalchemy import select

from .. import tickets
from ..db import db, now
from ..i18n import Localized
from ..members.leaving import keep_the_office
from ..members.models import Organisation, OrganisationVersion
from . import listing
from .cells import ORGANISATION
from .importing import RENAMED, Line, Plan, is_personal, key_of
from .models import ContactPerson, Room, VenueOffer
from .models.contacts import PERSONAL_FIELDS

OWN_LANGUAGE = {"LV": "lv", "FR": "fr", "IT": "it", "PL": "pl", "RO": "ro"}
"""The language of an organisation's own name by its country; elsewhere the first language it works in."""


def take(plan: Plan, tells: bool = True, member_id: int | None = None) -> dict[str, Organisation]:
    """Take the whole plan, inside write_tx() and checked in it; return the organisations by code.

    Raises LastCoordinator when nobody could enter the office any more.
    With `tells`, people who are listed by name get the letter that says so and by whom (GDPR Art. 14).
    """
    organisations = _add(plan)
    for line in plan.changed:
        _change(line, member_id, tells)
    if any(line.differs.get("kind", [""])[0] == "coordinator" for line in plan.changed):
        db.session.flush()
        keep_the_office()
    fresh = [(line, _add_contact(line, organisations[line.code])) for line in plan.lines if line.adds_contact]
    db.session.flush()
    for line, contact in fresh:
        if tells and is_personal(line):
            listing.tell_listed(contact, organisations[line.code])
    return organisations


def _add(plan: Plan) -> dict[str, Organisation]:
    """Add the new organisations, those above before those below; two flushes for however many."""
    organisations = {line.code: line.organisation or _organisation(line) for line in plan.lines}
    db.session.add_all(organisations.values())
    above = {o.code: o for o in db.session.scalars(select(Organisation).where(
        Organisation.code.in_({line.parent_code for line in plan.new} - organisations.keys())))} | organisations
    db.session.flush()
    waiting = plan.new
    while waiting:
        ready = [line for line in waiting if not line.parent_code or above[line.parent_code].path]
        for line in ready:
            organisations[line.code].place_under(above.get(line.parent_code))
        waiting = [line for line in waiting if not organisations[line.code].path]
    for line in plan.new:
        if "venue_capacity" in line.cells:
            _add_venue(line, organisations[line.code])
    return organisations


def _organisation(line: Line) -> Organisation:
    cells = line.cells
    plain = [name for name in ORGANISATION if name in cells and not name.startswith(("name_", "description_"))]
    values = {RENAMED.get(name, name): cells[name] for name in plain}
    organisation = Organisation(code=line.code, status="active" if "contact_function" in cells else "draft", confirmed_on=now(),
                                **{"languages": [], "themes": [], "region": ""} | values)
    organisation.names = Localized({_own_language(organisation): organisation.name} | _texts(cells, "name_"))
    organisation.description = Localized(_texts(cells, "description_"))
    organisation.index_names()
    return organisation


def _own_language(organisation: Organisation) -> str:
    return OWN_LANGUAGE.get(organisation.country) or (organisation.languages or ["en"])[0]


def _texts(cells: dict, prefix: str) -> dict[str, str]:
    return {name.removeprefix(prefix): value for name, value in cells.items() if name.startswith(prefix)}


def _change(line: Line, member_id: int | None, tells: bool) -> None:
    organisation = line.organisation
    for name in line.cells:
        key = key_of(name)
        if key not in line.differs or name.startswith(("name_", "description_")):
            continue
        if name == "name":
            organisation.names = Localized({**organisation.names, _own_language(organisation): line.cells[name]})
        setattr(organisation, key, line.cells[name])
    organisation.names = Localized({**organisation.names, **_texts(line.cells, "name_")})
    organisation.description = Localized({**organisation.description, **_texts(line.cells, "description_")})
    if line.differs:
        organisation.index_names()
        organisation.changed_at, organisation.version = now(), organisation.version + 1
        db.session.add(OrganisationVersion(
            organisation_id=organisation.id, member_id=member_id, number=organisation.version, changes=line.differs))
    if line.contact_differs:
        _change_contact(line, tells)


def _change_contact(line: Line, tells: bool) -> None:
    contact, old_address = line.contact, line.contact.email
    for name, (_before, value) in line.contact_differs.items():
        setattr(contact, name, value)
    contact.consented_on = line.cells.get("contact_consented_on") or contact.consented_on
    contact.changed_at, contact.version = now(), contact.version + 1
    contact.check_consent()
    if contact.email != old_address:
        tickets.void("confirm_contact", contact.id)
    if tells and is_personal(line):
        listing.tell_changed(contact, line.organisation, old_address)


def _add_contact(line: Line, organisation: Organisation) -> ContactPerson:
    cells, today, personal = line.cells, now().date(), is_personal(line)
    shown = cells.get("contact_visible_to") or ("office" if personal else "network")
    contact = ContactPerson(
        organisation_id=organisation.id, function=cells["contact_function"], is_coordinator=line.is_new, appointed_on=today,
        confirmed_on=now(), consented_on=cells.get("contact_consented_on") or today,
        languages=cells.get("contact_languages") or list(organisation.languages),
        themes=cells.get("contact_themes") or list(organisation.themes),
        visibility=dict.fromkeys(PERSONAL_FIELDS if personal else ("email",), shown),
        **{name: cells.get(f"contact_{name}", "") for name in PERSONAL_FIELDS})
    contact.check_consent()
    db.session.add(contact)
    return contact


def _add_venue(line: Line, organisation: Organisation) -> None:
    room = Room(capacity=line.cells["venue_capacity"], equipment=line.cells.get("venue_equipment", []))
    db.session.add(VenueOffer(organisation_id=organisation.id, name=organisation.name[:120], rooms=[room]))
