"""Importing organisations and contacts: every problem by row and column, all or nothing, nothing before the button (S42, S54)."""

import csv
import io
import re
from pathlib import Path

import pytest
from sqlalchemy import func, select

from libri import cli
from libri.audit import AuditEntry
from libri.db import db, write_tx
from libri.directory import importing, spreadsheets, taking
from libri.directory.models import ContactPerson, ImportDraft, VenueOffer
from libri.members.models import Organisation, OrganisationVersion
from libri.outbox import Letter

from .. import make

SAMPLE = Path(importing.__file__).parents[1] / "sample/organisations.csv"
GOOD = {"id": "org-new", "name": "Jaunā bibliotēka", "type": "public_library", "country": "LV", "city": "Ogre", "timezone": "Europe/Riga",
        "contact_function": "Vadītāja"}


def table(*rows: dict) -> list[list[str]]:
    """A table of these rows, each as good as GOOD but for what it says."""
    whole = [GOOD | row for row in rows]
    header = list(dict.fromkeys(name for row in whole for name in row))
    return [header, *[[row.get(name, "") for name in header] for row in whole]]


def as_csv(rows, encoding="utf-8", delimiter=",") -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode(encoding)


def upload(browser, content: bytes, name="partners.csv"):
    return browser.post("/directory/import", {"table": (io.BytesIO(content), name)}, content_type="multipart/form-data")


def problems(*rows: dict) -> list[tuple[int, str]]:
    return [(problem.row, problem.column) for problem in importing.check(table(*rows)).problems]


def number_of(model) -> int:
    return db.session.scalar(select(func.count()).select_from(model))


# ---- the way through -------------------------------------------------------------------------------------------------


@pytest.mark.long
def test_the_sample_file_imports_unchanged(cast, browse):
    browser = browse(cast.dina)
    before = number_of(Organisation)

    report = browser.follow(upload(browser, SAMPLE.read_bytes(), "organisations.csv"))
    unsaved = number_of(Organisation)
    answer = report.submit(browser.address)

    assert (unsaved - before, number_of(Organisation) - before) == (0, 75)
    assert answer.location == "/directory?sort=newest"
    assert not report.texts("//td[@data-label='What is wrong']")


@pytest.mark.long
def test_a_second_import_of_the_same_file_changes_nothing(cast):
    with write_tx():
        taking.take(importing.check(spreadsheets.read(SAMPLE.read_bytes())))

    plan = importing.check(spreadsheets.read(SAMPLE.read_bytes()))

    assert (plan.problems, plan.new, plan.changed, plan.same) == ([], [], [], 75)


def test_pressing_twice_imports_once(cast, browse):
    browser = browse(cast.dina)
    report = browser.follow(upload(browser, as_csv(table({}))))
    address = browser.address

    first, second = report.submit(address), report.submit(address)

    assert [first.status, second.status] == [303, 303]
    assert number_of(ContactPerson) == 1
    assert db.session.scalar(select(ImportDraft.rows)) == []


def test_nothing_is_imported_while_there_is_a_problem(cast, browse):
    browser = browse(cast.dina)
    before = number_of(Organisation)
    browser.follow(upload(browser, as_csv(table({"id": "a"}, {"id": "b", "country": "XX"}))))

    answer = browser.post(browser.address)

    assert answer.status == 422
    assert number_of(Organisation) == before
    assert not answer.document.xpath("//main//form[@method='post']")


def test_what_it_did_is_recorded_with_numbers_only(cast, browse):
    browser = browse(cast.dina)
    browser.follow(upload(browser, as_csv(table({})))).submit(browser.address)

    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "directory.imported")).one()

    assert entry.details == {"new": 1, "changed": 0}


def test_a_report_belongs_to_who_uploaded_it_and_ends_after_a_day(cast, browse, later):
    other = make.member("Didzis", "lv", cast.kisc, role="coordinator")
    draft = make.table(cast.dina)
    address = f"/directory/import/{draft.id}"

    others = browse(other).get(address)
    later(hours=25)

    assert others.status == 404
    assert browse(cast.dina).get(address).status == 404


def test_the_template_is_itself_a_table_without_problems(cast, browse):
    body = browse(cast.dina).get("/directory/import/template.csv").body

    assert importing.check(spreadsheets.read(body)).problems == []


def test_an_exported_file_can_be_imported_again(cast, browse):
    make.contact(cast.ogre, "Host", phone="+371 29 990 001")
    body = browse(cast.dina).get("/directory/export.csv").body

    plan = importing.check(spreadsheets.read(body))

    assert (plan.problems, plan.new, plan.changed) == ([], [], [])


def test_the_command_line_imports_all_or_tells_every_problem(app, cast, tmp_path):
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_bytes(as_csv(table({})))
    bad.write_bytes(as_csv(table({"id": "other"}, {"id": "third", "country": "XX"})))

    said = [app.test_cli_runner().invoke(cli.import_file, [str(file)]) for file in (good, bad)]

    assert [answer.exit_code for answer in said] == [0, 1]
    assert said[1].stderr.startswith("3\tcountry\t")
    assert number_of(ContactPerson) == 1


# ---- what is already here --------------------------------------------------------------------------------------------


def test_a_known_code_shows_what_would_change(cast, browse):
    cast.dina.language = "en"
    browser = browse(cast.dina)
    rows = [["id", "name", "type", "country", "city", "region"], [cast.ogre.code, cast.ogre.name, "municipality", "LV", "Ikšķile", ""]]

    report = browser.follow(upload(browser, as_csv(rows)))

    assert report.texts("//td[@data-label='Field']") == ["City or municipality"]
    assert report.texts("//td[@data-label='Now']") == ["Ogre"]
    assert report.texts("//td[@data-label='Then']") == ["Ikšķile"]


def test_a_change_stands_in_the_history_and_an_empty_cell_changes_nothing(cast):
    code, name = cast.ogre.code, cast.ogre.name
    with write_tx():
        taking.take(importing.check([["id", "name", "type", "country", "city", "description_en"],
                                     [code, name, "municipality", "LV", "", "By the river"]]))

    ogre = db.session.get(Organisation, cast.ogre.id)

    assert (ogre.city, ogre.description["en"], ogre.version) == ("Ogre", "By the river", 2)
    assert db.session.scalar(select(OrganisationVersion.changes)) == {"description_en": ["", "By the river"]}


def test_a_known_contact_function_is_changed_and_a_new_one_added(cast):
    make.contact(cast.ogre, "Host", email="old@ogre.example")
    rows = {"id": cast.ogre.code, "name": cast.ogre.name, "type": "municipality", "contact_function": "Host",
            "contact_email": "new@ogre.example"}
    with write_tx():
        taking.take(importing.check(table(rows)))
    with write_tx():
        taking.take(importing.check(table(rows | {"contact_function": "Driver", "contact_consented_on": "2026-01-31"})))

    found = db.session.execute(select(ContactPerson.function, ContactPerson.email).order_by(ContactPerson.id)).all()

    assert found == [("Host", "new@ogre.example"), ("Driver", "new@ogre.example")]


# ---- problems --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("column", "value"), [
    ("type", "palace"), ("country", "Latvia"), ("timezone", "Europe/Ogre"), ("themes", "youth;dragons"), ("languages", "lv;xx"),
    ("email", "not an address"), ("contact_email", "@x"), ("phone", "12"), ("website", "javascript:alert(1)"), ("id", "a b"), ("id", ""),
    ("name", ""), ("name", "x" * 201), ("city", ""), ("programme_role", "king"), ("venue_capacity", "many"), ("venue_capacity", "-1"),
    ("venue_equipment", "piano"), ("demo", "perhaps"), ("contact_visible_to", "world"), ("contact_consented_on", "31.02.2026"),
    ("contact_consented_on", "2026-02-31"), ("contact_consented_on", "2999-01-01"), ("parent_id", "org-unknown"), ("parent_id", "org-new"),
])
def test_each_wrong_cell_is_told_by_row_and_column(cast, column, value):
    found = problems({"id": "org-right"}, {column: value})

    assert found[0] == (3, column)


@pytest.mark.parametrize("value", ["91", "1e309", "٥٦", "north", "nan", "--5", "56.9.4"])
def test_coordinates_lie_on_earth(cast, value):
    assert problems({"latitude": value, "longitude": "24.1"}) == [(2, "latitude")]


def test_a_decimal_comma_is_understood(cast):
    plan = importing.check(table({"latitude": "56,95", "longitude": "24,1"}))

    assert (plan.problems, plan.lines[0].cells["latitude"]) == ([], 56.95)


def test_one_coordinate_alone_is_a_problem(cast):
    assert problems({"latitude": "56.9"}) == [(2, "latitude")]


def test_a_code_stands_once(cast):
    assert problems({"id": "a"}, {"id": "a"}) == [(3, "id")]


def test_nobody_stands_below_themselves(cast):
    assert problems({"id": "a", "parent_id": "b"}, {"id": "b", "parent_id": "a"}) == [(2, "parent_id"), (3, "parent_id")]


def test_a_tree_is_not_too_deep(cast):
    chain = [{"id": f"o{level}", "parent_id": f"o{level - 1}" if level else ""} for level in range(5)]

    assert problems(*chain) == [(6, "parent_id")]


def test_parents_may_stand_below_their_children_in_the_file(cast):
    with write_tx():
        found = taking.take(importing.check(table({"id": "child", "parent_id": "parent"}, {"id": "parent", "parent_id": cast.ogre.code})))

    assert found["child"].path == f"/{cast.ogre.id}/{found['parent'].id}/{found['child'].id}/"


def test_an_organisation_is_not_moved_by_a_file(cast):
    assert problems({"id": cast.lyon_library.code, "parent_id": cast.ogre.code}) == [(2, "parent_id")]


def test_a_persons_data_needs_the_day_of_consent_and_a_function(cast):
    assert problems({"contact_name": "Zaiga"}) == [(2, "contact_consented_on")]
    assert problems({"contact_name": "Zaiga", "contact_function": ""}) == [(2, "contact_function")]
    assert problems({"contact_name": "Zaiga", "contact_consented_on": "2026-01-31"}) == []


def test_a_person_listed_by_a_file_is_told_and_shown_to_few(cast):
    with write_tx():
        taking.take(importing.check(table({
            "contact_name": "Zaiga", "contact_email": "zaiga@ogre.example", "contact_consented_on": "2026-01-31"})))

    contact = db.session.scalars(select(ContactPerson)).one()

    assert db.session.scalars(select(Letter.to_address)).all() == ["zaiga@ogre.example"]
    assert contact.visibility == {"name": "office", "email": "office", "phone": "office"}


def test_without_a_contact_function_it_stays_a_draft(cast):
    with write_tx():
        found = taking.take(importing.check(table({"contact_function": ""}, {"id": "other", "venue_capacity": "40"})))

    assert (found["org-new"].status, found["other"].status, number_of(VenueOffer)) == ("draft", "active", 1)


@pytest.mark.parametrize(("header", "column"), [
    (["id", "name", "type", "country"], "city"),
    (["id", "name", "type", "country", "city", "town"], "town"),
    (["id", "name", "type", "country", "city", "Name"], "name")])
def test_the_columns_must_be_known_whole_and_single(cast, header, column):
    plan = importing.check([header, ["a"]])

    assert [(problem.row, problem.column) for problem in plan.problems] == [(1, column)]


def test_a_cell_without_a_column_is_told(cast):
    rows = table({})
    rows[1].append("lost")

    assert [(problem.row, problem.column) for problem in importing.check(rows).problems] == [(2, "")]


def test_a_label_that_could_harm_is_only_shown(cast, browse):
    browser = browse(cast.dina)
    report = browser.follow(upload(browser, as_csv(table({"name": "<script>alert(1)</script>"}))))

    assert "<script>alert" not in report.source
    assert re.search("&lt;script&gt;alert", report.source)
