"""The list of discussions."""

from datetime import timedelta

from libri.db import db, now
from libri.exchange import following
from libri.exchange.models import ReadMark

from .. import make


def titles(page) -> list[str]:
    return page.texts("//a[@class='topics__title']")


def test_pinned_topics_come_first_then_the_latest_activity(cast, browse):
    make.topic(cast.ana, "Old", last_at=now() - timedelta(days=3))
    make.topic(cast.ana, "New", last_at=now() - timedelta(days=1))
    make.topic(cast.ana, "Pinned", last_at=now() - timedelta(days=9), pinned_until=now() + timedelta(days=1))

    page = browse(cast.ana).get("/discussions")

    assert titles(page) == ["Pinned", "New", "Old"]


def test_a_pin_ends_by_itself(cast, browse, later):
    make.topic(cast.ana, "Pinned", last_at=now() - timedelta(days=9), pinned_until=now() + timedelta(days=1))
    make.topic(cast.ana, "New")
    browser = browse(cast.ana)

    later(hours=25)

    cast_page = browse(cast.ana).get("/discussions")
    assert titles(cast_page) == ["New", "Pinned"] and browser.member


def test_a_tab_shows_one_category_and_keeps_the_other_filters(cast, browse):
    make.topic(cast.ana, "A question", category="question", themes=["youth"])
    make.topic(cast.ana, "An idea", category="idea", themes=["youth"])

    page = browse(cast.ana).get("/discussions?category=idea&theme=youth")

    assert titles(page) == ["An idea"]
    assert page.has_link("/discussions?theme=youth&category=question")


def test_filters_theme_language_unanswered_followed_unread_words(cast, browse):
    found = make.topic(cast.ana, "Valodas kafejnīca", language="lv", themes=["language_learning"])
    make.topic(cast.carla, "Nothing of this", language="fr", category="idea", read_by=cast.ana)
    following.begin(cast.ana.id, "topic", found.id)
    browser = browse(cast.ana)

    for question in ("theme=language_learning", "language=lv", "only=unanswered", "only=followed", "only=unread", "words=KAFEJNICA%20valodas"):
        assert titles(browser.get(f"/discussions?{question}")) == ["Valodas kafejnīca"], question


def test_an_unknown_filter_is_said_and_shows_all(cast, browse):
    make.topic(cast.ana, "A question")

    page = browse(cast.ana).get("/discussions?theme=nonsense&after=x&category=y")

    assert page.status == 422
    assert titles(page) == ["A question"]


def test_a_row_tells_who_where_how_many_and_how_much_is_unread(cast, browse):
    topic = make.topic(cast.carla, "Kas palīdz?", language="lv", replies=5)
    db.session.add(ReadMark(member_id=cast.ana.id, topic_id=topic.id, number=2))

    page = browse(cast.ana).get("/discussions")

    assert "Carla" in page.text and "Ogres novada pašvaldība" in page.text
    assert "5 replies" in page.text and page.texts("//a[@class='topics__unread']") == ["3 new"]
    assert page.document.xpath("//a[@class='topics__title'][@lang='lv']/bdi")


def test_what_was_there_before_somebody_came_is_not_unread(cast, browse):
    make.topic(cast.carla, "Long ago", last_at=now() - timedelta(days=100))

    page = browse(cast.ana).get("/discussions")

    assert not page.texts("//a[@class='topics__unread']")


def test_hidden_and_waiting_topics_are_not_in_the_list(cast, browse):
    make.topic(cast.carla, "Hidden", is_shown=False)

    page = browse(cast.dina).get("/discussions")

    assert titles(page) == []


def test_pages_follow_each_other_without_gap_or_repetition(cast, browse):
    for number in range(45):
        make.topic(cast.ana, f"Topic {number}", last_at=now() - timedelta(minutes=number // 3))
    browser = browse(cast.ana)

    first = browser.get("/discussions")
    second = browser.get(first.document.xpath("//a[@rel='next']/@href")[0])
    third = browser.get(second.document.xpath("//a[@rel='next']/@href")[0])
    back = browser.get(third.document.xpath("//a[@rel='prev']/@href")[0])

    assert len(set(titles(first) + titles(second) + titles(third))) == 45
    assert titles(back) == titles(second) and not third.document.xpath("//a[@rel='next']")
    assert titles(browser.get(back.document.xpath("//a[@rel='prev']/@href")[0])) == titles(first)


def test_one_row_costs_as_many_queries_as_three(cast, browse, statements):
    make.topic(cast.ana, "One")
    alone = statements.of(browse(cast.ana), "/discussions", only="SELECT")
    make.topic(cast.carla, "Two", themes=["youth"], replies=3)
    make.topic(cast.bruno, "Three", read_by=cast.ana)

    assert [alone, statements.of(browse(cast.ana), "/discussions", only="SELECT")] == [2, 2]  # the session, the rows
