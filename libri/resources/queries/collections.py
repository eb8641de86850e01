"""What the pages of collections ask for."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import joinedload, raiseload, selectinload

from ...members.models import Organisation
from ...permissions import Can
from ..models import Collection, CollectionItem, Resource, ResourceVersion
from . import resources

MOST_LISTED = 200


def visible(can: Can) -> ColumnElement[bool]:
    """Published collections for members, public ones for guests, and the reader's own."""
    if can.is_office:
        return Collection.id.is_not(None)
    if can.read_network():
        return or_(Collection.status == "published", resources.owned(can, Collection))
    return (Collection.status == "published") & Collection.is_public


def listed(can: Can) -> Select:
    """The collections the reader may see with the number of what they see in each, the newest first."""
    count = (select(func.count()).select_from(CollectionItem).join(Resource, Resource.id == CollectionItem.resource_id)
             .where(CollectionItem.collection_id == Collection.id, resources.seen(can)).scalar_subquery())
    return (select(Collection.id, Collection.status, Collection.title, Collection.description, Collection.language, Collection.published_at,
                   Organisation.name, Organisation.names, Organisation.languages, count.label("count"))
            .join(Organisation, Organisation.id == Collection.organisation_id).where(visible(can))
            .order_by(Collection.published_at.is_not(None), Collection.published_at.desc(), Collection.id.desc()).limit(MOST_LISTED))


def one(collection_id: int) -> Select:
    """A collection with its organisation and the resources in it, in their order."""
    whole = joinedload(CollectionItem.resource).options(
        joinedload(Resource.organisation), raiseload("*"),
        selectinload(Resource.versions).options(joinedload(ResourceVersion.file).raiseload("*"), raiseload("*")))
    return (select(Collection).where(Collection.id == collection_id)
            .options(joinedload(Collection.organisation), selectinload(Collection.items).options(whole, raiseload("*")), raiseload("*")))


def holding(resource_id: int, can: Can) -> Select:
    """(id, title, language) of the collections a resource is in, as far as the reader sees them."""
    return (select(Collection.id, Collection.title, Collection.language).join(CollectionItem)
            .where(CollectionItem.resource_id == resource_id, visible(can)).order_by(Collection.id))


def fillable(resource_id: int, can: Can) -> Select:
    """(id, title, language) of the reader's own collections that lack a resource; the office's own too."""
    held = select(CollectionItem.collection_id).where(CollectionItem.resource_id == resource_id)
    return (select(Collection.id, Collection.title, Collection.language)
            .where(resources.owned(can, Collection), Collection.id.not_in(held)).order_by(Collection.id.desc()).limit(50))
