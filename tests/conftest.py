"""One application and one database for all tests of a process; every test finds it empty but for the cast."""

from __future__ import annotations

import os
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from libri import create_app
from libri.db import db, set_clock

from .cast import Cast
from .page import Browser


@pytest.fixture(scope="session")
def app(tmp_path_factory):
    """The application as in production but for its secret; DATABASE_URL chooses PostgreSQL (one database a process)."""
    folder = tmp_path_factory.mktemp("data")
    address = os.environ.get("LIBRI_TEST_DATABASE", "")
    if address:
        address = address.replace("NUMBER", os.environ.get("PYTEST_XDIST_WORKER", "gw0"))
    application = create_app(
        TESTING=True, SECRET_KEY="a secret for tests only, long enough for anybody", DATA_FOLDER=str(folder),
        SQLALCHEMY_DATABASE_URI=address or f"sqlite:///{folder / 'libri.sqlite'}", BASE_URL="http://localhost", TRUSTED_HOSTS=["localhost"],
        SMTP_URL="", DEMONSTRATION=False, SECOND_FACTOR="off", PROPAGATE_EXCEPTIONS=False)
    with application.app_context():
        db.drop_all()
        db.create_all()
    if not address:
        with application.app_context():
            db.session.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
            db.session.remove()
            db.engine.dispose()
        shutil.copy(folder / "libri.sqlite", folder / "empty.sqlite")
    return application


def _empty(application) -> None:
    """Bring the database back to empty: a copied file on SQLite, TRUNCATE on PostgreSQL."""
    with application.app_context():
        db.session.remove()
        if db.engine.dialect.name == "sqlite":
            db.engine.dispose()
            folder = Path(application.config["DATA_FOLDER"])
            for leftover in ("libri.sqlite-wal", "libri.sqlite-shm"):
                (folder / leftover).unlink(missing_ok=True)
            shutil.copy(folder / "empty.sqlite", folder / "libri.sqlite")
        else:
            names = ", ".join(f'"{table.name}"' for table in db.metadata.sorted_tables)
            with db.engine.begin() as connection:
                connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))


@pytest.fixture
def world(app):
    """An empty database and an application context around the test."""
    _empty(app)
    app.config["DEMONSTRATION"] = False
    app.config["SECOND_FACTOR"] = "off"
    with app.app_context():
        yield app
        db.session.rollback()
        db.session.remove()
    set_clock(timedelta())


@pytest.fixture
def cast(world) -> Cast:
    """Ana, Bruno, Carla and Dina with their organisations."""
    return Cast()


@pytest.fixture
def browse(world):
    """`browse(ana)` is a browser in which Ana is signed in; `browse()` belongs to nobody."""
    return lambda member=None, **options: Browser(world, member, **options)


@pytest.fixture
def later():
    """`later(minutes=61)` moves the clock of the application."""
    return lambda **spans: set_clock(timedelta(**spans))
