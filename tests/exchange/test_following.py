"""Following and muting, and who hears of what then (F4, F5)."""

import pytest
from sqlalchemy import select

from libri.db import db, write_tx
from libri.exchange import following, telling
from libri.exchange.models import Follow, Reply
from libri.notices.models import Notice

from .. import make


def choose(member, kind, key, level):
    following.set_level(member.id, kind, str(key), level)


def hears(member) -> bool:
    return db.session.scalar(select(Notice.id).where(Notice.member_id == member.id)) is not None


def announce(topic):
    """Tell of a topic as when it was opened."""
    db.session.commit()
    number = topic.id
    with write_tx() as session:
        opening = session.scalars(select(Reply).where(Reply.topic_id == number, Reply.number == 0)).one()
        telling.topic_opened(session.get_one(type(topic), number), opening)


def reply(topic, author, **given):
    """Tell of a reply as when it was written."""
    new, number = make.reply(topic, author, **given), topic.id
    db.session.commit()
    with write_tx() as session:
        telling.reply_written(session.get_one(type(topic), number), session.get_one(Reply, new.id))


@pytest.fixture
def topic(cast):
    return make.topic(cast.carla, themes=["youth", "employment"])


@pytest.mark.parametrize(("kind", "key"), [("theme", "youth"), ("organisation", "ogre")])
def test_followers_of_theme_and_organisation_hear_of_a_new_topic(cast, topic, kind, key):
    choose(cast.ana, kind, getattr(cast, key).id if key == "ogre" else key, "follow")

    announce(topic)

    assert hears(cast.ana) and not hears(cast.bruno) and not hears(cast.carla)


def test_a_muted_theme_is_silent_even_when_the_organisation_is_followed(cast, topic):
    choose(cast.ana, "organisation", cast.ogre.id, "follow")
    choose(cast.ana, "theme", "employment", "mute")

    announce(topic)

    assert not hears(cast.ana)


def test_a_topic_of_ones_own_that_is_muted_stays_muted(cast, browse):
    topic = make.topic(cast.ana)
    choose(cast.ana, "topic", topic.id, "mute")
    browse(cast.ana).get(f"/discussions/{topic.id}").submit(f"/discussions/{topic.id}", body="One more word.")

    reply(topic, cast.carla)

    assert not hears(cast.ana) and following.level_of(cast.ana.id, "topic", topic.id) == "mute"


@pytest.mark.parametrize(("kind", "key"), [("theme", "youth"), ("organisation", "ogre")])
def test_followers_of_theme_and_organisation_do_not_hear_of_every_reply(cast, topic, kind, key):
    choose(cast.ana, kind, getattr(cast, key).id if key == "ogre" else key, "follow")
    choose(cast.bruno, "topic", topic.id, "follow")

    reply(topic, cast.carla)

    assert hears(cast.bruno) and not hears(cast.ana)


def test_what_is_muted_is_silent_even_in_a_topic_that_is_followed(cast, topic):
    choose(cast.ana, "topic", topic.id, "follow")
    choose(cast.ana, "theme", "youth", "mute")

    reply(topic, cast.carla)

    assert not hears(cast.ana)


@pytest.mark.parametrize("given", [{"body": "Ask [@Ana](/members/{ana})."}, {"quotes": 1}])
def test_a_mute_does_not_silence_a_mention_or_an_answer_to_oneself(cast, topic, given):
    make.reply(topic, cast.ana)
    choose(cast.ana, "topic", topic.id, "mute")

    reply(topic, cast.carla, **{name: value.format(ana=cast.ana.id) if name == "body" else value for name, value in given.items()})

    assert hears(cast.ana)


def test_unread_replies_of_a_topic_are_one_notice_that_counts_and_leads_to_the_first(cast, browse, topic):
    choose(cast.ana, "topic", topic.id, "follow")

    for author in (cast.carla, cast.carla, cast.bruno):
        reply(topic, author)

    notice = db.session.scalars(select(Notice).where(Notice.member_id == cast.ana.id)).one()
    assert "?at=1#" in notice.address and cast.ana.unread_notices == 1 and "by" not in notice.values
    page = browse(cast.ana).get("/notices")
    assert "3 new replies in: How do you begin?" in page.text
    browse(cast.ana).get(f"/discussions/{topic.id}?at=1")
    reply(topic, cast.carla)
    assert "New reply in: How do you begin?" in browse(cast.ana).get("/notices").text


def test_a_new_practice_is_told_to_followers_of_its_theme_but_not_to_who_muted_it(cast):
    practice = make.practice(cast.ogre, cast.carla, themes=["youth"])
    choose(cast.ana, "theme", "youth", "follow")
    choose(cast.bruno, "organisation", cast.ogre.id, "follow")
    choose(cast.bruno, "theme", "youth", "mute")
    choose(cast.dina, "practice", practice.id, "follow")

    assert following.hear_of_practice(practice, is_new=True) == {cast.ana.id, cast.dina.id}
    assert following.hear_of_practice(practice) == {cast.dina.id}


def test_a_press_follows_another_stops(cast, browse):
    topic, browser = make.topic(cast.carla), browse(cast.ana)
    press = {"kind": "topic", "key": str(topic.id), "next": f"/discussions/{topic.id}"}

    answer = browser.post("/notices/following", press | {"level": "follow"})
    assert answer.location == f"/discussions/{topic.id}" and following.level_of(cast.ana.id, "topic", topic.id) == "follow"
    browser.post("/notices/following", press | {"level": "mute"})
    assert following.level_of(cast.ana.id, "topic", topic.id) == "mute"
    browser.post("/notices/following", press | {"level": "none"})
    assert following.level_of(cast.ana.id, "topic", topic.id) == "none"


@pytest.mark.parametrize(("kind", "key", "status"), [
    ("theme", "youth", 303), ("theme", "astrology", 404), ("topic", "4000000", 404), ("topic", "x", 404), ("topic", "9" * 12, 404),
    ("practice", "4000000", 404), ("organisation", "4000000", 404), ("member", "1", 404)])
def test_only_what_is_there_can_be_followed(cast, browse, kind, key, status):
    assert browse(cast.ana).post("/notices/following", {"kind": kind, "key": key, "level": "follow"}).status == status


def test_what_one_may_not_see_cannot_be_followed(cast, browse):
    hidden = make.topic(cast.carla, is_shown=False)
    draft = make.practice(cast.ogre, cast.carla, status="draft")
    asleep = make.organisation("Asleep", status="draft")
    browser = browse(cast.ana)

    for kind, thing in (("topic", hidden), ("practice", draft), ("organisation", asleep)):
        assert browser.post("/notices/following", {"kind": kind, "key": str(thing.id), "level": "follow"}).status == 404, kind


def test_the_page_lists_what_i_follow_and_mute_with_buttons_to_stop(cast, browse):
    topic, practice = make.topic(cast.carla, "Ķimenes"), make.practice(cast.ogre, text={"title": "Language café"})
    choose(cast.ana, "topic", topic.id, "follow")
    choose(cast.ana, "practice", practice.id, "mute")
    choose(cast.ana, "organisation", cast.ogre.id, "follow")
    choose(cast.ana, "theme", "youth", "mute")

    page = browse(cast.ana).get("/notices/following")

    for words in ("Ķimenes", "Language café", "Ogres novada pašvaldība", "Young people"):
        assert words in " ".join(page.texts("//table")), words
    assert len(page.document.xpath("//table//button[@name='level' and @value='none']")) == 4


def test_what_is_gone_is_named_no_more_but_can_be_stopped(cast, browse):
    topic = make.topic(cast.carla, "Secret title", is_shown=False)
    choose(cast.ana, "topic", topic.id, "follow")
    browser = browse(cast.ana)

    page = browser.get("/notices/following")
    browser.post("/notices/following", {"kind": "topic", "key": str(topic.id), "level": "none"})

    assert "Secret title" not in page.source and db.session.scalar(select(Follow.id)) is None


def test_followers_of_a_practice_hear_once_that_it_was_changed(cast, browse):
    practice = make.practice(cast.lyon_library, cast.ana)
    choose(cast.carla, "practice", practice.id, "follow")
    choose(cast.dina, "theme", practice.themes[0], "follow")

    for section in ("need", "results"):
        browse(cast.ana).get(f"/practices/{practice.id}/edit/{section}").submit(f"/practices/{practice.id}/edit/{section}", text="New")

    notice = db.session.scalars(select(Notice)).one()
    assert (notice.kind, notice.member_id, notice.address) == ("practice.changed", cast.carla.id, f"/practices/{practice.id}")
