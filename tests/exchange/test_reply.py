"""Writing: a new topic, a reply, its preview, one effect of a double press, nothing lost."""

import pytest

from libri.db import db
from libri.drafts import Draft
from libri.exchange import following, moderating, opening
from libri.exchange.models import Follow, Reply, Topic
from libri.notices.models import Notice

from .. import make

TOPIC = {"category": "question", "title": "How do you begin?", "language": "en", "body": "## What do you want to know?\n\nWhere to begin."}


def kinds(member) -> list[str]:
    return [notice.kind for notice in db.session.query(Notice).filter_by(member_id=member.id).order_by(Notice.id)]


def test_a_category_begins_with_its_headings_in_the_writers_language(cast, browse):
    page = browse(cast.ana).get("/discussions/new?category=partner_search")

    text = page.document.xpath("string(//textarea[@name='body'])")
    assert "## Who we are" in text and "## What we look for" in text and "## When" in text


def test_without_a_category_one_is_asked_for(cast, browse):
    page = browse(cast.ana).get("/discussions/new")

    assert page.has_link("/discussions/new?category=idea") and not page.document.xpath("//textarea")


def test_a_topic_is_opened_and_its_author_follows_it(cast, browse):
    page = browse(cast.ana).post("/discussions/new", TOPIC | {"themes": ["youth"]})

    topic = db.session.query(Topic).one()
    opening = db.session.query(Reply).one()
    assert page.status == 303 and page.location == f"/discussions/{topic.id}#reply-{opening.id}"
    assert (topic.author_id, topic.organisation_id, topic.themes) == (cast.ana.id, cast.lyon_library.id, ["youth"])
    assert (opening.number, opening.author_function) == (0, "librarian") and "Where to begin." in opening.html
    assert following.level_of(cast.ana.id, "topic", topic.id) == "follow"


def test_headings_without_words_are_no_text(cast, browse):
    page = browse(cast.ana).post("/discussions/new", TOPIC | {"body": "## What do you want to know?\n\n\n## What have you tried?\n"})

    assert page.status == 422 and "Write your text under the headings." in page.text
    assert not db.session.query(Topic).count()


def test_a_practice_is_chosen_by_its_words_or_from_the_list(cast, browse):
    practice = make.practice(cast.lyon_library, text={"title": "Valodas kafejnīca"})
    browser = browse(cast.ana)

    browser.post("/discussions/new", TOPIC | {"practice": "valodas KAFEJNICA"})
    browser.post("/discussions/new", TOPIC | {"practice": f"{practice.id} – Valodas kafejnīca"})
    unknown = browser.post("/discussions/new", TOPIC | {"practice": "nothing of this"})

    assert [topic.links for topic in db.session.query(Topic)] == [{"practice": practice.id}] * 2
    assert unknown.status == 422


@pytest.mark.parametrize("kind", ["practice", "event"])
def test_the_page_of_a_thing_names_the_discussions_about_it_to_members(cast, browse, kind):
    practice, event = make.practice(cast.lyon_library, is_public=True), make.event(cast.lyon, audience="public")
    address = {"practice": f"/practices/{practice.id}", "event": f"/trainings/{event.id}"}[kind]
    links = {kind: {"practice": practice, "event": event}[kind].id}
    opening.open_topic(practice)
    earlier = make.topic(cast.ana, "Who brings the cups?", links=links)
    make.topic(cast.ana, "Nobody should see this", links=links, is_shown=False)
    make.topic(cast.ana, "About another", links={kind: 999})
    later = make.topic(cast.carla, "How was it?", links=links)

    page, guest = browse(cast.bruno).get(address), browse().get(address)

    named = page.document.xpath("//main//li/a[starts-with(@href, '/discussions/')]/@href")
    assert named == [f"/discussions/{later.id}", f"/discussions/{earlier.id}"]
    assert guest.status == 200 and "How was it?" not in guest.source


def test_a_reply_is_appended_and_leads_to_itself(cast, browse):
    topic = make.topic(cast.carla, replies=25)

    page = browse(cast.ana).post(f"/discussions/{topic.id}", {"body": "Begin with **one** table.", "language": "en"})

    reply = db.session.query(Reply).filter_by(number=26).one()
    assert page.location == f"/discussions/{topic.id}?at=26#reply-{reply.id}"
    assert "<strong>one</strong>" in reply.html and topic.last_number == 26 and topic.last_author_id == cast.ana.id


def test_a_double_press_writes_once_and_leads_to_the_same_reply(cast, browse):
    topic = make.topic(cast.carla)
    browser = browse(cast.ana)
    form = {"body": "Twice", "language": "en", "once": "the same drawing of the form"}

    first, second = (browser.post(f"/discussions/{topic.id}", form) for _press in range(2))

    assert first.location == second.location and topic.last_number == 1


def test_a_preview_writes_nothing_and_keeps_the_text(cast, browse):
    topic = make.topic(cast.carla)

    page = browse(cast.ana).post(f"/discussions/{topic.id}", {"body": "**Bold**", "language": "fr", "preview": "y"})

    assert page.status == 200 and page.document.xpath("//section[contains(@class, 'preview')]//strong")
    assert page.texts("//textarea[@name='body']") == ["**Bold**"] and topic.last_number == 0


def test_the_preview_of_htmx_is_what_will_be_saved(cast, browse):
    page = browse(cast.ana).post("/discussions/preview", {"body": "See <script>alert(1)</script> https://example.org"}, htmx="preview")

    assert "<script" not in page.source and page.document.xpath("//a[@href='https://example.org']")


def test_a_draft_stands_in_the_form_and_goes_when_the_reply_is_written(cast, browse):
    topic = make.topic(cast.carla)
    browser = browse(cast.ana)
    browser.post("/me/drafts", {"address": f"/discussions/{topic.id}", "body": "Half a sentence", "language": "en"})

    page = browser.get(f"/discussions/{topic.id}")
    page.submit(f"/discussions/{topic.id}", body="A whole sentence")

    assert page.texts("//textarea[@name='body']") == ["Half a sentence"]
    assert not db.session.query(Draft).count() and topic.last_number == 1


def test_too_long_a_text_is_said_and_kept(cast, browse):
    topic = make.topic(cast.carla)

    page = browse(cast.ana).post(f"/discussions/{topic.id}", {"body": "a" * 50_001, "language": "en"})

    assert page.status == 422 and "Shorten the text" in page.text and "a" * 50_001 in page.source


@pytest.mark.parametrize("state", [{"is_locked": True}, {"status": "closed"}])
def test_a_locked_or_closed_topic_takes_no_replies_but_from_moderators_none_either(cast, browse, state):
    topic = make.topic(cast.carla, **state)

    page = browse(cast.ana).get(f"/discussions/{topic.id}")
    refused = browse(cast.ana).post(f"/discussions/{topic.id}", {"body": "Late", "language": "en"})

    assert not page.document.xpath("//textarea") and refused.status == 403


def test_followers_are_told_once_each_and_the_writer_not(cast, browse):
    topic = make.topic(cast.carla)
    for member, kind, key in ((cast.carla, "topic", topic.id), (cast.bruno, "topic", topic.id), (cast.ana, "topic", topic.id)):
        following.begin(member.id, kind, key)

    browse(cast.ana).post(f"/discussions/{topic.id}", {"body": "An answer", "language": "en"})

    assert (kinds(cast.carla), kinds(cast.bruno), kinds(cast.ana), kinds(cast.dina)) == (["topic.reply"], ["topic.reply"], [], [])


def test_whoever_replies_follows_unless_muted(cast, browse):
    topic = make.topic(cast.carla)
    following.set_level(cast.bruno.id, "topic", str(topic.id), "mute")

    for member in (cast.ana, cast.bruno):
        browse(member).post(f"/discussions/{topic.id}", {"body": "An answer", "language": "en"})

    assert {row.member_id: row.is_muted for row in db.session.query(Follow)} == {cast.ana.id: False, cast.bruno.id: True}


def test_a_first_text_waits_when_the_office_says_so(cast, browse):
    topic = make.topic(cast.carla)
    following.begin(cast.carla.id, "topic", topic.id)
    moderating.let_first_posts_wait(True)

    browse(cast.ana).post(f"/discussions/{topic.id}", {"body": "My first words", "language": "en"})

    reply = db.session.query(Reply).filter_by(number=1).one()
    assert reply.is_waiting and kinds(cast.carla) == [] and kinds(cast.dina) == ["text.waits"]


def test_typing_survives_an_ended_session(cast, browse, later):
    topic = make.topic(cast.carla)
    browser = browse(cast.ana)
    page = browser.get(f"/discussions/{topic.id}")
    later(hours=12)

    answer = page.submit(f"/discussions/{topic.id}", body="Three thousand letters")

    assert answer.status == 303 and "/sign-in" in answer.location and topic.last_number == 0
