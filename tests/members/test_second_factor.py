"""Setting up the second factor, its recovery codes, turning it off (S26, S27)."""

import re

import pyotp
from sqlalchemy import func, select

from libri.db import db, now
from libri.members.models import RecoveryCode
from libri.outbox import Letter

from .. import make


def key_of(page) -> str:
    return page.texts("//code[contains(@class,'qr__key')]")[0].replace(" ", "")


def code_for(key: str) -> str:
    return pyotp.TOTP(key).at(int(now().timestamp()))


def letters() -> list[tuple[str, bool]]:
    return [(letter.kind, letter.values["is_on"]) for letter in db.session.scalars(select(Letter))]


def codes_left() -> int:
    return db.session.scalar(select(func.count()).select_from(RecoveryCode))


def test_a_code_of_the_app_turns_it_on_and_shows_ten_codes_once(cast, browse):
    ana = browse(cast.ana)
    page = ana.get("/me/second-factor")

    shown = ana.follow(page.submit("/me/second-factor", code=code_for(key_of(page))))

    assert cast.ana.has_second_factor
    assert len(shown.texts("//ol[@class='codes']/li")) == codes_left() == 10
    assert ana.get("/me/recovery-codes").texts("//ol[@class='codes']/li") == []
    assert letters() == [("second_factor_changed", True)]


def test_the_picture_has_no_style_and_a_description(cast, browse):
    page = browse(cast.ana).get("/me/second-factor")

    assert page.texts("//*[@class='qr']/@aria-label") == ["A QR code. It holds the key that is written below."]
    assert page.document.xpath("//*[@class='qr']/svg/path")
    assert not page.document.xpath("//svg//@style")


def test_a_wrong_code_keeps_the_same_key(cast, browse):
    page = browse(cast.ana).get("/me/second-factor")

    again = page.submit("/me/second-factor", code="000000")

    assert again.status == 422
    assert key_of(again) == key_of(page)
    assert not cast.ana.has_second_factor


def test_neither_cookie_nor_page_holds_a_key_of_somebody_else(cast, browse):
    page = browse(cast.ana).get("/me/second-factor")
    sealed = page.texts("//input[@name='setup_token']/@value")[0]

    answer = browse(cast.bruno).post("/me/second-factor", {"setup_token": sealed, "code": code_for(key_of(page))})

    assert key_of(page) not in sealed
    assert key_of(page).encode() not in page.browser.client.get_cookie("libri").value.encode()
    assert answer.status == 422
    assert not cast.bruno.has_second_factor


def test_a_page_open_too_long_gets_a_new_key(cast, browse, later):
    page = browse(cast.ana).get("/me/second-factor")
    later(minutes=31)
    page.browser.post("/sign-in/again", {"password": "rupjmaize ar ķimenēm"})

    again = page.submit("/me/second-factor", code=code_for(key_of(page)))

    assert again.status == 422
    assert key_of(again) != key_of(page)


def test_other_sessions_end_when_it_is_turned_on(cast, browse):
    ana, elsewhere = browse(cast.ana), browse(cast.ana)
    page = ana.get("/me/second-factor")

    page.submit("/me/second-factor", code=code_for(key_of(page)))

    assert ana.get("/me/account").status == 200
    assert elsewhere.get("/me/account").status == 303


def test_new_recovery_codes_replace_the_old_ones(cast, browse):
    old = make.second_factor(cast.ana)
    ana = browse(cast.ana)

    shown = ana.follow(ana.post("/me/recovery-codes")).texts("//ol[@class='codes']/li")

    assert codes_left() == len(shown) == 10
    assert not set(old) & set(shown)
    assert all(re.fullmatch(r"(?:[a-z2-7]{6}-){3}[a-z2-7]{6}", code) for code in shown)


def test_it_can_be_turned_off(cast, browse):
    make.second_factor(cast.ana)

    answer = browse(cast.ana).post("/me/second-factor/off")

    assert answer.location == "/me/account"
    assert not cast.ana.has_second_factor
    assert codes_left() == 0
    assert letters() == [("second_factor_changed", False)]


def test_who_must_have_it_cannot_turn_it_off(cast, browse, world):
    world.config["SECOND_FACTOR"] = "on"
    make.second_factor(cast.dina)

    answer = browse(cast.dina).post("/me/second-factor/off")

    assert answer.status == 403
    assert cast.dina.has_second_factor


def test_the_office_is_led_through_setting_it_up(cast, browse, world):
    world.config["SECOND_FACTOR"] = "on"
    cast.dina.language = "en"
    dina = browse(cast.dina)
    page = dina.follow(dina.get("/office/"))

    dina.follow(page.submit("/me/second-factor", code=code_for(key_of(page))))

    assert dina.get("/office/").status == 200


def test_the_secret_lies_encrypted_in_the_database(cast):
    make.second_factor(cast.ana)

    assert make.SECRET not in cast.ana.totp_secret
    assert not any(make.SECRET in code.digest for code in db.session.scalars(select(RecoveryCode)))
