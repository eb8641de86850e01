"""One application and one database for all tests of a process; every test finds it empty but for the cast."""

from __future__ import annotations

import gc
import os
from datetime import timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import event

from libri import create_app, sample
from libri.db import db, set_clock
from libri.members import passwords

from .cast import Cast
from .page import Browser
from .stages import Stages
from .statements import Statements
from .things import make_things

STAGES = {
    "cast": ("cast", lambda: {"cast": Cast.made()}, "empty"),
    "things": ("things", lambda: make_things(Cast.made()), "empty"),
    "network": ("network", lambda: sample.load(), "empty"),
}

gc.set_threshold(200_000, 20, 100)  # tests make much that lives long: looking through all of it again and again takes a tenth of their time
COMPILED = Path(__file__).resolve().parent.parent / "build" / "templates"


@pytest.fixture(scope="session")
def app(tmp_path_factory):
    """The application as in production but for its secret; DATABASE_URL chooses PostgreSQL (one database a process)."""
    folder = tmp_path_factory.mktemp("data")
    COMPILED.mkdir(parents=True, exist_ok=True)
    address = os.environ.get("LIBRI_TEST_DATABASE", "")
    if address:
        address = address.replace("NUMBER", os.environ.get("PYTEST_XDIST_WORKER", "gw0"))
    application = create_app(
        TESTING=True, SECRET_KEY="a secret for tests only, long enough for anybody", DATA_FOLDER=str(folder),
        SQLALCHEMY_DATABASE_URI=address or f"sqlite:///{folder / 'libri.sqlite'}", BASE_URL="http://localhost", TRUSTED_HOSTS=["localhost"],
        SMTP_URL="", DEMONSTRATION=False, SECOND_FACTOR="off", PROPAGATE_EXCEPTIONS=False)
    application.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(COMPILED))  # a template is compiled once, not in each process
    passwords.hasher = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)  # as correct and much cheaper
    return application


@pytest.fixture(scope="session")
def stages(app):
    """The states of the database that tests begin with."""
    return Stages(app)


@pytest.fixture
def world(app, stages, request):
    """An application context around the test; the database is empty, or holds what `cast` or `things` need."""
    stage = next((name for name in ("things", "cast", "network") if name in request.fixturenames), "empty")
    app.staged = stages.set_up(*STAGES[stage]) if stage in STAGES else stages.restore(stage)
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
    return Cast(world.staged["cast"])


@pytest.fixture
def things(cast, world) -> dict[str, int]:
    """The ids that addresses of the access table name in braces; each belongs to Lyon unless its name says otherwise."""
    return world.staged["things"]


@pytest.fixture
def network(world):
    """The sample network, as it is loaded into an empty database."""
    world.config["DEMONSTRATION"] = True
    return world


@pytest.fixture
def browse(world):
    """`browse(ana)` is a browser in which Ana is signed in; `browse()` belongs to nobody."""
    return lambda member=None, **options: Browser(world, member, **options)


@pytest.fixture
def statements(world):
    """The SQL statements that are sent; `statements.of(browser, address)` counts those of one page."""
    sent = Statements()
    event.listen(db.engine, "before_cursor_execute", sent.note)
    yield sent
    event.remove(db.engine, "before_cursor_execute", sent.note)


@pytest.fixture
def later():
    """`later(minutes=61)` moves the clock of the application."""
    return lambda **spans: set_clock(timedelta(**spans))
