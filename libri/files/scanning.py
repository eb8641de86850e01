"""The optional virus scanner: a ClamAV daemon asked over its socket with INSTREAM, never by running a command (S46)."""

from __future__ import annotations

import socket
import struct
from typing import BinaryIO
from urllib.parse import urlsplit

from flask import current_app
from flask_babel import lazy_gettext as _l

from .kinds import NotTaken

PIECE = 64 * 1024
SECONDS = 30


class Absent(OSError):
    """The scanner is set but does not answer as it should."""


def scan(file: BinaryIO) -> str:
    """What the scanner says of a file: none (no scanner), clean, or waiting (set to hold); raises NotTaken."""
    if not current_app.config["CLAMAV"]:
        return "none"
    try:
        found = ask(file)
    except OSError as wrong:
        current_app.logger.error("the virus scanner does not answer: %s", wrong)
        if current_app.config["CLAMAV_ABSENT"] == "hold":
            return "waiting"
        raise NotTaken(_l("The virus scanner does not answer, so the file was not taken. Try again in a few minutes.")) from wrong
    if found:
        current_app.logger.warning("the virus scanner refused a file: %s", found)
        raise NotTaken(_l("The virus scanner found something harmful in this file. It was not kept."))
    return "clean"


def ask(file: BinaryIO) -> str:
    """The name of what the scanner found, or an empty text; raises OSError when it does not answer."""
    file.seek(0)
    with _connected(current_app.config["CLAMAV"]) as connection:
        connection.sendall(b"zINSTREAM\0")
        while piece := file.read(PIECE):
            connection.sendall(struct.pack("!L", len(piece)) + piece)
        connection.sendall(struct.pack("!L", 0))
        answer = _answer(connection)
    if answer.endswith(" FOUND"):
        return answer.removeprefix("stream: ").removesuffix(" FOUND")
    if answer == "stream: OK":
        return ""
    raise Absent(answer[:200] or "no answer")


def _connected(address: str) -> socket.socket:
    parts = urlsplit(address)
    if parts.scheme == "unix":
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(SECONDS)
        connection.connect(parts.path)
        return connection
    return socket.create_connection((parts.hostname or "127.0.0.1", parts.port or 3310), SECONDS)


def _answer(connection: socket.socket) -> str:
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < 4096 and (piece := connection.recv(4096)):
        answer += piece
    return answer.rstrip(b"\0\n").decode(errors="replace")
