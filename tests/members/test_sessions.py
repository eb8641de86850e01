"""Sessions: their cookie, their limits, their list, what ends them, and giving the password again."""

import pytest
from sqlalchemy import func, select, update

from libri.db import db
from libri.members.models import Membership, SignIn

from .. import make
from ..cast import PASSWORD


def cookie(browser) -> str:
    return browser.client.get_cookie("libri").value


def is_in(browser) -> bool:
    return browser.get("/me/account").status == 200


def signed_in(browse, member):
    """A browser in which a member has signed in on the page."""
    browser = browse()
    browser.post("/sign-in", {"email": member.email, "password": PASSWORD})
    return browser


# ---- the cookie (S1, S2, S6, S8) -------------------------------------------------------------------------------------


def test_signing_in_changes_the_cookie_and_ends_the_session_before(cast, browse):
    browser = signed_in(browse, cast.bruno)
    before = cookie(browser)

    browser.post("/sign-in", {"email": cast.ana.email, "password": PASSWORD})

    replay = browse()
    replay.client.set_cookie("libri", before)
    assert cookie(browser) != before
    assert is_in(browser)
    assert not is_in(replay)


def test_a_cookie_from_before_signing_in_opens_nothing(cast, browse):
    browser = browse()
    browser.get("/sign-in")
    before = cookie(browser)

    browser.post("/sign-in", {"email": cast.ana.email, "password": PASSWORD})

    replay = browse()
    replay.client.set_cookie("libri", before)
    assert not is_in(replay)


def test_a_cookie_kept_past_signing_out_opens_nothing(cast, browse):
    browser = signed_in(browse, cast.ana)
    before = cookie(browser)

    browser.get("/me/account").submit("/sign-out")

    browser.client.set_cookie("libri", before)
    assert not is_in(browser)
    assert db.session.scalar(select(func.count()).select_from(SignIn)) == 0


def test_the_table_holds_only_a_hash_of_what_the_cookie_holds(cast, browse):
    browser = signed_in(browse, cast.ana)

    with browser.client.session_transaction() as held:
        token = held["_user_id"]

    assert len(token) >= 43
    assert db.session.scalars(select(SignIn.digest)).one() == SignIn.digest_of(token) != token
    assert cast.ana.email not in str(dict(held))


def test_looking_at_sign_out_changes_nothing(cast, browse):
    browser = signed_in(browse, cast.ana)

    assert browser.get("/sign-out").status == 405
    assert is_in(browser)


def test_the_cookie_is_for_this_site_and_no_script(cast, browse):
    held = browse().client.get("/sign-in").headers["Set-Cookie"]

    assert "HttpOnly" in held
    assert "SameSite=Lax" in held
    assert "Path=/" in held
    assert "Domain" not in held


def test_behind_tls_the_cookie_is_bound_to_the_host(monkeypatch, tmp_path):
    from libri import config

    settings = config.from_environment({"LIBRI_BASE_URL": "https://libri.example", "LIBRI_DATA": str(tmp_path)})

    assert settings["SESSION_COOKIE_NAME"] == "__Host-libri"
    assert settings["SESSION_COOKIE_SECURE"] is True


# ---- limits (S3) -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("person", "minutes", "still_in"), [
    ("ana", 59, True), ("ana", 61, False), ("dina", 29, True), ("dina", 31, False)])
def test_a_session_ends_when_nothing_happens(cast, browse, later, person, minutes, still_in):
    browser = browse(getattr(cast, person))

    later(minutes=minutes)

    assert is_in(browser) is still_in


@pytest.mark.parametrize(("person", "hours", "every"), [("ana", 12, 50), ("dina", 8, 25)])
def test_a_session_ends_after_a_working_day_even_in_use(cast, browse, later, person, hours, every):
    browser = browse(getattr(cast, person))
    answers = []
    for minute in range(every, hours * 60, every):
        later(minutes=minute)
        answers.append(is_in(browser))

    later(hours=hours, minutes=1)

    assert all(answers)
    assert not is_in(browser)


def test_staying_signed_in_says_how_long(cast, browse, later):
    ana = browse(cast.ana)
    token = ana.csrf_token()

    later(minutes=57)

    assert ana.client.post("/sign-in/extend", data={"csrf_token": token}).json == {"minutes": 60}


# ---- what acts at once (S4) ------------------------------------------------------------------------------------------


def test_a_disabled_member_is_out_at_the_next_request(cast, browse):
    browser = browse(cast.ana)
    assert is_in(browser)

    cast.ana.status = "disabled"

    assert not is_in(browser)


def test_a_change_of_role_acts_at_the_next_request(cast, browse):
    dina = browse(cast.dina)
    assert dina.get("/office/").status == 200

    db.session.execute(update(Membership).where(Membership.member_id == cast.dina.id).values(role="member"))

    assert dina.get("/office/").status == 403


# ---- the list (S5) ---------------------------------------------------------------------------------------------------


def test_one_sees_ones_own_sessions_and_which_is_this_one(cast, browse):
    browse(cast.ana), browse(cast.bruno)
    here = browse(cast.ana)

    page = here.get("/me/sessions")

    assert len(page.texts("//table[1]/tbody/tr[.//form]")) == 2
    assert [("This device" in row) for row in page.texts("//table[1]/tbody/tr[.//form]")] == [True, False]


def test_sessions_that_are_over_are_not_listed(cast, browse, later):
    browse(cast.ana)
    later(minutes=61)

    page = browse(cast.ana).get("/me/sessions")

    assert len(page.texts("//table[1]/tbody/tr[.//form]")) == 1


def test_one_session_can_be_ended(cast, browse):
    here, there = browse(cast.ana), browse(cast.ana)
    number = db.session.scalars(select(SignIn.id).order_by(SignIn.id.desc())).first()

    answer = here.get("/me/sessions").submit(f"/me/sessions/{number}/end")

    assert answer.location == "/me/sessions"
    assert is_in(here)
    assert not is_in(there)


def test_nobody_ends_the_session_of_somebody_else(cast, browse):
    bruno = browse(cast.bruno)
    number = db.session.scalars(select(SignIn.id)).one()

    assert browse(cast.ana).post(f"/me/sessions/{number}/end").status == 404
    assert is_in(bruno)


def test_signing_out_everywhere_leaves_this_device_and_other_people(cast, browse):
    here, there, bruno = browse(cast.ana), browse(cast.ana), browse(cast.bruno)

    here.get("/me/sessions").submit("/me/sessions/end")

    assert [is_in(browser) for browser in (here, there, bruno)] == [True, False, True]


def test_one_sees_what_happened_at_ones_own_door(cast, browse, later):
    browse().post("/sign-in", {"email": cast.ana.email, "password": "not the right one"})
    browse().post("/sign-in", {"email": cast.bruno.email, "password": "not the right one"})
    browser = signed_in(browse, cast.ana)

    assert browser.get("/me/sessions").texts("//td[@data-label='What']") == ["Signed in", "A wrong password"]


# ---- the password again (S7) -----------------------------------------------------------------------------------------

SENSITIVE = ("/me/password", "/me/address", "/me/second-factor", "/me/recovery-codes")


@pytest.mark.parametrize("address", SENSITIVE)
def test_after_five_minutes_sensitive_pages_ask_for_the_password(cast, browse, later, address):
    ana = browse(cast.ana)
    later(minutes=6)

    asked = ana.follow(ana.get(address))
    answer = asked.submit("/sign-in/again", password=PASSWORD)

    assert asked.h1 == "Please confirm that it is you"
    assert answer.location == address
    assert ana.get(address).status in (200, 303)


@pytest.mark.parametrize("address", ["/me/password", "/me/address", "/me/second-factor", "/me/recovery-codes", "/me/second-factor/off"])
def test_a_sensitive_change_sent_too_late_changes_nothing(cast, browse, later, address):
    make.second_factor(cast.ana)
    ana, before = browse(cast.ana), cast.ana.password_hash
    later(minutes=6)

    answer = ana.post(address, {"current_password": PASSWORD, "password": "četri zirgi un viena kaza", "email": "ana@new.example"})

    assert answer.location.startswith("/sign-in/again?next=/")
    assert cast.ana.has_second_factor
    assert cast.ana.password_hash == before


def test_a_change_of_cookie_comes_with_the_password_given_again(cast, browse):
    ana = browse(cast.ana)
    before = cookie(ana)

    ana.post("/sign-in/again", {"password": PASSWORD})

    replay = browse()
    replay.client.set_cookie("libri", before)
    assert is_in(ana)
    assert not is_in(replay)


def test_without_a_password_a_code_of_the_app_is_enough(cast, browse, later):
    cast.ana.password_hash = ""
    make.second_factor(cast.ana)
    ana = browse(cast.ana)
    later(minutes=6)

    answer = ana.get("/sign-in/again?next=/me/password").submit("/sign-in/again", code=make.code())

    assert answer.location == "/me/password"
    assert ana.get("/me/password").status == 200


def test_without_both_a_link_by_mail_is_enough(cast, browse, later):
    cast.ana.password_hash = ""
    ana = browse(cast.ana)
    later(minutes=6)
    ana.get("/sign-in/again?next=/me/password").submit("/sign-in/link")

    answer = ana.post(f"/sign-in/link/{make.ticket('sign_in', cast.ana, extra='/me/password')}")

    assert answer.location == "/me/password"
    assert ana.get("/me/password").status == 200


def test_the_account_page_says_what_protects_it(cast, browse):
    make.second_factor(cast.ana)

    page = browse(cast.ana).get("/me/account")

    assert cast.ana.email in page.text
    assert "10 recovery codes left" in page.text
    assert "1 device is signed in" in page.text
