"""The watch over unanswered questions (N12)."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from libri.db import db, now, set_clock
from libri.exchange import chores, following, watching
from libri.exchange.models import Reply
from libri.notices.models import Notice

from .. import make

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def monday(world):
    """It is Monday morning."""
    set_clock(MONDAY - datetime.now(UTC))


@pytest.fixture
def question(cast):
    """Ana asks in English about young people; Bruno and Carla could help, Dina knows nothing of it."""
    for member in (cast.bruno, cast.carla):
        member.themes, member.reads, member.writes, member.seen_on = ["youth"], ["lv", "en"], ["lv"], now().date()
    cast.ana.themes, cast.ana.reads = ["youth"], ["en"]
    return make.topic(cast.ana, themes=["youth", "employment"])


def after(days, hours=0):
    set_clock(MONDAY + timedelta(days=days, hours=hours) - datetime.now(UTC))


def watch() -> int:
    db.session.commit()
    count = chores.DAILY["watch_questions"]()
    db.session.expire_all()
    return count


def asked() -> set[int]:
    return set(db.session.scalars(select(Notice.member_id).where(Notice.kind == "topic.can_you_answer")))


@pytest.mark.parametrize(("begin", "end"), [
    ("2026-03-02 09:00", "2026-03-09 09:00"),
    ("2026-03-04 15:30", "2026-03-11 15:30"),
    ("2026-03-06 23:00", "2026-03-16 00:00"),
    ("2026-03-07 12:00", "2026-03-16 00:00"),
    ("2026-03-08 21:59", "2026-03-16 00:00"),
])
def test_five_working_days_skip_the_weekend(begin, end):
    begin, end = (datetime.fromisoformat(words).replace(tzinfo=watching.RIGA) for words in (begin, end))

    if begin.weekday() == 4:
        end = begin + timedelta(days=7)
    assert watching.after_working_days(begin, 5) == end


def test_nobody_is_asked_before_five_working_days(cast, question):
    after(days=6)

    assert watch() == 0 and asked() == set()


def test_two_who_know_theme_and_language_are_asked_once(cast, question):
    after(days=7, hours=1)

    assert watch() == 2 and asked() == {cast.bruno.id, cast.carla.id}
    assert watch() == 0 and question.watched_at is not None


def test_the_notice_leads_to_the_question(cast, browse, question):
    after(days=8)
    watch()

    page = browse(cast.bruno).get("/notices")

    assert page.has_link(f"/discussions/{question.id}")


@pytest.mark.parametrize("change", [
    {"category": "idea"}, {"status": "answered"}, {"status": "closed"}, {"is_locked": True}, {"is_shown": False}])
def test_only_open_questions_are_watched(cast, question, change):
    for name, value in change.items():
        setattr(question, name, value)
    after(days=8)

    assert watch() == 0


def test_a_reply_of_another_is_enough_but_not_ones_own(cast, question):
    make.reply(question, cast.ana)
    make.reply(question, cast.carla, is_waiting=True)
    make.reply(question, cast.carla, is_shown=False)
    other = make.topic(cast.ana, themes=["youth"])
    make.reply(other, cast.dina)
    after(days=8)

    watch()

    assert question.watched_at is not None and other.watched_at is None


def test_who_muted_topic_theme_or_organisation_is_left_alone(cast, question):
    following.set_level(cast.bruno.id, "theme", "employment", "mute")
    following.set_level(cast.carla.id, "topic", str(question.id), "mute")
    after(days=8)

    assert watch() == 0 and question.watched_at is None


def test_theme_and_language_both_count(cast, question):
    cast.bruno.themes, cast.carla.reads = ["digital_skills"], ["lv"]
    after(days=8)

    assert watch() == 0


def test_those_here_lately_come_first(cast, question):
    other = make.member("Early", "en", cast.ogre, themes=["youth"], seen_on=(now() - timedelta(days=200)).date())
    cast.bruno.seen_on = (now() - timedelta(days=100)).date()
    late = make.member("Late", "en", cast.ogre, themes=["youth"], seen_on=now().date())
    after(days=8)

    watch()

    assert asked() == {cast.carla.id, late.id} and other.id not in asked()


def test_asking_goes_round(cast, question):
    fresh = [make.member(name, "en", cast.ogre, themes=["youth"], seen_on=now().date()) for name in ("Third", "Fourth")]
    after(days=8)
    watch()
    make.topic(cast.ana, themes=["youth"])
    after(days=16)

    watch()

    assert asked() == {cast.bruno.id, cast.carla.id, *(one.id for one in fresh)}


def test_when_nobody_can_help_somebody_who_comes_later_is_asked(cast, question):
    cast.bruno.themes = cast.carla.themes = []
    after(days=8)
    assert watch() == 0
    make.member("New", "en", cast.ogre, themes=["youth"])
    after(days=9)

    assert watch() == 1


def test_a_question_that_waited_for_the_office_begins_when_it_is_shown(cast, browse, question):
    opening = db.session.scalars(select(Reply)).one()
    opening.is_waiting, question.is_shown = True, False
    after(6)
    browse(cast.dina).post(f"/moderation/reply/{opening.id}/approve")

    after(8)
    assert watch() == 0
    after(14)
    assert watch() == 2


def test_old_questions_are_left_alone(cast, question):
    after(days=61)

    assert watch() == 0
