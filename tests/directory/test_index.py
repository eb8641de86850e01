"""The list of partners: filters in the address, alphabetical order, pages by key, a constant number of queries."""

from datetime import timedelta

import pytest

from libri.db import now

from .. import make

NAMES = "//tbody//th//bdi"


def test_it_shows_the_active_ones_and_says_how_many(cast, browse):
    make.organisation("Somebody’s idea", status="draft")

    page = browse(cast.dina).get("/directory")

    assert "Somebody’s idea" not in page.text
    assert page.texts("//*[@data-announce]")[0].startswith("5 ")


def test_words_find_without_accents_and_case_and_all_of_them_must_fit(cast, browse):
    page = browse(cast.ana).get("/directory?words=CENTRALA+ogre")

    assert page.texts(NAMES) == ["Ogres Centrālā bibliotēka"]
    assert page.document.xpath("//input[@name='words']/@value") == ["CENTRALA ogre"]


def test_signs_that_mean_something_to_the_database_are_only_letters(cast, browse):
    page = browse(cast.ana).get("/directory?words=%25")

    assert page.texts(NAMES) == []
    assert "No organisation matches your search." in page.text


@pytest.mark.parametrize(("question", "names"), [
    ("country=FR", ["Bibliothèque de Lyon", "Ville de Lyon"]),
    ("kind=municipality", ["Ogres novada pašvaldība"]),
    ("theme=reading_collections", ["Ogres Centrālā bibliotēka"]),
    ("language=ru", ["Ogres Centrālā bibliotēka"]),
    ("language=fr&theme=language_learning", ["Bibliothèque de Lyon"]),
    ("city=Ogre&sort=newest", ["Ogres Centrālā bibliotēka", "Ogres novada pašvaldība"]),
    ("area=45,4,46,5", ["Bibliothèque de Lyon", "Ville de Lyon"]),
])
def test_each_filter_narrows_the_list(cast, browse, question, names):
    page = browse(cast.ana).get(f"/directory?{question}")

    assert page.texts(NAMES) == names


def test_those_looking_for_a_partner_can_be_asked_for(cast, browse):
    cast.ogre.seek_partner(True, {"en": "A language café by video"})

    page = browse(cast.ana).get("/directory?partner=y")

    assert page.texts(NAMES) == ["Ogres novada pašvaldība"]


def test_the_list_of_those_who_look_says_what_for(cast, browse):
    cast.ogre.seek_partner(True, {"en": "A language café by video"})

    page = browse(cast.ana).get("/directory/looking")

    assert page.texts("//main//h2//bdi")[0] == "Ogres novada pašvaldība"
    assert "A language café by video" in page.text
    assert "Clear filters" not in page.text and page.has_link("/venues")


def test_a_row_drawn_before_says_what_is_true_now_in_each_language(cast, browse):
    rows = {person: browse(getattr(cast, person)).get("/directory?country=LV").texts("//tbody/tr") for person in ("ana", "dina")}
    cast.ogre.city, cast.ogre.themes, cast.ogre.confirmed_on = "Ikšķile", ["youth"], now()

    again = {person: browse(getattr(cast, person)).get("/directory?country=LV").texts("//tbody/tr") for person in ("ana", "dina")}

    changed = {person: [row for row in again[person] if row not in rows[person]] for person in rows}
    assert [len(found) for found in changed.values()] == [1, 1] and changed["ana"] != changed["dina"]
    assert all("Ikšķile" in found[0] for found in changed.values()) and "Young people" in changed["ana"][0], changed


def test_names_stand_in_the_readers_alphabet(cast, browse):
    for name in ("Žanis", "Cēsis", "Čiekurs", "Āboli", "Zilupe"):
        make.organisation(name, country="PL")

    page = browse(cast.carla).get("/directory?country=PL")

    assert page.texts(NAMES) == ["Āboli", "Cēsis", "Čiekurs", "Zilupe", "Žanis"]


def test_countries_stand_in_the_order_of_their_names_in_the_readers_language(cast, browse):
    make.organisation("Zürich", country="CH", names={"de": "Zürich"})
    make.organisation("Berlin", country="DE")

    page = browse(cast.carla).get("/directory?sort=country")

    assert list(dict.fromkeys(page.texts("//tbody//td[3]"))) == ["Francija", "Latvija", "Šveice", "Vācija"]


def test_a_name_is_marked_with_its_language(cast, browse):
    make.organisation("Ludzas bibliotēka", city="Ludza", names={"lv": "Ludzas bibliotēka", "en": "Ludza Library"})

    page = browse(cast.ana).get("/directory?words=ludza")

    assert page.document.xpath("//tbody//th/a/@lang") == ["en"]
    assert page.texts(NAMES) == ["Ludza Library"]


def test_what_was_never_offered_is_said_in_the_form(cast, browse):
    page = browse(cast.ana).get("/directory?country=XX&theme=youth")

    assert page.status == 422
    assert page.texts("//*[contains(@class, 'field__error')]")


@pytest.mark.parametrize("question", ["after=nothing", "after=LV-99999999999999999", "before=ZZ-4", "area=a,b,c,d", "area=1e309,0,0,0",
                                      "words=" + "%F0%9F%90%88" * 150, "words=%00", "city=%00%ff", "sort=country&after=XX-1",
                                      "sort=newest&before=LV-999999"])
def test_odd_addresses_are_answered(cast, browse, question):
    page = browse(cast.ana).get(f"/directory?{question}")

    assert page.status in (200, 400, 422)


@pytest.mark.long
@pytest.mark.parametrize("sort", ["name", "country", "newest"])
def test_pages_meet_without_gap_or_repetition_there_and_back(cast, browse, sort):
    for number in range(120):
        country = ("LV", "EE", "PL", "IT")[number % 4]
        make.organisation(f"Library {number % 7}", country=country, created_at=now() - timedelta(days=number % 5))
    browser = browse(cast.ana)

    pages = [browser.get(f"/directory?sort={sort}")]
    while link := pages[-1].document.xpath("//a[@rel='next']/@href"):
        pages.append(browser.get(link[0]))
    back = browser.get(pages[-1].document.xpath("//a[@rel='prev']/@href")[0])
    addresses = [page.texts("//tbody//th/a/@href") for page in pages]

    assert [len(found) for found in addresses] == [50, 50, 25]
    assert len({address for found in addresses for address in found}) == 125
    assert back.texts("//tbody//th/a/@href") == addresses[1]


def test_first_and_last_page_link_only_where_there_is_more(cast, browse):
    for number in range(50):
        make.organisation(f"Library {number}")
    browser = browse(cast.ana)

    first = browser.get("/directory")
    last = browser.get(first.document.xpath("//a[@rel='next']/@href")[0])

    assert not first.document.xpath("//a[@rel='prev']")
    assert not last.document.xpath("//a[@rel='next']")
    assert last.document.xpath("//a[@rel='prev']")


@pytest.mark.long
@pytest.mark.parametrize("address", ["/directory", "/directory?sort=country", "/directory?sort=newest&theme=youth", "/directory/looking"])
@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_queries_is_the_same_for_one_and_for_many(cast, browse, statements, address, number):
    for place in range(number * 20):
        make.organisation(f"Library {place}", country=("LV", "EE", "PL")[place % 3], themes=["youth"]).seek_partner(True, {"en": "talk"})
    browser = browse(cast.ana)
    statements.clear()

    browser.get(address)

    assert len([sql for sql in statements if "organisation." in sql and "membership" not in sql and "member." not in sql]) == 2


def test_a_filter_changes_only_the_list(cast, browse):
    page = browse(cast.ana).get("/directory?country=FR", htmx="organisation_list")

    assert not page.is_whole
    assert page.texts(NAMES) == ["Bibliothèque de Lyon", "Ville de Lyon"]
    assert page.texts("//*[@data-announce]") == ["2 organisations"]


def test_the_ways_to_look_keep_the_filters(cast, browse):
    page = browse(cast.ana).get("/directory?theme=youth&country=LV")

    assert page.texts("//nav[contains(@class, 'tabs')]//a/@href") == [
        "/directory?country=LV&theme=youth", "/directory/map?country=LV&theme=youth", "/directory/help-me?theme=youth",
        "/directory/looking?country=LV&theme=youth", "/venues?country=LV"]


