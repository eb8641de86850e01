"""What the page of one organisation shows: its tree, its local partnership, earlier versions."""

from __future__ import annotations

from sqlalchemy import Select, select
from sqlalchemy.orm import raiseload

from ...i18n import lang
from ...members.models import Member, Organisation, OrganisationVersion
from ...members.queries import reach
from ..models import ContactPerson

VERSIONS_AT_ONCE = 30
PARENT_KINDS = ("coordinator", "municipality", "city", "public_library")
"""Kinds that may have others below them."""


def in_order() -> tuple:
    """The reader's alphabet."""
    return getattr(Organisation, f"sort_{lang()}"), Organisation.id


def with_ids(ids) -> Select[tuple[Organisation]]:
    """Organisations by their numbers, from the top of the tree down."""
    return select(Organisation).where(Organisation.id.in_(ids)).order_by(Organisation.path).options(raiseload("*"))


def children(organisation_id: int) -> Select[tuple[Organisation]]:
    """Those directly below, by name."""
    return select(Organisation).where(Organisation.parent_id == organisation_id).order_by(*in_order()).options(raiseload("*"))


def below(organisation: Organisation) -> Select[tuple[Organisation]]:
    """Everything below an organisation, at any depth, by path."""
    return (select(Organisation).where(Organisation.path.startswith(organisation.path, autoescape=True), Organisation.id != organisation.id)
            .order_by(Organisation.path))


def partnership(root_id: int) -> Select[tuple[Organisation]]:
    """The active organisations of a local partnership: the one at the top first, then the others by name (N3)."""
    return (select(Organisation).where(reach.in_partnership(root_id), Organisation.status == "active")
            .order_by(Organisation.parent_id.is_not(None), *in_order()).options(raiseload("*")))


def contacts_of(organisation_ids) -> Select[tuple[ContactPerson]]:
    """Present contact persons of these organisations, in their own order."""
    return (select(ContactPerson).where(ContactPerson.organisation_id.in_(organisation_ids), ContactPerson.ended_at.is_(None))
            .order_by(ContactPerson.organisation_id, ContactPerson.position, ContactPerson.id))


def possible_parents(organisation: Organisation | None = None) -> Select:
    """What may be chosen as the organisation above: (id, name, names, languages), without itself and those below it."""
    found = select(Organisation).where(Organisation.kind.in_(PARENT_KINDS), Organisation.status != "archived").order_by(*in_order())
    if organisation is not None:
        found = found.where(~Organisation.path.startswith(organisation.path, autoescape=True))
    return found.options(raiseload("*"))


def versions(organisation_id: int, before: int | None = None) -> Select:
    """(version, name of who made it or None), newest first; after the first page those numbered below `before`."""
    found = (select(OrganisationVersion, Member.name, Member.status).outerjoin(Member, Member.id == OrganisationVersion.member_id)
             .where(OrganisationVersion.organisation_id == organisation_id))
    if before is not None:
        found = found.where(OrganisationVersion.number < before)
    return found.order_by(OrganisationVersion.number.desc()).limit(VERSIONS_AT_ONCE + 1)


def versions_since(organisation_id: int, number: int) -> Select[tuple[OrganisationVersion]]:
    """What was changed after version `number`, oldest first."""
    return (select(OrganisationVersion).where(OrganisationVersion.organisation_id == organisation_id, OrganisationVersion.number > number)
            .order_by(OrganisationVersion.number))
