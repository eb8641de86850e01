"""Being listed as contact person: who is told of what, in which language, and how an appointment ends."""

from __future__ import annotations

from datetime import date

from flask_babel import format_date
from flask_babel import gettext as _

from .. import audit, emails, throttle, tickets
from ..db import db
from ..i18n import LANGUAGES, language_name
from ..members.models import Member, Organisation
from ..vocabularies import THEMES
from .models import ContactPerson
from .queries import contacts as queries


def language_for(contact: ContactPerson, organisation: Organisation, member: Member | None) -> str:
    """The language of letters to a contact person: of the account, else the organisation's if we speak it, else English."""
    if member is not None:
        return member.language
    return next((code for code in organisation.languages[:1] if code in LANGUAGES), "en")


def _member_of(contact: ContactPerson) -> Member | None:
    member = db.session.get(Member, contact.member_id) if contact.member_id else None
    return member if member is not None and member.is_active else None


def address_of(contact: ContactPerson, member: Member | None) -> str:
    """Where letters to a contact person go: the entry's address, else that of the account."""
    return contact.email or (member.email or "" if member is not None else "")


def tell_listed(contact: ContactPerson, organisation: Organisation) -> None:
    """Tell a person that they are listed and by whom (GDPR Art. 14), inside write_tx()."""
    member = _member_of(contact)
    if (address := address_of(contact, member)) and _may_tell(address):
        language = language_for(contact, organisation, member)
        emails.contact_listed(contact, address, language, organisation.name_in(language)[1])


def tell_changed(contact: ContactPerson, organisation: Organisation, old_address: str, has_ended: bool = False) -> None:
    """Tell a person that somebody else changed their entry (P6); a new address is told that it is listed."""
    member = _member_of(contact)
    language = language_for(contact, organisation, member)
    if contact.email and contact.email != old_address:
        tell_listed(contact, organisation)
    if (address := old_address or address_of(contact, member)) and _may_tell(address):
        emails.contact_changed(contact, address, language, organisation.name_in(language)[1], has_ended)


def _may_tell(address: str) -> bool:
    """Count a letter that somebody else caused; False when this address had its share of today (S69)."""
    if throttle.seconds_to_wait("told.recipient", address.casefold()):
        return False
    throttle.count("told.recipient", address.casefold())
    return True


def is_last(contact: ContactPerson, organisation: Organisation) -> bool:
    """Whether an active organisation would have nobody without this one."""
    present = db.session.scalars(queries.of(organisation.id)).all()
    return organisation.status == "active" and not [one for one in present if one.id != contact.id]


def end(contact: ContactPerson, organisation: Organisation, successor: ContactPerson | None, by_person: bool) -> None:
    """End an appointment inside write_tx(): links die, the trail says who follows, the person is told."""
    contact.end(successor)
    contact.version += 1
    tickets.void("confirm_contact", contact.id)
    audit.record("contact.ended", contact, successor=successor.id if successor is not None else None)
    if not by_person:
        tell_changed(contact, organisation, contact.email, has_ended=True)


def shown(name: str, value) -> str:
    """A value of an entry in words."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, date):
        return format_date(value, "long")
    if isinstance(value, list):
        return ", ".join(sorted(str(THEMES[code]) if code in THEMES else language_name(code) for code in value))
    return value or ""
