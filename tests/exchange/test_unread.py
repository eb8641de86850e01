"""How far one has read: marked by reading, and where one goes on (F7)."""

from libri.db import db
from libri.exchange.models import ReadMark
from libri.notices.models import Notice, tell

from .. import make


def test_reading_a_page_marks_it_read_up_to_its_last_text(cast, browse):
    topic = make.topic(cast.carla, replies=45)
    browser = browse(cast.ana)

    browser.get(f"/discussions/{topic.id}?at=21")

    assert db.session.get(ReadMark, (cast.ana.id, topic.id)).number == 40
    browser.get(f"/discussions/{topic.id}")
    assert db.session.get(ReadMark, (cast.ana.id, topic.id)).number == 40


def test_going_on_leads_to_the_first_unread_text(cast, browse):
    topic = make.topic(cast.carla, replies=45)
    browser = browse(cast.ana)
    browser.get(f"/discussions/{topic.id}?at=21")

    page = browser.get(f"/discussions/{topic.id}/unread")

    assert f"/discussions/{topic.id}?at=41#reply-" in page.location


def test_with_nothing_unread_it_leads_to_the_last_text(cast, browse):
    topic = make.topic(cast.carla, replies=3, read_by=cast.ana)

    page = browse(cast.ana).get(f"/discussions/{topic.id}/unread")

    assert "at=3#reply-" in page.location


def test_a_notice_about_a_topic_is_read_by_visiting_it(cast, browse):
    topic = make.topic(cast.carla)
    tell([cast.ana.id], "topic.reply", f"/discussions/{topic.id}", topic, title=topic.title, language="en")
    browser = browse(cast.ana)

    browser.get(f"/discussions/{topic.id}")

    assert db.session.query(Notice).one().read_at and cast.ana.unread_notices == 0


def test_the_bell_counts_what_was_not_read(cast, browse):
    topic = make.topic(cast.carla)
    tell([cast.ana.id], "topic.reply", f"/discussions/{topic.id}", topic, title=topic.title, language="en")

    page = browse(cast.ana).get("/discussions")

    assert page.texts("//a[@href='/notices']//span[@class='masthead__count']") == ["1"]
