"""Asking for a translation, taking it back, and the list for those who translate."""

import pytest

from libri.db import db
from libri.exchange.models import Practice, TranslationWish
from libri.notices.models import Notice
from tests import make


@pytest.fixture
def practice(cast) -> Practice:
    """A published English practice of the Ogre library."""
    found = make.practice(cast.ogre_library, cast.carla, text={"title": "Quiet hour"})
    db.session.commit()
    return found


def wish(*members, practice, language="fr"):
    for member in members:
        db.session.add(TranslationWish(practice_id=practice.id, language=language, member_id=member.id))
    db.session.commit()


def test_a_wish_is_noted_once_for_each_person(cast, browse, practice):
    for _ in range(2):
        answer = browse(cast.dina).post(f"/practices/{practice.id}/wish", {"language": "fr"})
    browse(cast.carla).post(f"/practices/{practice.id}/wish", {"language": "fr"})

    assert (answer.status, answer.location) == (303, f"/practices/{practice.id}")
    assert db.session.query(TranslationWish).count() == 2


def test_people_of_the_practice_who_write_the_language_hear_of_it_once(cast, browse, practice):
    for member in (cast.dina, cast.bruno):
        browse(member).post(f"/practices/{practice.id}/wish", {"language": "lv"})
        browse(member).post(f"/practices/{practice.id}/wish", {"language": "it"})

    notice = db.session.query(Notice).one()
    assert (notice.kind, notice.member_id, notice.address) == ("practice.wished", cast.carla.id, f"/practices/{practice.id}/translate/lv")


def test_a_wish_can_be_taken_back(cast, browse, practice):
    wish(cast.dina, cast.carla, practice=practice)

    browse(cast.dina).post(f"/practices/{practice.id}/wish/withdraw", {"language": "fr", "next": "/practices/wishes"})

    assert [row.member_id for row in db.session.query(TranslationWish)] == [cast.carla.id]


def test_a_wish_for_what_is_there_leads_to_it(cast, browse, practice):
    make.translation(practice, "fr")
    db.session.commit()

    answer = browse(cast.dina).post(f"/practices/{practice.id}/wish", {"language": "fr"})

    assert answer.location == f"/practices/{practice.id}?in=fr"
    assert db.session.query(TranslationWish).count() == 0


@pytest.mark.parametrize("language", ["", "xx", "klingon" * 40])
def test_a_language_nobody_writes_cannot_be_wished_for(language, cast, browse, practice):
    assert browse(cast.dina).post(f"/practices/{practice.id}/wish", {"language": language}).status == 422


def test_the_list_shows_wishes_in_languages_i_write_the_most_wanted_first(cast, browse, practice):
    other = make.practice(cast.lyon_library, text={"title": "Story morning"})
    wish(cast.carla, practice=practice)
    wish(cast.carla, cast.dina, practice=other)
    wish(cast.carla, practice=practice, language="uk")

    page = browse(cast.ana).get("/practices/wishes")

    assert page.texts("//section[@id='wish_list']//h3") == ["Story morning", "Quiet hour"]
    assert "2 people ask for it" in page.text and "1 person asks for it" in page.text
    assert page.has_link(f"/practices/{practice.id}/translate/fr")


def test_i_choose_among_the_languages_i_write(cast, browse, practice):
    cast.ana.writes = ["fr", "uk"]
    wish(cast.carla, practice=practice, language="uk")

    first, other = browse(cast.ana).get("/practices/wishes"), browse(cast.ana).get("/practices/wishes?language=fr")

    assert first.texts("//section[@id='wish_list']//h3") == ["Quiet hour"]
    assert other.texts("//section[@id='wish_list']//h3") == []
    assert first.texts("//nav[@aria-label='Languages you write']//a") == ["Ukrainian (1)", "French (0)"]


def test_translations_that_lag_behind_stand_there_too(cast, browse, practice):
    make.translation(practice, "fr", title="Heure calme")
    practice.number = 2
    db.session.commit()

    page = browse(cast.ana).get("/practices/wishes")

    assert page.has_link(f"/practices/{practice.id}/translate/fr") and "Older than their original" in page.text


def test_my_own_wishes_stand_there_with_a_way_back(cast, browse, practice):
    wish(cast.ana, practice=practice, language="lv")

    page = browse(cast.ana).get("/practices/wishes")

    assert page.submit(f"/practices/{practice.id}/wish/withdraw").location == "/practices/wishes"
    assert db.session.query(TranslationWish).count() == 0


def test_nobody_is_shown_wishes_for_what_is_no_longer_published(cast, browse, practice):
    wish(cast.carla, practice=practice)
    practice.status = "archived"
    db.session.commit()

    page = browse(cast.ana).get("/practices/wishes")

    assert "Quiet hour" not in page.text


def test_those_who_wished_are_told_and_their_wish_is_fulfilled(cast, browse, practice):
    wish(cast.dina, cast.ana, practice=practice)
    wish(cast.dina, practice=practice, language="uk")

    browse(cast.ana).get(f"/practices/{practice.id}/translate/fr").submit(f"/practices/{practice.id}/translate/fr", title="Heure calme")

    told = db.session.query(Notice).filter_by(kind="practice.wish_fulfilled").one()
    assert (told.member_id, told.address, told.values["title"]) == (cast.dina.id, f"/practices/{practice.id}?in=fr", "Heure calme")
    assert [row.language for row in db.session.query(TranslationWish)] == ["uk"]


@pytest.mark.long
def test_a_long_list_goes_on_by_key(cast, browse):
    for number in range(28):
        wish(cast.carla, practice=make.practice(cast.lyon_library, text={"title": f"Practice {number:02}"}))
    browser = browse(cast.ana)

    first = browser.get("/practices/wishes")
    second = browser.get(first.document.xpath("//a[@rel='next']/@href")[0], htmx="wish_list")

    titles = first.texts("//section[@id='wish_list']//h3") + second.texts("//h3")
    assert len(first.texts("//section[@id='wish_list']//h3")) == 25
    assert titles == [f"Practice {number:02}" for number in range(28)]


@pytest.mark.parametrize("after", ["", "x", "9-9", "-", "1" * 40])
def test_a_damaged_key_breaks_nothing(after, cast, browse, practice):
    assert browse(cast.ana).get(f"/practices/wishes?after={after}&language=%00x"[:60].replace("%00", "")).status == 200


def test_the_list_asks_as_often_for_three_wishes_as_for_one(cast, browse, statements):
    browser = browse(cast.ana)
    wish(cast.carla, practice=make.practice(cast.lyon_library))
    browser.get("/practices/wishes")
    one = statements.of(browser, "/practices/wishes")
    for at in (cast.lyon, cast.ogre):
        wish(cast.carla, practice=make.practice(at))

    assert statements.of(browser, "/practices/wishes") == one < 12
