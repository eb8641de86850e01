"""Alembic's environment, made safe for SQLite: child rows survive a rebuilt table, a failed step leaves nothing."""

from __future__ import annotations

from alembic import context
from flask import current_app
from sqlalchemy import TypeDecorator

from libri import sample, worker  # noqa: F401 (so that every table is known)

database = current_app.extensions["migrate"].db


def include_object(thing, name, kind, reflected, compare_to) -> bool:
    """Leave the full-text index, its shadow tables and the columns PostgreSQL fills to the migrations that made them."""
    is_index = kind == "table" and name.startswith("ft_")
    is_vector = kind in ("column", "index") and thing.table.name == "search_document" and name.endswith("vector")
    return not (reflected and (is_index or is_vector))


def render_item(kind, thing, context) -> str | bool:
    """Write our own column types as what they are in the database: a migration imports nothing of LiBri."""
    if kind == "type" and isinstance(thing, TypeDecorator):
        return f"sa.{thing.impl!r}"
    return False


def run() -> None:
    """Run the steps in one writing transaction, with foreign keys checked at its end.

    Foreign keys are off meanwhile on SQLite: rebuilding a table drops the old one, which would delete all rows below it.
    """
    engine = database.engine
    sqlite = engine.dialect.name == "sqlite"
    with engine.connect() as connection:
        if sqlite:
            connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF").close()
        options = dict(current_app.extensions["migrate"].configure_args)
        options.setdefault("render_as_batch", True)
        context.configure(
            connection=connection.execution_options(sqlite_begin="IMMEDIATE"), target_metadata=database.metadata,
            include_object=include_object, render_item=render_item, transactional_ddl=True, **options)
        try:
            with context.begin_transaction():
                context.run_migrations()
                if sqlite and (broken := connection.exec_driver_sql("PRAGMA foreign_key_check").all()):
                    raise RuntimeError(f"the migration left rows without their parents: {broken[:5]}")
        finally:
            if sqlite:
                connection.connection.driver_connection.execute("PRAGMA foreign_keys=ON").close()


run()
