"""Members as the office sees them: found by words, state, role, organisation and country."""

from __future__ import annotations

from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy.orm import selectinload

from ...members.models import Member, Membership, Organisation, SignIn
from ...search import like, words

SORT = (Member.name, Member.id)


def found(text: str = "", status: str = "", role: str = "", organisation: str = "", country: str = "") -> Select:
    """Members who answer to all that was asked, with their memberships and organisations."""
    query = select(Member).options(selectinload(Member.memberships).selectinload(Membership.organisation))
    query = query.where(Member.status == status) if status else query.where(Member.status != "closed")
    for word in text.split()[:8]:
        pattern = like(word)
        query = query.where(or_(Member.name.ilike(pattern, escape="\\"), Member.email.ilike(pattern, escape="\\")))
    if role or organisation or country:
        query = query.where(_has_place(role, organisation, country))
    return query


def _has_place(role: str, organisation: str, country: str):
    """One membership that has all of it: the role, in an organisation of these words, in this country."""
    conditions = [Membership.member_id == Member.id, Membership.organisation_id == Organisation.id]
    if role == "office":
        conditions += [Membership.role == "coordinator", Organisation.kind == "coordinator"]
    elif role:
        conditions.append(Membership.role == role)
    if country:
        conditions.append(Organisation.country == country)
    conditions += [Organisation.search_text.like(like(word), escape="\\") for word in words(organisation)]
    return exists().where(*conditions)


def one(member_id: int) -> Select:
    """One member who has not closed the account, with their organisations."""
    return (select(Member).where(Member.id == member_id, Member.status != "closed")
            .options(selectinload(Member.memberships).selectinload(Membership.organisation)))


def sessions_of(member_id: int) -> Select:
    """How many sessions of a member are open."""
    return select(func.count(SignIn.id)).where(SignIn.member_id == member_id)
