"""The people of an organisation, what they are in it, and the page of one member."""

from __future__ import annotations

from flask import abort, flash, g, url_for
from flask_babel import gettext as _

from ... import audit, files
from ...db import db, write_tx
from ...pages import go, render
from ...permissions import require
from ...vocabularies import INVITATION_STATES, ROLES, THEMES
from .. import leaving, pictures
from ..forms.invitations import MembershipForm
from ..models import Member, Membership, Organisation
from ..models.members import LastCoordinator
from ..queries import invitations as invitation_queries
from ..queries import people as queries
from . import blueprint

ID = "int(max=2147483647)"
PEOPLE = f"/organisations/<{ID}:organisation_id>/people"


def find_organisation(organisation_id: int) -> Organisation:
    """The organisation, or 404 for whoever may not see it."""
    organisation = db.session.get(Organisation, organisation_id)
    if organisation is None or not g.can.see_organisation(organisation):
        abort(404)
    return organisation


def still_last() -> str:
    """What is said when the last coordinator of the coordinating body would go (S39)."""
    return _("Nobody else coordinates the network. Name another coordinator first.")


@blueprint.get(PEOPLE)
def people(organisation_id):
    """Who belongs to the organisation and who is invited."""
    organisation = find_organisation(organisation_id)
    require(g.can.see_people(organisation))
    memberships = db.session.scalars(queries.memberships_of(organisation)).all()
    invitations = db.session.scalars(invitation_queries.of(organisation)).all()
    may_invite = g.can.invite_into(organisation)
    audit.saw(organisation, organisation.id, members=[one.member_id for one in memberships], invitations=[one.id for one in invitations if one.email])
    return render("members/people.html", organisation=organisation, memberships=memberships, invitations=invitations, may_invite=may_invite,
                  open_count=sum(invitation.state == "invited" for invitation in invitations) if may_invite else 0,
                  roles=ROLES, states=INVITATION_STATES)


def _membership(membership_id: int) -> Membership:
    membership = db.session.scalar(queries.membership(membership_id))
    if membership is None or not g.can.see_organisation(membership.organisation):
        abort(404)
    return membership


@blueprint.route(f"/memberships/<{ID}:membership_id>", methods=["GET", "POST"])
def edit_membership(membership_id):
    """Change somebody's role and function in an organisation."""
    membership = _membership(membership_id)
    require(g.can.change_membership(membership))
    form = MembershipForm(obj=membership)
    if not form.validate_on_submit():
        return _membership_page(form, membership, 422 if form.is_submitted() else 200)
    if form.version.data != str(membership.version):
        return _membership_page(form, membership, 409)
    try:
        with write_tx():
            membership = db.session.scalar(queries.membership(membership_id)) or abort(404)
            is_newest = form.version.data == str(membership.version)
            if is_newest:
                _change(membership, form.role.data, form.function.data)
    except LastCoordinator:
        form.role.errors = [still_last()]
        return _membership_page(form, membership, 422)
    if not is_newest:
        return _membership_page(form, membership, 409)
    flash(_("The change is saved."), "success")
    return go(url_for("members.people", organisation_id=membership.organisation_id))


def _change(membership: Membership, role: str, function: str) -> None:
    before = membership.role
    leaving.change_role(membership, role)
    membership.function = function
    membership.version += 1
    audit.record("membership.changed", membership, whose=membership.member_id, before=before, after=role)


def _membership_page(form, membership, status):
    theirs = membership if status == 409 else None
    if theirs is not None:
        form.version.data = str(theirs.version)
    return render("members/edit_membership.html", form=form, membership=membership, theirs=theirs, roles=ROLES, status=status,
                  is_last=leaving.is_last_coordinator(membership))


@blueprint.post(f"/memberships/<{ID}:membership_id>/remove")
def remove_membership(membership_id):
    """Take somebody out of an organisation; their account stays."""
    membership = _membership(membership_id)
    require(g.can.change_membership(membership))
    organisation_id, is_mine = membership.organisation_id, membership.member_id == g.can.member_id
    try:
        with write_tx():
            leaving.end_membership(db.session.scalar(queries.membership(membership_id)) or abort(404))
    except LastCoordinator:
        flash(still_last(), "error")
    else:
        flash(_("This person no longer belongs to the organisation."), "success")
    return go(url_for("members.profile") if is_mine else url_for("members.people", organisation_id=organisation_id))


@blueprint.get(f"/members/<{ID}:member_id>")
def show(member_id):
    """A member: function, memberships, languages, themes; the address only for those who look after them."""
    member = _visible(member_id)
    places = [place for place in member.memberships if g.can.see_organisation(place.organisation)]
    return render("members/show.html", member=member, places=places, roles=ROLES, themes=THEMES,
                  sees_address=g.can.see_member_address(member))


@blueprint.get(f"/members/<{ID}:member_id>/picture")
def picture(member_id):
    """A member's picture, for people who have signed in."""
    member = _visible(member_id)
    return files.send(pictures.of(member) or abort(404), inline=True)


def _visible(member_id: int) -> Member:
    member = db.session.scalar(queries.member(member_id))
    if member is None or not g.can.see_member(member):
        abort(404)
    return member
