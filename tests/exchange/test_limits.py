"""Limits on writing, thanking and reporting: a clear sentence, and the text stays (S56, S69)."""

import pytest

from libri import throttle
from libri.db import db
from libri.exchange.models import Reply, Report, Thanks, Topic

from .. import make

LIMITS = dict(throttle.LIMITS)


@pytest.fixture(autouse=True)
def one_an_hour(monkeypatch):
    """One text, one report, one thanks, one look at a text before it is sent."""
    for what in ("post", "report", "thanks", "preview"):
        monkeypatch.setitem(throttle.LIMITS, f"{what}.member", (1, 60))


def test_the_limits_are_those_that_were_promised():
    """All of them stand in libri/throttle.py; the other tests lower them, so that they need not write twenty texts."""
    assert (LIMITS["post.member"], LIMITS["search.reader"], LIMITS["export.member"]) == ((20, 60), (30, 1), (10, 60))
    assert (LIMITS["told.recipient"], LIMITS["sign_in.account"]) == ((20, 24 * 60), (5, 15))


def how_many(table) -> int:
    return db.session.query(table).count()


def test_a_reply_too_many_stays_in_its_field_until_it_can_be_sent(cast, browse, later):
    topic = make.topic(cast.carla)
    address = f"/discussions/{topic.id}"
    browse(cast.ana).post(address, {"body": "One", "language": "en"})

    page = browse(cast.ana).post(address, {"body": "Two", "language": "en"})

    assert page.status == 429 and 0 < int(page.headers["Retry-After"]) <= 3600
    assert "Your text is kept here" in page.text and page.texts("//textarea[@name='body']") == ["Two"] and how_many(Reply) == 2
    later(minutes=61)
    assert browse(cast.ana).post(address, {"body": "Two", "language": "en"}).status == 303


def test_topics_and_replies_count_together(cast, browse):
    browse(cast.ana).post(f"/discussions/{make.topic(cast.carla).id}", {"body": "One", "language": "en"})

    page = browse(cast.ana).post("/discussions/new", {"category": "question", "title": "Why?", "body": "I wonder.", "language": "en"})

    assert page.status == 429 and page.texts("//textarea[@name='body']") == ["I wonder."] and how_many(Topic) == 1
    assert page.document.xpath("//input[@name='title']/@value") == ["Why?"]


def test_a_report_too_many_keeps_its_reason(cast, browse):
    address = f"/report/practice/{make.practice(cast.ogre).id}"
    browse(cast.ana).post(address, {"reason": "It names a reader."})

    page = browse(cast.ana).post(address, {"reason": "It names two."})

    assert page.status == 429 and page.texts("//textarea[@name='reason']") == ["It names two."] and how_many(Report) == 1


def test_thanks_have_a_limit_too(cast, browse):
    topic = make.topic(cast.carla)
    replies = [make.reply(topic, cast.carla) for _ in range(2)]

    assert [browse(cast.ana).post(f"/replies/{one.id}/thanks").status for one in replies] == [303, 429] and how_many(Thanks) == 1


def test_previews_have_a_limit_too(cast, browse):
    ana = browse(cast.ana)

    assert [ana.post("/discussions/preview", {"body": "**Hello**", "language": "en"}, htmx="preview").status for _ in range(2)] == [200, 429]
