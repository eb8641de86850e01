"""The accepted answer of a question."""

from libri.db import db
from libri.notices.models import Notice

from .. import make


def test_who_asked_marks_the_answer_and_may_take_it_back(cast, browse):
    topic = make.topic(cast.ana)
    reply = make.reply(topic, cast.carla)
    browser = browse(cast.ana)

    browser.post(f"/replies/{reply.id}/accept")
    marked = (topic.accepted_number, topic.status)
    browser.post(f"/replies/{reply.id}/accept")

    assert marked == (1, "answered") and (topic.accepted_number, topic.status) == (None, "open")


def test_another_answer_takes_the_place_of_the_first(cast, browse):
    topic = make.topic(cast.ana, replies=1)
    better = make.reply(topic, cast.carla)
    topic.accept(1)

    browse(cast.dina).post(f"/replies/{better.id}/accept")

    assert topic.accepted_number == 2


def test_who_answered_is_told(cast, browse):
    reply = make.reply(make.topic(cast.ana), cast.carla)

    browse(cast.ana).post(f"/replies/{reply.id}/accept")

    assert [(notice.member_id, notice.kind) for notice in db.session.query(Notice)] == [(cast.carla.id, "topic.accepted")]


def test_an_idea_has_no_answer_and_a_question_is_not_its_own(cast, browse):
    idea = make.reply(make.topic(cast.ana, category="idea"), cast.carla)
    question = make.topic(cast.ana)
    opening = db.session.execute(db.text("SELECT id FROM reply WHERE number = 0 AND topic_id = :id"), {"id": question.id}).scalar()

    assert browse(cast.ana).post(f"/replies/{idea.id}/accept").status == 403
    assert browse(cast.ana).post(f"/replies/{opening}/accept").status == 422
