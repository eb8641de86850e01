"""Databases of a test's own, for tests that build, migrate or serve one: a file, or a database beside PostgreSQL's."""

from __future__ import annotations

import contextlib
import os

from sqlalchemy import create_engine, make_url, text


@contextlib.contextmanager
def spare(folder, name: str = "spare"):
    """Yield the address of an empty database that is gone afterwards, of the kind the suite runs on."""
    address = os.environ.get("LIBRI_TEST_DATABASE", "").replace("NUMBER", os.environ.get("PYTEST_XDIST_WORKER", "gw0"))
    if not address:
        yield f"sqlite:///{folder}/{name}.sqlite"
        return
    beside = make_url(address)
    own = f"{beside.database}_{name}"
    server = create_engine(beside, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {own} WITH (FORCE)"))
        connection.execute(text(f"CREATE DATABASE {own}"))
    try:
        yield beside.set(database=own).render_as_string(hide_password=False)
    finally:
        with server.connect() as connection:
            connection.execute(text(f"DROP DATABASE {own} WITH (FORCE)"))
        server.dispose()
