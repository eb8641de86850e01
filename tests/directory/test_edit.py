"""Changing the page of an organisation, by its coordinators, by the office, and by two people at once."""

import pytest

from libri.audit import AuditEntry
from libri.db import db
from libri.i18n import Localized
from libri.members.models import OrganisationVersion
from tests import make


def edit(organisation):
    return f"/organisations/{organisation.id}/edit"


def test_a_coordinator_changes_the_page_in_several_languages(cast, browse):
    page = browse(cast.bruno).get(edit(cast.lyon))

    answer = page.submit(edit(cast.lyon), description_fr="Bienvenue", description_en="Welcome", names_lv="Lionas pilsēta", themes=["youth"])

    assert answer.status == 303
    assert cast.lyon.description == {"fr": "Bienvenue", "en": "Welcome"} and cast.lyon.themes == ["youth"]
    assert cast.lyon.name_in("lv") == ("lv", "Lionas pilsēta") and cast.lyon.name_in("fr") == ("fr", "Ville de Lyon")


def test_a_coordinator_changes_a_library_below(cast, browse):
    answer = browse(cast.bruno).get(edit(cast.lyon_library)).submit(edit(cast.lyon_library), website="https://bm.example")

    assert answer.status == 303
    assert cast.lyon_library.website == "https://bm.example"


def test_lists_find_it_by_its_new_name(cast, browse):
    browse(cast.bruno).get(edit(cast.lyon)).submit(edit(cast.lyon), names_lv="Žilbēja", description_en="Puppet theatre")

    assert "zilbeja" in cast.lyon.search_text and "puppet" in cast.lyon.search_text
    assert cast.lyon.sort_lv > cast.lyon.sort_en


def test_the_main_language_comes_first(cast, browse):
    browse(cast.bruno).get(edit(cast.lyon)).submit(edit(cast.lyon), main_language="it", languages=["en", "lv"])

    assert cast.lyon.languages == ["it", "en", "lv"]


def test_it_looks_for_a_partner(cast, browse):
    browse(cast.bruno).get(edit(cast.lyon)).submit(edit(cast.lyon), seeks_partner="y", seeks_partner_for_en="A twin library")

    assert cast.lyon.seeks_partner and cast.lyon.seeks_partner_since
    assert cast.lyon.seeks_partner_for == {"en": "A twin library"}


def test_the_office_moves_it_with_everything_below(cast, browse):
    answer = browse(cast.dina).get(edit(cast.lyon)).submit(edit(cast.lyon), parent_id=str(cast.kisc.id))

    assert answer.status == 303
    assert cast.lyon_library.path == f"/{cast.kisc.id}/{cast.lyon.id}/{cast.lyon_library.id}/"
    assert cast.lyon.parent_id == cast.kisc.id


def test_it_cannot_stand_too_deep(cast, browse):
    one = make.organisation("One", parent=cast.ogre_library)
    two = make.organisation("Two", parent=one)

    answer = browse(cast.dina).get(edit(cast.lyon)).submit(edit(cast.lyon), parent_id=str(two.id))

    assert answer.status == 422 and answer.document.xpath("//*[@id='parent_id'][@aria-invalid]")
    assert cast.lyon.parent_id is None


def test_it_cannot_stand_below_its_own(cast, browse):
    answer = browse(cast.dina).get(edit(cast.lyon)).submit(edit(cast.lyon), parent_id=str(cast.lyon_library.id))

    assert answer.status == 422
    assert cast.lyon.parent_id is None


def test_what_the_office_decides_is_not_taken_from_a_coordinator(cast, browse):
    page = browse(cast.bruno).get(edit(cast.lyon))

    page.submit(edit(cast.lyon), kind="coordinator", programme_role="coordinator", parent_id=str(cast.kisc.id), country="LV",
                status="archived", path="/1/", id="1", code="x")

    assert (cast.lyon.kind, cast.lyon.programme_role, cast.lyon.parent_id, cast.lyon.country, cast.lyon.status) == (
        "city", "network", None, "FR", "active")


def test_saving_over_a_newer_version_loses_nobodys_text(cast, browse):
    mine = browse(cast.bruno).get(edit(cast.lyon))
    browse(cast.dina).get(edit(cast.lyon)).submit(edit(cast.lyon), description_en="Theirs", phone="+33 4 72 10 30 30")
    cast.bruno.language = "en"

    page = mine.submit(edit(cast.lyon), description_en="Mine", city="Villeurbanne")

    assert page.status == 409
    assert "Theirs" in page.text and page.document.xpath("string(//*[@id='description_en'])").strip() == "Mine"
    assert page.document.xpath("//*[@id='phone']/@value") == ["+33 4 72 10 30 30"]
    assert cast.lyon.description == {"en": "Theirs"} and cast.lyon.city == "Lyon"


def test_after_comparing_it_can_be_saved(cast, browse):
    mine = browse(cast.bruno).get(edit(cast.lyon))
    browse(cast.dina).get(edit(cast.lyon)).submit(edit(cast.lyon), description_en="Theirs", phone="+33 4 72 10 30 30")
    page = mine.submit(edit(cast.lyon), description_en="Mine")

    answer = page.submit(edit(cast.lyon))

    assert answer.status == 303
    assert cast.lyon.description == {"en": "Mine"} and cast.lyon.phone == "+33 4 72 10 30 30"


def test_a_double_press_saves_once(cast, browse):
    page = browse(cast.bruno).get(edit(cast.lyon))

    answers = [page.submit(edit(cast.lyon), city="Vaulx") for _ in range(2)]

    assert [answer.status for answer in answers] == [303, 303]
    assert db.session.query(OrganisationVersion).count() == 1


def test_the_trail_names_fields_and_no_text(cast, browse):
    browse(cast.bruno).get(edit(cast.lyon)).submit(edit(cast.lyon), city="Vaulx")

    entry = db.session.query(AuditEntry).filter_by(action="organisation.changed").one()

    assert entry.details == {"fields": ["city"]} and entry.organisation_id == cast.lyon.id


BAD = [
    {"name": ""}, {"name": "x" * 201}, {"email": "nobody"}, {"phone": "12"}, {"website": "data:text/html,x"}, {"latitude": "1e309"},
    {"latitude": "nan"}, {"latitude": "91"}, {"latitude": "٣"}, {"longitude": ""}, {"timezone": "Mars/Base"}, {"languages": ["xx"]},
    {"themes": ["<b>"]}, {"main_language": "xx"}, {"description_en": "x" * 4001}, {"city": "\u200b"}, {"version": []},
]


@pytest.mark.parametrize("fields", BAD, ids=str)
def test_bad_input_is_refused_and_changes_nothing(cast, browse, fields):
    answer = browse(cast.bruno).get(edit(cast.lyon)).submit(edit(cast.lyon), city=fields.get("city", "Elsewhere"), **{
        name: value for name, value in fields.items() if name != "city"})

    assert answer.status == 422
    assert cast.lyon.city == "Lyon" and cast.lyon.version == 1


@pytest.mark.parametrize("version", ["-1", "9" * 30, "x", "٣", "1.5"])
def test_a_strange_version_is_a_conflict(cast, browse, version):
    answer = browse(cast.bruno).get(edit(cast.lyon)).submit(edit(cast.lyon), version=version, city="Elsewhere")

    assert answer.status == 409
    assert cast.lyon.city == "Lyon"


def test_direction_marks_do_not_get_into_names(cast, browse):
    browse(cast.bruno).get(edit(cast.lyon)).submit(edit(cast.lyon), name="Ville\u202e de\u200b  Lyon\x07")

    assert cast.lyon.name == "Ville de Lyon"


def test_texts_in_further_languages_stay(cast, browse):
    cast.lyon.description = Localized({"pl": "Witamy"})

    browse(cast.bruno).get(edit(cast.lyon)).submit(edit(cast.lyon), description_en="Welcome")

    assert cast.lyon.description == {"pl": "Witamy", "en": "Welcome"}


@pytest.mark.parametrize("path", ["/organisations/99999999999999999999", "/organisations/0", "/organisations/2147483647"])
def test_a_number_nobody_has_is_not_found(cast, browse, path):
    assert browse(cast.dina).get(path).status == 404


# ---- a new one, its status, "still true" -------------------------------------------------------------------------------


def test_the_office_adds_a_draft(cast, browse):
    page = browse(cast.dina).get("/organisations/new")

    answer = page.submit("/organisations/new", name="Ķeguma bibliotēka", city="Ķegums", parent_id=str(cast.ogre.id))

    new = db.session.query(type(cast.ogre)).filter_by(name="Ķeguma bibliotēka").one()
    assert answer.status == 303 and answer.location == f"/organisations/{new.id}"
    assert (new.status, new.code, new.parent_id) == ("draft", "org-keguma-biblioteka", cast.ogre.id)


def test_a_double_press_adds_one(cast, browse):
    page = browse(cast.dina).get("/organisations/new")

    answers = [page.submit("/organisations/new", name="Ķeguma bibliotēka", city="Ķegums") for _ in range(2)]

    assert answers[0].location == answers[1].location
    assert db.session.query(type(cast.ogre)).filter_by(name="Ķeguma bibliotēka").count() == 1


@pytest.mark.parametrize(("before", "after", "is_taken"), [
    ("draft", "active", True), ("active", "suspended", True), ("suspended", "active", True), ("suspended", "archived", True),
    ("active", "archived", False), ("active", "draft", False), ("archived", "active", False)])
def test_the_status_goes_step_by_step(cast, browse, before, after, is_taken):
    make.contact(cast.ogre)
    cast.ogre.status = before

    answer = browse(cast.dina).post(f"/organisations/{cast.ogre.id}/status", {"status": after})

    assert answer.status == 303
    assert cast.ogre.status == (after if is_taken else before)


def test_nobody_becomes_active_without_a_contact_person(cast, browse):
    cast.ogre.status = "draft"
    cast.dina.language = "en"
    browser = browse(cast.dina)

    page = browser.follow(browser.post(f"/organisations/{cast.ogre.id}/status", {"status": "active"}))

    assert "at least one contact person" in page.messages
    assert cast.ogre.status == "draft"


def test_the_office_cannot_suspend_its_own_house(cast, browse):
    make.contact(cast.kisc)

    browse(cast.dina).post(f"/organisations/{cast.kisc.id}/status", {"status": "suspended"})

    assert cast.kisc.status == "active"


def test_the_office_cannot_make_its_own_house_something_else(cast, browse):
    path = edit(cast.kisc)
    page = browse(cast.dina).get(path).submit(path, kind="public_library")

    assert page.status == 422
    assert cast.kisc.kind == "coordinator"


def test_one_button_confirms_the_page(cast, browse):
    browse(cast.bruno).post(f"/organisations/{cast.lyon.id}/confirm")

    assert cast.lyon.confirmed_on is not None
