"""One function per letter: what it is called, to whom, in which language, with which plain values."""

from __future__ import annotations

import re
from datetime import date

from flask import current_app, render_template, url_for
from flask_babel import gettext as _

from . import outbox
from .db import db
from .i18n import speaking
from .outbox import Letter
from .tickets import Ticket, lasting_token

TYPED = ("organisation", "function", "words", "note")
"""Values that people typed: no mail program shall make a link of them."""


def _post(kind: str, to: str, language: str, member_id: int | None = None, ticket: Ticket | None = None, **values) -> Letter:
    """Lay a letter into the outbox, in the running transaction."""
    values |= {name: unlinked(values[name]) for name in TYPED if isinstance(values.get(name), str)}
    if ticket is not None:
        values["ticket"] = ticket.id
    letter = Letter(kind=kind, to_address=to, language=language, member_id=member_id, values=values)
    db.session.add(letter)
    return letter


def _to(member, kind: str, **values) -> Letter:
    return _post(kind, member.email, member.language, member.id, **values)


def invitation(invitation, ticket, organisation_name: str) -> Letter:
    """Invites somebody into an organisation; answers with a ticket (X1)."""
    return _post("invitation", invitation.email, invitation.language, ticket=ticket, organisation=organisation_name, role=invitation.role,
                 words=invitation.words, expires=invitation.expires_at.date().isoformat())


def sign_in_link(member, ticket) -> Letter:
    """A link that signs in, good for 15 minutes (X3)."""
    return _to(member, "sign_in_link", ticket=ticket)


def new_password(member, ticket) -> Letter:
    """A link to choose a new password, good for an hour."""
    return _to(member, "new_password", ticket=ticket)


def password_changed(member) -> Letter:
    """Tells that the password was changed, and what to do if it was somebody else."""
    return _to(member, "password_changed")


def confirm_address(member, address: str, ticket) -> Letter:
    """Asks the new address to confirm itself."""
    return _post("confirm_address", address, member.language, member.id, ticket=ticket)


def address_changed(member, old: str, new: str) -> Letter:
    """Tells the old address that the account now has another one."""
    return _post("address_changed", old, member.language, member.id, address=new)


def second_factor_changed(member, is_on: bool) -> Letter:
    """Tells that the second factor was set or removed."""
    return _to(member, "second_factor_changed", is_on=is_on)


def account_unused(member, closes_on: date) -> Letter:
    """Tells that the account was not used for two years and will be closed."""
    return _to(member, "account_unused", closes=closes_on.isoformat())


def account_closed(address: str, language: str) -> Letter:
    """Says goodbye after an account was closed."""
    return _post("account_closed", address, language)


def contact_listed(contact, address: str, language: str, organisation_name: str) -> Letter:
    """Tells a person that a coordinator listed them as contact person, and the source (GDPR Art. 14)."""
    return _post("contact_listed", address, language, contact.member_id, organisation=organisation_name, function=contact.function,
                 organisation_id=contact.organisation_id)


def contact_changed(contact, address: str, language: str, organisation_name: str, has_ended: bool = False) -> Letter:
    """Tells a contact person that somebody else changed or ended their entry (P6)."""
    return _post("contact_changed", address, language, contact.member_id, organisation=organisation_name, function=contact.function,
                 organisation_id=contact.organisation_id, has_ended=has_ended)


def confirm_contact(contact, address: str, ticket, language: str, organisation_name: str) -> Letter:
    """Asks whether an entry is still correct; one signed link answers (N1)."""
    return _post("confirm_contact", address, language, contact.member_id, ticket=ticket,
                 organisation=organisation_name, function=contact.function)


def confirm_contacts(member, organisation, functions: list[str]) -> Letter:
    """Asks a coordinator to confirm the entries that no letter can reach (N1)."""
    return _to(member, "confirm_contacts", organisation=organisation.name_in(member.language)[1], organisation_id=organisation.id,
               functions=[unlinked(function) for function in functions])


def contact_ended(member, organisation, function: str, is_last: bool) -> Letter:
    """Tells a coordinator that the last day of an appointment is past; with `is_last`, that somebody must follow (N2)."""
    return _to(member, "contact_ended", organisation=organisation.name_in(member.language)[1], organisation_id=organisation.id,
               function=function, is_last=is_last)


def contact_note(contact, address: str, language: str, member_id: int | None, organisation_name: str, note: str) -> Letter:
    """Passes on what a contact person wrote about their entry."""
    return _post("contact_note", address, language, member_id, organisation=organisation_name, organisation_id=contact.organisation_id,
                 function=contact.function, note=note)


def office_address() -> str:
    """Where the office reads letters."""
    return current_app.config["OFFICE_EMAIL"]


def unlinked(words: str) -> str:
    """Somebody's own words with every web and mail address broken by an unseen sign, so that no mail program links it (S50)."""
    return re.sub(r"(?<=\S)([.@/])(?=\w)", "\\1\u200b", words.replace("://", ":\u200b//"))


def notice(member, kind: str, address: str, values: dict, about: str = "") -> Letter:
    """Tells at once what the list in the application tells too; carries a link that stops such letters (X12).

    `about` names the thing of news that are counted, so that the next of them is told in the same letter while it waits.
    """
    return _to(member, "notice", what=kind, address=address, words=_words_of_notice(values), about=about)


def tell_more(letter: Letter, address: str, values: dict) -> None:
    """Let a letter that still waits tell what has come since, too."""
    letter.values = letter.values | {"address": address, "words": _words_of_notice(values)}


def _words_of_notice(values: dict) -> dict:
    return values | {name: unlinked(values[name]) for name in ("title", "reason") if name in values}


def text_hidden(member, address: str, title: str, reason: str, was_waiting: bool = False) -> Letter:
    """Tells an author why a text is hidden, or with `was_waiting` will not be shown; whatever they chose about news (F13)."""
    return _to(member, "text_hidden", address=address, title=title, reason=unlinked(reason), was_waiting=was_waiting)


def adoption_result(member, address: str, title: str) -> Letter:
    """Asks what came of trying a practice, 30 and 90 days later (N6)."""
    return _to(member, "adoption_result", address=address, title=unlinked(title))


def practice_returned(member, title: str, words: str, address: str) -> Letter:
    """Tells an author that the review asks for changes, whatever they chose about news (F25)."""
    return _to(member, "practice_returned", title=unlinked(title), words=unlinked(words), address=address)


def about_event(kind: str, reader, **values) -> Letter:
    """A letter about an event to one of its people, in their language; `kind` names its folder (trainings/reaching.py)."""
    return _post(kind, reader.address, reader.language, reader.member_id, **values)


# ---- drawing ---------------------------------------------------------------------------------------------------------

LINKS = {
    "invitation": "members.accept",
    "sign_in_link": "members.enter_by_link",
    "new_password": "members.choose_password",
    "confirm_address": "members.confirm_address",
    "confirm_contact": "directory.confirm_by_link",
    "confirm_registration": "trainings.confirm_guest",
}
"""Where the ticket of a letter leads, by its kind."""


def render(letter: Letter, secret: bool = True) -> tuple[str, str, str]:
    """Draw a letter as (subject, text, HTML) in its own language; without `secret` the link in it opens nothing."""
    base = current_app.config["BASE_URL"]
    with current_app.test_request_context(base_url=base + "/"), speaking(letter.language):
        values = dict(letter.values)
        ticket_id = values.pop("ticket", None)
        if ticket_id is not None:
            ticket = db.session.get(Ticket, ticket_id)
            token = ticket.token() if ticket and secret else "…"
            values["link"] = base + url_for(LINKS[letter.kind], token=token)
        if (guest := re.match(r"/guest/~(\d+)", str(values.get("page", "")))) is not None:
            token = lasting_token("registration", int(guest[1])) if secret else "…"
            values["page"] = f"/guest/{token}{values['page'][guest.end():]}"
        values |= {name: date.fromisoformat(values[name]) for name in ("expires", "closes") if name in values}
        values |= {"letter": letter, "base_url": base, "greeting": _("Hello"), "office": current_app.config["OFFICE_EMAIL"]}
        if (stop := outbox.stop_address(letter)) is not None:
            values["stop"] = stop
        folder = f"emails/{letter.kind}"
        return tuple(render_template(f"{folder}/{part}", **values) for part in ("subject.txt", "body.txt", "body.html"))  # type: ignore[return-value]
