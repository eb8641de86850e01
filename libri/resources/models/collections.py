"""Collections: resources in an order, to be taken away as one ZIP (R4, N24)."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ...db import Model, choice, now
from ...members.models import Organisation
from ..words import STATES
from .resources import NotPublishable, Resource, Shared

MOST = 60
"""Resources of one collection."""


class Collection(Shared, Model):
    """A set of resources for one purpose, made by an organisation."""

    id: Mapped[int] = mapped_column(primary_key=True)
    status: Mapped[str] = mapped_column(choice(*STATES, name="status"), default="private")

    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")
    items: Mapped[list[CollectionItem]] = relationship(
        cascade="all, delete-orphan", lazy="raise_on_sql", order_by="CollectionItem.place, CollectionItem.resource_id")

    __table_args__ = (Index("ix_collection_status_published_at", "status", "published_at", "id"),)

    @property
    def is_members_only(self) -> bool:
        return not self.is_public

    def publish(self) -> None:
        """Show it to the network; raises NotPublishable while nothing is in it."""
        if not self.items:
            raise NotPublishable
        self.status, self.published_at = "published", self.published_at or now()

    def put(self, resource_id: int) -> bool:
        """Add a resource at the end; return whether it is new here."""
        if len(self.items) >= MOST or any(item.resource_id == resource_id for item in self.items):
            return False
        self.items.append(CollectionItem(resource_id=resource_id, place=1 + max((item.place for item in self.items), default=0)))
        self.changed_at = now()
        return True

    def take_out(self, resource_id: int) -> None:
        """Remove a resource; the last one of a published collection makes it private."""
        self.items = [item for item in self.items if item.resource_id != resource_id]
        self.changed_at = now()
        if not self.items:
            self.withdraw()

    def move_up(self, resource_id: int) -> None:
        """Let a resource change places with the one before it."""
        order = [item.resource_id for item in self.items]
        at = order.index(resource_id) if resource_id in order else 0
        if at:
            order[at - 1], order[at] = order[at], order[at - 1]
        for item in self.items:
            item.place = order.index(item.resource_id) + 1
        self.items.sort(key=lambda item: item.place)


class CollectionItem(Model):
    """A resource in a collection."""

    collection_id: Mapped[int] = mapped_column(ForeignKey("collection.id", ondelete="CASCADE"), primary_key=True)
    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id", ondelete="CASCADE"), primary_key=True, index=True)
    place: Mapped[int] = mapped_column(default=1)

    resource: Mapped[Resource] = relationship(lazy="raise_on_sql")
