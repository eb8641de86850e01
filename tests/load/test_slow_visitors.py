"""Visitors on slow lines hold connections for minutes; the server as shipped answers the others all the same (R15)."""

import socket
import statistics
import threading
import time

import pytest

from .running import Visitor, running

SLOW_HEADERS = b"GET /sign-in HTTP/1.1\r\nHost: localhost\r\nX-Slow: "
SLOW_BODY = b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000\r\n\r\nemail="
SLOW_READER = b"GET /about HTTP/1.1\r\nHost: localhost\r\n\r\n"


class SlowVisitors(threading.Thread):
    """One third dribbles headers, one third a body, one third reads its answer byte by byte."""

    def __init__(self, port: int, lines: int) -> None:
        super().__init__(daemon=True)
        self.stopped = threading.Event()
        self.lines = [socket.create_connection(("127.0.0.1", port), 5) for _ in range(lines)]
        for number, line in enumerate(self.lines):
            line.sendall((SLOW_HEADERS, SLOW_BODY, SLOW_READER)[number % 3])

    def run(self) -> None:
        while not self.stopped.wait(0.5):
            for number, line in enumerate(self.lines):
                if number % 3 == 2:
                    line.recv(1)
                else:
                    line.sendall(b"a")

    def stop(self) -> None:
        self.stopped.set()
        self.join()
        for line in self.lines:
            line.close()


@pytest.mark.parametrize("lines", [120, 400])
def test_slow_visitors_do_not_hold_up_the_others(tmp_path, lines):
    with running(tmp_path) as there:
        there.start("web")
        there.wait_for_web()
        slow = SlowVisitors(there.port, lines)
        slow.start()

        times = [time_of(Visitor(there.port)) for _ in range(100)]
        slow.stop()

        assert statistics.quantiles(times, n=20)[-1] < 1


def time_of(visitor: Visitor) -> float:
    began = time.perf_counter()
    assert visitor.ask("GET", "/sign-in").status == 200
    return time.perf_counter() - began
