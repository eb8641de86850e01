"""The language switch and the language of somebody who has not chosen."""

import pytest

from libri.db import db

ASKED = [("uk", "uk"), ("ru-RU,ru;q=0.9", "ru"), ("uk;q=0.4, ru;q=0.5", "ru"), ("en-GB", "en"), ("LV", "lv"), ("fr, en;q=0.1", "en"),
         ("ja", "lv"), ("", "lv"), ("*", "lv"), ("uk;q", "uk"), (";;;q=,,", "lv")]


@pytest.mark.parametrize(("asked", "spoken"), ASKED)
def test_a_guest_reads_the_language_of_the_browser(world, browse, asked, spoken):
    page = browse(accept_language=asked).get("/about")

    assert page.document.get("lang") == spoken


def test_the_switch_keeps_page_and_choice(cast, browse):
    browser = browse(accept_language="en")

    answer = browser.get("/accessibility?x=1").submit("/language", language="uk")

    assert answer.location == "/accessibility?x=1"
    assert browser.follow(answer).document.get("lang") == "uk"
    assert browser.get("/").document.get("lang") == "uk"


def test_the_choice_of_a_member_is_kept_in_the_profile(cast, browse):
    browser = browse(cast.ana)

    browser.get("/").submit("/language", language="ru")

    db.session.refresh(cast.ana)
    assert cast.ana.language == "ru"


def test_the_choice_survives_signing_out(cast, browse):
    browser = browse(cast.ana)

    browser.get("/").submit("/language", language="uk")
    browser.get("/").submit("/sign-out")

    assert browser.get("/").document.get("lang") == "uk"


def test_the_answer_to_a_form_leads_to_the_page_of_the_form(cast, browse):
    browser = browse(accept_language="en")
    page = browser.post("/sign-in/link", {"email": ""})

    answer = page.submit("/language", language="lv")

    assert answer.location == "/sign-in"


@pytest.mark.parametrize("address", ["//evil.example", "https://evil.example", "/\\evil", "javascript:alert(1)", "", "/nowhere/at/all"])
def test_the_switch_leads_nowhere_else(world, browse, address):
    answer = browse().post("/language", {"language": "en", "next": address})

    assert answer.location == "/"


def test_an_unknown_language_changes_nothing(cast, browse):
    browse(cast.ana).post("/language", {"language": "xx"})

    db.session.refresh(cast.ana)
    assert cast.ana.language == "en"


def test_languages_are_named_in_themselves(world, browse):
    page = browse(accept_language="lv").get("/about")

    assert page.texts("//button[@name='language']") == ["latviešu", "English", "русский", "українська"]
    assert page.document.xpath("//button[@aria-current]/@value") == ["lv"]
