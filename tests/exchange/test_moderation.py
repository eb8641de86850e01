"""Hiding with a reason and showing again, first texts that wait, topics moved, locked, closed, pinned (F12–F14)."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from libri import emails
from libri.audit import AuditEntry
from libri.db import db, now, write_tx
from libri.exchange import moderating
from libri.exchange.models import Reply, Topic
from libri.notices.models import Notice
from libri.outbox import Letter

from .. import make


def told(member) -> list[str]:
    return list(db.session.scalars(select(Notice.kind).where(Notice.member_id == member.id).order_by(Notice.id)))


def deeds() -> list[str]:
    return list(db.session.scalars(select(AuditEntry.action).where(AuditEntry.action != "sign_in").order_by(AuditEntry.id)))


def hide(browse, cast, thing, reason="It names a reader at evil.example."):
    address = f"/moderation/{thing.__tablename__}/{thing.id}"
    return browse(cast.dina).get(address).submit(f"{address}/hide", reason=reason)


# ---- hiding ----------------------------------------------------------------------------------------------------------


def test_a_hidden_reply_is_seen_by_nobody_else(cast, browse):
    topic = make.topic(cast.carla)
    reply = make.reply(topic, cast.ana, "Words that hurt")

    hide(browse, cast, reply)

    assert "Words that hurt" not in browse(cast.bruno).get(f"/discussions/{topic.id}").source


def test_its_author_sees_text_and_reason_and_gets_a_letter_whatever_they_chose(cast, browse):
    cast.ana.notices = "never"
    reply = make.reply(make.topic(cast.carla), cast.ana, "Words that hurt")

    hide(browse, cast, reply)

    letter = db.session.scalars(select(Letter)).one()
    assert (letter.kind, letter.to_address, told(cast.ana)) == ("text_hidden", cast.ana.email, ["text.hidden"])
    assert "It names a reader" in emails.render(letter)[1] and "evil.example" not in emails.render(letter)[1]
    page = browse(cast.ana).get(f"/texts/reply/{reply.id}")
    assert "Words that hurt" in page.text and "It names a reader" in page.text and cast.ana.unread_notices == 0


def test_hiding_the_opening_hides_the_topic_and_showing_it_again_shows_it(cast, browse):
    topic = make.topic(cast.ana)
    opening = db.session.scalars(select(Reply).where(Reply.topic_id == topic.id)).one()

    hide(browse, cast, opening)
    assert browse(cast.bruno).get(f"/discussions/{topic.id}").status == 404 and topic.hidden_reason

    browse(cast.dina).get(f"/moderation/reply/{opening.id}").submit(f"/moderation/reply/{opening.id}/restore")
    assert browse(cast.bruno).get(f"/discussions/{topic.id}").status == 200 and not topic.hidden_reason
    assert told(cast.ana) == ["text.hidden", "text.restored"] and deeds() == ["reply.hidden", "reply.restored"]


def test_a_hidden_answer_is_no_answer_any_more(cast, browse):
    topic = make.topic(cast.carla)
    reply = make.reply(topic, cast.ana)
    topic.accept(reply.number)

    hide(browse, cast, reply)

    assert (topic.accepted_number, topic.status) == (None, "open")


def test_a_practice_is_hidden_and_shown_again(cast, browse):
    practice = make.practice(cast.lyon_library, cast.ana, is_public=True)

    hide(browse, cast, practice)
    assert browse().get(f"/practices/{practice.id}").status == 404 and practice.status == "archived"
    assert "It names a reader" in browse(cast.ana).get(f"/texts/practice/{practice.id}").text

    browse(cast.dina).post(f"/moderation/practice/{practice.id}/restore")
    assert browse().get(f"/practices/{practice.id}").status == 200 and not practice.hidden_reason


def test_hiding_twice_tells_once(cast, browse):
    reply = make.reply(make.topic(cast.carla), cast.ana)
    page = browse(cast.dina).get(f"/moderation/reply/{reply.id}")

    for _ in range(2):
        page.submit(f"/moderation/reply/{reply.id}/hide", reason="It names a reader.")

    assert told(cast.ana) == ["text.hidden"] and deeds() == ["reply.hidden"]


def test_an_archived_practice_is_not_shown_again_by_moderating(cast, browse):
    practice = make.practice(cast.lyon_library, status="archived")

    browse(cast.dina).post(f"/moderation/practice/{practice.id}/restore")

    assert practice.status == "archived"


@pytest.mark.parametrize("language", ["lv", "en", "ru", "uk"])
@pytest.mark.parametrize("was_waiting", [True, False])
def test_the_letter_with_the_reason_is_drawn(cast, language, was_waiting):
    cast.ana.language = language
    letter = emails.text_hidden(cast.ana, "/texts/reply/1", "<b>T</b>", "One\n<i>two</i>", was_waiting)
    db.session.flush()

    subject, text, html = emails.render(letter)

    assert subject.strip() and "/texts/reply/1" in text and "<i>" not in html and "<b>T" not in html


# ---- first texts of new members --------------------------------------------------------------------------------------


@pytest.fixture
def they_wait(cast):
    """The office lets first texts wait."""
    db.session.commit()
    with write_tx():
        moderating.let_first_posts_wait(True)
    return cast


def write(browse, member, topic, body="My first words here."):
    return browse(member).get(f"/discussions/{topic.id}").submit(f"/discussions/{topic.id}", body=body)


def last_text() -> Reply:
    return db.session.scalars(select(Reply).order_by(Reply.id.desc()).limit(1)).one()


def test_the_office_switches_it_on_a_page(cast, browse):
    browser = browse(cast.dina)
    assert not moderating.first_posts_wait()

    browser.get("/discussions/reports?show=waiting").submit("/moderation/first-texts")
    assert moderating.first_posts_wait()
    browser.get("/discussions/reports?show=waiting").submit("/moderation/first-texts")

    assert not moderating.first_posts_wait() and deeds() == ["first_posts.wait", "first_posts.free"]


def test_a_first_text_waits_and_only_its_author_and_the_office_see_it(they_wait, browse):
    topic = make.topic(they_wait.carla)

    write(browse, they_wait.ana, topic)

    assert "My first words" in browse(they_wait.ana).get(f"/discussions/{topic.id}").text
    assert "My first words" not in browse(they_wait.bruno).get(f"/discussions/{topic.id}").text
    assert told(they_wait.dina) == ["text.waits"] and told(they_wait.carla) == []


def test_approving_shows_it_and_tells_those_who_follow(they_wait, browse):
    topic, browser = make.topic(they_wait.carla), browse(they_wait.dina)
    make.follow(they_wait.carla, topic)
    write(browse, they_wait.ana, topic)
    number = last_text().id

    assert browser.get("/discussions/reports?show=waiting").has_link(f"/moderation/reply/{number}")
    browser.get(f"/moderation/reply/{number}").submit(f"/moderation/reply/{number}/approve")

    assert "My first words" in browse(they_wait.bruno).get(f"/discussions/{topic.id}").text
    assert told(they_wait.ana) == ["text.approved"] and told(they_wait.carla) == ["topic.reply"]


def test_an_approved_text_is_new_to_who_has_read_beyond_it(they_wait, browse):
    topic = make.topic(they_wait.carla)
    write(browse, they_wait.ana, topic)
    number, waiting = last_text().number, last_text().id
    browse(they_wait.dina).post(f"/discussions/{topic.id}", {"body": "Welcome.", "language": "en"})
    browse(they_wait.bruno).get(f"/discussions/{topic.id}")

    browse(they_wait.dina).post(f"/moderation/reply/{waiting}/approve")

    there = browse(they_wait.bruno).get(f"/discussions/{topic.id}/unread").location
    assert there == f"/discussions/{topic.id}?at={number}#reply-{waiting}"


def test_after_one_approved_text_nobody_is_new(they_wait, browse):
    topic = make.topic(they_wait.carla)
    write(browse, they_wait.ana, topic)
    browse(they_wait.dina).post(f"/moderation/reply/{last_text().id}/approve")

    write(browse, they_wait.ana, topic, "My second words.")

    assert not last_text().is_waiting


def test_a_refused_text_is_not_shown_and_its_author_reads_why(they_wait, browse):
    topic = make.topic(they_wait.carla)
    write(browse, they_wait.ana, topic)
    number, browser = last_text().id, browse(they_wait.dina)

    browser.get(f"/moderation/reply/{number}").submit(f"/moderation/reply/{number}/refuse", reason="Please name nobody.")

    assert "My first words" not in browse(they_wait.bruno).get(f"/discussions/{topic.id}").text
    assert told(they_wait.ana) == ["text.refused"] and "Please name nobody." in browse(they_wait.ana).get(f"/texts/reply/{number}").text
    assert write(browse, they_wait.ana, topic).status == 303 and last_text().is_waiting


def test_approving_twice_tells_once(they_wait, browse):
    write(browse, they_wait.ana, make.topic(they_wait.carla))
    browser, number = browse(they_wait.dina), last_text().id

    for _ in range(2):
        browser.post(f"/moderation/reply/{number}/approve")

    assert told(they_wait.ana) == ["text.approved"]


def test_a_first_topic_waits_as_a_whole(they_wait, browse):
    with write_tx() as session:
        topic = Topic(category="idea", language="en", title="First", author_id=they_wait.ana.id)
        session.add(topic)
        session.flush()
        session.add(topic.open_with("Hello", waits=True))
    assert browse(they_wait.bruno).get(f"/discussions/{topic.id}").status == 404

    browse(they_wait.dina).post(f"/moderation/reply/{last_text().id}/approve")

    assert browse(they_wait.bruno).get(f"/discussions/{topic.id}").status == 200


def test_who_published_a_practice_is_not_new_and_the_office_never_is(they_wait, browse):
    make.practice(they_wait.lyon_library, they_wait.ana)
    topic = make.topic(they_wait.carla)

    for member in (they_wait.ana, they_wait.dina):
        write(browse, member, topic)
        assert not last_text().is_waiting, member.name


# ---- topics ----------------------------------------------------------------------------------------------------------


def page_of(browse, cast, topic):
    browser = browse(cast.dina)
    return browser.follow(browser.get(f"/discussions/{topic.id}/moderate"))


def test_a_topic_is_moved_to_another_category(cast, browse):
    topic = make.topic(cast.ana)

    page_of(browse, cast, topic).submit(f"/discussions/{topic.id}/move", category="idea")

    assert topic.category == "idea" and told(cast.ana) == ["topic.moved"] and deeds() == ["topic.moved"]


def test_a_locked_topic_takes_no_replies_until_unlocked(cast, browse):
    topic = make.topic(cast.ana)

    page_of(browse, cast, topic).submit(f"/discussions/{topic.id}/lock")
    assert browse(cast.bruno).post(f"/discussions/{topic.id}", {"body": "Hello", "language": "en"}).status == 403

    page_of(browse, cast, topic).submit(f"/discussions/{topic.id}/lock")
    assert not topic.is_locked and deeds()[-1] == "topic.unlocked"


def test_a_topic_is_closed_and_opened_again(cast, browse):
    topic = make.topic(cast.ana)
    page_of(browse, cast, topic).submit(f"/discussions/{topic.id}/close")
    assert topic.status == "closed" and told(cast.ana) == ["topic.closed"]

    page_of(browse, cast, topic).submit(f"/discussions/{topic.id}/close")

    assert topic.status == "open"


def test_a_topic_is_pinned_until_the_end_of_a_day(cast, browse, later):
    topic, day = make.topic(cast.ana), (now() + timedelta(days=3)).date()

    page_of(browse, cast, topic).submit(f"/discussions/{topic.id}/pin", until=day.isoformat())

    assert topic.is_pinned and topic.pinned_until.astimezone().date() == day
    page_of(browse, cast, topic).submit(f"/discussions/{topic.id}/pin")
    assert topic.is_pinned and deeds() == ["topic.pinned"]
    later(days=5)
    assert not topic.is_pinned


@pytest.mark.parametrize("until", ["2020-01-01", "2999-01-01", "soon"])
def test_a_pin_ends_within_a_year(cast, browse, until):
    topic = make.topic(cast.ana)

    assert page_of(browse, cast, topic).submit(f"/discussions/{topic.id}/pin", until=until).status == 422
    assert topic.pinned_until is None


def test_an_unknown_category_is_refused(cast, browse):
    topic = make.topic(cast.ana)

    assert page_of(browse, cast, topic).submit(f"/discussions/{topic.id}/move", category="gossip").status == 422
