"""Changing one's own text: with its history, and never over somebody else's."""

import pytest
from sqlalchemy import select

from libri.db import db
from libri.exchange.models import Reply, ReplyVersion

from .. import make


def test_an_edit_is_saved_marked_and_keeps_what_was(cast, browse):
    topic = make.topic(cast.carla)
    reply = make.reply(topic, cast.ana, "Begin with one table.")
    browser = browse(cast.ana)

    browser.get(f"/replies/{reply.id}/edit").submit(body="Begin with two tables.")

    assert "two tables" in reply.html and reply.edited_at and db.session.query(ReplyVersion).one().body == "Begin with one table."
    assert browser.get(f"/discussions/{topic.id}").has_link(f"/replies/{reply.id}/history")


def test_the_history_shows_what_went_and_what_came(cast, browse):
    reply = make.reply(make.topic(cast.carla), cast.ana, "Begin with one table.")
    browse(cast.ana).get(f"/replies/{reply.id}/edit").submit(body="Begin with two tables.")

    page = browse(cast.bruno).get(f"/replies/{reply.id}/history")

    assert "one table." in " ".join(page.texts("//del")) and "two tables." in " ".join(page.texts("//ins"))


def test_two_who_edit_both_keep_their_texts(cast, browse):
    reply = make.reply(make.topic(cast.carla), cast.ana, "As it was")
    mine, offices = browse(cast.ana).get(f"/replies/{reply.id}/edit"), browse(cast.dina).get(f"/replies/{reply.id}/edit")
    offices.submit(body="As the office wrote")

    page = mine.submit(body="As Ana wrote")
    assert page.status == 409 and "As the office wrote" in page.text and page.texts("//textarea[@name='body']") == ["As Ana wrote"]

    page.submit(body="As both agree")
    assert reply.body == "As both agree" and db.session.query(ReplyVersion).count() == 2


def test_the_opening_text_carries_title_and_themes(cast, browse):
    topic = make.topic(cast.ana, "Old title")
    opening = db.session.execute(db.text("SELECT id FROM reply WHERE number = 0")).scalar()

    browse(cast.ana).get(f"/replies/{opening}/edit").submit(title="New title", themes=["youth"], body="A new text")

    assert (topic.title, topic.themes) == ("New title", ["youth"])


@pytest.mark.parametrize(("field", "theirs", "mine", "shown"), [
    ("title", "As the office called it", "As Ana called it", "As the office called it"), ("themes", ["youth"], ["volunteering"], "Young people"),
    ("language", "fr", "lv", "French"), ("body", "As the office wrote", "As Ana wrote", "As the office wrote")])
def test_two_who_edit_an_opening_text_see_what_the_other_changed(cast, browse, field, theirs, mine, shown):
    make.topic(cast.ana, "As it was", "As it was")
    address = f"/replies/{db.session.scalar(select(Reply.id))}/edit"
    anas, offices = browse(cast.ana).get(address), browse(cast.dina).get(address)
    offices.submit(**{field: theirs})

    page = anas.submit(**{field: mine})

    assert page.status == 409 and shown in " ".join(page.texts("//*[contains(@class, 'notice--warning')]"))
    assert page.submit().status == 303 and browse(cast.dina).get(address).submit(**{field: theirs}).status == 303


def test_two_who_say_another_language_of_a_reply_see_each_others(cast, browse):
    reply = make.reply(make.topic(cast.carla), cast.ana, "As it was")
    anas, offices = (browse(one).get(f"/replies/{reply.id}/edit") for one in (cast.ana, cast.dina))
    offices.submit(language="fr")

    page = anas.submit(language="lv")

    assert page.status == 409 and "French" in " ".join(page.texts("//*[contains(@class, 'notice--warning')]")) and reply.language == "fr"
    assert page.submit().status == 303 and reply.language == "lv"


def test_saving_without_a_change_leaves_no_version(cast, browse):
    reply = make.reply(make.topic(cast.carla), cast.ana, "As it was")

    browse(cast.ana).get(f"/replies/{reply.id}/edit").submit()

    assert reply.edited_at is None and not db.session.query(ReplyVersion).count()
