"""The list with 10,000 organisations against the list with 100: the same number of queries, and CPU time within 20 %."""

import contextlib
import random

import pytest
from sqlalchemy import insert

from libri.db import db, now
from libri.directory.queries import organisations as queries
from libri.members.models import Organisation, OrganisationLanguage, OrganisationTheme

from .. import make
from ..databases import spare
from ..page import Browser
from .measuring import application, insist_on_equal_cost, selects_of

pytestmark = pytest.mark.load
SORTS = ("name", "country", "newest")
COLUMNS = ("code", "kind", "status", "name", "names", "country", "city", "languages", "themes", "search_text",
           "sort_lv", "sort_en", "sort_ru", "sort_uk")
TOWNS = [("LV", "Ogre", 56.8, 24.6), ("LV", "Rēzekne", 56.5, 27.3), ("FR", "Lyon", 45.7, 4.8), ("IT", "Bari", 41.1, 16.8),
         ("PL", "Łódź", 51.7, 19.4), ("RO", "Iași", 47.1, 27.6), ("EE", "Tartu", 58.3, 26.7), ("LT", "Kaunas", 54.9, 23.9)]


def fill(number: int) -> None:
    """Add so many active organisations of eight countries, in one insert."""
    chance = random.Random(7)
    rows = []
    for index in range(number):
        country, city, latitude, longitude = chance.choice(TOWNS)
        sample = Organisation(code=f"load-{index}", kind="public_library", status="active", country=country, city=city, region="",
                              name=f"{chance.choice('AĀBCČDEĒ')}{index:05} {city}", names={}, description={})
        sample.languages, sample.themes = ["lv", "ru"], ["youth", "language_learning"]
        sample.index_names()
        rows.append({name: getattr(sample, name) for name in COLUMNS} | {
            "latitude": latitude + chance.random(), "longitude": longitude + chance.random(), "path": f"/{index}/", "confirmed_on": now()})
    db.session.execute(insert(Organisation), rows)
    ids = [row.id for row in db.session.execute(db.select(Organisation.id).where(Organisation.code.startswith("load-")))]
    codes_of = ((OrganisationTheme, "theme", ("youth", "language_learning")), (OrganisationLanguage, "language", ("lv", "ru")))
    for table, name, codes in codes_of:
        db.session.execute(insert(table), [{name: code, "organisation_id": number} for number in ids for code in codes])
    db.session.commit()
    db.session.execute(db.text("ANALYZE"))
    db.session.commit()


def keys(sort: str) -> dict[str, str]:
    """Addresses of a first, a middle and the last page."""
    column = getattr(Organisation, {"name": "sort_en", "country": "country", "newest": "created_at"}[sort])
    down = (column.desc(), Organisation.id.desc())
    order = down if sort == "newest" else (column, Organisation.sort_en, Organisation.id)
    active = db.select(Organisation.country, Organisation.id).where(Organisation.status == "active")
    rows = db.session.execute(active.order_by(*order)).all()
    middle, last = rows[len(rows) // 2 - 1], rows[-queries.ROWS - 1]
    return {"first": "", "middle": f"&after={middle.country}-{middle.id}", "last": f"&after={last.country}-{last.id}"}


@pytest.fixture(scope="module")
def both(app, tmp_path_factory):
    """Two applications, one with 100 organisations and one with 10,000: the browser of a member, and the pages of each."""
    with contextlib.ExitStack() as databases:
        yield [build(number, app, databases, tmp_path_factory.mktemp(f"of-{number}")) for number in (100, 10_000)]


def build(number: int, app, databases, folder):
    one = application(app, folder, databases.enter_context(spare(folder, f"of_{number}")))
    with one.app_context():
        db.create_all()
        fill(number)
        ana = make.member("Ana", "fr", make.organisation("Bibliothèque", country="FR"))
        db.session.commit()
        return one, Browser(one, ana).client, {sort: keys(sort) for sort in SORTS}


@pytest.mark.parametrize("place", ["first", "middle", "last"])
@pytest.mark.parametrize("sort", SORTS)
def test_ten_thousand_cost_as_much_as_a_hundred(both, sort, place):
    insist_on_equal_cost([(client, f"/directory?sort={sort}{pages[sort][place]}") for _app, client, pages in both])


@pytest.mark.parametrize("place", ["first", "middle", "last"])
@pytest.mark.parametrize("sort", SORTS)
def test_the_number_of_queries_is_the_same(both, sort, place):
    counted = [selects_of(one, client, f"/directory?sort={sort}{pages[sort][place]}") for one, client, pages in both]

    assert counted == [3, 3]  # the session, the number of organisations, the rows
