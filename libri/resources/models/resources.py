"""Resources: one thing in several languages, each with its versions; private to its organisation until published (R1, R2, R5, N20–N23)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ...db import Model, UtcDateTime, choice, now
from ...files import StoredFile
from ...i18n import Localized, LocalizedText
from ...members.models import Organisation
from ..words import KINDS, LEVELS, LICENCES, STATES

LONGEST_TITLE = 150
REQUIRED = ("title", "description", "themes", "audiences", "versions")
"""What must be there before a resource is published."""


class NotPublishable(ValueError):
    """Something is still missing, so it stays private."""


class Shared:
    """What resources and collections have in common: an organisation owns them, and it decides who sees them."""

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    language: Mapped[str] = mapped_column(String(8))
    title: Mapped[Localized] = mapped_column(LocalizedText, default=Localized)
    description: Mapped[Localized] = mapped_column(LocalizedText, default=Localized)
    is_public: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    @property
    def is_published(self) -> bool:
        return self.status == "published"

    def title_in(self, *languages: str) -> tuple[str, str]:
        """(language, title) for a reader of `languages`, else as its owner wrote it."""
        return self.title.best(*languages, self.language)

    def withdraw(self) -> None:
        """Make it private again."""
        self.status = "private"


class Resource(Shared, Model):
    """A guide, template or recording. Its files and links are in ResourceVersion; `language` is the one it was made in."""

    id: Mapped[int] = mapped_column(primary_key=True)
    status: Mapped[str] = mapped_column(choice(*STATES, name="status"), default="private")
    kind: Mapped[str] = mapped_column(choice(*KINDS, name="kind"))
    themes: Mapped[list[str]] = mapped_column(JSON, default=list)
    audiences: Mapped[list[str]] = mapped_column(JSON, default=list)
    level: Mapped[str | None] = mapped_column(choice(*LEVELS, name="level"))
    licence: Mapped[str] = mapped_column(choice(*LICENCES, name="licence"), default="CC-BY-4.0")
    review_by: Mapped[date | None] = mapped_column(index=True)
    reminded_for: Mapped[date | None]
    reviewed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    downloads: Mapped[int] = mapped_column(default=0)

    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")
    versions: Mapped[list[ResourceVersion]] = relationship(
        cascade="all, delete-orphan", lazy="raise_on_sql", back_populates="resource", order_by="ResourceVersion.number")

    __table_args__ = (
        Index("ix_resource_status_published_at", "status", "published_at", "id"),
        Index("ix_resource_status_downloads", "status", "downloads", "id"),
    )

    @property
    def is_members_only(self) -> bool:
        """Guests see what its owner marked as public and its licence allows."""
        return not self.is_public or self.licence == "network-internal"

    @property
    def is_overdue(self) -> bool:
        """Whether the day by which its owner wanted to check it has passed (N22)."""
        return self.review_by is not None and self.review_by < now().date()

    @property
    def number(self) -> int:
        """The number of the newest version in the language it was made in; 0 when there is none."""
        return max((one.number for one in self.versions if one.language == self.language), default=0)

    def missing(self) -> list[str]:
        """What is to be filled before publishing."""
        there = {"title": self.title.get(self.language), "description": any(self.description.values()), "themes": self.themes,
                 "audiences": self.audiences, "versions": self.number}
        return [name for name in REQUIRED if not there[name]]

    def publish(self) -> None:
        """Show it to the network; raises NotPublishable while something is missing."""
        if self.missing():
            raise NotPublishable
        self.status, self.published_at = "published", self.published_at or now()

    def review(self, until: date) -> None:
        """Note that what stands here is still right, and when to look again."""
        self.review_by, self.reviewed_at, self.version = until, now(), self.version + 1

    def take_back(self, version: ResourceVersion) -> None:
        """Remove a version that was added by mistake; raises NotPublishable when a published resource would be left without its original."""
        originals = [one for one in self.versions if one.language == self.language]
        if self.status == "published" and originals == [version]:
            raise NotPublishable
        self.versions.remove(version)
        self.changed_at, self.version = now(), self.version + 1

    def add_version(self, language: str, **given) -> ResourceVersion:
        """The next version in `language`; a translation follows the newest original unless `follows` says otherwise."""
        number = 1 + max((one.number for one in self.versions if one.language == language), default=0)
        follows = None if language == self.language else given.pop("follows", None) or self.number or None
        given.pop("follows", None)
        new = ResourceVersion(language=language, number=number, follows=follows, **given)
        self.versions.append(new)
        self.changed_at, self.version = now(), self.version + 1
        return new


class ResourceVersion(Model):
    """One file or link in one language, never changed: the next one stands beside it (R5). `follows` is the number of the original."""

    id: Mapped[int] = mapped_column(primary_key=True)
    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id", ondelete="CASCADE"))
    language: Mapped[str] = mapped_column(String(8))
    number: Mapped[int]
    follows: Mapped[int | None]
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"), index=True)
    link: Mapped[str] = mapped_column(String(500), default="")
    change_note: Mapped[str] = mapped_column(String(300), default="")
    note_language: Mapped[str] = mapped_column(String(8), default="")
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    added_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    resource: Mapped[Resource] = relationship(back_populates="versions", lazy="raise_on_sql")
    file: Mapped[StoredFile | None] = relationship(lazy="raise_on_sql")

    __table_args__ = (
        UniqueConstraint("resource_id", "language", "number"),
        CheckConstraint("(file_id IS NULL) <> (link = '')", name="file_or_link"),
    )


class ResourceWish(Model):
    """That a member would like to have a resource in a language (N20)."""

    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(String(8), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class ResourceTranslator(Model):
    """Who is translating a resource into a language, so that nobody else begins the same (N20)."""

    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(String(8), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class ResourceUse(Model):
    """That a practice, event or strategy uses a resource (N21); the feature of that thing says how it is called and who sees it."""

    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id", ondelete="CASCADE"), primary_key=True)
    object_kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    object_id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    resource: Mapped[Resource] = relationship(lazy="raise_on_sql")

    __table_args__ = (Index("ix_resource_use_object", "object_kind", "object_id"),)


class DownloadCount(Model):
    """How often a resource was taken away on a day in a language; of whom nothing is known (R12)."""

    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id", ondelete="CASCADE"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(String(8), primary_key=True)
    count: Mapped[int] = mapped_column(default=0)
