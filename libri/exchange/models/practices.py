"""Practices: what a library tried, in one text per language, reviewed, versioned (product.md, exchange; F2, F19, F22, N7–N10)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ...db import Model, UtcDateTime, choice, now
from ...members.models import Member, Organisation
from ...text import count_words
from ..words import COST_BANDS, LICENCES, ORIGINS, PRACTICE_STATES, STATES_OF_LIFE
from .removing import Removable

SECTIONS = ("title", "summary", "need", "steps", "partners", "resources", "results", "evidence", "newcomers_part", "lessons",
            "transferability")
"""The sections of the full template, in order."""
REQUIRED = ("title", "summary", "themes", "target_groups")
"""What must be filled before a practice is submitted: sixty seconds are enough (F2, N7)."""
FULL = ("need", "steps", "resources", "results", "lessons")
"""What a reader of a short practice still misses and can ask for (N7)."""
LIMITS = {"title": 100, "summary": 120, "need": 250, "steps": 400, "partners": 150, "resources": 150, "results": 250, "evidence": 200,
          "newcomers_part": 150, "lessons": 250, "transferability": 250}
"""Longest a section may be: the title in characters, the others in words."""
STEPS = (3, 8)


class WrongState(ValueError):
    """This cannot be done to a practice in its present state."""


class Practice(Model):
    """One practice of an organisation: the facts that filters use; the words are in PracticeText."""

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"), index=True)
    original_language: Mapped[str] = mapped_column(String(8))
    status: Mapped[str] = mapped_column(choice(*PRACTICE_STATES, name="status"), default="draft")
    themes: Mapped[list[str]] = mapped_column(JSON, default=list)
    target_groups: Mapped[list[str]] = mapped_column(JSON, default=list)
    languages_used: Mapped[list[str]] = mapped_column(JSON, default=list)
    country: Mapped[str] = mapped_column(String(2))
    city: Mapped[str] = mapped_column(String(100))
    hides_city: Mapped[bool] = mapped_column(default=False)
    cost_band: Mapped[str | None] = mapped_column(choice(*COST_BANDS, name="cost_band"))
    cost_rank: Mapped[int] = mapped_column(default=99)
    hours_rank: Mapped[int] = mapped_column(default=1_000_000)
    staff_hours: Mapped[float | None]
    group_size: Mapped[str] = mapped_column(String(40), default="")
    frequency_per_year: Mapped[int | None]
    started: Mapped[str] = mapped_column(String(7), default="")
    life: Mapped[str] = mapped_column(choice(*STATES_OF_LIFE, name="life"), default="pilot")
    licence: Mapped[str] = mapped_column(choice(*LICENCES, name="licence"), default="CC-BY-4.0")
    is_public: Mapped[bool] = mapped_column(default=False)
    contact: Mapped[str] = mapped_column(String(120), default="")
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("topic.id"), unique=True)
    editor_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    adoptions_count: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    hidden_reason: Mapped[str] = mapped_column(String(300), default="")
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    number: Mapped[int] = mapped_column(default=1)
    version: Mapped[int] = mapped_column(default=1)

    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")
    author: Mapped[Member | None] = relationship(foreign_keys=[author_id], lazy="raise_on_sql")
    texts: Mapped[list[PracticeText]] = relationship(cascade="all, delete-orphan", lazy="raise_on_sql", back_populates="practice")

    __table_args__ = (
        CheckConstraint("staff_hours IS NULL OR staff_hours >= 0", name="staff_hours"),
        Index("ix_practice_status_published_at", "status", "published_at", "id"),
        Index("ix_practice_status_adoptions_count", "status", "adoptions_count", "id"),
        Index("ix_practice_status_cost_rank", "status", "cost_rank", "hours_rank", "id"),
    )

    def text_in(self, *languages: str) -> PracticeText:
        """The text in the first of `languages` that exists, else the original."""
        found = {text.language: text for text in self.texts}
        return next((found[code] for code in languages if code in found), found[self.original_language])

    @property
    def original(self) -> PracticeText:
        return self.text_in(self.original_language)

    @property
    def is_members_only(self) -> bool:
        """What did not work is for members only, as an equal of the rest (N10); so is what is licensed for them only."""
        return self.life == "did_not_work" or self.licence == "network-internal" or not self.is_public

    def missing(self) -> list[str]:
        """What must be filled or shortened before submitting: sections of the original, themes, target groups (F2)."""
        text = self.original
        empty = [name for name in REQUIRED if not getattr(self if name in ("themes", "target_groups") else text, name)]
        return empty + [name for name in SECTIONS if name not in empty and not text.fits(name)]

    @property
    def takes_changes(self) -> bool:
        """Whether its texts can be edited: always but in the archive."""
        return self.status != "archived"

    @property
    def must_stay_complete(self) -> bool:
        """Whether others read it already, so that no required section may become empty or too long."""
        return self.status in ("submitted", "published")

    def submit(self) -> None:
        """Hand it to the review; raises WrongState unless it is a draft or changes were requested, and complete."""
        if self.status not in ("draft", "changes_requested") or self.missing():
            raise WrongState
        self.status, self.submitted_at = "submitted", now()

    def request_changes(self) -> None:
        """Give it back to its authors; raises WrongState unless submitted."""
        if self.status != "submitted":
            raise WrongState
        self.status = "changes_requested"

    def publish(self) -> None:
        """Show it to the network; raises WrongState unless submitted and complete."""
        if self.status != "submitted" or self.missing():
            raise WrongState
        self.status, self.published_at = "published", self.published_at or now()

    def archive(self) -> None:
        """Take it out of the catalogue; raises WrongState unless published."""
        if self.status != "published":
            raise WrongState
        self.status = "archived"

    def hide(self, reason: str) -> None:
        """Take it out of the catalogue because a moderator says so; raises WrongState unless published (F13)."""
        self.archive()
        self.hidden_reason = reason

    def show_again(self) -> None:
        """Undo `hide`; raises WrongState unless a moderator hid it."""
        if self.status != "archived" or not self.hidden_reason:
            raise WrongState
        self.status, self.hidden_reason = "published", ""


class PracticeText(Model):
    """A practice in one language; a translation says whose it is and which version of the original it follows (N8)."""

    id: Mapped[int] = mapped_column(primary_key=True)
    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id", ondelete="CASCADE"))
    language: Mapped[str] = mapped_column(String(8))
    title: Mapped[str] = mapped_column(String(200), default="")
    summary: Mapped[str] = mapped_column(Text, default="")
    need: Mapped[str] = mapped_column(Text, default="")
    steps: Mapped[list[str]] = mapped_column(JSON, default=list)
    partners: Mapped[str] = mapped_column(Text, default="")
    resources: Mapped[str] = mapped_column(Text, default="")
    results: Mapped[str] = mapped_column(Text, default="")
    evidence: Mapped[str] = mapped_column(Text, default="")
    newcomers_part: Mapped[str] = mapped_column(Text, default="")
    lessons: Mapped[str] = mapped_column(Text, default="")
    transferability: Mapped[str] = mapped_column(Text, default="")
    origin: Mapped[str] = mapped_column(choice(*ORIGINS, name="origin"), default="original")
    translator_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    reviewer_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    translates_number: Mapped[int | None]
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    version: Mapped[int] = mapped_column(default=1)

    practice: Mapped[Practice] = relationship(back_populates="texts", lazy="raise_on_sql")

    __table_args__ = (UniqueConstraint("practice_id", "language"),)

    def fits(self, section: str) -> bool:
        """Whether a section keeps its limit; one that is empty does."""
        value = getattr(self, section)
        if not value:
            return True
        if section == "title":
            return len(value) <= LIMITS["title"]
        if section == "steps":
            return STEPS[0] <= len(value) <= STEPS[1] and count_words(" ".join(value)) <= LIMITS["steps"]
        return count_words(value) <= LIMITS[section]

    def is_behind(self, practice: Practice) -> bool:
        """Whether the original has moved on since this translation was made."""
        return self.origin != "original" and (self.translates_number or 0) < practice.number

    @property
    def is_short(self) -> bool:
        """Whether this is still the text of sixty seconds (N7)."""
        return any(not getattr(self, name) for name in FULL)

    def fields(self) -> dict:
        """The sections as plain values."""
        return {name: getattr(self, name) for name in SECTIONS}


class PracticeVersion(Removable, Model):
    """An earlier state of one text, kept and compared (F19). `number` is that of the practice for originals."""

    id: Mapped[int] = mapped_column(primary_key=True)
    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id", ondelete="CASCADE"), index=True)
    language: Mapped[str] = mapped_column(String(8))
    number: Mapped[int]
    fields: Mapped[dict] = mapped_column(JSON)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    __table_args__ = (UniqueConstraint("practice_id", "language", "number"),)


class SectionComment(Model):
    """A reviewer's remark on one section, until somebody marks it as dealt with (F25, F27)."""

    id: Mapped[int] = mapped_column(primary_key=True)
    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id", ondelete="CASCADE"), index=True)
    section: Mapped[str] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(Text)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    member: Mapped[Member | None] = relationship(lazy="raise_on_sql")


class TranslationWish(Model):
    """That a member would like to read a practice in a language (N8)."""

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(String(8), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class FieldQuestion(Model):
    """A reader asks for one missing field, "ask for the budget"; the author answers in one line (N7)."""

    id: Mapped[int] = mapped_column(primary_key=True)
    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id", ondelete="CASCADE"))
    field: Mapped[str] = mapped_column(String(40))
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    answer: Mapped[str] = mapped_column(String(300), default="")
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (UniqueConstraint("practice_id", "field"),)


class Adoption(Model):
    """"We tried this": which organisation tried which practice, what it changed, what came of it (N6)."""

    id: Mapped[int] = mapped_column(primary_key=True)
    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id", ondelete="CASCADE"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    language: Mapped[str] = mapped_column(String(8))
    changes: Mapped[str] = mapped_column(Text, default="")
    cost: Mapped[str] = mapped_column(String(200), default="")
    result: Mapped[str] = mapped_column(Text, default="")
    would_repeat: Mapped[str] = mapped_column(choice("yes", "with_changes", "no", "too_early", name="would_repeat"), default="too_early")
    hides_city: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    asked_30_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    asked_90_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    is_shown: Mapped[bool] = mapped_column(default=True)
    hidden_reason: Mapped[str] = mapped_column(String(300), default="")
    version: Mapped[int] = mapped_column(default=1)

    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")
    author: Mapped[Member | None] = relationship(lazy="raise_on_sql")

    __table_args__ = (UniqueConstraint("practice_id", "organisation_id"),)

    @property
    def author_id(self) -> int | None:
        """Who told it, called as with every other text that moderators judge."""
        return self.member_id

    @property
    def created_at(self) -> datetime:
        """When it was told."""
        return self.at
