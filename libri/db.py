"""The database, its base class and UTC times; one way to write that is safe on SQLite and PostgreSQL."""

from __future__ import annotations

import contextlib
import contextvars
import json
import os
import sqlite3
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, ColumnElement, DateTime, Engine, MetaData, String, TypeDecorator, cast, event
from sqlalchemy import Enum as ChoiceOf
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """What every table shares: constraint names that migrations can rely on."""

    metadata = MetaData(naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    })


def read_json(text: str | bytes):
    """The value of a JSON column; json.loads() also looks for white space around it, which takes longer than reading."""
    return _DECODER.raw_decode(text if isinstance(text, str) else str(text, "utf-8"))[0]


_DECODER = json.JSONDecoder()
db = SQLAlchemy(model_class=Base, disable_autonaming=False, engine_options={"json_deserializer": read_json})
migrate = Migrate(directory=os.path.join(os.path.dirname(__file__), "migrations"), render_as_batch=True, compare_type=True)

if TYPE_CHECKING:
    class Model(Base):
        __abstract__ = True
else:
    Model = db.Model

_clock_offset = timedelta()


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return datetime.now(UTC) + _clock_offset


def set_clock(offset: timedelta) -> None:
    """Move the clock of the whole application by `offset`, for tests of limits and retention."""
    global _clock_offset
    _clock_offset = offset


class UtcDateTime(TypeDecorator):
    """An instant: aware in Python, stored as naive UTC in both databases; a naive value raises ValueError."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value, dialect):
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value, dialect):
        return value.replace(tzinfo=UTC) if value else None


def choice(*values: str, name: str) -> ChoiceOf:
    """A column type for one of `values`, kept by a CHECK constraint called `name` on both databases."""
    return ChoiceOf(*values, native_enum=False, create_constraint=True, name=name, length=40)


def insert_into(table) -> postgresql.Insert | sqlite.Insert:
    """An INSERT in the words of this database, which can say what to do when the row stands already."""
    return (postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert)(table)


def holds_code(column, code: str) -> ColumnElement[bool]:
    """The condition that a JSON list of codes holds `code`; such a list is compared as text on both databases."""
    return cast(column, String).contains(f'"{code}"', autoescape=True)


class OutOfDate(ValueError):
    """Somebody else saved while this person was writing."""


class Fact(Model):
    """A single fact about this database, such as that it holds the sample network."""

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[dict] = mapped_column(JSON)


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection, _record) -> None:
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None  # pysqlite must not open transactions itself
    for pragma in ("busy_timeout=10000", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}").close()


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN " + connection.get_execution_options().get("sqlite_begin", "DEFERRED"))


@contextlib.contextmanager
def aside():
    """Yield a connection for a small note beside the page's own transaction, such as "this was read".

    It waits a quarter of a second for others at most; then the note is given up, because no page waits or fails for it.
    """
    is_sqlite = db.engine.dialect.name == "sqlite"
    with db.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout=250" if is_sqlite else "SET LOCAL lock_timeout = '250ms'")
        try:
            yield connection
            connection.commit()
        except OperationalError:
            connection.rollback()
        finally:
            if is_sqlite:
                connection.exec_driver_sql("PRAGMA busy_timeout=10000")


_rehearsing = contextvars.ContextVar("rehearsing", default=False)


@contextlib.contextmanager
def rehearsal():
    """What write_tx() does inside is undone instead of kept, so that a chore can say what it would do (P7)."""
    before = _rehearsing.set(True)
    try:
        yield
    finally:
        _rehearsing.reset(before)


def is_rehearsal() -> bool:
    """Whether nothing may be changed now, neither rows nor files."""
    return _rehearsing.get()


@contextlib.contextmanager
def write_tx():
    """Yield the session inside the one kind of writing transaction: it takes the write lock first and commits at the end.

    Objects loaded before are expired, so read again inside. Raises RuntimeError when changes are already pending.
    """
    session = db.session
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("pending changes before write_tx()")
    session.rollback()  # a read snapshot cannot be upgraded to a write
    session.connection(execution_options={"sqlite_begin": "IMMEDIATE"})
    try:
        yield session
        session.rollback() if is_rehearsal() else session.commit()
    except BaseException:
        session.rollback()
        raise
