"""An event names the resources it uses, and a resource the events (N21)."""

from sqlalchemy import select

from libri.db import db
from libri.resources.models import ResourceUse

from .. import make


def used() -> list[tuple[int, int]]:
    return [(one.object_id, one.resource_id) for one in db.session.scalars(select(ResourceUse).where(ResourceUse.object_kind == "event"))]


def test_a_resource_is_found_added_shown_on_both_pages_and_taken_away(cast, browse):
    event, cards = make.event(cast.lyon, title={"en": "Speaking circle"}), make.resource(cast.ogre, "Task cards")
    make.resource(cast.ogre, "Something else")
    browser, home = browse(cast.bruno), f"/trainings/{event.id}/resources"

    found = browser.get(f"{home}?words=card", htmx="found")
    for _press in range(2):
        browser.post(home, {"resource": str(cards.id)})

    assert found.texts("//li//a") == ["Task cards"] and used() == [(event.id, cards.id)]
    assert browse(cast.ana).get(f"/trainings/{event.id}").has_link(f"/resources/{cards.id}")
    assert browse(cast.ana).get(f"/resources/{cards.id}").has_link(f"/trainings/{event.id}")
    browser.get(home).submit(f"{home}/remove")
    assert not used()


def test_neither_page_names_what_its_reader_may_not_see(cast, browse):
    open_event, draft = make.event(cast.lyon, audience="public"), make.event(cast.lyon, status="draft", published_at=None)
    inside, open_guide = make.resource(cast.lyon, "Inside"), make.resource(cast.lyon, is_public=True, licence="CC-BY-4.0")
    hidden, bruno, guest = make.resource(cast.ogre, status="private"), browse(cast.bruno), browse(accept_language="en")

    refused = bruno.post(f"/trainings/{open_event.id}/resources", {"resource": str(hidden.id)})
    for event, guide in ((open_event, inside), (draft, open_guide)):
        bruno.post(f"/trainings/{event.id}/resources", {"resource": str(guide.id)})

    assert refused.status == 404 and used() == [(open_event.id, inside.id), (draft.id, open_guide.id)]
    assert "Inside" not in guest.get(f"/trainings/{open_event.id}").text
    assert not any(browse(who).get(f"/resources/{open_guide.id}").has_link(f"/trainings/{draft.id}") for who in (cast.ana, cast.carla))
    bruno.post(f"/trainings/{draft.id}/drop")
    assert used() == [(open_event.id, inside.id)]
