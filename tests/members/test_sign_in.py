"""Signing in by password, by a link and by a code; where one is led; the same answers for everybody (S19, S23, S26, S27, S30, S63)."""

import statistics
import time

import pytest
from argon2 import PasswordHasher
from sqlalchemy import func, select

from libri.db import db, now
from libri.members import passwords
from libri.outbox import Letter

from .. import make
from ..cast import PASSWORD


def signed_in(browser) -> bool:
    return browser.get("/me/account").status == 200


def letters() -> list[str]:
    return list(db.session.scalars(select(Letter.kind)))


def test_the_right_password_opens_the_network(cast, browse):
    page = browse().get("/sign-in")

    answer = page.submit("/sign-in", email=cast.ana.email.upper(), password=PASSWORD)

    assert answer.location == "/" and cast.ana.seen_on == now().date()
    assert signed_in(answer.browser)


def test_a_wrong_password_says_so_and_keeps_the_address(cast, browse):
    page = browse(accept_language="en").get("/sign-in")

    answer = page.submit("/sign-in", email=cast.ana.email, password="something else entirely")

    assert answer.status == 422
    assert "do not fit together" in answer.text
    assert cast.ana.email in answer.source
    assert "something else entirely" not in answer.source


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_letters_with_marks_may_be_typed_on_any_system(cast, browse, form):
    import unicodedata

    answer = browse().post("/sign-in", {"email": cast.ana.email, "password": unicodedata.normalize(form, PASSWORD)})

    assert answer.status == 303


def test_a_disabled_member_gets_the_answer_of_a_stranger(cast, browse):
    cast.ana.status = "disabled"

    answer = browse(accept_language="en").post("/sign-in", {"email": cast.ana.email, "password": PASSWORD})

    assert answer.status == 422
    assert "do not fit together" in answer.text


# ---- where one is led ------------------------------------------------------------------------------------------------

INSIDE = ("/directory", "/me?kept=1", "/directory?words=a%20b")
OUTSIDE = ("//evil.example", "/\\evil.example", "\\\\evil.example", "https:evil.example", "https://evil.example", "/\t/evil.example",
           "/%09/evil.example", "javascript:alert(1)", " //evil.example", "/\n/evil.example", "evil")


@pytest.mark.parametrize("address", INSIDE)
def test_after_signing_in_one_is_where_one_wanted_to_be(cast, browse, address):
    answer = browse().post("/sign-in", {"email": cast.ana.email, "password": PASSWORD, "next": address})

    assert answer.location == address


@pytest.mark.parametrize("address", OUTSIDE)
def test_signing_in_leads_nowhere_else(cast, browse, address):
    browser = browse()

    asked = browser.client.get("/sign-in", query_string={"next": address})
    answer = browser.post("/sign-in", {"email": cast.ana.email, "password": PASSWORD, "next": address})

    assert 'name="next" type="hidden" value="/">' in asked.text
    assert answer.location == "/"


@pytest.mark.parametrize("address", OUTSIDE)
@pytest.mark.parametrize("route", ["/sign-in/again", "/me/notice", "/language"])
def test_no_other_form_leads_out_of_the_site(cast, browse, route, address):
    answer = browse(cast.ana).post(route, {"password": PASSWORD, "next": address, "language": "en"})

    assert answer.status == 303
    assert answer.location in ("/", "/me/account")


# ---- the code --------------------------------------------------------------------------------------------------------


def test_with_a_second_factor_the_password_alone_opens_nothing(cast, browse):
    make.second_factor(cast.ana)

    answer = browse().post("/sign-in", {"email": cast.ana.email, "password": PASSWORD, "next": "/directory"})

    assert answer.location == "/sign-in/code?next=/directory"
    assert not signed_in(answer.browser)


def test_the_link_does_not_skip_the_second_factor(cast, browse):
    make.second_factor(cast.ana)
    token = make.ticket("sign_in", cast.ana)

    answer = browse().post(f"/sign-in/link/{token}")

    assert answer.location.startswith("/sign-in/code")
    assert not signed_in(answer.browser)


def test_a_code_of_the_app_signs_in_and_works_once(cast, browse):
    make.second_factor(cast.ana)
    one, two, code = browse(), browse(), make.code()
    for browser in (one, two):
        browser.post("/sign-in", {"email": cast.ana.email, "password": PASSWORD})

    answers = [browser.post("/sign-in/code", {"code": code, "next": "/directory"}).status for browser in (one, two)]

    assert answers == [303, 422]
    assert signed_in(one)
    assert not signed_in(two)


@pytest.mark.parametrize(("steps", "status"), [(-2, 422), (-1, 303), (0, 303), (1, 303), (2, 422)])
def test_a_clock_may_be_off_by_one_step(cast, browse, steps, status):
    make.second_factor(cast.ana)
    browser = browse()
    browser.post("/sign-in", {"email": cast.ana.email, "password": PASSWORD})

    assert browser.post("/sign-in/code", {"code": make.code(steps)}).status == status


def test_a_recovery_code_signs_in_once(cast, browse):
    code = make.second_factor(cast.ana)[3]
    one, two = browse(), browse()
    for browser in (one, two):
        browser.post("/sign-in", {"email": cast.ana.email, "password": PASSWORD})

    answers = [browser.post("/sign-in/code", {"code": f" {code.upper()} "}).status for browser in (one, two)]

    assert answers == [303, 422]


def test_the_second_step_must_follow_within_ten_minutes(cast, browse, later):
    make.second_factor(cast.ana)
    browser = browse()
    browser.post("/sign-in", {"email": cast.ana.email, "password": PASSWORD})

    later(minutes=11)

    assert browser.post("/sign-in/code", {"code": make.code()}).location.startswith("/sign-in?next")


# ---- the same for known and unknown addresses (S19) ------------------------------------------------------------------


@pytest.mark.parametrize("route", ["/sign-in", "/sign-in/link", "/password"])
def test_known_and_unknown_addresses_get_the_same_answer(cast, browse, route):
    def asked(address):
        browser = browse(accept_language="en")
        answer = browser.post(route, {"email": address, "password": "not the right one"})
        page = answer if answer.is_html else browser.follow(answer)
        return answer.status, answer.location, page.text.replace(address, ""), page.messages

    assert asked(cast.ana.email) == asked("nobody@library.example")


@pytest.mark.long
def test_known_and_unknown_addresses_wait_equally_long(cast, browse, monkeypatch):
    """With a hash that takes long: the cheap one of the tests would hide a password that is not looked at."""
    monkeypatch.setattr(passwords, "hasher", PasswordHasher(time_cost=4, memory_cost=19456, parallelism=1))
    passwords._nobody.cache_clear()
    browser, cast.ana.password_hash = browse(), passwords.hash_of(PASSWORD)
    token = browser.csrf_token()
    spent = {cast.ana.email: [], "nobody@library.example": []}

    for address in [*spent] * 3:
        began = time.perf_counter()
        browser.post("/sign-in", {"email": address, "password": "not the right one", "csrf_token": token})
        spent[address].append(time.perf_counter() - began)

    known, unknown = (statistics.median(times) for times in spent.values())
    assert abs(known - unknown) < max(0.03, 0.5 * max(known, unknown))


def test_asking_for_a_link_writes_to_nobody_unknown(cast, browse):
    browse().post("/sign-in/link", {"email": "nobody@library.example"})

    assert letters() == []


# ---- passwords -------------------------------------------------------------------------------------------------------


def test_the_last_letter_of_a_long_cyrillic_password_matters():
    password = "ж" * 60 + "абвг"

    assert passwords.is_right(passwords.hash_of(password), password)
    assert not passwords.is_right(passwords.hash_of(password), password[:-1] + "ґ")


def test_failed_tries_are_in_the_audit_trail_without_the_address(cast, browse):
    from libri.audit import AuditEntry

    browse().post("/sign-in", {"email": cast.ana.email, "password": "not the right one"})

    entry = db.session.scalars(select(AuditEntry)).one()
    assert (entry.action, entry.object_id, entry.member_id, entry.details) == ("sign_in.refused", cast.ana.id, None, {})
    assert db.session.scalar(select(func.count()).where(AuditEntry.at > now())) == 0


def test_signing_in_takes_paste_and_password_managers_poses_no_puzzle_and_has_help_where_every_page_has_it(cast, browse):
    """A20, but for passkeys, which LiBri does not offer yet: the letter with a link is the way without remembering anything."""
    page = browse().get("/sign-in")

    assert page.texts("//main//form//input[not(@type='hidden')]/@autocomplete") == ["username", "current-password"]
    assert page.texts("//main//form//button/@formaction") == ["/sign-in/link"]
    help_there = "//footer//nav//li[last()]/a[starts-with(@href, 'mailto:')]/@href"
    assert page.texts(help_there) == browse(cast.ana).get("/me").texts(help_there) != []
