"""Where a resource is used: practices, events and strategies say which resources they use, and how they themselves are called (N21)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from flask import g
from flask_babel import LazyString
from sqlalchemy import delete, select
from sqlalchemy.orm import joinedload, raiseload

from ..db import db
from ..i18n import reader_languages
from .models import Resource, ResourceUse


@dataclass(frozen=True)
class Used:
    """A thing that uses a resource, as its reader may see it."""

    address: str
    title: str
    language: str


@dataclass(frozen=True)
class Kind:
    """A kind of thing that uses resources: what it is called, and a function from ids to what the reader may see of them."""

    label: LazyString
    shown: Callable[[list[int]], list[Used]]


KINDS: dict[str, Kind] = {}
"""Kinds of things by table; the feature of a thing registers it with `register()`."""


def register(object_kind: str, label: LazyString, shown: Callable[[list[int]], list[Used]]) -> None:
    """Say how things of a kind are called, and how those the reader may see are shown."""
    KINDS[object_kind] = Kind(label, shown)


def of(resource_id: int) -> list[tuple[LazyString, list[Used]]]:
    """What uses a resource, by kind, as far as the reader may see it."""
    numbers = defaultdict(list)
    for row in db.session.execute(select(ResourceUse.object_kind, ResourceUse.object_id).where(ResourceUse.resource_id == resource_id)):
        numbers[row.object_kind].append(row.object_id)
    shown = [(kind.label, kind.shown(numbers[name])) for name, kind in KINDS.items() if name in numbers]
    return [(label, things) for label, things in shown if things]


def resources_of(object_kind: str, object_id: int) -> list[Resource]:
    """The resources a thing uses, with their organisations; ask `can.see_resource` before showing one."""
    found = (select(Resource).join(ResourceUse, ResourceUse.resource_id == Resource.id)
             .where(ResourceUse.object_kind == object_kind, ResourceUse.object_id == object_id)
             .options(joinedload(Resource.organisation), raiseload("*")).order_by(ResourceUse.at, Resource.id))
    return list(db.session.scalars(found))


def titles_of(object_kind: str, object_id: int) -> list[tuple[int, str, str]]:
    """(number, language, title) of the resources a thing uses, as far as the reader may see them."""
    return [(one.id, *one.title_in(*reader_languages())) for one in resources_of(object_kind, object_id) if g.can.see_resource(one)]


def use(object_kind: str, object_id: int, resource_id: int) -> bool:
    """Note that a thing uses a resource, inside write_tx(); return whether that is new."""
    if db.session.get(ResourceUse, (resource_id, object_kind, object_id)):
        return False
    db.session.add(ResourceUse(resource_id=resource_id, object_kind=object_kind, object_id=object_id))
    return True


def copy(object_kind: str, object_id: int, other_id: int) -> None:
    """Note that another thing of the kind uses the same resources, inside write_tx()."""
    same = select(ResourceUse.resource_id).where(ResourceUse.object_kind == object_kind, ResourceUse.object_id == object_id)
    for number in db.session.scalars(same).all():
        use(object_kind, other_id, number)


def forget(object_kind: str, object_id: int, resource_ids: Iterable[int] | None = None) -> None:
    """Note that a thing no longer uses these resources, or none at all, inside write_tx()."""
    gone = delete(ResourceUse).where(ResourceUse.object_kind == object_kind, ResourceUse.object_id == object_id)
    db.session.execute(gone if resource_ids is None else gone.where(ResourceUse.resource_id.in_(list(resource_ids))))
