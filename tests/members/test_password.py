"""Choosing a password: by a link, or knowing the old one (S20–S22, S24)."""

import pytest
from sqlalchemy import func, select

from libri.db import db
from libri.members import passwords
from libri.members.models import SignIn
from libri.outbox import Letter

from .. import make
from ..cast import PASSWORD

NEW = "četri zirgi un viena kaza"


def letters() -> list[str]:
    return list(db.session.scalars(select(Letter.kind)))


def test_the_password_is_changed_by_who_knows_the_old_one(cast, browse):
    page = browse(cast.ana).get("/me/password")

    answer = page.submit("/me/password", current_password=PASSWORD, password=NEW)

    assert answer.location == "/me/account"
    assert passwords.is_right(cast.ana.password_hash, NEW)
    assert letters() == ["password_changed"]


def test_the_other_sessions_end_and_this_one_goes_on_with_a_new_cookie(cast, browse):
    here, elsewhere = browse(cast.ana), browse(cast.ana)
    before = here.client.get_cookie("libri").value

    here.post("/me/password", {"current_password": PASSWORD, "password": NEW})

    assert here.get("/me/account").status == 200
    assert elsewhere.get("/me/account").status == 303
    elsewhere.client.set_cookie("libri", before)
    assert elsewhere.get("/me/account").status == 303


def test_links_sent_before_the_change_no_longer_work(cast, browse):
    tokens = {"/sign-in/link": make.ticket("sign_in", cast.ana), "/password": make.ticket("new_password", cast.ana),
              "/address": make.ticket("confirm_address", cast.ana, extra="ana@new.example")}

    browse(cast.ana).post("/me/password", {"current_password": PASSWORD, "password": NEW})

    assert [browse().get(f"{route}/{token}").status for route, token in tokens.items()] == [410, 410, 410]


def test_a_wrong_current_password_changes_nothing(cast, browse):
    answer = browse(cast.ana).post("/me/password", {"current_password": "not the right one", "password": NEW})

    assert answer.status == 422
    assert "not your current password" in answer.text
    assert passwords.is_right(cast.ana.password_hash, PASSWORD)


def test_who_came_by_link_sets_a_first_password(cast, browse):
    cast.ana.password_hash = ""
    page = browse(cast.ana).get("/me/password")

    answer = page.submit("/me/password", password=NEW)

    assert page.h1 == "Set a password"
    assert answer.status == 303
    assert passwords.is_right(cast.ana.password_hash, NEW)


@pytest.mark.parametrize("password", [
    "elevenchars", "123456789012", "bibliotēka2026", "Bibliothèque de Lyon 1", "lyonlyonlyon", "библиотека 123", "бібліотека-12"])
def test_weak_passwords_are_refused_with_a_reason(cast, browse, password):
    answer = browse(cast.ana).post("/me/password", {"current_password": PASSWORD, "password": password})

    assert answer.status == 422
    assert answer.texts("//*[@id='password-error']") != []


@pytest.mark.parametrize("password", ["kuģis peld mierīgi", "ж" * 20 + "абвг" * 27, "   four spaced words   "])
def test_any_letters_may_stand_in_a_password(cast, browse, password):
    assert browse(cast.ana).post("/me/password", {"current_password": PASSWORD, "password": password}).status == 303


# ---- by a link -------------------------------------------------------------------------------------------------------


def test_a_link_lets_one_choose_a_password_and_signs_nobody_in(cast, browse):
    elsewhere = browse(cast.ana)
    token = make.ticket("new_password", cast.ana)

    answer = browse().get(f"/password/{token}").submit(f"/password/{token}", password=NEW)

    assert answer.location == "/sign-in"
    assert passwords.is_right(cast.ana.password_hash, NEW)
    assert db.session.scalar(select(func.count()).select_from(SignIn)) == 0
    assert elsewhere.get("/me/account").status == 303


def test_the_link_works_once_and_looking_at_it_does_not_use_it_up(cast, browse):
    token = make.ticket("new_password", cast.ana)
    looks = [browse()._answer(method, f"/password/{token}", None).status for method in ("GET", "HEAD", "GET")]

    answers = [browse().post(f"/password/{token}", {"password": NEW}).status for _ in range(2)]

    assert looks == [200, 200, 200]
    assert answers == [303, 410]


def test_the_link_is_good_for_an_hour(cast, browse, later):
    token = make.ticket("new_password", cast.ana)

    later(minutes=61)

    assert browse().get(f"/password/{token}").status == 410


def test_a_link_for_one_thing_does_no_other(cast, browse):
    token = make.ticket("sign_in", cast.ana)

    assert browse().get(f"/password/{token}").status == 410


def test_the_link_keeps_the_second_factor(cast, browse):
    make.second_factor(cast.ana)

    browse().post(f"/password/{make.ticket('new_password', cast.ana)}", {"password": NEW})

    assert browse().post("/sign-in", {"email": cast.ana.email, "password": NEW}).location.startswith("/sign-in/code")


def test_a_refused_password_leaves_the_link_alive(cast, browse):
    token = make.ticket("new_password", cast.ana)

    refused = browse().post(f"/password/{token}", {"password": "123456789012"})

    assert refused.status == 422
    assert browse().get(f"/password/{token}").status == 200
