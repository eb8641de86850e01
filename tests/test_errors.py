"""Errors: in the reader's language, with a way on, whatever is sent and whatever fails (S38, S54, S66–S68)."""

import io

import pytest
from sqlalchemy import select

from libri import create_app
from libri.audit import AuditEntry
from libri.db import db
from libri.pages import POLICY, error_page

SENTENCES = {400: "could not be understood", 403: "cannot do this", 404: "Page not found", 405: "could not be understood",
             413: "too large", 422: "check what you entered", 429: "Too many tries", 500: "on our side"}


@pytest.mark.parametrize(("code", "sentence"), SENTENCES.items())
def test_every_error_says_what_happened_and_the_way_on(world, code, sentence):
    with world.test_request_context(headers={"Accept-Language": "en"}):
        world.preprocess_request()
        page = world.process_response(error_page(code))

    text = page.get_data(as_text=True)
    assert page.status_code == code
    assert sentence in text and 'href="/"' in text
    assert page.headers["Content-Security-Policy"] == POLICY


def test_a_page_that_is_not_there_keeps_the_menu(cast, browse):
    page = browse(cast.ana).get("/no/such/page")

    assert page.status == 404
    assert page.has_link("/directory")


def test_a_refusal_stands_in_the_audit_trail(cast, browse):
    page = browse(cast.ana).get("/office/letters")

    entry = db.session.scalar(select(AuditEntry).where(AuditEntry.action == "refused"))
    assert page.status == 403
    assert (entry.member_id, entry.details) == (cast.ana.id, {"endpoint": "office.letters", "method": "GET"})


@pytest.mark.long
def test_refusals_of_one_person_do_not_fill_the_audit_trail(cast, browse):
    browser = browse(cast.ana)

    for _ in range(33):
        browser.get("/office/letters")

    assert len(db.session.scalars(select(AuditEntry).where(AuditEntry.action == "refused")).all()) == 30


def test_what_is_too_large_says_so(cast, browse):
    page = browse(cast.ana).post("/language", {"file": (io.BytesIO(b"x" * 9_000_000), "big.bin")})

    assert page.status == 413


def test_the_wrong_method_names_the_right_ones(world, browse):
    answer = browse().client.open("/about", method="DELETE")

    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "TRACE"])
@pytest.mark.parametrize("address", ["/", "/about", "/office/", "/sign-in", "/nowhere"])
def test_other_methods_never_fail(cast, browse, method, address):
    answer = browse(cast.ana).client.open(address, method=method)

    assert answer.status_code < 500
    assert method != "HEAD" or not answer.data


NONSENSE = ["/about?" + "a=b&" * 3000, "/\xff\xfe", "/about?q=%ff%fe", "/about?q=%00", "/about%00", "/" + "a" * 9000, "/?next=%0d%0aX: 1",
            "/office/members/99999999999999999999", "/office/members?after=99999999999999&q=%F0%9F%92%A9", "/office/audit?first=9999-99-99",
            "/office/audit?number=-1&kind=nothing", "/organisations/-1", "/%2e%2e/%2e%2e/etc/passwd",
            "/.git/config", "/.env", "//evil.example/"]


@pytest.mark.parametrize("address", NONSENSE)
def test_nonsense_in_an_address_never_fails(cast, browse, address):
    answer = browse(cast.dina).client.get(address)

    assert answer.status_code < 500


def test_nothing_of_the_inside_can_be_fetched(cast, browse, world):
    """S67: repository, settings, database, backups, consoles, lists of folders, and no echo of what was asked."""
    client, prefix = browse(cast.dina).client, world.config["STATIC_PREFIX"]
    inside = ("/.git/config", "/.git/HEAD", "/.env", "/libri.sqlite", "/data/libri.sqlite", "/backup.zip", "/console", "/metrics", "/debug", "/admin",
              "/static/", prefix, f"{prefix}img/", f"{prefix}../secret", f"{prefix}%2e%2e/%2e%2e/libri.sqlite", "/wsgi.py", "/requirements.lock")

    assert {client.get(address).status_code for address in inside} == {404}
    assert client.open("/sign-in", method="TRACE", headers={"X-Mark": "echo"}).status_code == 405


def test_broken_text_in_a_query_never_fails(cast, browse):
    answer = browse(cast.ana).client.get("/", environ_overrides={"QUERY_STRING": "q=\xff\xfe"})

    assert answer.status_code == 400
    assert b"<h1" in answer.data


@pytest.mark.parametrize("body", [b"language=%00", b"language=%ff&next=%fe", b"language=\xff\xfe", b"&&&=", b"a" * 100_000])
def test_nonsense_in_a_form_never_fails(cast, browse, body):
    browser = browse(cast.ana)

    answer = browser.client.post("/language", data=body, content_type="application/x-www-form-urlencoded",
                                 headers={"X-CSRFToken": browser.csrf_token()})

    assert answer.status_code < 500


@pytest.mark.parametrize("cookie", ["", "x", "eyJ.x.y", "a" * 5000, "\"", "%00"])
def test_a_broken_cookie_makes_a_guest(cast, browse, cookie):
    answer = browse().client.get("/", headers={"Cookie": f"libri={cookie}"})

    assert answer.status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "evil.example:80", "local host", "[::1"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_an_unknown_host_gets_a_plain_page(cast, browse, host, method):
    answer = browse().client.open("/sign-in", method=method, headers={"Host": host, "Accept-Language": "en"})

    assert answer.status_code == 400
    assert "could not be understood" in answer.text and "evil" not in answer.text
    assert answer.headers["Content-Security-Policy"] == POLICY


# ---- our own errors: an application of its own, with a view that fails ------------------------------------------------


@pytest.fixture
def failing(tmp_path, request):
    """An application with a view that fails; with `no database` none of it can be reached."""
    folder = tmp_path / "missing" / "libri.sqlite" if getattr(request, "param", "") == "no database" else tmp_path / "libri.sqlite"
    app = create_app(SECRET_KEY="another secret for tests, long enough for anybody", DATA_FOLDER=str(tmp_path), TESTING=True,
                     PROPAGATE_EXCEPTIONS=False, SQLALCHEMY_DATABASE_URI=f"sqlite:///{folder}", TRUSTED_HOSTS=["localhost"])

    def fail():
        raise ValueError("planted-secret\nforged line")

    fail.is_public = True
    app.add_url_rule("/fail", view_func=fail)
    if folder.parent.is_dir():
        with app.app_context():
            db.create_all()
    return app


def test_an_error_of_ours_keeps_the_layout_and_gives_its_number(failing):
    page = failing.test_client().get("/fail", headers={"Accept-Language": "en"})

    assert page.status_code == 500
    assert "on our side" in page.text and 'id="site-menu"' in page.text
    assert page.headers["X-Request-Id"] in page.text
    assert "planted-secret" not in page.text
    assert page.headers["Content-Security-Policy"] == POLICY


@pytest.mark.long
def test_the_number_stands_in_the_log_without_what_was_written(failing, capsys):
    failing.logger.handlers[0].setStream(out := io.StringIO())

    page = failing.test_client().get("/fail")

    assert f"error {page.headers['X-Request-Id']}" in out.getvalue()
    assert "ValueError" in out.getvalue() and "test_errors.py" in out.getvalue()
    assert "planted-secret" not in out.getvalue() and "\nforged" not in out.getvalue()


@pytest.mark.long
@pytest.mark.parametrize("failing", ["no database"], indirect=True)
@pytest.mark.parametrize(("language", "word"), [("en", "Something went wrong"), ("nonsense;;q=", "LiBri")])
def test_without_a_database_there_is_still_a_page(failing, language, word):
    page = failing.test_client().get("/sign-in", headers={"Accept-Language": language})

    assert page.status_code == 500
    assert word in page.text and "<h1" in page.text
    assert page.headers["Content-Security-Policy"] == POLICY


@pytest.mark.long
@pytest.mark.parametrize("failing", ["no database"], indirect=True)
def test_health_without_a_database_is_a_report(failing):
    answer = failing.test_client().get("/healthz")

    assert answer.status_code == 503
    assert answer.json["database"] == "failed"


@pytest.mark.parametrize("header", ["Referer", "HX-Current-URL"])
def test_an_address_that_is_none_is_as_good_as_no_address(world, browse, header):
    page = browse().post("/me", {"name": "Marija"}, htmx="main", headers={header: "http://["})

    assert page.status == 401
    assert page.headers["HX-Redirect"].startswith("/sign-in?next=")


def test_a_redirect_needs_no_good_address_from_htmx(world, browse):
    page = browse().get("/sign-in/code", headers={"HX-Request": "true", "HX-Current-URL": "http://["})

    assert page.status == 204 and page.headers["HX-Redirect"].startswith("/sign-in")


def test_a_file_in_a_field_of_text_is_no_answer(cast, browse):
    page = browse().post("/sign-in", {"email": (io.BytesIO(b"x"), "x"), "password": "x"})

    assert page.status == 422
