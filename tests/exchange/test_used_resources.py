"""A practice names the resources it uses (N21)."""

from sqlalchemy import select

from libri.db import db
from libri.resources.models import ResourceUse

from .. import make


def used() -> list[tuple[int, int]]:
    return [(one.object_id, one.resource_id) for one in db.session.scalars(select(ResourceUse))]


def test_a_resource_is_found_added_shown_and_taken_away(cast, browse):
    practice, cards = make.practice(cast.lyon_library), make.resource(cast.ogre, "Task cards")
    make.resource(cast.ogre, "Something else")
    browser, home = browse(cast.ana), f"/practices/{practice.id}/resources"

    found = browser.get(f"{home}?words=card", htmx="found")
    for _press in range(2):
        browser.post(home, {"resource": str(cards.id)})
    shown = browse(cast.carla).get(f"/practices/{practice.id}")

    assert found.texts("//li//a") == ["Task cards"]
    assert used() == [(practice.id, cards.id)] and shown.has_link(f"/resources/{cards.id}")
    browser.get(home).submit(f"{home}/remove")
    assert not used()


def test_what_one_may_not_see_can_neither_be_added_nor_read_there(cast, browse):
    practice = make.practice(cast.lyon_library, is_public=True)
    hidden, inside = make.resource(cast.ogre, "Hidden", status="private"), make.resource(cast.lyon_library, "Inside")

    answer = browse(cast.ana).post(f"/practices/{practice.id}/resources", {"resource": str(hidden.id)})
    browse(cast.ana).post(f"/practices/{practice.id}/resources", {"resource": str(inside.id)})

    assert answer.status == 404 and used() == [(practice.id, inside.id)]
    assert "Inside" not in browse(accept_language="en").get(f"/practices/{practice.id}").text


def test_a_draft_that_is_deleted_uses_nothing(cast, browse):
    draft, guide = make.practice(cast.lyon_library, status="draft", published_at=None), make.resource(cast.lyon_library)
    browse(cast.ana).post(f"/practices/{draft.id}/resources", {"resource": str(guide.id)})

    browse(cast.ana).post(f"/practices/{draft.id}/drop")

    assert not used()


def test_a_discussion_is_about_a_resource_and_each_leads_to_the_other(cast, browse):
    guide = make.resource(cast.ogre, "Task cards")
    browser = browse(cast.ana)
    address = browser.get(f"/discussions/new?resource={guide.id}").document.xpath("string(//main//h2/a[contains(@href, 'question')]/@href)")

    form = browser.get(address)
    topic = browser.follow(form.submit(title="Who prints them?", body="We have no printer."))

    assert topic.has_link(f"/resources/{guide.id}") and "This discussion is about a resource" in topic.text
    assert "Who prints them?" in browse(cast.carla).get(f"/resources/{guide.id}").text


def test_a_discussion_does_not_name_a_private_resource(cast, browse):
    hidden = make.resource(cast.ogre, "Hidden", status="private")

    page = browse(cast.ana).get(f"/discussions/new?category=question&resource={hidden.id}")
    topic = browse(cast.ana).follow(page.submit(title="Who prints them?", body="We have no printer."))

    assert "Hidden" not in page.text + topic.text and not used()


def test_a_discussion_is_about_an_event_and_leads_to_it(cast, browse):
    training = make.event(cast.ogre, title={"en": "Plain language"})
    browser = browse(cast.ana)
    start = browser.get(f"/trainings/{training.id}").document.xpath("string(//main//a[contains(@href, '/discussions/new')]/@href)")
    address = browser.get(start).document.xpath("string(//main//h2/a[contains(@href, 'question')]/@href)")

    answer = browser.get(address).submit("/discussions/new", title="Who goes there?", body="We take the train.")

    assert browser.get(answer.location).has_link(f"/trainings/{training.id}")


def test_a_discussion_does_not_name_a_draft_of_an_event(cast, browse):
    hidden = make.event(cast.ogre, status="draft", title={"en": "Secret plan"})

    page = browse(cast.ana).get(f"/discussions/new?category=question&event={hidden.id}")

    assert "Secret plan" not in page.text
