"""The request log: a line a request, and nothing about anybody in it (S33, S64)."""

import io
import logging

import pytest

from libri.logs import OneLine

SECRET = "planted-secret-9274"


@pytest.fixture
def log(world):
    """What is written to the log during the test."""
    handler = world.logger.handlers[0]
    before = handler.setStream(out := io.StringIO())
    yield out
    handler.setStream(before)


def test_a_request_is_one_line_with_route_status_and_number(cast, browse, log):
    page = browse(cast.dina).get(f"/office/members/{cast.ana.id}")

    assert log.getvalue().count("\n") == 1
    assert f"{page.headers['X-Request-Id']} GET /office/members/<int:member_id> 200" in log.getvalue()


def test_nothing_that_was_sent_stands_in_the_log(cast, browse, log):
    browser = browse()

    sent = {"User-Agent": SECRET, "Referer": f"http://localhost/{SECRET}", "X-Forwarded-For": SECRET}
    browser.get(f"/{SECRET}?{SECRET}={SECRET}", headers=sent)
    browser.get(f"/sign-in/link/{SECRET}")
    browser.get("/sign-in").submit("/sign-in", email=f"{SECRET}@library.example", password=SECRET)
    browser.client.open("/", method=SECRET)
    browser.client.get("/", headers={"Host": f"{SECRET}.example", "Cookie": f"libri={SECRET}"})

    assert "POST /sign-in 422" in log.getvalue()
    assert SECRET not in log.getvalue()


def test_names_and_addresses_of_people_stand_not_in_the_log(cast, browse, log):
    browser = browse(cast.dina)

    browser.get(f"/office/members?text={cast.ana.name}")
    browser.get("/", headers={"X-Forwarded-For": "203.0.113.77"})

    assert cast.ana.name not in log.getvalue() and cast.ana.email not in log.getvalue() and cast.dina.email not in log.getvalue()
    assert "127.0.0.1" not in log.getvalue() and "203.0.113" not in log.getvalue()


@pytest.mark.parametrize("sign", ["\n", "\r", "\x1b[31m", "\u2028", "\x85", "\0"])
def test_a_line_break_in_a_value_makes_no_second_line(sign):
    record = logging.LogRecord("libri", logging.INFO, "", 0, "name: %s", (f"Ana{sign}2026 INFO forged",), None)

    line = OneLine("%(levelname)s %(message)s").format(record)

    assert len(line.splitlines()) == 1
    assert sign not in line and "Ana" in line
