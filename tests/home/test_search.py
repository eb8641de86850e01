"""The search page: results, filters, typing mistakes, suggestions, without scripts too (S48, S56, S69)."""

from urllib.parse import quote

import pytest
from lxml import etree

from libri import throttle
from libri.db import db

from .. import make


@pytest.fixture
def cafes(cast):
    """A practice in Latvian, a discussion in English, a library."""
    practice = make.practice(cast.ogre_library, original_language="lv", text={"title": "Valodas kafejnīca", "need": "Kafejnīcā sarunājas kaimiņi."})
    topic = make.topic(cast.bruno, "Kafejnīca visiem?", language="lv", body="Kuram ir café?")
    db.session.commit()
    return {"practice": f"/practices/{practice.id}", "topic": f"/discussions/{topic.id}"}


def links(page) -> list[str]:
    return page.document.xpath("//h2[@class='result__title']/a/@href")


def test_found_words_are_marked_in_the_text_as_it_was_written(cast, browse, cafes):
    page = browse(cast.ana).get("/search?q=kafejnicam")

    assert sorted(links(page)) == sorted(cafes.values())
    assert sorted(page.texts("//h2//mark")) == ["Kafejnīca", "kafejnīca"]
    assert page.texts("//p[@class='result__text'][@lang='lv']/mark")[:1] == ["Kafejnīcā"]


def test_results_are_narrowed_by_kind_language_and_country_with_numbers(cast, browse, cafes):
    browser = browse(cast.ana)
    whole = browser.get("/search?q=kafejnīca")
    one = browser.get(whole.document.xpath("//nav[@class='kinds']//a[contains(., 'Discussions')]/@href")[0], htmx="search_results")

    assert whole.texts("//nav[@class='kinds']//a") == ["Everything 2", "Practices 1", "Discussions 1"]
    assert (links(one), one.is_whole) == ([cafes["topic"]], False)
    assert links(browser.get("/search?q=kafejnīca&country=LV")) == [cafes["practice"]]
    assert (len(links(browser.get("/search?q=kafejnīca&language=lv"))), links(browser.get("/search?q=kafejnīca&language=fr"))) == (2, [])


def test_a_typing_mistake_is_mended_and_said(cast, browse, cafes):
    page = browse(cast.ana).get("/search?q=kafejnjica")

    assert "Nothing has “kafejnjica”. Searched for: " in page.text and "kafejnīca" in page.text.lower()
    assert len(links(page)) == 2


def test_when_nothing_has_all_words_some_are_enough_and_it_says_so(cast, browse, cafes):
    page = browse(cast.ana).get("/search?q=kaimiņi+bruņurupucis+café")

    assert "Nothing has all of these words." in page.text and sorted(links(page)) == sorted(cafes.values())


def test_nothing_found_is_said_and_guests_are_told_of_signing_in(browse, cast):
    page = browse(accept_language="en").get("/search?q=bruņurupucis")

    assert "Nothing was found" in page.text and "Members find more" in page.text


def test_many_results_come_in_pages(cast, browse):
    for number in range(45):
        make.topic(cast.ana, f"Kafejnīca {number}")
    browser = browse(cast.ana)
    first = browser.get("/search?q=kafejnīcas")
    second = browser.get(first.document.xpath("//a[@rel='next']/@href")[0])
    third = browser.get(second.document.xpath("//a[@rel='next']/@href")[0])

    assert [len(set(links(page))) for page in (first, second, third)] == [20, 20, 5]
    assert len({*links(first), *links(second), *links(third)}) == 45 and not third.document.xpath("//a[@rel='next']")
    assert links(browser.get("/search?q=kafejnīcas&page=99")) == links(third)


def test_suggestions_are_the_best_results_for_what_was_typed_so_far(cast, browse, cafes):
    page = browse(cast.ana).get("/search/suggest?q=kafej", htmx="suggested")

    assert sorted(page.document.xpath("//li[@role='option']/@data-href")) == sorted(cafes.values())
    assert "2 suggestions." in page.text
    assert browse(cast.ana).get("/search/suggest?q=kafej").location == "/search?q=kafej"


def test_every_page_has_the_box_and_browsers_can_keep_it(browse):
    page = browse(accept_language="en").get("/about")
    description = browse().client.get(page.document.xpath("//link[@rel='search']/@href")[0])
    address = etree.fromstring(description.data).find("{*}Url").get("template")

    assert page.document.xpath("//header//form[@action='/search']//input[@name='q']")
    assert (description.mimetype, address) == ("application/opensearchdescription+xml", "http://localhost/search?q={searchTerms}")


@pytest.mark.parametrize("query", ['"', "a*", "'\\", "NEAR(a b)", "title_keys:x -y", "%_", "(🐈", "и" * 200, "a " * 100])
def test_no_query_is_syntax(cast, browse, query):
    browser = browse(cast.ana)

    assert [browser.get(f"{path}={quote(query)}").status for path in ("/search?q", "/practices?words", "/discussions?words", "/directory?words")
            ] == [200] * 4


def test_an_answer_costs_as_much_for_three_as_for_one(cast, browse, cafes, statements):
    browser = browse(cast.ana)
    browser.get("/search?q=kafejnīca")
    few = statements.of(browser, "/search?q=kafejnīca")
    for number in range(3):
        make.topic(cast.ana, f"Kafejnīca {number}")

    assert statements.of(browser, "/search?q=kafejnīca") == few


def test_people_without_a_page_are_found_on_the_page_of_their_organisation(cast, browse):
    make.contact(cast.lyon, name="Zoé Lefèvre", visibility={"name": "network"})
    make.venue(cast.ogre, name="Upes zāle")
    browser = browse(cast.dina)

    assert links(browser.get("/search?q=lefevre")) == [f"/organisations/{cast.lyon.id}"]
    assert f"/organisations/{cast.ogre.id}" in links(browser.get("/search?q=zālē"))


def test_a_result_leads_to_the_reply_with_the_words(cast, browse):
    reply = make.reply(make.topic(cast.bruno), cast.carla, "Ar laivu.")
    page = browse(cast.ana).get("/search?q=laiva")

    assert links(page) == [f"/discussions/{reply.topic_id}?at=1#reply-{reply.id}"]
    assert browse(cast.ana).get(links(page)[0]).document.xpath(f"//*[@id='reply-{reply.id}']")


def test_filters_that_leave_nothing_can_be_cleared(cast, browse, cafes):
    browser = browse(cast.ana)

    pages = [browser.get(f"/search?q=kafejnīca&{filters}") for filters in ("kind=person", "language=ro", "kind=person&language=ro&country=FI")]

    assert all("Nothing is left with these filters" in page.text and page.has_link("/search?q=kafejn%C4%ABca") for page in pages)


@pytest.mark.long
def test_one_reader_searches_thirty_times_a_minute(cast, browse, later):
    browser = browse(cast.ana)
    answers = [browser.get("/search?q=kafejnīca").status for _ in range(31)]
    later(minutes=2)

    assert answers == [200] * 30 + [429] and browser.get("/search?q=kafejnīca").status == 200


def test_suggestions_have_a_limit_that_a_fast_typist_does_not_meet_and_the_search_has_its_own(cast, browse, monkeypatch, later):
    """S56, S69."""
    assert throttle.LIMITS["suggest.reader"] == (120, 1)
    monkeypatch.setitem(throttle.LIMITS, "suggest.reader", (2, 1))
    browser, practice = browse(cast.ana), make.practice(cast.lyon_library)
    asked = ("/search/suggest?q=kafej", "/discussions/names?q=bru", f"/practices/{practice.id}/resources?words=guide")

    assert [browser.get(address, htmx="suggested").status for address in (*asked, asked[0], asked[1])] == [200, 200, 429, 429, 429]
    assert browser.get("/search?q=kafej").status == 200 and browse(cast.bruno).get(asked[1]).status == 200
    later(minutes=2)
    assert browser.get(asked[2]).status == 200
