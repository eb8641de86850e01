"""Going: out of an organisation, out of use, out of the network – and the last coordinator, who cannot (S39, P4)."""

from __future__ import annotations

from flask import current_app
from sqlalchemy import delete, exists, func, or_, select, update

from .. import audit, data_map, emails, files, search, tickets
from ..db import db, now
from . import gate, pictures
from .models import Invitation, Member, Membership, Organisation
from .models.members import LastCoordinator

TICKETS_OF_MEMBERS = ("sign_in", "new_password", "confirm_address")
"""Purposes whose tickets belong to a member."""


def keep_the_office(member_id: int | None = None) -> None:
    """Raise LastCoordinator if nobody could enter the office any more, or nobody without `member_id` (S39).

    Call inside write_tx(): it locks the coordinating body, so that two who go at once cannot both go.
    """
    bodies = db.session.scalars(
        select(Organisation.id).where(Organisation.kind == "coordinator", Organisation.status.in_(("active", "draft")))
        .order_by(Organisation.id).with_for_update(key_share=True)).all()
    coordinators = set(db.session.scalars(
        select(Membership.member_id).join(Member)
        .where(Membership.organisation_id.in_(bodies), Membership.role == "coordinator", Member.status == "active")))
    if not coordinators - {member_id}:
        raise LastCoordinator


def is_last_coordinator(membership: Membership) -> bool:
    """Whether nobody else coordinates this organisation: worth a warning, not a refusal."""
    return membership.role == "coordinator" and not db.session.scalar(
        select(exists().where(Membership.organisation_id == membership.organisation_id, Membership.role == "coordinator",
                              Membership.id != membership.id, Membership.member_id == Member.id, Member.status == "active")))


def change_role(membership: Membership, role: str) -> None:
    """Give a membership another role, inside write_tx(); raises LastCoordinator."""
    if membership.role == "coordinator" != role and membership.organisation.kind == "coordinator":
        keep_the_office_without(membership)
    membership.role = role


def end_membership(membership: Membership) -> None:
    """Take somebody out of an organisation, inside write_tx(); raises LastCoordinator."""
    if membership.role == "coordinator" and membership.organisation.kind == "coordinator":
        keep_the_office_without(membership)
    audit.record("membership.ended", membership, whose=membership.member_id)
    db.session.delete(membership)


def keep_the_office_without(membership: Membership) -> None:
    """As keep_the_office, for one membership: somebody who coordinates two coordinating bodies may leave one."""
    other = db.session.scalar(
        select(func.count()).select_from(Membership).join(Organisation)
        .where(Membership.member_id == membership.member_id, Membership.id != membership.id, Membership.role == "coordinator",
               Organisation.kind == "coordinator", Organisation.status.in_(("active", "draft"))))
    if not other:
        keep_the_office(membership.member_id)


def disable(member: Member) -> None:
    """Take an account out of use and end its sessions, inside write_tx(); raises LastCoordinator."""
    keep_the_office(member.id)
    member.disable()
    gate.end_sessions_of(member.id)
    for purpose in TICKETS_OF_MEMBERS:
        tickets.void(purpose, member.id)
    audit.record("member.disabled", member)


def enable(member: Member) -> None:
    """Let a disabled account be used again, inside write_tx()."""
    member.enable()
    audit.record("member.enabled", member)


def close(member: Member) -> list[str]:
    """Close an account inside write_tx(): only a "former member" without personal data stays. Raises LastCoordinator.

    Returns what stored contents the caller lets go of after the transaction (`files.forget`).
    """
    keep_the_office(member.id)
    address, language, picture = member.email or "", member.language, pictures.of(member)
    for forget in current_app.extensions.get("when_a_member_goes", ()):
        forget(member)
    _forget_invitations(member.id, address)
    db.session.execute(delete(tickets.Ticket).where(or_(
        (tickets.Ticket.extra == address) & (tickets.Ticket.extra != ""),
        tickets.Ticket.purpose.in_(TICKETS_OF_MEMBERS) & (tickets.Ticket.subject_id == member.id))))
    audit.record("member.closed", member)
    db.session.flush()
    data_map.erase(member.id, address)
    db.session.execute(update(Member).where(Member.id == member.id).values(status="closed", closed_at=now()))
    db.session.expire(member)
    search.put("person", member.id)
    if address:
        emails.account_closed(address, language)
    return files.remove(picture) if picture else []


def _forget_invitations(member_id: int, address: str) -> None:
    """Withdraw what is still open for this address and empty what is personal in it; own words in others' invitations go too."""
    mine = or_(Invitation.email == address, Invitation.accepted_by_id == member_id) if address else Invitation.accepted_by_id == member_id
    for invitation in db.session.scalars(select(Invitation).where(mine)):
        if invitation.status in ("invited", "expired"):
            invitation.withdraw()
            tickets.void("invitation", invitation.id)
        invitation.forget()
    db.session.execute(update(Invitation).where(Invitation.invited_by_id == member_id).values(words=""))
