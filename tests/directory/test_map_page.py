"""The map of the partners, and the list of their towns below it."""

import pytest

from libri.db import db
from libri.directory.pins import pins
from libri.directory.queries import organisations as queries

from .. import make

PINS = "//*[contains(@class, 'map__pin')]"


@pytest.mark.long
def test_neighbours_share_a_pin_that_leads_to_their_list(cast, browse):
    browser = browse(cast.ana)

    page = browser.get("/directory/map")
    lyon = [pin for pin in page.document.xpath(PINS) if pin.get("aria-label").startswith("Lyon")][0]
    listed = browser.get(lyon.get("href"))

    assert lyon.get("aria-label") == "Lyon, 2 partners"
    assert listed.texts("//tbody//th//bdi") == ["Bibliothèque de Lyon", "Ville de Lyon"]


def test_a_pin_of_one_leads_to_its_page(cast, browse):
    tartu = make.organisation("Tartu linnaraamatukogu", country="EE", city="Tartu", latitude=58.38, longitude=26.72)

    page = browse(cast.ana).get("/directory/map?country=EE")

    assert page.document.xpath(PINS)[0].get("href") == f"/organisations/{tartu.id}"


def test_the_list_below_names_every_town_even_those_without_coordinates(cast, browse):
    make.organisation("Library", city="Nowhere yet")

    page = browse(cast.ana).get("/directory/map")

    assert page.has_link("/directory?country=FR&city=Lyon&area=45.76,4.83,45.77,4.84") or "Lyon" in page.texts("//section//bdi")
    assert "Nowhere yet" in page.texts("//section//bdi")


def test_the_same_filters_work_here(cast, browse):
    page = browse(cast.ana).get("/directory/map?language=ru", htmx="organisation_map")

    assert len(page.document.xpath(PINS)) == 1
    assert page.texts("//*[@data-announce]") == ["1 organisation"]


def test_a_country_is_drawn_larger(cast, browse):
    page = browse(cast.ana).get("/directory/map?country=FR")

    side = float(page.document.xpath("//svg/svg/@viewbox | //*[local-name()='svg']//*[local-name()='svg']/@viewBox")[0].split()[2])

    assert side < 400


def test_the_map_of_the_home_page_knows_towns_and_numbers_only(cast):
    make.organisation("Hidden", city="Hidden town", status="draft", latitude=50, longitude=10)

    rows = db.session.execute(queries.places_for_home()).all()
    drawn = pins(rows, lambda there: "/sign-in")

    assert sorted((row.city, row.count) for row in rows) == [("Lyon", 2), ("Ogre", 2), ("Rīga", 1)]
    assert sum(pin["count"] for pin in drawn) == 4
