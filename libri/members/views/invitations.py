"""Inviting people into an organisation: one, many from a table, once more, taken back."""

from __future__ import annotations

import contextlib
import secrets

from flask import abort, flash, g, session, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_login import current_user
from sqlalchemy.exc import IntegrityError

from ... import tables, throttle
from ...db import db, write_tx
from ...kept import KeptForm
from ...pages import go, render
from ...permissions import require
from ...vocabularies import ROLES
from .. import inviting
from ..forms.invitations import ROWS_LETTERS, InviteForm, InviteManyForm
from ..models import Invitation, Organisation
from ..models.invitations import Closed
from ..queries import invitations as queries
from . import blueprint
from .people import ID, PEOPLE, find_organisation

COLUMNS = {"email": _l("E-mail"), "function": _l("Function"), "role": _l("Role"), "language": _l("Language")}


@blueprint.route(f"{PEOPLE}/invite", methods=["GET", "POST"])
def invite(organisation_id):
    """Invite one person by letter."""
    organisation = find_organisation(organisation_id)
    require(g.can.invite_into(organisation))
    form = InviteForm(language=current_user.language)
    if not form.validate_on_submit():
        return _invite_page(form, organisation, 422 if form.is_submitted() else 200)
    throttle.check("invite.member", str(current_user.id))
    address = form.email.data.casefold()
    people_page = url_for("members.people", organisation_id=organisation.id)
    if _is_known(form, organisation, address):
        return _invite_page(form, organisation, 422)
    try:
        with write_tx():
            if form.claim():
                inviting.invite(db.session.get_one(Organisation, organisation_id), current_user.id, email=address, role=form.role.data,
                                function=form.function.data, language=form.language.data, words=form.words.data)
                form.led_to(people_page)
    except IntegrityError:  # somebody invited the same person this very moment
        _is_known(form, organisation, address)
        return _invite_page(form, organisation, 422)
    flash(_("The invitation is on its way."), "success")
    return go(people_page)


def _is_known(form: InviteForm, organisation: Organisation, address: str) -> bool:
    """Whether this press is new and the person belongs here or is invited already; then the field says so."""
    if form.first_location(""):
        return False
    if db.session.scalar(queries.members_among(organisation.id, [address])):
        form.email.errors = [_("This person belongs to the organisation already.")]
        return True
    form.open_invitation = next((i for i in db.session.scalars(queries.living(organisation.id, [address])) if i.state == "invited"), None)
    if form.open_invitation is not None:
        form.email.errors = [_("This person has an open invitation already.")]
    return form.open_invitation is not None


def _invite_page(form, organisation, status):
    return render("members/invite.html", form=form, organisation=organisation, status=status,
                  open_invitation=getattr(form, "open_invitation", None))


# ---- many ------------------------------------------------------------------------------------------------------------


@blueprint.route(f"{PEOPLE}/invite-many", methods=["GET", "POST"])
def invite_many(organisation_id):
    """Check a table of addresses row by row; nothing is sent by it."""
    organisation = find_organisation(organisation_id)
    require(g.can.invite_into(organisation))
    form = InviteManyForm(language=current_user.language)
    report = _report(form, organisation) if form.validate_on_submit() else None
    return _many_page(form, organisation, report, 422 if form.errors else 200)


@blueprint.post(f"{PEOPLE}/invite-many/send")
def send_invitations(organisation_id):
    """Send the invitations the report showed as ready; rows with mistakes come back to be mended."""
    organisation = find_organisation(organisation_id)
    require(g.can.invite_into(organisation))
    form = InviteManyForm()
    checked = form.checked.data
    report = _report(form, organisation) if form.validate_on_submit() else None
    people_page = url_for("members.people", organisation_id=organisation.id)
    if report is not None and (first := form.first_location("")):
        return go(first)
    if report is None or checked != form.checked.data:
        flash(_("The list changed since the report. Look at it once more before you send."), "warning")
        return _many_page(form, organisation, report, 422)
    throttle.check("invite.member", str(current_user.id))
    ready, wrong = [row for row in report if not row.problem], [row for row in report if row.problem]
    try:
        with write_tx():
            if form.claim():
                there = db.session.get_one(Organisation, organisation_id)
                for row in ready:
                    inviting.invite(there, current_user.id, email=row.email, role=row.role, function=row.function,
                                    language=row.language, words=form.words.data)
                form.led_to(_keep_wrong(form, organisation_id, wrong) if wrong else people_page)
    except IntegrityError:  # somebody invited one of them this very moment
        return _many_page(form, organisation, _report(form, organisation), 422)
    flash(ngettext("%(num)s invitation is on its way.", "%(num)s invitations are on their way.", len(ready)), "success")
    if wrong:
        flash(_("The rows below were not sent. Mend them and check again."), "warning")
    return go(form.first_location(people_page))


def _report(form: InviteManyForm, organisation: Organisation) -> list[inviting.Row] | None:
    """The checked rows of the form, a file's text joined to what was pasted; None when the form says what is wrong."""
    if form.table.data:
        try:
            form.rows.data = f"{form.rows.data}\n{tables.decode(form.table.data.read())}".strip()
        except tables.NotText:
            form.table.errors = [_("This file is no table of text. Save it as CSV and choose it again.")]
            return None
    try:
        rows = inviting.read(form.rows.data, form.role.data, form.function.data, form.language.data)
    except inviting.TooMany as many:
        form.rows.data, count = form.rows.data[:ROWS_LETTERS], many.args[0]
        form.rows.errors = [_("Send at most %(most)s rows at once. This list has %(count)s.", most=inviting.MOST_ROWS, count=count)]
        return None
    if not rows:
        form.rows.errors = [_("Paste at least one address or choose a file.")]
        return None
    report = inviting.check(organisation, rows)
    form.checked.data = inviting.fingerprint(report, form.words.data)
    return report


def _keep_wrong(form: InviteManyForm, organisation_id: int, wrong: list[inviting.Row]) -> str:
    """Keep the rows with mistakes for this person, and return the page where they stand again."""
    address = url_for("members.invite_many", organisation_id=organisation_id)
    session["kept"] = secrets.token_urlsafe(24)
    lines = form.rows.data.split("\n")
    fields = [["rows", "\n".join(lines[row.number - 1] for row in wrong)],
              *([name, form[name].data] for name in ("role", "function", "language", "words"))]
    db.session.add(KeptForm(key=session["kept"], member_id=current_user.id, address=address, fields=fields))
    return f"{address}?kept=1"


def _many_page(form, organisation, report, status):
    ready = sum(not row.problem for row in report or [])
    return render("members/invite_many.html", form=form, organisation=organisation, report=report, ready=ready, roles=ROLES,
                  columns=COLUMNS, status=status)


# ---- once more, taken back -------------------------------------------------------------------------------------------


def _find(invitation_id: int) -> Invitation:
    invitation = db.session.scalar(queries.invitation(invitation_id))
    if invitation is None or not g.can.see_people(invitation.organisation):
        abort(404)
    require(g.can.invite_into(invitation.organisation))
    return invitation


@blueprint.post(f"/invitations/<{ID}:invitation_id>/resend")
def resend(invitation_id):
    """Send one invitation once more, with a new link and another 30 days."""
    organisation_id = _find(invitation_id).organisation_id
    throttle.check("invite.member", str(current_user.id))
    try:
        with write_tx():
            invitation = db.session.scalar(queries.locked(invitation_id)) or abort(404)
            inviting.send_again(invitation, invitation.organisation, current_user.id)
    except Closed:
        flash(_("This invitation cannot be sent again. It was accepted, withdrawn or replaced."), "error")
    else:
        flash(_("The invitation is on its way again. The older link no longer works."), "success")
    return go(url_for("members.people", organisation_id=organisation_id))


@blueprint.post(f"{PEOPLE}/resend")
def resend_all(organisation_id):
    """Send all open invitations of an organisation once more."""
    organisation = find_organisation(organisation_id)
    require(g.can.invite_into(organisation))
    throttle.check("invite.member", str(current_user.id))
    sent = 0
    with write_tx():
        there = db.session.get_one(Organisation, organisation_id)
        for invitation in db.session.scalars(queries.to_send_again(there)).all():
            with contextlib.suppress(Closed):  # invited anew or joined meanwhile
                inviting.send_again(invitation, there, current_user.id)
                sent += 1
    flash(ngettext("%(num)s invitation is on its way again.", "%(num)s invitations are on their way again.", sent), "success")
    return go(url_for("members.people", organisation_id=organisation_id))


@blueprint.post(f"/invitations/<{ID}:invitation_id>/withdraw")
def withdraw(invitation_id):
    """Take an invitation back."""
    organisation_id = _find(invitation_id).organisation_id
    try:
        with write_tx():
            inviting.withdraw(db.session.scalar(queries.locked(invitation_id)) or abort(404))
    except Closed:
        flash(_("This invitation was accepted or withdrawn before."), "error")
    else:
        flash(_("The invitation is withdrawn. Its link no longer works."), "success")
    return go(url_for("members.people", organisation_id=organisation_id))
