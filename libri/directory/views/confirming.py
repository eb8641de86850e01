"""Confirming that an entry is still correct: one button on the page, one signed link in a letter (N1)."""

from __future__ import annotations

from flask import flash, g, request
from flask_babel import gettext as _

from ... import audit, emails, throttle, tickets
from ...db import db, write_tx
from ...members.models import Organisation
from ...pages import go, render
from ...permissions import public, require
from .. import listing
from ..forms.contacts import AnswerForm
from ..models import ContactPerson
from ..queries import contacts as queries
from . import blueprint
from .contacts import CONTACT, back, find

PURPOSE = "confirm_contact"


@blueprint.post(f"{CONTACT}/confirmation")
def confirm_contact(contact_id: int):
    """Still correct, says the person or a coordinator."""
    require(g.can.confirm_contact(find(contact_id)))
    with write_tx() as session:
        contact = session.get_one(ContactPerson, contact_id)
        contact.confirm()
        tickets.void(PURPOSE, contact.id)
        audit.record("contact.confirmed", contact)
    flash(_("Thank you. The entry is confirmed."), "success")
    return go(back(contact.organisation_id))


@blueprint.route("/contact/confirm/<token>", methods=["GET", "POST"])
@public
def confirm_by_link(token: str):
    """Show a person their entry; one button confirms it, a note asks the coordinators to change it."""
    throttle.check("ticket.client")
    contact = _contact_of(token)
    form = AnswerForm()
    if contact is None:
        return _page(None, form, "unknown", 410)
    if request.method == "GET":
        return _page(contact, form, "ask", 200, token)
    if not form.validate() or "changed" in request.form and not form.what_changed.data:
        if not form.errors:
            form.what_changed.errors = [_("Write what has changed.")]
        return _page(contact, form, "ask", 422, token)
    done = _answer(token, form.what_changed.data if "changed" in request.form else None)
    return _page(None, form, done, 410 if done == "unknown" else 200)


def _contact_of(token: str) -> ContactPerson | None:
    ticket = tickets.find(PURPOSE, token)
    if ticket is None:
        if request.method == "POST":
            with write_tx():
                throttle.count("ticket.client")
        return None
    return db.session.scalar(queries.current(ticket.subject_id))


def _answer(token: str, note: str | None) -> str:
    """Use the link up: confirm, or pass the note on. Return what happened."""
    with write_tx() as session:
        ticket = tickets.find(PURPOSE, token)
        contact = session.scalar(queries.current(ticket.subject_id)) if ticket is not None and ticket.use() else None
        if contact is None:
            return "unknown"
        if note is None:
            contact.confirm()
            audit.record("contact.confirmed", contact, by="link")
            return "confirmed"
        _pass_on(contact, contact.organisation, note)
        audit.record("contact.note_sent", contact, by="link")
        return "sent"


def _pass_on(contact: ContactPerson, organisation: Organisation, note: str) -> None:
    members = queries.coordinators_of(organisation)
    for member in members:
        emails.contact_note(contact, member.email, member.language, member.id, organisation.name_in(member.language)[1], note)
    if not members:
        emails.contact_note(contact, emails.office_address(), "lv", None, organisation.name_in("lv")[1], note)


def _labels() -> dict[str, str]:
    return {"function": _("Function"), "name": _("Name"), "email": _("E-mail"), "phone": _("Telephone"), "languages": _("Languages"),
            "themes": _("Ask me about")}


def _page(contact: ContactPerson | None, form: AnswerForm, step: str, status: int, token: str = ""):
    fields = [] if contact is None else [(name, listing.shown(name, getattr(contact, name)))
                                         for name in ("function", "name", "email", "phone", "languages", "themes")]
    response = render("directory/contact_confirm.html", contact=contact, fields=fields, form=form, step=step, token=token,
                      labels=_labels(), status=status)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
