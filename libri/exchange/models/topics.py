"""Discussions: a topic and its replies; the opening text is reply number 0, so editing, thanks and reports exist once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, literal_column
from sqlalchemy.ext.associationproxy import AssociationProxy, association_proxy
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from ... import text
from ...db import Model, UtcDateTime, choice, now
from ...files import StoredFile
from ...members.models import Member, Organisation
from ..words import CATEGORIES, TOPIC_STATES
from .removing import Removable


class Locked(ValueError):
    """The topic takes no more replies."""


class Topic(Model):
    """A discussion in one of five categories; a practice has exactly one of its own."""

    id: Mapped[int] = mapped_column(primary_key=True)
    category: Mapped[str] = mapped_column(choice(*CATEGORIES, name="category"))
    language: Mapped[str] = mapped_column(String(8))
    title: Mapped[str] = mapped_column(String(200))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    status: Mapped[str] = mapped_column(choice(*TOPIC_STATES, name="status"), default="open")
    themes: Mapped[list[str]] = mapped_column(JSON, default=list)
    links: Mapped[dict] = mapped_column(JSON, default=dict)
    accepted_number: Mapped[int | None]
    last_number: Mapped[int] = mapped_column(default=0)
    last_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    last_author_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    pinned_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    is_locked: Mapped[bool] = mapped_column(default=False)
    is_shown: Mapped[bool] = mapped_column(default=True)
    hidden_reason: Mapped[str] = mapped_column(String(300), default="")
    watched_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    version: Mapped[int] = mapped_column(default=1)

    author: Mapped[Member | None] = relationship(foreign_keys=[author_id], lazy="raise_on_sql")
    organisation: Mapped[Organisation | None] = relationship(lazy="raise_on_sql")
    link_rows: Mapped[list[TopicLink]] = relationship(cascade="all, delete-orphan", lazy="select")

    __table_args__ = (
        Index("ix_topic_is_shown_last_at", "is_shown", "last_at", "id"),
        Index("ix_topic_category_last_at", "category", "is_shown", "last_at", "id"),
        Index("ix_topic_pinned_until", "pinned_until"),
    )

    @validates("links")
    def _keep_link_rows(self, _key, links: dict[str, int]) -> dict[str, int]:
        self.link_rows = [TopicLink(kind=kind, object_id=number) for kind, number in links.items()]
        return links

    @property
    def is_pinned(self) -> bool:
        return self.pinned_until is not None and self.pinned_until > now()

    @property
    def takes_replies(self) -> bool:
        return not self.is_locked and self.status != "closed"

    def open_with(self, body: str, html: str | None = None, *, function: str = "", waits: bool = False) -> Reply:
        """The opening text of this new topic, as its number 0; one that waits for the moderators keeps the topic unseen."""
        reply = Reply(topic_id=self.id, number=0, author_id=self.author_id, organisation_id=self.organisation_id, author_function=function,
                      language=self.language, is_waiting=waits)
        reply.write(body, html)
        self.is_shown, self.last_author_id = not waits, self.author_id
        return reply

    def add_reply(self, author_id: int | None, body: str, language: str, organisation_id: int | None, quotes: int | None = None,
                  html: str | None = None, *, function: str = "", waits: bool = False) -> Reply:
        """Append a reply, inside write_tx() with this topic locked; raises Locked. One that waits for the moderators is no activity yet."""
        if not self.takes_replies:
            raise Locked
        reply = Reply(topic_id=self.id, number=self.last_number + 1, author_id=author_id, organisation_id=organisation_id,
                      author_function=function, language=language, quotes=quotes, is_waiting=waits)
        reply.write(body, html)
        self.last_number = reply.number
        if not waits:
            self.last_at, self.last_author_id = now(), reply.author_id
        return reply

    def accept(self, number: int) -> None:
        """Mark a reply as the answer; the topic is then answered."""
        self.accepted_number, self.status = number, "answered"

    def take_back_answer(self) -> None:
        """No reply is the answer any more; the topic is open again unless somebody closed it."""
        self.accepted_number = None
        if self.status == "answered":
            self.status = "open"


class TopicLink(Model):
    """That a topic is about a practice, a resource or an event: a row, so that the page of the thing finds its topics."""

    kind: Mapped[str] = mapped_column(choice("practice", "resource", "event", name="kind"), primary_key=True)
    object_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id", ondelete="CASCADE"), primary_key=True, index=True)


class Reply(Model):
    """A text in a topic: what was written, its HTML, who wrote it where they work."""

    id: Mapped[int] = mapped_column(primary_key=True)
    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id", ondelete="CASCADE"))
    number: Mapped[int]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    author_function: Mapped[str] = mapped_column(String(120), default="")
    language: Mapped[str] = mapped_column(String(8))
    body: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    quotes: Mapped[int | None]
    thanks_count: Mapped[int] = mapped_column(default=0)
    is_shown: Mapped[bool] = mapped_column(default=True)
    is_waiting: Mapped[bool] = mapped_column(default=False)
    hidden_reason: Mapped[str] = mapped_column(String(300), default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    edited_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    author: Mapped[Member | None] = relationship(lazy="raise_on_sql")

    __table_args__ = (
        UniqueConstraint("topic_id", "number"), Index("ix_reply_created_at", "created_at"),
        Index("ix_reply_waiting", "id", sqlite_where=literal_column("is_waiting"), postgresql_where=literal_column("is_waiting")),
    )

    def write(self, body: str, html: str | None = None) -> None:
        """Set the text and its HTML, drawn when written and not when read (`html`, when it was drawn before the transaction)."""
        self.body, self.html = body, text.render(body) if html is None else html


class ReplyVersion(Removable, Model):
    """What a reply said before an edit (F19)."""

    id: Mapped[int] = mapped_column(primary_key=True)
    reply_id: Mapped[int] = mapped_column(ForeignKey("reply.id", ondelete="CASCADE"), index=True)
    body: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Thanks(Model):
    """That a member thanked for a reply, once."""

    reply_id: Mapped[int] = mapped_column(ForeignKey("reply.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True, index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class ReplyTranslation(Model):
    """A reply in another language, by a person or a machine, of one version of it (F17, F18)."""

    reply_id: Mapped[int] = mapped_column(ForeignKey("reply.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(String(8), primary_key=True)
    title: Mapped[str] = mapped_column(String(200), default="")
    body: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    origin: Mapped[str] = mapped_column(choice("human", "machine", name="origin"))
    translator_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    of_version: Mapped[int]
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class ReadMark(Model):
    """How far a member has read a topic (F7)."""

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id", ondelete="CASCADE"), primary_key=True, index=True)
    number: Mapped[int]
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class Follow(Model):
    """What a member follows or has muted: a topic, practice, organisation (by id) or theme (by code) (F4, F5)."""

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(choice("topic", "practice", "theme", "organisation", name="kind"))
    key: Mapped[str] = mapped_column(String(40))
    is_muted: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    __table_args__ = (UniqueConstraint("member_id", "kind", "key"), Index("ix_follow_kind_key", "kind", "key"))


class Report(Model):
    """That somebody pointed the moderators to a reply, a practice or an adoption, with a reason (F13)."""

    id: Mapped[int] = mapped_column(primary_key=True)
    object_kind: Mapped[str] = mapped_column(choice("reply", "practice", "adoption", name="object_kind"))
    object_id: Mapped[int]
    reason: Mapped[str] = mapped_column(Text)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    status: Mapped[str] = mapped_column(choice("open", "settled", name="status"), default="open")
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))

    __table_args__ = (Index("ix_report_status_at", "status", "at"), Index("ix_report_object", "object_kind", "object_id"))


class ReportNote(Model):
    """A moderator's note on a report; the history of what was done stands in the audit trail."""

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id", ondelete="CASCADE"), index=True)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class Attachment(Model):
    """A photo or file of a practice or a reply; photos need consent, licence and an alternative text (F15, F26, F28)."""

    id: Mapped[int] = mapped_column(primary_key=True)
    object_kind: Mapped[str] = mapped_column(choice("practice", "reply", name="object_kind"))
    object_id: Mapped[int]
    kind: Mapped[str] = mapped_column(choice("photo", "file", name="kind"))
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), index=True)
    alternative: Mapped[str] = mapped_column(String(300), default="")
    credit: Mapped[str] = mapped_column(String(200), default="")
    licence: Mapped[str] = mapped_column(String(40), default="")
    has_consent: Mapped[bool] = mapped_column(default=False)
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    stored: Mapped[StoredFile] = relationship(lazy="joined", innerjoin=True)

    __table_args__ = (Index("ix_attachment_object", "object_kind", "object_id"),)

    name: AssociationProxy[str] = association_proxy("stored", "name")
    size: AssociationProxy[int] = association_proxy("stored", "size")
    width: AssociationProxy[int | None] = association_proxy("stored", "width")
    height: AssociationProxy[int | None] = association_proxy("stored", "height")

    @property
    def is_complete(self) -> bool:
        """Whether others may see it: a photo needs the consent of the people shown, a licence and an alternative text (F26)."""
        return self.kind == "file" or (self.has_consent and bool(self.licence) and bool(self.alternative))
