"""Inviting: one person or a table of them, checked row by row before anything is sent (X1, X8)."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import update
from wtforms.validators import ValidationError

from .. import audit, emails, tables, throttle, tickets
from ..config import INVITATION_DAYS
from ..db import db, now
from ..forms import email as check_address
from ..forms import line
from ..i18n import LANGUAGES
from ..search import fold
from .models import Invitation, Organisation
from .models.invitations import Closed
from .queries import invitations as queries

MOST_ROWS = 500
COLUMNS = ("email", "function", "role", "language")
HEADINGS = {
    "email": ("email", "e-mail", "mail", "address", "e-pasts", "epasts", "adrese", "эл. почта", "почта", "адрес", "ел. пошта",
              "пошта", "адреса"),
    "function": ("function", "amats", "должность", "посада"),
    "role": ("role", "loma", "роль"),
    "language": ("language", "valoda", "язык", "мова"),
}
ROLE_WORDS = {"member": ("member", "dalibnieks", "biedrs", "участник", "учасник"),
              "coordinator": ("coordinator", "koordinators", "координатор")}


class TooMany(ValueError):
    """More rows than are looked at; the only argument says how many."""


@dataclass(frozen=True)
class Row:
    """One row of a table of invitations; `problem` says what speaks against it, in which `column`."""

    number: int
    email: str
    function: str
    role: str
    language: str
    problem: str = ""
    column: str = ""

    def wrong(self, column: str, problem: str) -> Row:
        return self if self.problem else replace(self, column=column, problem=problem)


def read(text: str, role: str, function: str, language: str) -> list[Row]:
    """The rows of a pasted table; empty cells take the given role, function and language. Raises TooMany."""
    lines = tables.cells(text)
    order = _columns_of(lines[0][1]) if lines else None
    body = lines[1:] if order else lines
    if len(body) > MOST_ROWS:
        raise TooMany(len(body))
    return [_row(number, dict(zip(order or COLUMNS, cells, strict=False)), role, function, language) for number, cells in body]


def _columns_of(cells: list[str]) -> list[str] | None:
    """The columns a heading row names, or None when it is no heading."""
    names = {fold(word): column for column, words in HEADINGS.items() for word in words}
    found = [names.get(fold(line(cell)), "") for cell in cells]
    return found if "email" in found else None


def _row(number: int, cells: dict[str, str], role: str, function: str, language: str) -> Row:
    given = {name: line(cells.get(name, "")) for name in COLUMNS}
    address = given["email"].rpartition("<")[2].rstrip(">").strip(" ,;")  # Anna <anna@library.example>
    row = Row(number, address.casefold(), given["function"] or function, _role(given["role"]) or role,
              given["language"].lower() or language)
    if (clean := _clean_address(address)) is None:
        row = row.wrong("email", _("Write the address as name@library.example."))
    else:
        row = replace(row, email=clean)
    if given["role"] and not _role(given["role"]):
        row = row.wrong("role", _("This role is not known. Write member or coordinator."))
    if row.language not in LANGUAGES:
        row = row.wrong("language", _("This language is not known. Write lv, en, ru or uk."))
    if len(row.function) > 120:
        row = row.wrong("function", _("Shorten the function to 120 characters."))
    return row


def _role(word: str) -> str:
    return next((role for role, words in ROLE_WORDS.items() if fold(word) in words), "")


def _clean_address(address: str) -> str | None:
    class Cell:
        data = address

    if not address or len(address) > 254:
        return None
    try:
        check_address(None, Cell)
    except ValidationError:
        return None
    return Cell.data.casefold()


def check(organisation: Organisation, rows: list[Row]) -> list[Row]:
    """The rows with what the organisation knows of them: already a member, already invited, twice in the list."""
    addresses = {row.email for row in rows if not row.problem}
    members = set(db.session.scalars(queries.members_among(organisation.id, addresses)))
    invited = {open_.email for open_ in db.session.scalars(queries.living(organisation.id, addresses)) if open_.state == "invited"}
    seen: dict[str, int] = {}
    checked = []
    for row in rows:
        if not row.problem and row.email in seen:
            row = row.wrong("email", _("This address stands in row %(number)s already.", number=seen[row.email]))
        if row.email in members:
            row = row.wrong("email", _("This person belongs to the organisation already."))
        if row.email in invited:
            row = row.wrong("email", _("This person has an open invitation already."))
        if not row.problem:
            seen[row.email] = row.number
        checked.append(row)
    return checked


def fingerprint(rows: list[Row], words: str) -> str:
    """What the report showed as ready, so that exactly that is sent and nothing else."""
    ready = [[row.email, row.function, row.role, row.language] for row in rows if not row.problem]
    return hashlib.sha256(json.dumps([ready, words]).encode()).hexdigest()


# ---- sending, inside write_tx() ------------------------------------------------------------------------------------------


def invite(organisation: Organisation, by_id: int, *, email: str, role: str, function: str, language: str, words: str) -> Invitation:
    """Add an invitation and its letter."""
    db.session.execute(
        update(Invitation).where(Invitation.organisation_id == organisation.id, Invitation.email == email,
                                 Invitation.status == "invited", Invitation.expires_at <= now())
        .values(status="expired", ended_at=Invitation.expires_at))
    invitation = Invitation(email=email, organisation_id=organisation.id, role=role, function=function, language=language, words=words,
                            invited_by_id=by_id, expires_at=now() + timedelta(days=INVITATION_DAYS))
    db.session.add(invitation)
    db.session.flush()
    audit.record("invitation.sent", invitation, role=role)
    _post(invitation, organisation)
    throttle.count("invite.member", str(by_id))
    return invitation


def send_again(invitation: Invitation, organisation: Organisation, by_id: int) -> None:
    """Send the letter once more with a new link; raises Closed when there is nothing to send any more."""
    others = [open_ for open_ in db.session.scalars(queries.living(organisation.id, [invitation.email])) if open_.id != invitation.id]
    if others or db.session.scalar(queries.members_among(organisation.id, [invitation.email])):
        raise Closed
    invitation.send_again()
    audit.record("invitation.sent_again", invitation)
    _post(invitation, organisation)
    throttle.count("invite.member", str(by_id))


def withdraw(invitation: Invitation) -> None:
    """Take an invitation back; its link opens nothing from now on. Raises Closed."""
    invitation.withdraw()
    tickets.void("invitation", invitation.id)
    audit.record("invitation.withdrawn", invitation)


def _post(invitation: Invitation, organisation: Organisation) -> None:
    ticket = tickets.issue("invitation", invitation.id, INVITATION_DAYS * 24)
    emails.invitation(invitation, ticket, organisation.name_in(invitation.language)[1])
