"""The catalogue: what guests and members see, filters in the address, three orders, pages by key."""

import pytest

from libri.db import db, now
from libri.exchange.queries import practices as queries

from .. import make


def test_a_card_is_in_the_first_language_its_reader_reads(cast, browse):
    practice = make.practice(cast.ogre_library, original_language="lv", text={"title": "Valodas kafejnīca"})
    make.translation(practice, "fr", title="Café des langues")

    page = browse(cast.ana).get("/practices")

    assert page.texts("//article//h2/a[@lang='fr']") == ["Café des langues"]
    assert "Original: Latvian" in page.text


def test_guests_see_what_is_public_and_worked(cast, browse):
    for title, given in {"Public": {}, "Members": {"is_public": False}, "Failed": {"life": "did_not_work"},
                         "Inside": {"licence": "network-internal"}, "Old": {"status": "archived"}}.items():
        make.practice(cast.lyon_library, text={"title": title}, **({"is_public": True} | given))

    guest, member = browse(accept_language="en").get("/practices"), browse(cast.ana).get("/practices")

    assert guest.card_titles == ["Public"]
    assert sorted(member.card_titles) == ["Failed", "Inside", "Members", "Public"]


@pytest.mark.parametrize(("asked", "found"), [
    ("words=kafejnica", ["Cheap"]), ("words=LYON+dear", ["Dear"]), ("words=%25", []), ("country=LV", ["Cheap"]), ("theme=youth", ["Dear"]),
    ("group=seniors", ["Dear"]), ("language=lv", ["Cheap"]), ("cost=low", ["Cheap"]), ("cost=high", ["Dear", "Cheap"]),
    ("hours=8", ["Cheap"]), ("life=ended", ["Dear"]), ("country=LV&theme=youth", [])])
def test_filters_find(cast, browse, asked, found):
    make.practice(cast.ogre_library, text={"title": "Cheap", "need": "Valodas kafejnīca"}, cost_band="none", staff_hours=4,
                  original_language="lv", published_at=now().replace(year=2020))
    make.practice(cast.lyon_library, text={"title": "Dear"}, themes=["youth"], target_groups=["seniors"], cost_band="high",
                  staff_hours=40, life="ended")

    page = browse(cast.ana).get(f"/practices?{asked}")

    assert page.card_titles == found


@pytest.mark.parametrize(("sort", "found"), [
    ("newest", ["Unknown", "Cheap", "Tried", "Cheaper"]), ("adopted", ["Tried", "Unknown", "Cheap", "Cheaper"]),
    ("cost", ["Cheaper", "Cheap", "Tried", "Unknown"])])
def test_three_orders(cast, browse, sort, found):
    facts = {"Cheaper": ("none", 2, 0), "Tried": ("low", None, 3), "Cheap": ("none", 9, 0), "Unknown": (None, 1, 0)}
    for title, (cost, hours, count) in facts.items():
        make.practice(cast.lyon_library, text={"title": title}, cost_band=cost, staff_hours=hours, adoptions_count=count)

    page = browse(cast.ana).get(f"/practices?sort={sort}")

    assert page.card_titles == found


@pytest.mark.parametrize("sort", ["newest", "adopted", "cost"])
def test_one_can_walk_forth_and_back_by_key(cast, browse, monkeypatch, sort):
    monkeypatch.setattr(queries.part, "__defaults__", (None, None, 2))
    for number in range(5):
        make.practice(cast.lyon_library, text={"title": f"P{number}"}, staff_hours=None if number % 2 else 3)
    ana = browse(cast.ana)

    first = ana.get(f"/practices?sort={sort}")
    second = ana.get(first.texts("//a[@rel='next']/@href")[0])
    third = ana.get(second.texts("//a[@rel='next']/@href")[0])

    assert sorted(first.card_titles + second.card_titles + third.card_titles) == ["P0", "P1", "P2", "P3", "P4"]
    assert ana.get(third.texts("//a[@rel='prev']/@href")[0]).card_titles == second.card_titles


def test_our_drafts_are_for_us(cast, browse):
    make.practice(cast.lyon_library, text={"title": "Ours"}, status="draft", published_at=None)

    assert browse(cast.ana).get("/practices?mine=y").card_titles == browse(cast.bruno).get("/practices?mine=y").card_titles == ["Ours"]
    assert browse(cast.carla).get("/practices?mine=y").card_titles == browse().get("/practices?mine=y").card_titles == []


def test_a_hidden_city_stands_on_no_card_but_for_its_own_people(cast, browse):
    make.practice(cast.ogre_library, text={"title": "Hidden"}, hides_city=True, is_public=True, city="Ogre")

    seen = {person: browse(getattr(cast, person, None), accept_language="en").get("/practices") for person in ("nobody", "ana", "carla")}

    assert "Ogre" not in seen["nobody"].text + seen["ana"].text
    assert "Ogres Centrālā bibliotēka" in seen["carla"].text
    assert browse(cast.ana).get("/practices?words=Ogre").card_titles == []


def test_a_short_one_says_so(cast, browse):
    make.practice(cast.lyon_library, text={"need": "", "results": "", "steps": []})

    assert "Short version" in browse(cast.ana).get("/practices").text


def test_a_mistake_in_a_filter_is_said(cast, browse):
    page = browse(cast.ana).get("/practices?hours=many&theme=nonsense")

    assert page.status == 422
    assert "Write a whole number of hours" in page.text


def test_a_fragment_is_the_list_alone(cast, browse):
    page = browse(cast.ana).get("/practices?theme=youth", htmx="practice_list")

    assert not page.is_whole
    assert page.document.xpath("//*[@id='practice_list']")


@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_queries_is_the_same(cast, browse, statements, number):
    for index in range(number):
        make.translation(make.practice((cast.lyon_library, cast.ogre_library, cast.lyon)[index]), "fr")
    browser = browse(cast.ana)
    db.session.commit()
    statements.clear()

    browser.get("/practices?theme=language_learning")

    assert len([sql for sql in statements if "practice" in sql]) == 3  # how many, the rows, their titles
