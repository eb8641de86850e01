"""What pages about the people of an organisation show."""

from __future__ import annotations

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from ..models import Member, Membership, Organisation


def memberships_of(organisation: Organisation) -> Select:
    """Who belongs to an organisation: coordinators first, then by name."""
    return (select(Membership).join(Membership.member).where(Membership.organisation_id == organisation.id, Member.status != "closed")
            .options(contains_eager(Membership.member)).order_by(Membership.role, Member.name, Membership.id))


def membership(membership_id: int) -> Select:
    """One membership with its member and organisation."""
    return (select(Membership).where(Membership.id == membership_id)
            .options(joinedload(Membership.member), joinedload(Membership.organisation)))


def places_of(member_id: int) -> Select:
    """The memberships of one member with their organisations, oldest first."""
    return (select(Membership).where(Membership.member_id == member_id)
            .options(joinedload(Membership.organisation)).order_by(Membership.since, Membership.id))


def member(member_id: int) -> Select:
    """A member with memberships and organisations."""
    return (select(Member).where(Member.id == member_id)
            .options(selectinload(Member.memberships).joinedload(Membership.organisation)))
