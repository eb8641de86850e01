"""What the directory does when a member closes their account: their entries lose the person, the function stays."""

from __future__ import annotations

from sqlalchemy import or_, select

from .. import audit
from ..db import db
from ..members.models import Member
from .models import ContactPerson


def forget(member: Member) -> None:
    """Empty every contact person that is this member, inside write_tx(); coordinators then see that somebody is missing.

    An entry without account counts when it names a person under the same address; a bare shared mailbox stays.
    """
    same_address = (ContactPerson.email == member.email) & (ContactPerson.name != "") & ContactPerson.member_id.is_(None)
    for contact in db.session.scalars(select(ContactPerson).where(or_(ContactPerson.member_id == member.id, same_address))):
        contact.empty()
        audit.record("contact.emptied", contact)
