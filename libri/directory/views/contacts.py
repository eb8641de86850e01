"""Contact persons of an organisation: adding, changing, ordering, and ending with a successor."""

from __future__ import annotations

from flask import abort, flash, g, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from markupsafe import Markup

from ... import audit, paging, tickets
from ...db import OutOfDate, db, now, write_tx
from ...members.models import Organisation
from ...pages import go, render
from ...permissions import require
from .. import listing, page
from ..forms.contacts import COMPARED, NEEDS_CONSENT, ContactForm, EndForm
from ..forms.fields import label_of, offered
from ..models import ContactPerson
from ..models.contacts import PERSONAL_FIELDS, NotConsented
from ..queries import contacts as queries
from . import blueprint
from .organisation import ORGANISATION
from .organisation import find as find_organisation

CONTACT = "/contacts/<int(max=2147483647):contact_id>"


def find(contact_id: int) -> ContactPerson:
    """The present contact person, or 404 for whoever may not see its organisation."""
    contact = db.session.scalar(queries.current(contact_id))
    if contact is None or not g.can.see_organisation(contact.organisation):
        abort(404)
    return contact


def back(organisation_id: int) -> str:
    """The people of an organisation's page."""
    return url_for(".show", organisation_id=organisation_id, _anchor="people")


@blueprint.route(f"{ORGANISATION}/contacts/new", methods=["GET", "POST"])
def new_contact(organisation_id: int):
    """Add a contact person, with or without an account."""
    organisation = find_organisation(organisation_id)
    require(g.can.edit_organisation(organisation))
    form = ContactForm(db.session.execute(queries.people_of(organisation_id)).all())
    if not form.validate_on_submit():
        return render("directory/contact_new.html", organisation=organisation, trail=page.trail(organisation), form=form,
                      status=422 if form.is_submitted() else 200)
    with write_tx() as session:
        organisation = session.get_one(Organisation, organisation_id, with_for_update=True)
        if form.claim():
            add(organisation, ContactPerson(organisation_id=organisation_id), form)
    flash(_("The contact person is on the page."), "success")
    return go(back(organisation_id))


def add(organisation: Organisation, contact: ContactPerson, form: ContactForm) -> None:
    """Put a new contact person last, inside write_tx(), and tell the person (GDPR Art. 14)."""
    form.write(contact)
    _fill_name(contact, form)
    contact.position = len(list(db.session.scalars(queries.of(organisation.id))))
    contact.confirmed_on = now()
    db.session.add(contact)
    db.session.flush()
    audit.record("contact.added", contact)
    if not _is_me(contact):
        listing.tell_listed(contact, organisation)


def _fill_name(contact: ContactPerson, form: ContactForm) -> None:
    """Somebody with an account is called as in the account unless another name was typed."""
    if contact.member_id and not contact.name and "member_id" in form:
        contact.name = label_of(form.member_id, str(contact.member_id))


def _is_me(contact: ContactPerson) -> bool:
    return contact.member_id == g.can.member_id or bool(contact.email) and contact.email.casefold() == (current_user.email or "").casefold()


@blueprint.route(f"{CONTACT}/edit", methods=["GET", "POST"])
def edit_contact(contact_id: int):
    """Change an entry; a person may change their own."""
    contact = find(contact_id)
    require(g.can.edit_contact(contact))
    form = ContactForm(_people_for(contact), contact)
    conflicts, status = None, 422 if form.is_submitted() else 200
    if form.validate_on_submit():
        try:
            _save(contact_id, form)
        except NotConsented:
            form.name.errors = [NEEDS_CONSENT]
        except OutOfDate:
            conflicts, status = _compare(find(contact_id), form), 409
        else:
            flash(_("The entry is saved."), "success")
            return go(back(find(contact_id).organisation_id))
    contact = find(contact_id)
    return render("directory/contact_edit.html", contact=contact, organisation=contact.organisation, trail=page.trail(contact.organisation),
                  form=form, conflicts=conflicts, status=status)


def _people_for(contact: ContactPerson) -> list | None:
    """The accounts to choose from; None for people who change only their own entry."""
    if not g.can.edit_organisation(contact.organisation):
        return None
    people = [tuple(row) for row in db.session.execute(queries.people_of(contact.organisation_id))]
    if contact.member is not None and contact.member_id not in dict(people):
        people.append((contact.member_id, contact.member.name))
    return people


def _save(contact_id: int, form: ContactForm) -> None:
    with write_tx() as session:
        contact = session.scalar(queries.current(contact_id).with_for_update(of=ContactPerson))
        if contact is None:
            abort(404)
        if not form.claim():
            return
        if form.version.data != str(contact.version):
            raise OutOfDate
        before, old_address = _state(contact), contact.email
        form.write(contact)
        _fill_name(contact, form)
        contact.changed_at, contact.confirmed_on, contact.reminded_at = now(), now(), None
        changed = sorted(name for name, value in _state(contact).items() if value != before[name])
        if changed:
            contact.version += 1
            audit.record("contact.changed", contact, fields=changed)
            if {"email", "member_id"} & set(changed):
                tickets.void("confirm_contact", contact.id)  # that link is in the letter box of somebody else
            if not _is_me(contact):
                listing.tell_changed(contact, contact.organisation, old_address)


def _state(contact: ContactPerson) -> dict:
    return {name: getattr(contact, name) for name in (*COMPARED, "member_id")} | {
        f"visibility_{name}": contact.visibility_of(name) for name in PERSONAL_FIELDS}


def _compare(contact: ContactPerson, form: ContactForm) -> list[dict]:
    """The fields in which the saved entry differs from what was typed; both are kept."""
    form.version.data = str(contact.version)
    rows = []
    for name in COMPARED:
        if name not in form or listing.shown(name, form[name].data) == listing.shown(name, getattr(contact, name)):
            continue
        rows.append({"label": form[name].label.text, "theirs": listing.shown(name, getattr(contact, name)), "lang": None,
                     "mine": listing.shown(name, form[name].data) or "–"})
    return rows


@blueprint.post(f"{CONTACT}/move")
def move_contact(contact_id: int):
    """Move an entry one place up or down."""
    contact = find(contact_id)
    require(g.can.edit_organisation(contact.organisation))
    step = {"up": -1, "down": 1}.get(request.form.get("direction", ""))
    if step is None:
        abort(422)
    with write_tx() as session:
        session.get_one(Organisation, contact.organisation_id, with_for_update=True)
        order = list(session.scalars(queries.of(contact.organisation_id)))
        here = next((n for n, one in enumerate(order) if one.id == contact_id), 0)
        there = min(max(here + step, 0), len(order) - 1)
        order.insert(there, order.pop(here))
        for position, one in enumerate(order):
            one.position = position
    return go(back(contact.organisation_id))


@blueprint.route(f"{CONTACT}/end", methods=["GET", "POST"])
def end_contact(contact_id: int):
    """End an appointment; the role passes to a successor (N2)."""
    contact = find(contact_id)
    require(g.can.edit_organisation(contact.organisation))
    others = [one for one in db.session.scalars(queries.of(contact.organisation_id)) if one.id != contact_id]
    is_last = not others and contact.organisation.status == "active"
    form = EndForm(function=contact.function)
    form.successor.choices = offered(_successors(others, is_last))
    if form.validate_on_submit() and (led_to := _end(contact_id, form)):
        flash(_("The appointment has ended."), "success")
        return go(led_to)
    contact = find(contact_id)
    return render("directory/contact_end.html", contact=contact, organisation=contact.organisation, trail=page.trail(contact.organisation),
                  form=form, is_last=is_last, status=422 if form.is_submitted() else 200)


def _successors(others: list[ContactPerson], is_last: bool) -> list[tuple[str, str]]:
    people = [(str(one.id), Markup("<bdi>{}</bdi>").format(f"{one.function} – {one.name}" if one.name else one.function)) for one in others]
    nobody = [] if is_last else [("none", _("Nobody follows"))]
    return [*people, ("new", _("Somebody new, whom I name below")), *nobody]


def _end(contact_id: int, form: EndForm) -> str | None:
    """End it inside one transaction; None when this would leave an active organisation without anybody."""
    with write_tx() as session:
        contact = session.scalar(queries.current(contact_id).with_for_update(of=ContactPerson))
        if contact is None:
            abort(404)
        organisation = session.get_one(Organisation, contact.organisation_id, with_for_update=True)
        successor = _successor(contact, form)
        if successor is None and listing.is_last(contact, organisation):
            form.successor.errors = [_("Every active organisation has at least one contact person. Choose who follows.")]
            return None
        listing.end(contact, organisation, successor, by_person=_is_me(contact))
        if form.successor.data == "new" and successor is not None:
            return url_for(".edit_contact", contact_id=successor.id)
    return back(organisation.id)


def _successor(contact: ContactPerson, form: EndForm) -> ContactPerson | None:
    if form.successor.data == "new":
        successor = form.new_contact(contact.organisation_id)
        successor.confirmed_on = now()
        db.session.add(successor)
        db.session.flush()
        audit.record("contact.added", successor)
        if not _is_me(successor):
            listing.tell_listed(successor, contact.organisation)
        return successor
    number = paging.whole(form.successor.data)
    return db.session.scalar(queries.current(number)) if number is not None else None
