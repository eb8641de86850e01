"""What tests of the exchange share."""

import pytest
from sqlalchemy import event

from libri.db import db

from .translation_server import TranslationServer


@pytest.fixture
def provider(world, monkeypatch):
    """A provider of machine translation on this machine, configured."""
    server = TranslationServer()
    monkeypatch.setitem(world.config, "TRANSLATE_URL", server.url)
    yield server
    server.stop()


@pytest.fixture
def statements(app):
    """The SQL statements that were sent since."""
    sent: list[str] = []

    def note(_connection, _cursor, statement, *_rest):
        if not statement.startswith(("BEGIN", "PRAGMA")):
            sent.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)
