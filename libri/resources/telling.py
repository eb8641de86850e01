"""Who is told of resources: those who asked for a language, those who look after a translation, the owner's coordinators (N20, N22)."""

from __future__ import annotations

from flask import current_app
from sqlalchemy import delete, select

from ..db import db
from ..directory.queries.contacts import coordinators_of
from ..notices.models import tell
from .models import Resource, ResourceVersion, ResourceWish


def address(resource: Resource) -> str:
    """The path of a resource's page, also where no request is, as in a chore."""
    return current_app.url_map.bind("localhost").build("resources.show", {"resource_id": resource.id})


def _tell(members: set, kind: str, resource: Resource, but: int | None) -> int:
    language, title = resource.title_in(resource.language)
    return tell({one for one in members if one}, kind, address(resource), resource, but=but, title=title, language=language, by=but)


def owners(resource: Resource) -> set[int]:
    """The coordinators of the owner, and who added the resource."""
    return {member.id for member in coordinators_of(resource.organisation)} | ({resource.author_id} if resource.author_id else set())


def version_added(resource: Resource, new: ResourceVersion) -> None:
    """A new original: who made the translations hears that they are behind. A translation: who asked for it, and the owner."""
    if new.language == resource.language:
        _tell({one.added_by_id for one in resource.versions if one.language != resource.language}, "resource.behind", resource, new.added_by_id)
        return
    mine = (ResourceWish.resource_id == resource.id) & (ResourceWish.language == new.language)
    asked = set(db.session.scalars(select(ResourceWish.member_id).where(mine)))
    _tell(asked, "resource.wish_fulfilled", resource, new.added_by_id)
    _tell(owners(resource) - asked, "resource.translated", resource, new.added_by_id)
    db.session.execute(delete(ResourceWish).where(mine))


def wished(resource: Resource, by: int | None) -> None:
    """Somebody asked for a language first: the owner hears of it."""
    _tell(owners(resource), "resource.wished", resource, by)


def review_due(resource: Resource) -> int:
    """The day is near on which the owner wanted to check it again."""
    return _tell(owners(resource), "resource.review_due", resource, None)
