"""Migrations: up, equal to the models, down, up again – with rows, on the database at hand (R11, S63)."""

import shutil
import textwrap

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import delete, inspect, text, update

from libri import create_app, sample, serving
from libri.audit import AuditEntry, record
from libri.db import db, write_tx

from .databases import spare

pytestmark = pytest.mark.long


@pytest.fixture
def fresh(tmp_path):
    """An application with an empty database of its own, brought up to date by the migrations."""
    with spare(tmp_path) as address:
        app = create_app(SECRET_KEY="a secret for tests only, long enough for anybody", DATA_FOLDER=str(tmp_path),
                         SQLALCHEMY_DATABASE_URI=address, SAMPLE_PASSWORD="rupjmaize ar medu")
        with app.app_context():
            serving.make_ready()
            yield app.extensions["migrate"].migrate.get_config()
            db.session.remove()
            db.engine.dispose()


def counts():
    with db.engine.connect() as connection:
        return {table.name: connection.scalar(text(f'SELECT count(*) FROM "{table.name}"')) for table in db.metadata.sorted_tables}


def triggers():
    catalogue = "sqlite_master WHERE type = 'trigger'" if db.engine.dialect.name == "sqlite" else "pg_trigger WHERE NOT tgisinternal"
    name = "name" if db.engine.dialect.name == "sqlite" else "tgname"
    with db.engine.connect() as connection:
        return sorted(connection.scalars(text(f"SELECT {name} FROM {catalogue}")))


def test_the_migrations_make_what_the_models_say(fresh):
    command.check(fresh)

    assert triggers()


def test_there_is_one_way_up(fresh):
    assert len(ScriptDirectory.from_config(fresh).get_heads()) == 1


def test_down_and_up_again(fresh):
    sample.load()
    db.session.remove()

    command.downgrade(fresh, "base")
    left = set(inspect(db.engine).get_table_names())
    command.upgrade(fresh, "head")

    assert left <= {"alembic_version"}
    command.check(fresh)


def test_each_step_keeps_the_rows_of_the_tables_it_leaves(fresh):
    sample.load()
    db.session.remove()
    steps = [script.revision for script in ScriptDirectory.from_config(fresh).walk_revisions()]
    before = counts()

    for earlier in steps[1:]:
        command.downgrade(fresh, earlier)
    command.upgrade(fresh, "head")

    after = counts()
    assert after["organisation"] == before["organisation"]
    assert after["membership"] == before["membership"]


def with_one_more_step(config, tmp_path, body):
    """The migrations with a step of the test's own at their end."""
    folder = tmp_path / "migrations"
    shutil.copytree(config.get_main_option("script_location"), folder)
    head = ScriptDirectory.from_config(config).get_current_head()
    (folder / "versions").mkdir(exist_ok=True)
    (folder / "versions" / "one_more.py").write_text(
        f"from alembic import op\nimport sqlalchemy as sa\nrevision, down_revision = 'one_more', {head!r}\n"
        f"def upgrade():\n{textwrap.indent(textwrap.dedent(body), '    ')}\ndef downgrade():\n    pass\n")
    config.set_main_option("script_location", str(folder))


def test_rebuilding_a_table_keeps_the_rows_below_it(fresh, tmp_path):
    """On SQLite Alembic makes a table anew and drops the old one, which would delete every row that hangs on it."""
    sample.load()
    db.session.remove()
    before = counts()

    with_one_more_step(fresh, tmp_path, """
        with op.batch_alter_table("organisation", recreate="auto") as table:
            table.alter_column("note", nullable=True)
        """)
    command.upgrade(fresh, "head")

    assert counts() == before and before["organisation"] == 75


def test_a_step_that_fails_leaves_nothing_behind(fresh, tmp_path):
    with_one_more_step(fresh, tmp_path, """
        op.create_table("half", sa.Column("id", sa.Integer(), primary_key=True))
        raise RuntimeError("in the middle")
        """)

    with pytest.raises(RuntimeError, match="in the middle"):
        command.upgrade(fresh, "head")

    assert "half" not in inspect(db.engine).get_table_names()


def test_a_database_of_a_newer_libri_is_refused_in_plain_words(fresh):
    with db.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'tomorrow'"))

    with pytest.raises(serving.CannotServe, match="newer LiBri"):
        serving.make_ready()


def test_an_audit_entry_made_under_the_migrations_cannot_be_changed_or_deleted(fresh):
    with write_tx():
        record("test")

    with pytest.raises(Exception, match="never change"), write_tx() as session:
        session.execute(update(AuditEntry).values(action="other"))
    with pytest.raises(Exception, match="are kept|never change"), write_tx() as session:
        session.execute(delete(AuditEntry))
