"""A list of 5,000 registrations against one of 50: the same number of queries, CPU time within 20 %; its export reports progress."""

import contextlib

import pytest
from sqlalchemy import insert

from libri.db import db, now
from libri.trainings import exporting
from libri.trainings.models import Export, Registration

from .. import make
from ..databases import spare
from ..page import Browser
from .measuring import application, insist_on_equal_cost, selects_of

pytestmark = pytest.mark.load
STATES = ("confirmed", "confirmed", "confirmed", "waiting", "cancelled")


def fill(number: int, organisation, event_id: int) -> None:
    """Add so many registrations of guests."""
    rows = [{"event_id": event_id, "status": STATES[index % 5], "arrived": index + 1, "guest_name": f"Ieva Ozola {index}",
             "guest_email": f"ieva{index}@library.example", "organisation_id": organisation.id, "partnership_id": organisation.root_id,
             "search_text": f"ieva ozola {index}", "languages": ["uk"] if index % 3 else [], "created_at": now()} for index in range(number)]
    db.session.execute(insert(Registration), rows)
    db.session.commit()
    db.session.execute(db.text("ANALYZE"))
    db.session.commit()


@pytest.fixture(scope="module")
def both(app, tmp_path_factory):
    """Two applications, one event with 50 and one with 5,000 registrations: the browser of the organiser, and the pages of each."""
    with contextlib.ExitStack() as databases:
        yield [build(number, app, databases, tmp_path_factory.mktemp(f"people-{number}")) for number in (50, 5_000)]


def build(number: int, app, databases, folder):
    one = application(app, folder, databases.enter_context(spare(folder, f"people_{number}")))
    with one.app_context():
        db.create_all()
        library = make.organisation("Ogres bibliotēka", city="Ogre")
        carla = make.member("Carla", "lv", library, role="coordinator")
        event = make.event(library, capacity=5_000, last_arrived=number)
        fill(number, library, event.id)
        return one, Browser(one, carla).client, f"/trainings/{event.id}/participants", event.id, carla.id


@pytest.mark.parametrize("place", ["", "?text=ozola"])
def test_five_thousand_cost_as_much_as_fifty(both, place):
    insist_on_equal_cost([(client, address + place) for _app, client, address, *_rest in both])


def test_the_number_of_queries_is_the_same(both):
    counted = [selects_of(one, client, address) for one, client, address, *_rest in both]

    assert counted[0] == counted[1] <= 9


@pytest.mark.parametrize("format", ["xlsx", "csv", "pdf"])
def test_a_file_of_five_thousand_says_how_far_it_is(both, format, monkeypatch):
    one, client, _address, event_id, member_id = both[1]
    noted = []
    real = exporting._note
    monkeypatch.setattr(exporting, "_note", lambda export_id, done: (real(export_id, done), noted.append(done)))
    with one.app_context():
        db.session.add(Export(event_id=event_id, member_id=member_id, format=format, total=5_000))
        db.session.commit()

        assert exporting.make_next() == 1

        made = db.session.scalars(db.select(Export).order_by(Export.id.desc())).first()
        assert (made.status, made.done, noted) == ("ready", 5_000, list(range(500, 5_001, 500)))
        assert client.get(f"/exports/{made.id}/file").status_code == 200
