"""A mail server on this machine that keeps what it gets and misbehaves on request."""

from __future__ import annotations

import asyncio
import email
import socket
import threading
from collections import Counter

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

ANSWERS = {"tempfail": "451 Try again later", "reject": "550 No such person here", "full": "552 Mailbox full"}


class MailServer:
    """`mode`: ok, tempfail and reject (both at RCPT), full (after DATA), drop (takes the letter, hangs up).

    `pause`: seconds it thinks over each letter.
    """

    def __init__(self) -> None:
        self.mode, self.pause = "ok", 0.0
        self.letters: list[email.message.Message] = []
        self.lock = threading.Lock()
        self.controller: Controller | None = None
        self.port = free_port()

    def start(self) -> MailServer:
        """Listen on loopback, always on the same port."""
        self.controller = _Controller(self, hostname="127.0.0.1", port=self.port)
        self.controller.start()
        return self

    def stop(self) -> None:
        """Be down."""
        if self.controller is not None:
            self.controller.stop()
            self.controller = None

    @property
    def url(self) -> str:
        """For the setting LIBRI_SMTP_URL."""
        return f"smtp://127.0.0.1:{self.port}?plain=1"

    def ids(self) -> Counter:
        """How often each Message-ID arrived."""
        with self.lock:
            return Counter(letter["Message-ID"] for letter in self.letters)

    # -- what aiosmtpd asks ----------------------------------------------------------------------------------------

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:  # noqa: N802 (aiosmtpd's name)
        if self.mode in ("tempfail", "reject"):
            return ANSWERS[self.mode]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802
        if self.mode == "full":
            return ANSWERS["full"]
        await asyncio.sleep(self.pause)
        with self.lock:
            self.letters.append(email.message_from_bytes(envelope.content))
        if self.mode == "drop":
            server.transport.abort()
        return "250 OK"


class _Controller(Controller):
    def factory(self) -> SMTP:
        return SMTP(self.handler, hostname="localhost")


def free_port() -> int:
    """A port of this machine nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
