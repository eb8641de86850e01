"""What pages about invitations show."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload

from ..models import Invitation, Member, Membership, Organisation


def of(organisation: Organisation) -> Select:
    """The invitations of an organisation whose addresses are still known and that were not accepted, newest first."""
    return (select(Invitation).where(Invitation.organisation_id == organisation.id, Invitation.status != "accepted", Invitation.email != "")
            .order_by(Invitation.sent_at.desc(), Invitation.id.desc()).limit(500))


def to_send_again(organisation: Organisation) -> Select:
    """The open invitations of an organisation, those run out included unless somebody was invited anew or joined since."""
    newer = select(Invitation.email).where(Invitation.organisation_id == organisation.id, Invitation.status == "invited")
    return (select(Invitation).where(
        Invitation.organisation_id == organisation.id, Invitation.email != "",
        or_(Invitation.status == "invited",
            (Invitation.status == "expired") & Invitation.email.not_in(newer) & Invitation.email.not_in(_addresses_in(organisation.id))))
        .order_by(Invitation.id))


def invitation(invitation_id: int) -> Select:
    """One invitation with its organisation."""
    return (select(Invitation).where(Invitation.id == invitation_id)
            .options(joinedload(Invitation.organisation), joinedload(Invitation.invited_by)))


def locked(invitation_id: int) -> Select:
    """The same inside write_tx(), held against whoever accepts or withdraws it at the same time."""
    return invitation(invitation_id).with_for_update(of=Invitation)


def living(organisation_id: int, addresses: Collection[str]) -> Select:
    """The open invitations for some addresses into one organisation."""
    return select(Invitation).where(
        Invitation.organisation_id == organisation_id, Invitation.email.in_(addresses), Invitation.status == "invited")


def members_among(organisation_id: int, addresses: Collection[str]) -> Select:
    """Those of some addresses whose owners belong to the organisation already."""
    return _addresses_in(organisation_id).where(Member.email.in_(addresses))


def account(address: str) -> Select:
    """Whoever has this address, in use or disabled."""
    return select(Member).where(Member.email == address)


def _addresses_in(organisation_id: int) -> Select:
    return select(Member.email).join(Membership).where(Membership.organisation_id == organisation_id, Member.email.is_not(None))
