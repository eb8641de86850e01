"""Nothing anybody sends breaks LiBri: hostile values at every route, in every field, as nobody, a member and the office (S54, S56, R14)."""

import io
from itertools import cycle
from urllib.parse import urlencode

import pytest
from lxml import html

from libri import throttle

pytestmark = pytest.mark.long

VALUES = ("\0", "\ud800", "1e309", "٣", "2026-02-31", "9999-12-31", "0001-01-01", "-1", "9" * 900, "a" * 30_000, "=1+1\u2028\uffff",
          "<b>'\"&%s%00", "a@" + "b." * 400 + "c", "https://[", "", "🙂\u202e")
"""What no form of ours sends: control signs, half letters, numbers and days that do not exist, floods, markup."""
NAMES = ("after", "before", "next", "kept", "in", "area", "city", "seats", "endpoint", "_scheme", "_external", "number", "last", "first",
         "words", "sort", "address", "direction", "more", "changed", "rooms", "once", "version", "status", "state", "file")
"""Names that addresses and forms of ours know, and some that only the framework does."""
BODIES = (
    {"data": b'{"name": [1, {}], "once": 7}', "content_type": "application/json"},
    {"data": b"\xff\xfe=%ff&name=%ed%a0%80", "content_type": "application/x-www-form-urlencoded"},
    {"data": b"--x\r\nContent-Disposition: form-data; name=", "content_type": "multipart/form-data; boundary=x"},
    {"data": b"name=" + b"a" * 1_000_000, "content_type": "application/x-www-form-urlencoded"},
    {"data": b"", "content_type": "multipart/form-data"},
)
ADDRESSES = ("http://[", "//evil.example", "\\\\evil", "%00%ff", "null", "0" * 3000)
THINGS = {"organisation_id": "lyon", "membership_id": "membership", "member_id": "ana", "invitation_id": "invitation", "contact_id": "contact",
          "venue_id": "venue", "letter_id": "letter", "draft_id": "table", "practice_id": "practice", "topic_id": "topic", "reply_id": "reply",
          "report_id": "report", "adoption_id": "adoption", "question_id": "question", "attachment_id": "photo", "comment_id": "remark",
          "event_id": "event", "registration_id": "registration"}
LAST = ("withdraw", "remove", "leave", "sign_out", "end", "close", "off", "status", "sessions")
"""Endings of names of routes that take things away which others need."""


def addresses(app, things):
    """Every route as (methods, address of a thing that is there); those that take away come last."""
    adapter = app.url_map.bind("localhost")
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.endpoint.rpartition(".")[2].split("_")[0] in LAST):
        kind = "own" if "own" in rule.rule else "reply"
        values = {"token": "7-forged", "format": "csv", "number": 1, "kind": kind, "language": "lv", "section": "need"}
        values |= {name: things[thing] for name, thing in THINGS.items()}
        yield rule.methods, adapter.build(rule.endpoint, {name: values.get(name, 1) for name in rule.arguments})


def fields_of(response) -> list[str]:
    """The names of all fields on a page."""
    is_page = response.mimetype == "text/html" and response.data
    return [str(name) for name in html.fromstring(response.get_data(as_text=True)).xpath("//form//@name")] if is_page else []


def encoded(names, value: str) -> str:
    """The same value under every name, twice, half letters included."""
    return urlencode({name: (value, value) for name in names if name != "csrf_token"}, doseq=True, errors="surrogatepass")


def attacks(fields: list[str], token: str):
    """Requests as options for the test client: a question, headers, and what a form could be sent as; other ones each time."""
    value, address = next(attacks.values), next(attacks.addresses)
    yield {"query_string": encoded([*fields, *NAMES], value[:50])[:3900]}
    yield {"headers": dict.fromkeys(("Referer", "HX-Current-URL", "HX-Target", "Accept-Language"), address) | {"HX-Request": "true"}}
    yield {"method": "POST", "data": encoded([*fields, *NAMES], value[:5000]) + f"&csrf_token={token}",
           "content_type": "application/x-www-form-urlencoded"}
    yield {"method": "POST", "data": {name: (io.BytesIO(b"PK\3\4\0"), "../\0x") for name in {*fields, *NAMES}} | {"csrf_token": token}}
    yield {"method": "POST", "headers": {"X-CSRFToken": token}, **next(attacks.bodies)}
    yield {"method": "POST", "data": {"csrf_token": "x", "name": "kept"}, "headers": {"Referer": address, "HX-Current-URL": address}}


attacks.values, attacks.addresses, attacks.bodies = cycle(VALUES), cycle(ADDRESSES), cycle(BODIES)


@pytest.mark.parametrize(("who", "step"), [("nobody", 2), ("ana", 2), ("dina", 1)])
def test_nothing_anybody_sends_breaks_a_page(who, step, app, cast, things, browse, monkeypatch):
    monkeypatch.setattr(throttle, "LIMITS", dict.fromkeys(throttle.LIMITS, (10**6, 60)))
    broken = []
    for methods, address in addresses(app, things):
        browser = browse(getattr(cast, who, None))
        fields = fields_of(open_(app, browser, address)) if "GET" in methods else []
        for attack in list(attacks(fields, browser.csrf_token()))[::step]:
            if attack.get("method", "GET") in methods and open_(app, browser, address, **attack).status_code >= 500:
                broken.append((address, attack))

    assert [one for one in broken if one[0] != "/healthz"] == []


def open_(app, browser, address: str, **options):
    """The raw answer, in a context of its own as every request has in service."""
    with app.app_context():
        return browser.client.open(address, **options)
