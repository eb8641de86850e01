"""What the list of resources and the page of one of them ask for: columns for lists, a constant number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import aliased, joinedload, raiseload, selectinload

from ... import paging, search
from ...db import db, holds_code, now
from ...files import StoredFile
from ...i18n import lang
from ...members.models import Member, Organisation
from ...members.queries import reach
from ...permissions import Can
from ..models import Resource, ResourceTranslator, ResourceVersion, ResourceWish

ROWS = 24
"""Cards of a page."""
COLUMNS = (Resource.id, Resource.status, Resource.language, Resource.title, Resource.description, Resource.kind, Resource.themes,
           Resource.audiences, Resource.level, Resource.licence, Resource.review_by, Resource.downloads, Resource.published_at,
           Resource.changed_at, Resource.organisation_id, Organisation.name, Organisation.names, Organisation.languages)


@dataclass(frozen=True)
class Filters(paging.Filters):
    """What somebody asked the list for; an empty value asks for nothing."""

    words: str = ""
    kind: str = ""
    theme: str = ""
    audience: str = ""
    language: str = ""
    level: str = ""
    licence: str = ""
    owner: str = ""
    sort: str = "newest"
    show: str = ""

    WIDE = ("sort", "show")


def visible(can: Can, resource=Resource) -> list:
    """The conditions of published resources: all for members, for guests what is public (R2)."""
    conditions = [resource.status == "published"]
    if not can.read_network():
        conditions += [resource.is_public, resource.licence != "network-internal"]
    return conditions


def owned(can: Can, thing=Resource) -> ColumnElement[bool]:
    """Whether a resource or collection belongs to an organisation the reader may write for."""
    return thing.organisation_id.in_(select(Organisation.id).where(reach.belonging_or_led(can)))


def seen(can: Can, resource=Resource) -> ColumnElement[bool]:
    """Whether the reader may see a resource at all: published, or of their own organisation; the office sees everything."""
    if can.is_office:
        return resource.id.is_not(None)
    published = and_(*visible(can, resource))
    return or_(published, owned(can, resource)) if can.read_network() else published


def _shown(filters: Filters, can: Can, resource=Resource) -> list:
    """The conditions of the tab: published ones, the reader's private ones, or those of theirs to check again."""
    if filters.show == "ours" and can.read_network():
        return [resource.status == "private", owned(can, resource)]
    if filters.show == "due" and can.read_network():
        return [resource.status == "published", resource.review_by < now().date(), *([] if can.is_office else [owned(can, resource)])]
    return visible(can, resource)


def matching(filters: Filters, can: Can) -> list:
    """The conditions of what may be seen and answers to the filters."""
    conditions = _shown(filters, can)
    if filters.words:
        conditions.append(Resource.id.in_(search.matching("resource", filters.words)))
    for column, asked in ((Resource.kind, filters.kind), (Resource.level, filters.level), (Resource.licence, filters.licence)):
        if asked:
            conditions.append(column == asked)
    for column, asked in ((Resource.themes, filters.theme), (Resource.audiences, filters.audience)):
        if asked:
            conditions.append(holds_code(column, asked))
    if filters.owner:
        conditions.append(Resource.organisation_id == int(filters.owner))
    if filters.language:
        conditions.append(select(ResourceVersion.id).where(
            ResourceVersion.resource_id == Resource.id, ResourceVersion.language == filters.language).exists())
    return conditions


def part(filters: Filters, can: Can, after: int | None = None, before: int | None = None) -> paging.Window:
    """One page of the list in the order asked for; a key is the number of a resource."""
    backwards = after is None and before is not None
    found = db.session.execute(_slice(filters, can, after or before, backwards)).all()
    total = select(func.count()).select_from(Resource).where(*matching(filters, can))
    return paging.window(found, ROWS, after, before, total=db.session.scalar(total) or 0)


def _order(filters: Filters, resource=Resource) -> tuple:
    if filters.sort == "taken":
        return resource.downloads, resource.id
    return resource.changed_at if filters.show == "ours" else resource.published_at, resource.id


def _slice(filters: Filters, can: Can, key: int | None, backwards: bool) -> Select:
    """The rows that follow the resource `key`, which must itself be one the reader may see."""
    there = None
    if key is not None:
        other = aliased(Resource)
        there = select(*_order(filters, other)).where(other.id == key, *_shown(filters, can, other)).scalar_subquery()
    query = select(*COLUMNS).join(Organisation, Organisation.id == Resource.organisation_id).where(*matching(filters, can))
    return paging.beyond(query, _order(filters), there, not backwards, ROWS)


def rows(numbers: Sequence[int], can: Can) -> Select:
    """The rows of these resources, as far as the reader may see them."""
    return select(*COLUMNS).join(Organisation, Organisation.id == Resource.organisation_id).where(Resource.id.in_(numbers), seen(can))


def editions(numbers: Sequence[int]) -> Select:
    """Every version of these resources with what its file is, older ones first."""
    return (select(ResourceVersion.resource_id, ResourceVersion.language, ResourceVersion.number, ResourceVersion.follows,
                   ResourceVersion.link, StoredFile.kind, StoredFile.name, StoredFile.size)
            .outerjoin(StoredFile, StoredFile.id == ResourceVersion.file_id)
            .where(ResourceVersion.resource_id.in_(numbers)).order_by(ResourceVersion.resource_id, ResourceVersion.number, ResourceVersion.id))


def owners(can: Can) -> Select:
    """The organisations that have something in the list."""
    there = select(Resource.organisation_id).where(*visible(can))
    return (select(Organisation.id, Organisation.name, Organisation.names, Organisation.languages)
            .where(Organisation.id.in_(there)).order_by(getattr(Organisation, f"sort_{lang()}"), Organisation.id))


# ---- one resource ------------------------------------------------------------------------------------------------------


def one(resource_id: int) -> Select:
    """A resource with its organisation and all versions with their files."""
    return (select(Resource).where(Resource.id == resource_id)
            .options(joinedload(Resource.organisation),
                     selectinload(Resource.versions).options(joinedload(ResourceVersion.file).raiseload("*"), raiseload("*")),
                     raiseload("*")))


def locked(resource_id: int) -> Select:
    """The row of a resource, held until the end of the transaction."""
    return select(Resource.id).where(Resource.id == resource_id).with_for_update()


def version(version_id: int) -> Select:
    """A version with its file, its resource and the organisation that owns it."""
    return (select(ResourceVersion).where(ResourceVersion.id == version_id)
            .options(joinedload(ResourceVersion.resource).options(joinedload(Resource.organisation), raiseload("*")),
                     joinedload(ResourceVersion.file).raiseload("*"), raiseload("*")))


def files_of(member_id: int) -> Select[tuple[StoredFile]]:
    """The files a member added as versions of resources."""
    return (select(StoredFile).join(ResourceVersion, ResourceVersion.file_id == StoredFile.id)
            .where(ResourceVersion.added_by_id == member_id).order_by(StoredFile.id))


def wishes(resource_id: int) -> Select:
    """(language, member) of everybody who asked."""
    return select(ResourceWish.language, ResourceWish.member_id).where(ResourceWish.resource_id == resource_id)


def translators(resource_id: int) -> Select:
    """(language, member, name, since) of who is translating."""
    return (select(ResourceTranslator.language, ResourceTranslator.member_id, ResourceTranslator.at, Member.name)
            .join(Member, Member.id == ResourceTranslator.member_id).where(ResourceTranslator.resource_id == resource_id))


def to_review(day, most: int = 100) -> Select:
    """Published resources whose day of review is near and whose owner was not yet reminded of it (N22)."""
    return (select(Resource).where(Resource.status == "published", Resource.review_by <= day,
                                   or_(Resource.reminded_for.is_(None), Resource.reminded_for != Resource.review_by))
            .options(joinedload(Resource.organisation), raiseload("*")).order_by(Resource.id).limit(most))
