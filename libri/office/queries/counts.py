"""How much waits for the office, each kind once."""

from __future__ import annotations

from sqlalchemy import Select, func, select

from ...db import now
from ...directory.models import ContactPerson
from ...directory.queries.contacts import stale
from ...exchange.models import Practice, Reply, Report
from ...members.models import Invitation, Member, Organisation
from ...outbox import Letter
from . import organisations


def waiting() -> Select:
    """One row of numbers, named as the tiles of the first page."""
    open_ = Invitation.status == "invited"
    counted = {
        "contacts": select(func.count()).select_from(stale().order_by(None).subquery()),
        "all_contacts": select(func.count(ContactPerson.id)).join(Organisation).where(
            ContactPerson.ended_at.is_(None), Organisation.status == "active"),
        "invited": select(func.count(Invitation.id)).where(open_, Invitation.expires_at > now()),
        "expired": select(func.count(Invitation.id)).where((Invitation.status == "expired") | (open_ & (Invitation.expires_at <= now()))),
        "letters_waiting": select(func.count(Letter.id)).where(Letter.status == "waiting"),
        "letters_failed": select(func.count(Letter.id)).where(Letter.status == "failed"),
        "drafts": select(func.count()).select_from(organisations.in_state("draft").order_by(None).subquery()),
        "suspended": select(func.count()).select_from(organisations.in_state("suspended").order_by(None).subquery()),
        "without_contact": select(func.count()).select_from(organisations.without_contact().order_by(None).subquery()),
        "reports": select(func.count(Report.id)).where(Report.status == "open"),
        "practices": select(func.count(Practice.id)).where(Practice.status == "submitted"),
        "texts_waiting": select(func.count(Reply.id)).where(Reply.is_waiting),
        "members": select(func.count(Member.id)).where(Member.status == "active"),
        "disabled": select(func.count(Member.id)).where(Member.status == "disabled"),
    }
    return select(*(query.scalar_subquery().label(name) for name, query in counted.items()))
