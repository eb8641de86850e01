"""Machine translation: what a provider is, LibreTranslate's HTTP API, and a memory so that nothing is paid twice (N8)."""

from __future__ import annotations

import hashlib
import json
import threading
import time
from collections.abc import Iterable
from datetime import datetime, timedelta
from http.client import HTTPException
from typing import Protocol
from urllib.request import HTTPDefaultErrorHandler, HTTPErrorProcessor, HTTPHandler, HTTPSHandler, OpenerDirector, Request

from flask import current_app
from sqlalchemy import String, Text, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from .db import Model, UtcDateTime, db, insert_into, now, write_tx
from .forms import paragraphs

SECONDS = 20
"""How long a provider may take."""
MOST_TEXTS = 60
MOST_LETTERS = 60_000
"""What is asked for at once, at most."""
MOST_BYTES = 1_000_000
"""What an answer may hold."""
AT_ONCE = 2
"""Requests under way in one process; more would leave no thread for the pages when a provider is slow."""
KEPT_DAYS = 90

_slots = threading.BoundedSemaphore(AT_ONCE)


class Unavailable(RuntimeError):
    """No provider is configured, or it did not answer as it should."""


class Translator(Protocol):
    """A provider of machine translation."""

    def translate(self, texts: list[str], source: str, target: str) -> list[str]:
        """Return `texts` in the language `target`, in the same order. Raises Unavailable."""
        ...


class MachineTranslation(Model):
    """What a provider said once, under a hash of the text and both languages."""

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now, index=True)


class LibreTranslate:
    """LibreTranslate's HTTP API at one address. It follows no redirect and asks no proxy: texts go there and nowhere else."""

    def __init__(self, address: str, key: str = "", seconds: float = SECONDS) -> None:
        self.address, self.key, self.seconds = address.rstrip("/"), key, seconds

    def translate(self, texts: list[str], source: str, target: str) -> list[str]:
        """As Translator.translate."""
        asked = {"q": texts, "source": source, "target": target, "format": "text"} | ({"api_key": self.key} if self.key else {})
        try:
            answer = json.loads(self._post("/translate", json.dumps(asked).encode()))
        except (OSError, HTTPException, ValueError, RecursionError) as wrong:
            raise Unavailable(type(wrong).__name__) from wrong
        found = answer.get("translatedText") if isinstance(answer, dict) else None
        if not isinstance(found, list) or len(found) != len(texts) or not all(isinstance(text, str) for text in found):
            raise Unavailable("another answer than asked for")
        return [paragraphs(text) for text in found]

    def _post(self, path: str, body: bytes) -> bytes:
        until = time.monotonic() + self.seconds
        request = Request(self.address + path, body, {"Content-Type": "application/json", "Accept": "application/json"})
        parts, size = [], 0
        with _opener().open(request, timeout=self.seconds) as answer:
            while part := answer.read1(65536):
                parts.append(part)
                size += len(part)
                if size > MOST_BYTES or time.monotonic() > until:
                    raise Unavailable("too much or too slow")
        return b"".join(parts)


def _opener() -> OpenerDirector:
    opener = OpenerDirector()
    for handler in (HTTPHandler, HTTPSHandler, HTTPDefaultErrorHandler, HTTPErrorProcessor):
        opener.add_handler(handler())
    return opener


def translator() -> Translator | None:
    """The provider of this installation, or None."""
    address = current_app.config["TRANSLATE_URL"]
    return LibreTranslate(address, current_app.config["TRANSLATE_KEY"]) if address else None


def remembered(texts: list[str], source: str, target: str) -> list[str] | None:
    """`texts` in another language if a machine has translated all of them before, else None; nobody is asked."""
    keys = [_key(text, source, target) for text in texts]
    wanted = {key for key, text in zip(keys, texts, strict=True) if text.strip()}
    known = _known(wanted)
    return [known.get(key, "") for key in keys] if wanted == known.keys() else None


def translated(texts: list[str], source: str, target: str) -> list[str]:
    """`texts` in another language, what was asked before from memory; empty ones stay empty. Raises Unavailable.

    Not inside write_tx(). It ends the reading transaction, so that none is open while somebody else's server thinks: objects
    loaded before are expired.
    """
    provider = translator()
    if provider is None:
        raise Unavailable("none is configured")
    keys = [_key(text, source, target) for text in texts]
    wanted = {key: text for key, text in zip(keys, texts, strict=True) if text.strip()}
    known = _known(wanted)
    missing = {key: text for key, text in wanted.items() if key not in known}
    if missing:
        db.session.rollback()
        fresh = _ask(provider, missing, source, target)
        _remember(fresh)
        known |= fresh
    return [known.get(key, "") for key in keys]


def _known(keys: Iterable[str]) -> dict[str, str]:
    said = select(MachineTranslation.key, MachineTranslation.text).where(MachineTranslation.key.in_(keys))
    return dict(db.session.execute(said).all())


def _key(text: str, source: str, target: str) -> str:
    return hashlib.sha256(f"{source}\0{target}\0{text}".encode()).hexdigest()


def _ask(provider: Translator, missing: dict[str, str], source: str, target: str) -> dict[str, str]:
    if len(missing) > MOST_TEXTS or sum(map(len, missing.values())) > MOST_LETTERS:
        raise Unavailable("too much at once")
    if not _slots.acquire(blocking=False):
        raise Unavailable("busy")
    try:
        return dict(zip(missing, provider.translate(list(missing.values()), source, target), strict=True))
    except Unavailable as why:
        current_app.logger.warning("machine translation from %s to %s: %s", source, target, why)
        raise
    finally:
        _slots.release()


def _remember(fresh: dict[str, str]) -> None:
    with write_tx() as session:
        rows = [{"key": key, "text": text, "at": now()} for key, text in fresh.items()]
        session.execute(insert_into(MachineTranslation).values(rows).on_conflict_do_nothing())


def forget() -> int:
    """Delete what was remembered longer than needed; return how many."""
    with write_tx() as session:
        return session.execute(delete(MachineTranslation).where(MachineTranslation.at < now() - timedelta(days=KEPT_DAYS))).rowcount
