"""LiBri as it runs in service: a database of its own, the web and worker processes, and a browser that speaks HTTP."""

from __future__ import annotations

import contextlib
import http.client
import os
import signal
import subprocess
import sys
import time
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from lxml import html

from libri import create_app, sample, serving
from libri.db import db

from ..databases import spare
from ..mail_server import free_port
from ..rules import ROOT

PASSWORD = "rupjmaize ar ķimenēm"
HASTY = ("import sys; from datetime import timedelta; from libri import outbox; outbox.LEASE = timedelta(seconds=3); "
         "from libri.cli import main; sys.argv = ['libri', 'worker']; main()")
"""A worker whose letters are free for others after seconds, so that a test need not wait for minutes."""


class Running:
    """The sample network, served by real processes that can be killed."""

    def __init__(self, folder, address: str, **settings: str) -> None:
        self.port = free_port()
        self.environment = {k: v for k, v in os.environ.items() if not k.startswith("LIBRI_")} | {
            "LIBRI_DATA": str(folder), "DATABASE_URL": address, "LIBRI_SAMPLE_PASSWORD": PASSWORD, "PORT": str(self.port),
            "LIBRI_LOG_LEVEL": "ERROR", **settings}
        self.processes: dict[str, subprocess.Popen] = {}
        self.app = create_app(SECRET_KEY="a secret for tests only, long enough for anybody", DATA_FOLDER=str(folder),
                              SQLALCHEMY_DATABASE_URI=address, SAMPLE_PASSWORD=PASSWORD)
        with self.app.app_context():
            serving.make_ready()
            sample.load()
            db.session.remove()
            db.engine.dispose()

    def start(self, name: str) -> None:
        """Start `web`, or a worker under any other name."""
        command = ["-m", "libri", "serve"] if name == "web" else ["-c", HASTY]
        self.processes[name] = subprocess.Popen([sys.executable, *command], cwd=ROOT, env=self.environment, stdin=subprocess.DEVNULL)

    def kill(self, name: str) -> None:
        """End a process as a power cut would."""
        self.processes[name].send_signal(signal.SIGKILL)
        self.processes[name].wait()

    def wait_for_web(self) -> None:
        """Wait until the web server answers."""
        until(lambda: Visitor(self.port).ask("GET", "/about").status == 200)

    def stop(self) -> None:
        """End what still runs."""
        for name in self.processes:
            self.kill(name)


@contextlib.contextmanager
def running(folder, **settings: str):
    """The sample network on a database of its own; nothing is started yet."""
    with spare(folder, "running") as address:
        there = Running(folder, address, **settings)
        try:
            yield there
        finally:
            there.stop()
            with there.app.app_context():
                db.engine.dispose()


class Visitor:
    """A browser of one person: HTTP, cookies, forms."""

    def __init__(self, port: int) -> None:
        self.port, self.cookies = port, {}

    def ask(self, method: str, address: str, fields: dict | None = None) -> http.client.HTTPResponse:
        """Send one request on a line of its own; the answer carries its `text`. Raises OSError when the server is away."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()), "Content-Type": "application/x-www-form-urlencoded"}
        try:
            line.request(method, address, urlencode(fields or {}) if method == "POST" else None, headers)
            answer = line.getresponse()
            answer.text = answer.read().decode()  # type: ignore[attr-defined]
        except http.client.HTTPException as broken:
            raise ConnectionError(str(broken)) from broken
        finally:
            line.close()
        for header in answer.headers.get_all("Set-Cookie") or []:
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(header).items()}
        return answer

    def form(self, address: str, **fields) -> dict:
        """The values of the one form in the main part of a page, with some filled in."""
        document = html.fromstring(self.ask("GET", address).text)  # type: ignore[attr-defined]
        [form, *_] = document.xpath("//main//form[@method='post']")
        return {k: v for k, v in form.form_values() if v is not None} | fields

    def sign_in(self, person: str) -> Visitor:
        """Sign in as one of the sample people."""
        answer = self.ask("POST", "/sign-in", self.form("/sign-in", email=f"{person}@paraugs.example", password=PASSWORD))
        assert answer.status == 303, answer.status
        return self


def until(is_so, seconds: float = 60) -> None:
    """Wait until something is so; raises TimeoutError."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with contextlib.suppress(OSError):
            if is_so():
                return
        time.sleep(0.2)
    raise TimeoutError
