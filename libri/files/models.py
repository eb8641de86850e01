"""Stored files: what is known of each, the blobs their contents lie in, and the text that was read in them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from ..db import Model, UtcDateTime, choice, now
from .kinds import KINDS


class StoredBlob(Model):
    """A content in the store, under the name of its SHA-256. Its row is there before it, so that sweep and upload never cross."""

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    size: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now, index=True)
    claims: Mapped[int] = mapped_column(default=0)
    """Uploads that hold it and have no row of their own yet."""


class StoredFile(Model):
    """A file somebody added: its name and type, its content's digest, whose it is; several files may share a content."""

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(ForeignKey("stored_blob.digest"), index=True)
    preview_digest: Mapped[str | None] = mapped_column(ForeignKey("stored_blob.digest"), index=True)
    size: Mapped[int] = mapped_column(BigInteger)
    media_type: Mapped[str] = mapped_column(String(100))
    kind: Mapped[str] = mapped_column(choice(*KINDS, name="kind"))
    name: Mapped[str] = mapped_column(String(200))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    added_by_id: Mapped[int | None] = mapped_column(index=True)
    added_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    scan: Mapped[str] = mapped_column(choice("none", "waiting", "clean", "infected", name="scan"), default="none")
    text_state: Mapped[str] = mapped_column(choice("none", "waiting", "read", "failed", name="text_state"), default="none")
    tries: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    pages: Mapped[int | None]
    width: Mapped[int | None]
    height: Mapped[int | None]

    __table_args__ = (Index("ix_stored_file_work", "text_state", "scan"),)

    @property
    def may_be_sent(self) -> bool:
        """Whether nobody needs to wait for the virus scanner, and it found nothing."""
        return self.scan in ("none", "clean")

    @property
    def suffix(self) -> str:
        """The ending of its name, in small letters, such as `pdf`."""
        return self.name.rpartition(".")[2].lower()


class StoredFileText(Model):
    """The words of a document, read by the worker for the search and the excerpt; at most `reading.MOST_LETTERS` letters."""

    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id", ondelete="CASCADE"), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    read_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
