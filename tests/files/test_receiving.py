"""How large a request may be, where its files wait, and what is said when there is no room (S40, S47, R4)."""

import io

import pytest
from waitress.adjustments import Adjustments

from libri import config
from libri.files.receiving import parser_for
from libri.files.store import incoming

MB = 1024 * 1024


def head(length: str, cookie: str = "") -> bytes:
    return f"POST /resources/new HTTP/1.1\r\nHost: localhost\r\n{length}\r\nCookie: a=b; {cookie}\r\n\r\n".encode()


@pytest.mark.parametrize(("who", "size", "is_taken"), [("member", 200 * MB, True), ("guest", 200 * MB, False), ("guest", MB, True),
                                                        ("forger", 200 * MB, False)])
def test_the_web_server_takes_much_from_members_only(cast, browse, world, who, size, is_taken):
    name, browser = world.config["SESSION_COOKIE_NAME"], browse(cast.ana if who == "member" else None)
    browser.get("/about")
    cookie = "eyJfdXNlcl9pZCI6IjEifQ.aaaa.bbbb" if who == "forger" else browser.client.get_cookie(name).value
    parser = parser_for(world)(Adjustments(max_request_body_size=252 * MB))

    parser.received(head(f"Content-Length: {size}", f"{name}={cookie}"))

    assert (parser.error is None) is is_taken


def test_a_guest_sends_no_endless_body(world):
    parser = parser_for(world)(Adjustments(max_request_body_size=252 * MB))

    parser.received(head("Transfer-Encoding: chunked"))

    assert parser.adj.max_request_body_size == config.UPLOAD_BYTES + MB


def test_views_that_take_no_files_stay_small(cast, browse):
    answer = browse(cast.ana).post("/me/picture", {"picture": (io.BytesIO(b"\xff\xd8" + bytes(9 * MB)), "a.jpg")})

    assert answer.status == 413 and answer.h1


def test_a_disk_that_fills_up_while_sending_is_said_on_a_page(cast, browse, limit_of_files):
    ana = browse(cast.ana)
    body = b'--x\r\nContent-Disposition: form-data; name="picture"; filename="a.jpg"\r\n\r\n' + bytes(2 * MB) + b"\r\n--x--\r\n"

    with limit_of_files(500_000):
        page = ana.client.post("/me/picture", data=body, content_type="multipart/form-data; boundary=x", headers={"Accept-Language": "en"})

    assert page.status_code == 507 and "nothing was kept" in page.text
    assert list(incoming().iterdir()) == [] and cast.ana.picture_id is None
