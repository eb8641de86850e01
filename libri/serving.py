"""Serving: the web server, the database made ready, and web and worker started, watched and stopped together."""

from __future__ import annotations

import contextlib
import ctypes
import errno
import logging
import os
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import waitress
from alembic import command
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from flask import Flask, current_app
from waitress.channel import HTTPChannel

from . import translating
from .db import db
from .files.kinds import MB
from .files.receiving import parser_for
from .files.store import incoming

CONNECTIONS = 1000
"""Slow visitors cost a connection, not a thread; waitress would stop at 100 (R15)."""
RECEIVED_AT_ONCE = 256 * 1024
"""Bytes read from a line at a time; by waitress's own 8,192 a large upload gives way to every busy thread 25,000 times."""
PATIENCE = 10
"""Seconds web and worker get to finish what they do when asked to stop."""
PARENT_DEATH_SIGNAL = 1


class CannotServe(RuntimeError):
    """LiBri cannot start; the message says why in plain words."""


# ---- the database ----------------------------------------------------------------------------------------------------


def make_ready() -> None:
    """Compile the catalogues, protect the data folder and bring the database to this version; raises CannotServe."""
    _compile_catalogues()
    folder = Path(current_app.config["DATA_FOLDER"])
    folder.chmod(0o700)
    if db.engine.dialect.name == "sqlite":
        os.close(os.open(db.engine.url.database, os.O_RDWR | os.O_CREAT, 0o600))
        os.chmod(db.engine.url.database, 0o600)
    if is_current():
        return
    try:
        command.upgrade(_migrations(), "head")
    except CommandError as wrong:
        raise CannotServe(f"This database belongs to a newer LiBri, or to another program ({wrong}).") from wrong


def _compile_catalogues() -> None:
    """Compile the translations when one of them is newer than what the application reads."""
    sources = [file for code in translating.TARGETS if (file := translating.file_of(code)).is_file()]
    compiled = [file.with_suffix(".mo") for file in sources]
    if not all(mo.is_file() and mo.stat().st_mtime >= po.stat().st_mtime for po, mo in zip(sources, compiled, strict=True)):
        translating.compile_all()


def is_current() -> bool:
    """Whether the database has every migration of this version and no other."""
    with db.engine.connect() as connection:
        there = MigrationContext.configure(connection).get_current_heads()
    return set(there) == set(ScriptDirectory.from_config(_migrations()).get_heads())


def _migrations():
    return current_app.extensions["migrate"].migrate.get_config()


# ---- the web server --------------------------------------------------------------------------------------------------


def serve(app: Flask) -> None:
    """Answer requests until SIGTERM or SIGINT; raises CannotServe."""
    with app.app_context():
        if not is_current():
            raise CannotServe("The database is not of this version. Run: libri setup")
        HTTPChannel.parser_class = parser_for(app)
        tempfile.tempdir = str(incoming())  # where bodies wait that are too large for memory
        db.engine.dispose()
    _allow_files(CONNECTIONS + 200)
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a short queue is no news
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # waitress finishes its answers
    host, port = app.config["HOST"], app.config["PORT"]
    try:
        waitress.serve(
            app, host=host, port=port, threads=app.config["THREADS"], connection_limit=CONNECTIONS, backlog=1024,
            asyncore_use_poll=True, recv_bytes=RECEIVED_AT_ONCE, channel_timeout=60, cleanup_interval=15,
            max_request_body_size=(app.config["FILE_MB"] + 1) * MB,
            ident=None, clear_untrusted_proxy_headers=not app.config["PROXY_HOPS"], _quiet=True)
    except OSError as wrong:
        raise CannotServe(_why_not(wrong, host, port)) from wrong


def _allow_files(wanted: int) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))


def _why_not(wrong: OSError, host: str, port: int) -> str:
    if wrong.errno == errno.EADDRINUSE:
        return f"Port {port} is already in use. Choose another one: PORT={port + 1} make run"
    return f"LiBri cannot listen on {host}, port {port}: {wrong.strerror or wrong}"


def check_port(host: str, port: int) -> None:
    """Raise CannotServe, with a sentence anybody understands, when nobody can listen there."""
    try:
        family, kind, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as wrong:
        raise CannotServe(_why_not(wrong, host, port)) from wrong


# ---- both processes --------------------------------------------------------------------------------------------------


def start(app: Flask, on_ready) -> None:
    """Run web and worker as two processes until asked to stop or one ends; call `on_ready()` when the web answers."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: stop.set())
    children = {name: _child(name) for name in ("serve", "worker")}
    try:
        if _is_listening(app, children["serve"], stop):
            on_ready()
        while not stop.is_set() and all(child.poll() is None for child in children.values()):
            stop.wait(0.2)
        ended = [name for name, child in children.items() if child.poll() is not None]
    finally:
        _end(children.values())
    if not stop.is_set():
        raise CannotServe(f"The process `libri {ended[0]}` ended, so LiBri has stopped.")


def _child(name: str) -> subprocess.Popen:
    return subprocess.Popen([sys.executable, "-m", "libri", name], process_group=0, stdin=subprocess.DEVNULL, preexec_fn=_end_with_parent)


def _end_with_parent() -> None:
    """Let Linux end a child whose parent was killed, so that no half of LiBri stays behind."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PARENT_DEATH_SIGNAL, signal.SIGTERM)


def _is_listening(app: Flask, web: subprocess.Popen, stop: threading.Event) -> bool:
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(app.config["HOST"], app.config["HOST"])
    while web.poll() is None and not stop.is_set():
        with contextlib.suppress(OSError), socket.create_connection((host, app.config["PORT"]), 1):
            return True
        stop.wait(0.05)
    return False


def _end(children) -> None:
    for child in children:
        child.terminate()
    deadline = time.monotonic() + PATIENCE
    for child in children:
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
