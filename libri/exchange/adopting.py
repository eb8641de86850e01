"""Telling the network that a practice was tried, and asking later what came of it (N6)."""

from __future__ import annotations

from sqlalchemy import select

from .. import audit, emails
from ..db import db, now
from ..members.models import Member, Membership
from ..notices.models import tell
from . import following, telling
from .models import Adoption, Practice
from .queries import adoptions as queries
from .queries import practices


def add(practice: Practice, organisation_id: int, member_id: int, form) -> Adoption:
    """Add an adoption inside write_tx(), count it, and tell those whom the practice concerns."""
    adoption = Adoption(practice_id=practice.id, organisation_id=organisation_id, member_id=member_id)
    form.write(adoption)
    db.session.add(adoption)
    db.session.flush()
    queries.recount(practice.id)
    audit.record("adoption.added", adoption, practice=practice.id)
    by = {} if adoption.hides_city else {"by": member_id}
    concerned = practices.people_of(practice) - following.muted("practice", practice.id) | following.hear_of_practice(practice)
    tell(concerned, "practice.adopted", address(adoption), practice, but=member_id, **said(practice), **by)
    following.begin(member_id, "practice", practice.id)
    return adoption


def of_organisation(practice_id: int, organisation_id: int) -> Adoption | None:
    """What this organisation told before."""
    return db.session.scalar(select(Adoption).filter_by(practice_id=practice_id, organisation_id=organisation_id))


def address(adoption: Adoption) -> str:
    """Where an adoption stands on the page of its practice."""
    return telling.address("exchange.practice", practice_id=adoption.practice_id) + f"#adoption-{adoption.id}"


def said(practice: Practice) -> dict[str, str]:
    """What a notice about a practice says of it."""
    return {"title": practice.original.title, "language": practice.original_language}


def ask_for_result(adoption: Adoption, practice: Practice) -> int:
    """Ask whoever told of it, else the people of the organisation, what came of it, inside write_tx(); return how many were asked.

    Each gets a letter of its own kind with the question, but for those who chose to get none.
    """
    people = list(db.session.scalars(select(Member).join(Membership).where(
        Membership.organisation_id == adoption.organisation_id, Member.status == "active")))
    asked = [one for one in people if one.id == adoption.member_id] or people
    where = telling.address("exchange.edit_adoption", adoption_id=adoption.id)
    tell([one.id for one in asked], "practice.adoption_asked", where, adoption, by_letter=False, **said(practice))
    for member in asked:
        if member.notices != "never":
            emails.adoption_result(member, where, practice.text_in(member.language, *member.reads).title)
    _note_asking(adoption)
    return len(asked)


def _note_asking(adoption: Adoption) -> None:
    """Both questions count as asked when the second is due."""
    days = (now() - adoption.at).days
    adoption.asked_30_at = adoption.asked_30_at or now()
    if days >= queries.ASKED_AFTER[1]:
        adoption.asked_90_at = now()
