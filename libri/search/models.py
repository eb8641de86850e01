"""The index: a row for each thing in each of its languages and each place in it, their words, and parts of these for mending mistakes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import DDL, ForeignKey, Index, String, Text, UniqueConstraint, event, text
from sqlalchemy.orm import Mapped, mapped_column

from ..db import Model, UtcDateTime, choice, now

AUDIENCES = ("public", "network", "organisation", "coordinators", "office")
"""Who may find a thing: everybody; members; the people of its organisation and those who coordinate it; only those; the office.

Its owner always may."""


class SearchDocument(Model):
    """One thing in one language, or one place in it, as it is searched and shown among results."""

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    object_id: Mapped[int]
    language: Mapped[str] = mapped_column(String(8))
    place: Mapped[str] = mapped_column(String(40), default="", server_default="")
    title: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    country: Mapped[str] = mapped_column(String(2), default="")
    audience: Mapped[str] = mapped_column(choice(*AUDIENCES, name="audience"), default="office")
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id", ondelete="SET NULL"), index=True)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    title_keys: Mapped[str] = mapped_column(Text)
    body_keys: Mapped[str] = mapped_column(Text)

    __table_args__ = (UniqueConstraint("kind", "object_id", "place", "language"),)


class SearchWord(Model):
    """A word some document holds; one that may have gone with a text is doubtful until the worker has looked."""

    word: Mapped[str] = mapped_column(String(40), primary_key=True)
    is_doubtful: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (Index("ix_search_word_doubtful", "word", sqlite_where=text("is_doubtful"), postgresql_where=text("is_doubtful")),)


class SearchGram(Model):
    """Three letters of a word, so that words spelt alike are found."""

    gram: Mapped[str] = mapped_column(String(3), primary_key=True)
    word: Mapped[str] = mapped_column(ForeignKey("search_word.word", ondelete="CASCADE"), primary_key=True, index=True)


SQLITE = (
    """CREATE VIRTUAL TABLE IF NOT EXISTS ft_document USING fts5(title_keys, body_keys, content='search_document', content_rowid='id',
    tokenize="unicode61 remove_diacritics 0", prefix='3', columnsize=0, detail=column)""",
    """CREATE TRIGGER IF NOT EXISTS search_document_added AFTER INSERT ON search_document BEGIN
    INSERT INTO ft_document (rowid, title_keys, body_keys) VALUES (new.id, new.title_keys, new.body_keys); END""",
    """CREATE TRIGGER IF NOT EXISTS search_document_gone AFTER DELETE ON search_document BEGIN
    INSERT INTO ft_document (ft_document, rowid, title_keys, body_keys) VALUES ('delete', old.id, old.title_keys, old.body_keys); END""",
    """CREATE TRIGGER IF NOT EXISTS search_document_changed AFTER UPDATE OF title_keys, body_keys ON search_document BEGIN
    INSERT INTO ft_document (ft_document, rowid, title_keys, body_keys) VALUES ('delete', old.id, old.title_keys, old.body_keys);
    INSERT INTO ft_document (rowid, title_keys, body_keys) VALUES (new.id, new.title_keys, new.body_keys); END""",
)
"""What SQLite needs beside the tables; a migration that makes the tables runs these statements too."""
POSTGRES = (
    """ALTER TABLE search_document
    ADD COLUMN title_vector tsvector GENERATED ALWAYS AS (array_to_tsvector(string_to_array(title_keys, ' '))) STORED,
    ADD COLUMN vector tsvector GENERATED ALWAYS AS
    (array_to_tsvector(string_to_array(title_keys, ' ')) || array_to_tsvector(string_to_array(body_keys, ' '))) STORED""",
    "CREATE INDEX ix_search_document_title_vector ON search_document USING gin (title_vector)",
    "CREATE INDEX ix_search_document_vector ON search_document USING gin (vector)",
)
"""What PostgreSQL needs beside the tables: two columns made from the keys and their indexes."""
for _statement in SQLITE:
    event.listen(SearchDocument.__table__, "after_create", DDL(_statement).execute_if(dialect="sqlite"))
event.listen(SearchDocument.__table__, "after_drop", DDL("DROP TABLE IF EXISTS ft_document").execute_if(dialect="sqlite"))
for _statement in POSTGRES:
    event.listen(SearchDocument.__table__, "after_create", DDL(_statement).execute_if(dialect="postgresql"))
