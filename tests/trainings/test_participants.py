"""The organiser's list of participants, notes, interpretation, and files of it."""

import io

import openpyxl
import pypdfium2
import pytest
from sqlalchemy import delete, select

from libri.db import db, write_tx
from libri.files import StoredFile
from libri.trainings import exporting
from libri.trainings.models import Answer, Export, Registration, RegistrationEntry

from .. import make


@pytest.fixture(autouse=True)
def in_english(cast):
    """Everybody reads English here, so that sentences can be compared."""
    cast.bruno.language = cast.carla.language = cast.dina.language = "en"


def names(page) -> list[str]:
    return page.texts("//tbody//th//a")


@pytest.fixture
def event(cast):
    one = make.event(cast.lyon, title={"en": "Plain language"}, capacity=2)
    make.registration(one, cast.ana, access_needs="A ramp")
    make.registration(one, cast.carla, languages=["uk"])
    make.registration(one, cast.dina, "waiting", languages=["uk"], note="Comes later")
    return one


@pytest.mark.parametrize(("asked", "found"), [
    ("", ["Ana", "Carla", "Dina"]), ("state=waiting", ["Dina"]), ("text=carl", ["Carla"]), ("needs=access", ["Ana"]),
    ("needs=note", ["Dina"]), ("needs=languages", ["Carla", "Dina"])])
def test_the_list_answers_to_what_is_asked(cast, browse, event, asked, found):
    page = browse(cast.bruno).get(f"/trainings/{event.id}/participants?{asked}")

    assert names(page) == found
    assert "2" in page.texts("//main//strong")[0]


def test_a_long_list_is_found_by_key_in_the_same_number_of_statements(cast, browse, event, statements):
    bruno = browse(cast.bruno)
    few = statements.of(bruno, f"/trainings/{event.id}/participants", only="SELECT")
    for _number in range(60):
        make.registration(event, status="waiting")

    page = bruno.get(f"/trainings/{event.id}/participants")
    following = bruno.get(page.document.xpath("string(//a[@rel='next']/@href)"))

    assert [len(names(one)) for one in (page, following)] == [50, 13]
    assert statements.of(bruno, f"/trainings/{event.id}/participants", only="SELECT") == few <= 9


def test_a_note_is_kept_logged_and_not_shown_to_the_person(cast, browse, event):
    registration = make.registration(make.event(cast.lyon), cast.ana)

    browse(cast.bruno).get(f"/registrations/{registration.id}/note").submit(note="Sings")

    assert registration.note == "Sings"
    assert db.session.scalars(select(RegistrationEntry.action)).all() == ["noted"]
    assert "Sings" not in browse(cast.ana).get(f"/registrations/{registration.id}").source


def test_interpretation_is_counted_from_what_people_follow(cast, browse, event):
    page = browse(cast.dina).get(f"/trainings/{event.id}/interpretation")

    assert page.texts("(//table)[1]//tbody//td") == ["2"]
    cast.lyon.languages = ["fr"]
    event.languages = ["uk"]
    assert len(browse(cast.dina).get(f"/trainings/{event.id}/interpretation").texts("//table")) == 1


def test_the_files_hold_the_list_as_filtered_with_answers_but_without_needs(cast, browse, event):
    question = make.question_of(event, "choices", "Lunch?", options=["soup", "salad"])
    ana = db.session.scalars(select(Registration.id).where(Registration.member_id == cast.ana.id)).one()
    db.session.add(Answer(registration_id=ana, question_id=question.id, value=["soup", "salad"]))
    cast.bruno.language = "en"
    bruno = browse(cast.bruno)

    csv = bruno.get(f"/trainings/{event.id}/participants.csv").body.decode("utf-8-sig")
    sheet = openpyxl.load_workbook(io.BytesIO(bruno.get(f"/trainings/{event.id}/participants.xlsx?state=confirmed").body)).active

    assert "Soup, Salad" in csv and "ramp" not in csv and "Carla" in csv
    assert [row[1] for row in sheet.iter_rows(values_only=True)] == ["Name", "Ana", "Carla"]


def test_the_list_is_printed(cast, browse, event):
    pdf = pypdfium2.PdfDocument(browse(cast.bruno).get(f"/trainings/{event.id}/participants.pdf").body)

    text = pdf[0].get_textpage().get_text_range()
    assert all(words in text for words in ("Plain language", "Ana", "Carla", "Dina"))


def test_a_long_list_is_made_by_the_worker_and_its_page_says_how_far_it_is(cast, browse, event, monkeypatch):
    monkeypatch.setattr(exporting, "FEW", 1)
    bruno = browse(cast.bruno)
    assert bruno.get(f"/trainings/{event.id}/participants.csv").status == 303
    page = bruno.follow(bruno.post(f"/trainings/{event.id}/participants/exports?state=confirmed", {"format": "csv"}))
    waiting = page.document.xpath("//progress/@max")

    assert exporting.make_next() == 1
    assert exporting.make_next() == 0

    ready = bruno.get(page.browser.address)
    content = bruno.get(ready.document.xpath("string(//main//a[contains(@href, '/file')]/@href)")).body.decode("utf-8-sig")
    assert waiting == ["2"] and "Carla" in content and "Dina" not in content


def test_a_worker_that_died_is_taken_over_and_old_files_are_forgotten(cast, event, later):
    db.session.add(Export(event_id=event.id, member_id=cast.bruno.id, format="csv", status="making", begun_at=event.created_at))
    db.session.commit()
    assert exporting.make_next() == 0
    later(minutes=11)

    assert exporting.make_next() == 1
    later(days=2)

    assert exporting.forget() == 1
    assert db.session.scalar(select(Export.id)) is None


def test_a_list_nobody_wants_any_more_when_it_is_ready_leaves_no_file(cast, event, monkeypatch):
    make.export(event, cast.bruno)
    db.session.commit()
    write = exporting.written

    def written_while_the_member_leaves(*given):
        content = write(*given)
        with write_tx() as session:
            session.execute(delete(Export))
        return content

    monkeypatch.setattr(exporting, "written", written_while_the_member_leaves)

    assert exporting.make_next() == 1
    assert db.session.scalar(select(StoredFile.id)) is None


def test_an_export_that_fails_says_so(cast, browse, event):
    export = make.export(event, cast.bruno, asked={"unknown": "filter"})
    db.session.commit()

    exporting.make_next()

    assert browse(cast.bruno).get(f"/exports/{export.id}").document.xpath("//div[contains(@class, 'notice--error')]")
