"""The first page of somebody signed in."""

from datetime import timedelta

from libri.db import now

from .. import make


def test_my_organisations_and_the_quick_ways_are_there(cast, browse):
    page = browse(cast.ana).get("/")

    assert page.has_link(f"/organisations/{cast.lyon_library.id}")
    assert page.has_link("/directory") and page.has_link("/directory/help-me") and page.has_link("/me")
    assert not page.has_link("/office/")


def test_a_first_visit_shows_what_to_do_next(cast, browse):
    cast.bruno.language = "en"

    page = browse(cast.bruno).get("/")

    assert {"Complete your profile", "Add a contact person", "Describe your organisation", "Invite a colleague"} == set(
        page.texts("//section[@aria-labelledby='next']//h3"))


def test_who_has_done_it_all_sees_no_steps(cast, browse):
    cast.ana.function, cast.ana.themes = "Librarian", ["reading_collections"]

    page = browse(cast.ana).get("/")

    assert not page.document.xpath("//section[@aria-labelledby='next']")


def test_a_coordinator_sees_contacts_to_confirm_below_theirs_only(cast, browse):
    old = now() - timedelta(days=200)
    make.contact(cast.lyon_library, function="Children’s librarian", confirmed_on=old)
    make.contact(cast.ogre, function="Somebody in Ogre", confirmed_on=old)

    page = browse(cast.bruno).get("/")

    assert "Children’s librarian" in page.text
    assert "Somebody in Ogre" not in page.text


def test_new_organisations_and_those_looking_for_a_partner_are_named(cast, browse):
    cast.ogre_library.seek_partner(True, {"en": "A reading group for parents"})
    make.organisation("Jauna bibliotēka")

    page = browse(cast.ana).get("/")

    assert "A reading group for parents" in page.text
    assert "Jauna bibliotēka" in page.text


def test_the_office_finds_its_door(cast, browse):
    assert browse(cast.dina).get("/").has_link("/office/")


def test_somebody_without_an_organisation_is_told_what_to_do(cast, browse):
    page = browse(make.member("Nina", "lv", None)).get("/")

    assert "You do not belong to any organisation" in page.text


def test_the_number_of_queries_does_not_grow(cast, browse, statements):
    browser = browse(cast.bruno)
    few = statements.of(browser, "/", only="SELECT")
    for number in range(3):
        more = make.organisation(f"More {number}", parent=cast.lyon, languages=["fr"])
        make.contact(more, confirmed_on=now() - timedelta(days=400))
        more.seek_partner(True, {"fr": "Un café des langues"})

    many = statements.of(browser, "/", only="SELECT")

    assert many == few <= 9
