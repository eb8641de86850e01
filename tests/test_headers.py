"""Headers of every answer: the policy letter by letter, nothing personal kept, nothing foreign (S13, S16, S59–S61).

Every answer that a test fetches is looked at too, by Page.check_headers(); errors of ours are in test_errors.py.
"""

import io

import pytest

from .cast import PASSWORD
from .page import POLICY

HEADERS = {
    "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin", "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()"}


@pytest.mark.parametrize(("address", "status"), [("/", 200), ("/me/", 404), ("/office/", 403), ("/about?q=%00", 400), ("/healthz", 503),
                                                 ("/robots.txt", 200), ("/office/members/4000000000", 404)])
def test_the_policy_stands_on_every_answer(cast, browse, address, status):
    page = browse(cast.ana).get(address)

    assert page.status == status
    assert page.headers["Content-Security-Policy"] == POLICY
    assert all(page.headers[name] == value for name, value in HEADERS.items())


def test_the_policy_stands_on_redirects_on_the_wrong_method_and_on_what_is_too_large(cast, browse):
    client, large = browse().client, {"file": (io.BytesIO(b"x" * 9_000_000), "big.bin")}

    answers = [client.get("/office/"), client.post("/about"), client.delete("/"), client.post("/language"), client.post("/language", data=large)]

    assert [answer.status_code for answer in answers] == [303, 405, 405, 400, 413]
    assert {answer.headers["Content-Security-Policy"] for answer in answers} == {POLICY}


def test_the_policy_stands_on_fragments_and_downloads(cast, browse):
    browser = browse(cast.dina)

    answers = [browser.get("/office/members", htmx="member_list"), browser.post("/office/audit/export")]

    assert [answer.status for answer in answers] == [200, 200]
    assert {answer.headers["Content-Security-Policy"] for answer in answers} == {POLICY}
    assert {answer.headers["Cache-Control"] for answer in answers} == {"no-store"}


def test_too_many_tries_carry_the_policy_and_say_when_to_come_back(cast, browse):
    browser = browse()

    answers = [browser.get("/sign-in").submit("/sign-in", email=cast.ana.email, password="wrong words") for _ in range(6)]

    assert answers[-1].status == 429
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert answers[-1].headers["Content-Security-Policy"] == POLICY


def test_personal_pages_fragments_and_files_are_not_kept(cast, things, browse):
    ana = browse(cast.ana)
    asked = [("/", None), ("/directory", "partner_list"), (f"/materials/{things['material']}", None), (f"/attachments/{things['photo']}", None),
             ("/me/data/download", None), ("/trainings/hours.xlsx", None), ("/no/such/page", None)]

    kept = {address: ana.get(address, htmx=htmx).headers["Cache-Control"] for address, htmx in asked}

    assert all("no-store" in said for said in kept.values()) and len(kept) == len(asked)


def test_a_guest_s_browser_asks_anew_for_a_public_page(cast, browse):
    page = browse().get("/about")

    assert page.headers["Cache-Control"] == "private, no-cache"
    assert {"Cookie", "Accept-Language"} <= {name.strip() for name in page.headers["Vary"].split(",")}


def test_a_page_with_fragments_varies_by_what_htmx_asks(cast, browse):
    page = browse(cast.dina).get("/office/members")

    assert {"HX-Request", "HX-Target", "HX-History-Restore-Request"} <= {name.strip() for name in page.headers["Vary"].split(",")}


def test_going_back_draws_a_whole_page_and_never_a_part(cast, things, browse):
    """S60."""
    dina, going_back = browse(cast.dina), {"HX-History-Restore-Request": "true"}
    asked = {"/office/members": "member_list", f"/discussions/{things['topic']}": f"reply-{things['reply']}"}

    parts = [dina.get(address, htmx=target) for address, target in asked.items()]
    pages = [dina.get(address, htmx=target, headers=going_back) for address, target in asked.items()]

    assert [(page.status, page.is_whole) for page in parts + pages] == [(200, False)] * 2 + [(200, True)] * 2


@pytest.mark.parametrize("address", ["/search/suggest?q=ab", "/discussions/{topic}/new", "/sign-in", "/discussions/{topic}/unread"])
def test_whatever_htmx_may_get_differently_says_so(cast, things, browse, address):
    """S60."""
    page = browse(cast.ana).get(address.format(**things))

    assert "HX-Request" in page.headers["Vary"]


def test_tls_is_remembered_for_a_year(cast, browse):
    secure = browse().client.get("/about", base_url="https://localhost")
    plain = browse().client.get("/about")

    assert secure.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert "Strict-Transport-Security" not in plain.headers


def test_signing_out_clears_what_the_browser_kept(cast, browse):
    page = browse(cast.ana).get("/").submit("/sign-out")

    assert page.headers["Clear-Site-Data"] == '"cache", "storage"'


def test_static_files_never_change_under_their_name(world, browse):
    answer = browse().client.get(world.config["STATIC_PREFIX"] + "style.css", headers={"Accept-Encoding": "br"})

    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Encoding"] == "br"
    assert answer.headers["Content-Security-Policy"] == POLICY


def test_pages_travel_compressed(cast, browse):
    answer = browse().client.get("/about", headers={"Accept-Encoding": "br"})

    assert answer.headers["Content-Encoding"] == "br"


def test_health_sets_no_cookie(cast, browse):
    answer = browse().client.get("/healthz")

    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_only_cookie_is_the_session(cast, browse):
    browser = browse()

    browser.get("/")
    browser.get("/sign-in").submit("/sign-in", email=cast.ana.email, password=PASSWORD)
    browser.get("/")

    assert {cookie.key for cookie in browser.client._cookies.values()} == {"libri"}
