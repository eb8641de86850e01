"""The public pages: what LiBri is, without anybody's name, in every reader's language."""

import gzip
import json
import re
from datetime import date, timedelta
from pathlib import Path

import brotli
import pytest

from libri.config import NOTICE_VERSION
from libri.home import timeline
from libri.i18n import LANGUAGES

from .. import make

ROOT = Path(__file__).parents[2]


def test_a_guest_reads_what_libri_is_and_finds_the_door(cast, browse):
    page = browse(accept_language="en").get("/")

    assert page.h1 == "Library Bridges"
    assert page.has_link("/sign-in")
    assert page.texts("//dl[@class='figures']//dd") == ["5", "3", "2"]


def test_no_person_stands_on_a_public_page(cast, browse):
    contact = make.contact(cast.lyon, name="Planted Name", email="planted@library.example", phone="+371 20 000 000")

    sources = [browse().get(address).source for address in ("/", "/about", "/privacy", "/accessibility")]

    for secret in (contact.name, contact.email, contact.phone, cast.ana.email, cast.bruno.email):
        assert not any(secret in source for source in sources)


def test_what_is_not_active_is_not_counted(cast, browse):
    make.organisation("Not yet here", status="draft", city="Nowhere")

    page = browse(accept_language="en").get("/")

    assert "Not yet here" not in page.source and "Nowhere" not in page.source


def test_the_map_is_also_a_list(cast, browse):
    page = browse(accept_language="en").get("/")

    assert page.document.xpath("//*[contains(@class, 'map__pin')]")
    assert {"Ville de Lyon", "Bibliothèque de Lyon", "Ogres Centrālā bibliotēka"} <= set(page.texts("//details//bdi"))


def test_an_empty_network_has_a_home_page(world, browse):
    assert browse().get("/").status == 200


@pytest.mark.parametrize(("language", "words"), [("en", "June 2024 – October 2024"), ("lv", "2024. gada jūnijs – 2024. gada oktobris"),
                                                 ("ru", "июнь 2024 г. – октябрь 2024 г."), ("uk", "червень 2024 р. – жовтень 2024 р.")])
def test_the_timeline_is_as_exact_as_it_is_known(cast, browse, language, words):
    page = browse(accept_language=language).get("/")

    assert words in page.texts("//*[@class='timeline__when']")
    assert [day for day in page.document.xpath("//ol[@class='timeline']//time/@datetime") if day.count("-") == 2] == ["2024-12-20"]


def test_the_timeline_is_that_of_the_seed():
    seed = json.loads((ROOT / "libri/sample/timeline.json").read_text("utf-8"))["milestones"]

    assert {step.title["lv"] for step in timeline.milestones()} == {row["title"]["lv"] for row in seed}
    assert all(set(step.title) == set(LANGUAGES) for step in timeline.milestones())


def test_the_home_page_is_light(cast, browse):
    for number in range(60):
        make.organisation(f"Bibliotēka ar garāku nosaukumu {number}", city=f"Pilsēta {number}",
                          latitude=40 + number / 3, longitude=number / 2)

    page = browse().get("/")

    assert len(gzip.compress(page.body, 6)) <= 9 * 1024


def test_a_first_visit_asks_for_little_and_a_second_for_less(cast, browse):
    """A27: 60 KB in six requests, then the page alone; what a browser asks for by itself is counted."""
    for person, address in ((None, "/"), (cast.carla, "/"), (cast.carla, f"/organisations/{cast.ogre.id}")):
        browser = browse(person)
        page = browser.get(address)
        named = set(re.findall(r'(?:<link rel="(?:icon|stylesheet)" |<script |<use )(?:src|href)="([^"#]+)', page.source))
        parts = [browser.client.get(one, headers={"Accept-Encoding": "br"}) for one in sorted(named)]
        alone = len(brotli.compress(page.body, quality=4))  # as Flask-Compress does it here

        assert page.status == 200 and 4 <= len(parts) + 1 <= 6 and {part.status_code for part in parts} == {200}
        assert alone + sum(len(part.data) for part in parts) <= 60 * 1024 and alone <= 9 * 1024
        assert all("immutable" in part.headers["Cache-Control"] for part in parts)


@pytest.mark.parametrize("address", ["/about", "/privacy", "/accessibility"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_texts_stand_in_every_language(cast, browse, address, language):
    page = browse(accept_language=language).get(address)

    assert page.status == 200
    assert page.document.get("lang") == language
    own = (ROOT / f"templates/home{address}/{language}.html").read_text("utf-8")
    assert page.texts("//main//h2")[0] in own


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_notice_says_its_version(language):
    notice = (ROOT / f"templates/home/privacy/{language}.html").read_text("utf-8")

    assert f" {NOTICE_VERSION}." in notice


def test_robots_are_kept_to_the_public_pages(world, browse):
    answer = browse().client.get("/robots.txt")

    assert answer.mimetype == "text/plain"
    assert answer.text.strip().endswith("Disallow: /")


def test_the_design_page_exists_in_development_only(world, browse):
    shown = browse().get("/_design").status
    world.config["ENVIRONMENT"] = "production"
    hidden = browse().get("/_design").status
    world.config["ENVIRONMENT"] = "development"

    assert (shown, hidden) == (200, 404)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_accessibility_statement_was_reviewed_within_a_year(language):
    """A24: whoever changes LiBri a year later looks at the statement first."""
    statement = (ROOT / f"templates/home/accessibility/{language}.html").read_text("utf-8")

    assert date.today() - max(map(date.fromisoformat, re.findall(r'datetime="([\d-]+)"', statement))) < timedelta(days=366)
