"""The virus scanner: asked over a socket, obeyed, and never taken for granted (S46)."""

import io
import socket
import struct
import threading

import pytest
from sqlalchemy import select

from libri import files
from libri.audit import AuditEntry
from libri.db import db, write_tx

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR" + b"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class Scanner(threading.Thread):
    """A small server that speaks as clamd does: INSTREAM in pieces, one answer."""

    def __init__(self, listening: socket.socket) -> None:
        super().__init__(daemon=True)
        self.listening, self.seen = listening, []
        listening.listen()

    def run(self) -> None:
        while True:
            try:
                connection, _address = self.listening.accept()
            except OSError:
                return
            with connection, connection.makefile("rb") as line:
                assert line.read(10) == b"zINSTREAM\0"
                content = b"".join(iter(lambda: line.read(struct.unpack("!L", line.read(4))[0]), b""))
                self.seen.append(content)
                connection.sendall(b"stream: Eicar-Test-Signature FOUND\0" if EICAR in content else b"stream: OK\0")


@pytest.fixture(params=["tcp", "unix"])
def scanner(request, world, folder, tmp_path, monkeypatch):
    """A scanner that the application asks."""
    if request.param == "tcp":
        listening = socket.create_server(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{listening.getsockname()[1]}"
    else:
        listening, address = socket.socket(socket.AF_UNIX), f"unix://{tmp_path}/clamd"
        listening.bind(f"{tmp_path}/clamd")
    monkeypatch.setitem(world.config, "CLAMAV", address)
    there = Scanner(listening)
    there.start()
    yield there
    listening.close()


def take(content: bytes) -> files.Taken:
    return files.take(io.BytesIO(content), "a.txt")


def add(content: bytes) -> int:
    taken = take(content)
    with write_tx():
        return files.add(taken).id


def test_what_the_scanner_finds_is_refused_and_the_rest_is_clean(world, scanner):
    words = b"words " * 20_000

    with pytest.raises(files.NotTaken, match="harmful"):
        take(b"before " + EICAR)
    file = db.session.get(files.StoredFile, add(words))

    assert (file.scan, file.may_be_sent) == ("clean", True) and scanner.seen == [b"before " + EICAR, words]


def test_without_an_answer_nothing_is_taken(world, folder, monkeypatch):
    monkeypatch.setitem(world.config, "CLAMAV", "tcp://127.0.0.1:9")

    with pytest.raises(files.NotTaken, match="does not answer"):
        take(b"words")


@pytest.mark.parametrize(("content", "scan", "status"), [(b"words", "clean", 200), (EICAR, "infected", 404)])
def test_what_is_held_is_seen_by_nobody_until_the_worker_could_ask(world, folder, monkeypatch, scanner, later, content, scan, status):
    there = world.config["CLAMAV"]
    monkeypatch.setitem(world.config, "CLAMAV", "tcp://127.0.0.1:9")
    monkeypatch.setitem(world.config, "CLAMAV_ABSENT", "hold")
    file = db.session.get(files.StoredFile, add(content))
    assert (file.scan, _sent(world, file), files.work_one(), file.scan, files.excerpt(file)) == ("waiting", 409, True, "waiting", "")

    world.config["CLAMAV"] = there
    later(minutes=6)
    files.work_one()

    assert (file.scan, _sent(world, file)) == (scan, status)
    assert bool(db.session.scalar(select(AuditEntry).where(AuditEntry.action == "file.infected"))) is (scan == "infected")


def _sent(app, file) -> int:
    with app.test_request_context():
        return files.send(file).status_code
