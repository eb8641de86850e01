"""The list of notices, the bell, reading by visiting."""

import pytest
from sqlalchemy import select

from libri.db import db, now, write_tx
from libri.notices import queries
from libri.notices.models import Notice, forget, tell

from .. import make


def unread(member) -> int:
    db.session.refresh(member)
    return member.unread_notices


def told(member) -> list[str]:
    return list(db.session.scalars(select(Notice.kind).where(Notice.member_id == member.id).order_by(Notice.id)))


def test_a_notice_leads_to_its_thing_and_names_who_did_it(cast, browse):
    topic = make.topic(cast.carla)
    make.notice(cast.ana, topic, values={"title": "Lūdzu padomu", "language": "lv", "by": cast.carla.id})

    page = browse(cast.ana).get("/notices")

    assert page.has_link(f"/discussions/{topic.id}") and "New reply in: Lūdzu padomu" in page.text and "Carla" in page.text
    assert page.document.xpath("//bdi[@lang='lv' and text()='Lūdzu padomu']")


def test_what_is_not_read_stands_first(cast, browse):
    topic = make.topic(cast.carla)
    make.notice(cast.ana, topic, values={"title": "Older"})
    make.notice(cast.ana, topic, values={"title": "Newer"}, read_at=now())

    page = browse(cast.ana).get("/notices")

    assert [words.split(":")[-1].strip() for words in page.texts("//li[contains(@class, 'news__item')]/p[1]/a")] == ["Older", "Newer"]
    assert len(page.document.xpath("//li[contains(@class, 'news__item--new')]")) == 1


def test_a_long_list_has_parts_and_loses_nothing(cast, browse, monkeypatch):
    monkeypatch.setattr(queries, "ROWS", 2)
    topic = make.topic(cast.carla)
    for number in range(5):
        make.notice(cast.ana, topic, values={"title": f"Number {number}"}, read_at=now() if number in (0, 3) else None)
    browser, seen, address = browse(cast.ana), [], "/notices"

    while address:
        page = browser.get(address)
        seen += page.texts("//li[contains(@class, 'news__item')]/p[1]/a")
        address = (page.document.xpath("//a[@rel='next']/@href") or [None])[0]

    assert [words[-1] for words in seen] == ["4", "2", "1", "3", "0"]


def test_the_list_asks_as_often_for_three_as_for_one(cast, browse, statements):
    topic, browser = make.topic(cast.carla), browse(cast.ana)
    make.notice(cast.ana, topic, values={"title": "One", "by": cast.carla.id})
    one = statements.of(browser, "/notices")
    make.notice(cast.ana, topic, values={"title": "Two", "by": cast.bruno.id})
    make.notice(cast.ana, topic, values={"title": "Three", "by": cast.dina.id})

    assert statements.of(browser, "/notices") == one


def test_visiting_the_topic_reads_what_was_told_of_it(cast, browse):
    topic, other = make.topic(cast.carla), make.topic(cast.carla)
    for thing in (topic, topic, other):
        make.notice(cast.ana, thing)

    page = browse(cast.ana).get(f"/discussions/{topic.id}")

    assert unread(cast.ana) == 1
    assert "1 unread notice" in page.source


def test_visiting_a_practice_reads_what_was_told_of_it(cast, browse):
    practice = make.practice(cast.ogre)
    make.notice(cast.ana, practice, "practice.published")

    browse(cast.ana).get(f"/practices/{practice.id}")

    assert unread(cast.ana) == 0


@pytest.mark.long
def test_a_busy_database_keeps_nobody_from_reading(cast, browse):
    topic = make.topic(cast.carla)
    make.notice(cast.ana, topic)
    browser = browse(cast.ana)
    browser.get(f"/discussions/{make.topic(cast.carla).id}")
    db.session.commit()

    with db.engine.connect() as other:
        other.execution_options(sqlite_begin="IMMEDIATE")
        other.execute(select(Notice.id).with_for_update())
        page = browser.get(f"/discussions/{topic.id}")
        other.rollback()

    assert page.status == 200 and unread(cast.ana) == 1


def test_all_can_be_marked_as_read(cast, browse):
    for _ in range(3):
        make.notice(cast.ana, make.topic(cast.carla))
    make.notice(cast.bruno, make.topic(cast.carla))

    answer = browse(cast.ana).get("/notices").submit("/notices/read")

    assert answer.status == 303 and unread(cast.ana) == 0 and unread(cast.bruno) == 1


def test_the_doer_and_those_who_left_are_not_told(cast):
    topic = make.topic(cast.carla)
    cast.bruno.status = "disabled"
    db.session.commit()

    with write_tx():
        count = tell([cast.ana.id, cast.bruno.id, cast.carla.id], "topic.reply", "/", topic, but=cast.carla.id, title="T")

    assert count == 1 and (told(cast.ana), told(cast.bruno), told(cast.carla)) == (["topic.reply"], [], [])
    assert unread(cast.ana) == 1


def test_rows_wait_for_the_digest_of_those_who_chose_it(cast):
    cast.bruno.notices = "never"
    topic = make.topic(cast.carla)
    db.session.commit()

    with write_tx():
        tell([cast.ana.id, cast.bruno.id], "topic.reply", "/", topic, title="T")

    waiting = db.session.scalars(select(Notice.member_id).where(Notice.digested_at.is_(None))).all()
    assert waiting == [cast.ana.id]


def test_old_notices_go_and_the_count_stays_true(cast, later):
    topic = make.topic(cast.carla)
    make.notice(cast.ana, topic, read_at=now())
    make.notice(cast.ana, topic)
    db.session.commit()

    later(days=91)
    assert (forget(), unread(cast.ana)) == (1, 1)
    later(days=366)
    assert (forget(), unread(cast.ana), told(cast.ana)) == (1, 0, [])
