"""A large upload neither fills the memory nor holds up others, beside one on a slow line; cut in the middle it leaves nothing."""

import http.client
import os
import socket
import statistics
import threading
import time
from pathlib import Path

import pytest
from sqlalchemy import func, select

from libri import files
from libri.db import db
from libri.resources.models import ResourceVersion

from .running import Visitor, running, until

MB = 1024 * 1024
LARGE = 200 * MB
HEAD = b"\x00\x00\x00\x18ftypmp42" + bytes(MB - 12)
BOUNDARY = "a-boundary-of-ours"


class Upload:
    """A resource on its way to the server through a line of its own."""

    def __init__(self, visitor: Visitor, name: str, size: int) -> None:
        fields = visitor.form("/resources/new", title=f"Recording {name}", language="en")
        parts = "".join(f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n' for key, value in fields.items())
        file = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="upload"; filename="{name}"\r\n\r\n'
        self.before, self.after, self.left = (parts + file).encode(), f"\r\n--{BOUNDARY}--\r\n".encode(), size
        self.line = socket.create_connection(("127.0.0.1", visitor.port), 30)
        cookies = "; ".join(f"{k}={v}" for k, v in visitor.cookies.items())
        self.line.sendall((f"POST /resources/new HTTP/1.1\r\nHost: localhost\r\nCookie: {cookies}\r\nConnection: close\r\n"
                           f"Content-Type: multipart/form-data; boundary={BOUNDARY}\r\n"
                           f"Content-Length: {len(self.before) + size + len(self.after)}\r\n\r\n").encode() + self.before)

    def send(self, content: bytes) -> None:
        """Send a piece of the file."""
        self.line.sendall(content)
        self.left -= len(content)

    def finish(self) -> int:
        """End the file; the status of the answer."""
        self.line.sendall(self.after)
        answer = http.client.HTTPResponse(self.line)
        answer.begin()
        self.line.close()
        return answer.status


def send_large(upload: Upload, answers: list) -> None:
    upload.send(HEAD)
    while upload.left:
        upload.send(os.urandom(64) * (MB // 64))
    answers.append(upload.finish())


def send_slowly(upload: Upload, answers: list, stop: threading.Event) -> None:
    while upload.left > 20 and not stop.wait(0.05):
        upload.send(b"words slow ")
    upload.send(b"w" * upload.left)
    answers.append(upload.finish())


def memory(process, key: str) -> int:
    """Megabytes of a process: VmRSS now, VmHWM at most so far."""
    line = next(line for line in Path(f"/proc/{process.pid}/status").read_text().splitlines() if line.startswith(key))
    return int(line.split()[1]) // 1024


@pytest.fixture(scope="module")
def there(tmp_path_factory):
    """The sample network with a web server."""
    with running(tmp_path_factory.mktemp("uploads")) as network:
        network.start("web")
        network.wait_for_web()
        yield network


def test_large_and_slow_uploads_hold_up_nobody(there):
    karla, answers, stop = Visitor(there.port).sign_in("karla"), [], threading.Event()
    before = memory(there.processes["web"], "VmRSS")
    slow = threading.Thread(target=send_slowly, args=(Upload(karla, "slow.txt", 2000), answers, stop))
    large = threading.Thread(target=send_large, args=(Upload(karla, "large.mp4", LARGE), answers))
    slow.start()
    large.start()

    times = []
    while large.is_alive():
        began = time.perf_counter()
        assert Visitor(there.port).ask("GET", "/about").status == 200
        times.append(time.perf_counter() - began)
        time.sleep(0.02)
    stop.set()
    slow.join()

    assert answers == [303, 303] and len(times) > 5
    assert statistics.quantiles(times, n=20)[-1] < 1
    assert memory(there.processes["web"], "VmHWM") - before < 60
    with there.app.app_context():
        assert LARGE in db.session.scalars(select(files.StoredFile.size)).all() and list(files.check()) == []


def test_slow_readers_of_large_files_hold_no_thread(there):
    karla = Visitor(there.port).sign_in("karla")
    with there.app.app_context():
        number = db.session.scalar(select(ResourceVersion.id).join(files.StoredFile).where(files.StoredFile.size == LARGE))
    cookies = "; ".join(f"{k}={v}" for k, v in karla.cookies.items())
    question = f"GET /resources/versions/{number}/file HTTP/1.1\r\nHost: localhost\r\nCookie: {cookies}\r\nRange: bytes=1048576-\r\n\r\n"
    lines = [socket.create_connection(("127.0.0.1", there.port), 5) for _ in range(12)]
    for line in lines:
        line.sendall(question.encode())
    heads = [line.recv(12) for line in lines]

    began = time.perf_counter()
    assert Visitor(there.port).ask("GET", "/about").status == 200

    assert time.perf_counter() - began < 1 and set(heads) == {b"HTTP/1.1 206"}
    assert memory(there.processes["web"], "VmRSS") < 250
    for line in lines:
        line.close()


def test_what_is_cut_in_the_middle_leaves_nothing(there):
    before = stored(there)
    upload = Upload(Visitor(there.port).sign_in("karla"), "cut.mp4", LARGE)
    for _ in range(20):
        upload.send(HEAD)

    until(lambda: open_bytes(there) > 10 * MB, 10)
    upload.line.close()

    until(lambda: open_bytes(there) == 0, 10)
    assert stored(there) == before and list(Path(there.app.config["DATA_FOLDER"], "incoming").iterdir()) == []


def test_guests_may_not_send_much(there):
    line = http.client.HTTPConnection("127.0.0.1", there.port, timeout=10)
    line.putrequest("POST", "/resources/new")
    line.putheader("Content-Length", str(LARGE))
    line.endheaders()

    assert line.getresponse().status == 413 and open_bytes(there) == 0


def stored(there) -> tuple[int, int]:
    """How many files are known and how many contents kept."""
    with there.app.app_context():
        kept = sum(1 for _ in files.store.the_store().all())
        return db.session.scalar(select(func.count()).select_from(files.StoredFile)), kept


def open_bytes(there) -> int:
    """Bytes of the nameless files that the web process holds open in the folder of uploads."""
    sizes = []
    for link in Path(f"/proc/{there.processes['web'].pid}/fd").iterdir():
        if "/incoming/" in os.readlink(link):
            sizes.append(link.stat().st_size)
    return sum(sizes)
