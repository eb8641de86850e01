"""Organisations of the network: their tree, names per language, places, themes and earlier versions."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, Float, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from ...db import Model, UtcDateTime, choice, now
from ...i18n import LANGUAGES, Localized, LocalizedText, sort_key
from ...search import fold
from ...vocabularies import ORGANISATION_KINDS, ORGANISATION_STATES, PROGRAMME_ROLES

DEEPEST = 4
"""Levels of the tree: municipality, library, branch, and one to spare."""


STEPS = {
    "draft": ("active", "archived"),
    "active": ("suspended",),
    "suspended": ("active", "archived"),
    "archived": ("suspended",),
}
"""Which status may follow which (product.md, members)."""


class NotFromHere(ValueError):
    """This status does not follow the present one."""


class NotBelow(ValueError):
    """An organisation cannot stand below itself, below one of its own, or too deep."""


class Organisation(Model):
    """A library, municipality, institution or association (product.md, members)."""

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(60), unique=True)
    kind: Mapped[str] = mapped_column(choice(*ORGANISATION_KINDS, name="kind"))
    programme_role: Mapped[str] = mapped_column(choice(*PROGRAMME_ROLES, name="programme_role"), default="network")
    status: Mapped[str] = mapped_column(choice(*ORGANISATION_STATES, name="status"), default="draft")
    name: Mapped[str] = mapped_column(String(200))
    names: Mapped[Localized] = mapped_column(LocalizedText, default=Localized)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    path: Mapped[str] = mapped_column(String(80), default="", index=True)
    country: Mapped[str] = mapped_column(String(2))
    region: Mapped[str] = mapped_column(String(100), default="")
    city: Mapped[str] = mapped_column(String(100))
    latitude: Mapped[float | None] = mapped_column(Float)
    longitude: Mapped[float | None] = mapped_column(Float)
    timezone: Mapped[str] = mapped_column(String(60), default="Europe/Riga")
    email: Mapped[str] = mapped_column(String(254), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    website: Mapped[str] = mapped_column(String(300), default="")
    languages: Mapped[list[str]] = mapped_column(JSON, default=list)
    themes: Mapped[list[str]] = mapped_column(JSON, default=list)
    description: Mapped[Localized] = mapped_column(LocalizedText, default=Localized)
    accessibility: Mapped[Localized] = mapped_column(LocalizedText, default=Localized)
    newcomer_hours: Mapped[Localized] = mapped_column(LocalizedText, default=Localized)
    seeks_partner: Mapped[bool] = mapped_column(default=False)
    seeks_partner_for: Mapped[Localized] = mapped_column(LocalizedText, default=Localized)
    seeks_partner_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    confirmed_on: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    version: Mapped[int] = mapped_column(default=1)
    is_demonstration: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(Text, default="")
    search_text: Mapped[str] = mapped_column(Text, default="")
    sort_lv: Mapped[str] = mapped_column(String(400), default="")
    sort_en: Mapped[str] = mapped_column(String(400), default="")
    sort_ru: Mapped[str] = mapped_column(String(400), default="")
    sort_uk: Mapped[str] = mapped_column(String(400), default="")

    parent: Mapped[Organisation | None] = relationship(remote_side=[id], lazy="raise_on_sql")
    theme_rows: Mapped[list[OrganisationTheme]] = relationship(cascade="all, delete-orphan", lazy="select")
    language_rows: Mapped[list[OrganisationLanguage]] = relationship(cascade="all, delete-orphan", lazy="select")

    __table_args__ = (
        CheckConstraint("latitude BETWEEN -90 AND 90", name="latitude"),
        CheckConstraint("longitude BETWEEN -180 AND 180", name="longitude"),
        *(Index(f"ix_organisation_status_sort_{code}", "status", f"sort_{code}", "id") for code in LANGUAGES),
        Index("ix_organisation_status_country", "status", "country", "id"),
        Index("ix_organisation_status_created_at", "status", "created_at", "id"),
    )

    @validates("themes")
    def _keep_theme_rows(self, _key, codes: list[str]) -> list[str]:
        self.theme_rows = [OrganisationTheme(theme=code) for code in dict.fromkeys(codes)]
        return list(dict.fromkeys(codes))

    @validates("languages")
    def _keep_language_rows(self, _key, codes: list[str]) -> list[str]:
        self.language_rows = [OrganisationLanguage(language=code) for code in dict.fromkeys(codes)]
        return list(dict.fromkeys(codes))

    @property
    def lineage(self) -> frozenset[int]:
        """Ids of this organisation and of all above it."""
        return frozenset(int(part) for part in self.path.split("/") if part) | ({self.id} if self.id else frozenset())

    @property
    def root_id(self) -> int:
        """The id at the top of its tree: the municipality or city whose local partnership this is part of."""
        return int(self.path.split("/")[1])

    def name_in(self, *languages: str) -> tuple[str, str]:
        """Return (language, name) for a reader of `languages`: a name in one of theirs, else its own name."""
        for code in languages:
            if self.names.get(code):
                return code, self.names[code]
        return (self.languages or [""])[0], self.name

    def place_under(self, parent: Organisation | None) -> None:
        """Put this organisation below `parent` (or at the top) and set its path; raises NotBelow for a loop or too deep.

        The organisations below must be moved along by the caller (`queries.below`); call after a flush.
        """
        if parent is not None and (self.id in parent.lineage or parent.path.count("/") > DEEPEST):
            raise NotBelow
        self.parent_id = parent.id if parent else None
        self.path = f"{parent.path if parent else '/'}{self.id}/"

    def move_under(self, parent: Organisation | None, below: list[Organisation]) -> None:
        """Put this organisation with all those `below` it under `parent`; raises NotBelow and then moves nothing."""
        old = self.path
        height = max((one.path.count("/") for one in below), default=old.count("/")) - old.count("/")
        if parent is not None and parent.path.count("/") + height > DEEPEST:
            raise NotBelow
        self.place_under(parent)
        for one in below:
            one.path = self.path + one.path[len(old):]

    def change_status(self, status: str) -> None:
        """Take the next step of draft, active, suspended, archived; raises NotFromHere."""
        if status not in STEPS[self.status]:
            raise NotFromHere
        self.status = status

    def index_names(self) -> None:
        """Renew what lists sort and search by; call after names, city or languages changed."""
        for code in LANGUAGES:
            setattr(self, f"sort_{code}", sort_key(self.name_in(code)[1], code))
        self.search_text = fold(" ".join([self.name, *self.names.values(), self.city, self.region, *self.description.values()]))[:4000]

    def confirm(self) -> None:
        """Note that what stands here is still true today."""
        self.confirmed_on = now()

    def seek_partner(self, seeks: bool, what_for: dict[str, str]) -> None:
        """Raise or lower the flag "looking for a partner" (D11)."""
        if seeks and not self.seeks_partner:
            self.seeks_partner_since = now()
        self.seeks_partner, self.seeks_partner_for = seeks, Localized(what_for)


class OrganisationTheme(Model):
    """A theme an organisation works with, for filters."""

    theme: Mapped[str] = mapped_column(String(40), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), primary_key=True, index=True)


class OrganisationLanguage(Model):
    """A language staff of an organisation work in, for filters (D10)."""

    language: Mapped[str] = mapped_column(String(8), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), primary_key=True, index=True)


class OrganisationVersion(Model):
    """What one change of an organisation's page changed: field → [before, after]; never personal data."""

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), index=True)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    number: Mapped[int]
    changes: Mapped[dict] = mapped_column(JSON)
