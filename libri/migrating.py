"""Writing a migration: from the tables as the migrations make them to the tables of the models, named by date and words."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from alembic import command
from alembic.autogenerate import renderers
from alembic.operations.ops import CreateTableOp, DropTableOp, MigrateOperation
from flask import current_app

from .audit import POSTGRES_TRIGGERS, SQLITE_TRIGGERS
from .config import from_environment
from .search import POSTGRES as SEARCH_POSTGRES
from .search import SQLITE as SEARCH_SQLITE


class KeepAudit(MigrateOperation):
    """The triggers that keep audit entries from changing; autogenerate sees tables only."""


class ForgetAudit(MigrateOperation):
    """The end of what PostgreSQL keeps beside the table."""


class KeepSearch(MigrateOperation):
    """The full-text index and what fills it."""


class ForgetSearch(MigrateOperation):
    """The end of what SQLite keeps beside the table."""


@renderers.dispatch_for(KeepAudit)
def _render_keeping(_context, _operation) -> list[str]:
    return _for_both(SQLITE_TRIGGERS, POSTGRES_TRIGGERS)


@renderers.dispatch_for(KeepSearch)
def _render_keeping_search(_context, _operation) -> list[str]:
    return _for_both(SEARCH_SQLITE, SEARCH_POSTGRES)


def _for_both(sqlite: tuple[str, ...], postgres: tuple[str, ...]) -> list[str]:
    lines = []
    for dialect, statements in (("sqlite", sqlite), ("postgresql", postgres)):
        lines.append(f'if op.get_bind().dialect.name == "{dialect}":')
        lines += [f'op.execute("""{" ".join(statement.split())}""")' for statement in statements]
        lines.append("")  # Alembic's printer indents after a colon and goes back at an empty line
    return lines


@renderers.dispatch_for(ForgetAudit)
def _render_forgetting(_context, _operation) -> list[str]:
    return ['if op.get_bind().dialect.name == "postgresql":', 'op.execute("DROP FUNCTION audit_entry_keep()")', ""]


@renderers.dispatch_for(ForgetSearch)
def _render_forgetting_search(_context, _operation) -> list[str]:
    return ['if op.get_bind().dialect.name == "sqlite":', 'op.execute("DROP TABLE ft_document")', ""]


def write(words: str) -> str:
    """Write the next migration and return its path; it starts from an empty database that all earlier ones have built."""
    from . import create_app

    with tempfile.TemporaryDirectory() as folder:
        environ = {**os.environ, "LIBRI_DATA": folder, "DATABASE_URL": ""}
        with create_app(**from_environment(environ)).app_context():
            config = current_app.extensions["migrate"].migrate.get_config()
            command.upgrade(config, "head")
            script = command.revision(config, message=words, autogenerate=True, process_revision_directives=_add_triggers)
    return str(Path(script.path).name)  # type: ignore[union-attr]


def _add_triggers(_context, _revision, directives) -> None:
    script = directives[0]
    for table, keep, forget in (("audit_entry", KeepAudit, ForgetAudit), ("search_document", KeepSearch, ForgetSearch)):
        if any(isinstance(op, CreateTableOp) and op.table_name == table for op in script.upgrade_ops.ops):
            script.upgrade_ops.ops.append(keep())
        if any(isinstance(op, DropTableOp) and op.table_name == table for op in script.downgrade_ops.ops):
            script.downgrade_ops.ops.append(forget())
