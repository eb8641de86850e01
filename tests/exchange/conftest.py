"""What tests of the exchange share."""

import pytest

from .translation_server import TranslationServer


@pytest.fixture
def provider(world, monkeypatch):
    """A provider of machine translation on this machine, configured."""
    server = TranslationServer()
    monkeypatch.setitem(world.config, "TRANSLATE_URL", server.url)
    yield server
    server.stop()


