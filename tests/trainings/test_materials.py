"""Materials and minutes: who may open what, and from when."""

import io
from datetime import timedelta

import pytest
from sqlalchemy import select

from libri import files
from libri.db import db, now
from libri.files.store import the_store
from libri.trainings import reaching
from libri.trainings.models import Material

from .. import make


@pytest.fixture(autouse=True)
def in_english(cast):
    """Everybody reads English here, so that sentences can be compared."""
    cast.bruno.language = cast.carla.language = cast.dina.language = "en"


def given(page, content: bytes, name: str, **fields):
    return page.submit(title="Slides", upload=(io.BytesIO(content), name), **fields)


def test_a_file_is_checked_kept_and_given_to_participants_only(cast, browse):
    event = make.event(cast.lyon)
    make.registration(event, cast.ana)
    page = browse(cast.bruno).get(f"/trainings/{event.id}/materials")

    refused = given(page, b"MZ\x00\x00", "slides.pdf")
    given(page, b"One, two, three", "slides.txt", language="en")

    material = db.session.scalars(select(Material)).one()
    assert refused.status == 422 and "not what its name says" in refused.text
    assert browse(cast.ana).get(f"/materials/{material.id}").body == b"One, two, three"
    assert browse(cast.carla).get(f"/materials/{material.id}").status == 403
    assert "Slides" in browse(cast.ana).get(f"/trainings/{event.id}").text
    assert "Slides" not in browse(cast.carla).get(f"/trainings/{event.id}").text


def test_what_is_for_all_is_open_to_guests_of_a_public_event_from_its_day(cast, browse, later):
    event = make.event(cast.lyon, audience="public")
    material = make.material(event, is_for_all=True, visible_from=now() + timedelta(hours=1))
    guest = browse(accept_language="en")

    before = guest.get(f"/materials/{material.id}").status
    later(hours=2)

    assert (before, guest.get(f"/materials/{material.id}").status) == (403, 200)


def test_a_guest_with_a_seat_opens_what_participants_get_and_nothing_of_other_events(cast, browse):
    event, other = make.event(cast.lyon, audience="public"), make.event(cast.lyon)
    mine, sheet, strange = make.material(event), make.material(event, kind="evidence"), make.material(other)
    nina = make.registration(event, None, guest_name="Nina", guest_email="nina@museum.example")
    guest, page = browse(accept_language="en"), reaching.own_page(nina)

    assert f"{page}/materials/{mine.id}" in guest.get(page).texts("//a/@href")
    assert [guest.get(f"{page}/materials/{one.id}").status for one in (mine, sheet, strange)] == [200, 404, 404]
    nina.status = "cancelled"
    db.session.commit()
    assert guest.get(f"{page}/materials/{mine.id}").status == 404


def test_a_removed_file_is_deleted_unless_it_stands_elsewhere(cast, browse):
    event = make.event(cast.lyon)
    one, two = make.material(event), make.material(event)
    digest, bruno = one.stored.digest, browse(cast.bruno)

    bruno.post(f"/materials/{one.id}/remove")
    still_there = the_store().size(digest)
    bruno.post(f"/materials/{two.id}/remove")

    assert (still_there, the_store().size(digest)) == (len(b"Slides"), None)


def test_a_dropped_draft_takes_its_files_with_it(cast, browse):
    draft = make.event(cast.lyon, status="draft", published_at=None)
    make.material(draft), make.export(draft, cast.bruno, stored=make.stored("participants.csv", b"Nobody"))

    page = browse(cast.bruno).post(f"/trainings/{draft.id}/drop")

    assert page.status == 303 and list(the_store().all()) == [] and not db.session.scalar(select(files.StoredFile))


def test_guessed_addresses_and_pieces_of_a_material_are_refused(cast, browse):
    draft, held = make.event(cast.lyon, status="draft", audience="public", published_at=None), make.event(cast.lyon)
    hidden, sheet = make.material(draft, is_for_all=True), make.material(held, kind="evidence", is_for_all=True)
    make.registration(held, cast.ana)
    part = {"Range": "bytes=0-2"}

    assert [browse(who).get(f"/materials/{hidden.id}", headers=part).status for who in (cast.ana, cast.carla)] == [404, 404]
    assert browse(cast.ana).get(f"/materials/{sheet.id}", headers=part).status == 403
    answer = browse(cast.bruno).get(f"/materials/{sheet.id}", headers=part)
    assert (answer.status, answer.body, answer.headers["Content-Security-Policy"]) == (206, b"Sli", "default-src 'none'; sandbox")


def test_a_material_is_a_file_or_a_link(cast, browse):
    page = browse(cast.bruno).get(f"/trainings/{make.event(cast.lyon).id}/materials")

    assert "one of the two" in page.submit(title="Nothing").text
    assert page.submit(title="Recording", link="https://video.example/1", kind="minutes").status == 303
