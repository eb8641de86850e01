"""The catalogue with 10,000 practices against 100: the same number of queries, and CPU time within 20 %."""

import contextlib
import random
from datetime import timedelta

import pytest
from sqlalchemy import insert

from libri.db import db, now
from libri.exchange.indexing import UNKNOWN_COST
from libri.exchange.models import Practice, PracticeText
from libri.exchange.queries import practices as queries
from libri.exchange.queries.practices import Filters
from libri.permissions import Can

from .. import make
from ..databases import spare
from ..page import Browser
from .measuring import application, insist_on_equal_cost, selects_of

pytestmark = pytest.mark.load
SORTS = ("newest", "adopted", "cost")


def fill(number: int, organisation_id: int) -> None:
    """Add so many published practices with two texts each."""
    chance = random.Random(7)
    rows = [{"organisation_id": organisation_id, "original_language": "lv", "status": "published", "themes": ["youth"], "target_groups": [],
             "languages_used": [], "country": "LV", "city": "Ogre", "cost_rank": chance.choice([0, 1, 2, UNKNOWN_COST]),
             "hours_rank": chance.randrange(400), "adoptions_count": chance.randrange(9),
             "published_at": now() - timedelta(minutes=chance.randrange(1_000_000))} for _ in range(number)]
    db.session.execute(insert(Practice), rows)
    ids = db.session.scalars(db.select(Practice.id)).all()
    texts = [{"practice_id": one, "language": code, "title": f"Kafejnīca {one}", "summary": "Mēs runājam. " * 20, "steps": [],
              "origin": "original" if code == "lv" else "human"} for one in ids for code in ("lv", "en")]
    db.session.execute(insert(PracticeText), texts)
    db.session.commit()
    db.session.execute(db.text("ANALYZE"))
    db.session.commit()


def keys(sort: str) -> dict[str, str]:
    """Addresses of a first, a middle and the last page."""
    found = db.session.execute(queries.selection(Filters(sort=sort), Can(1), 20_000)).all()
    return {"first": "", "middle": f"&after={found[len(found) // 2 - 1].id}", "last": f"&after={found[-queries.ROWS - 1].id}"}


@pytest.fixture(scope="module")
def both(app, tmp_path_factory):
    """Two applications, one with 100 practices and one with 10,000: the browser of a member, and the pages of each."""
    with contextlib.ExitStack() as databases:
        yield [build(number, app, databases, tmp_path_factory.mktemp(f"practices-{number}")) for number in (100, 10_000)]


def build(number: int, app, databases, folder):
    one = application(app, folder, databases.enter_context(spare(folder, f"practices_{number}")))
    with one.app_context():
        db.create_all()
        library = make.organisation("Ogres bibliotēka", city="Ogre")
        ana = make.member("Ana", "lv", library)
        fill(number, library.id)
        return one, Browser(one, ana).client, {sort: keys(sort) for sort in SORTS}


@pytest.mark.parametrize("place", ["first", "middle", "last"])
@pytest.mark.parametrize("sort", SORTS)
def test_ten_thousand_cost_as_much_as_a_hundred(both, sort, place):
    insist_on_equal_cost([(client, f"/practices?sort={sort}{pages[sort][place]}") for _app, client, pages in both])


@pytest.mark.parametrize("place", ["first", "middle", "last"])
@pytest.mark.parametrize("sort", SORTS)
def test_the_number_of_queries_is_the_same(both, sort, place):
    counted = [selects_of(one, client, f"/practices?sort={sort}{pages[sort][place]}") for one, client, pages in both]

    assert counted == [4, 4]  # the session, the rows, how many there are, their titles
