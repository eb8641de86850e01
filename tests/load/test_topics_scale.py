"""A category of 100,000 topics against one of 50, a topic of 2,000 replies against one of 20: the same queries, CPU within 20 %."""

import contextlib
from datetime import timedelta

import pytest
from sqlalchemy import func, insert, select

from libri.db import db, now
from libri.exchange.models import ReadMark, Reply, Topic
from libri.exchange.queries.topics import ROWS, key_of

from .. import make
from ..databases import spare
from ..page import Browser
from .measuring import application, insist_on_equal_cost, selects_of

pytestmark = pytest.mark.load
TOPICS, REPLIES = (50, 100_000), (20, 2_000)
BODY = "We begin with **one** table and one hour.\n\n- tea\n- cards\n- [a list](https://intranet.example/list)"
HTML = "<p>We begin with <strong>one</strong> table and one hour.</p>\n<ul>\n<li>tea</li>\n<li>cards</li>\n</ul>\n"


def fill(author, place, topics: int, replies: int) -> int:
    """So many questions of one text each, and one idea with so many replies; return the number of the idea."""
    same = {"author_id": author.id, "organisation_id": place.id, "language": "en"}
    db.session.execute(insert(Topic), [
        same | {"id": number, "category": "question", "title": f"How do you begin, part {number}?", "is_shown": True, "last_number": 0,
                "last_at": now() - timedelta(minutes=number), "themes": ["youth"], "links": {}} for number in range(1, topics + 1)])
    text = same | {"body": BODY, "html": HTML, "author_function": "librarian"}
    for start in range(1, topics + 1, 10_000):
        numbers = range(start, min(start + 10_000, topics + 1))
        db.session.execute(insert(Reply), [text | {"topic_id": number, "number": 0} for number in numbers])
    idea = Topic(id=topics + 1, category="idea", title="One idea", last_number=replies, themes=["youth"], **same)
    db.session.add(idea)
    db.session.flush()
    db.session.execute(insert(Reply), [text | {"topic_id": idea.id, "number": number} for number in range(replies + 1)])
    return idea.id


def addresses(idea: int, replies: int) -> dict[str, str]:
    """First, middle and last page of the category and of the topic; the last page of the list begins ROWS rows before its end."""
    questions = select(Topic.last_at, Topic.id).where(Topic.category == "question").order_by(Topic.last_at.desc(), Topic.id.desc())
    rows = db.session.execute(questions).all()
    listed = "/discussions?category=question"
    return {"list first": listed, "list middle": f"{listed}&after={key_of(rows[len(rows) // 2 - 1])}",
            "list last": f"{listed}&after={key_of(rows[-ROWS - 1])}", "topic first": f"/discussions/{idea}",
            "topic middle": f"/discussions/{idea}?at={replies // 2}", "topic last": f"/discussions/{idea}?at={replies}"}


@pytest.fixture(scope="module")
def both(app, tmp_path_factory):
    """Two applications, the small and the large: the browser of a member who has read everything, and the addresses."""
    with contextlib.ExitStack() as databases:
        yield [build(*sizes, app, databases, tmp_path_factory.mktemp(f"of-{sizes[0]}")) for sizes in zip(TOPICS, REPLIES, strict=True)]


def build(topics: int, replies: int, app, databases, folder):
    one = application(app, folder, databases.enter_context(spare(folder, f"of_{topics}")))
    with one.app_context():
        db.create_all()
        place = make.organisation("Bibliothèque", country="FR")
        ana, carla = make.member("Ana", "fr", place), make.member("Carla", "lv", place)
        idea = fill(carla, place, topics, replies)
        db.session.add(ReadMark(member_id=ana.id, topic_id=idea, number=replies))
        db.session.commit()
        db.session.execute(db.text("ANALYZE"))
        db.session.commit()
        assert db.session.scalar(select(func.count()).select_from(Topic)) == topics + 1
        return one, Browser(one, ana).client, addresses(idea, replies)


PLACES = ("list first", "list middle", "list last", "topic first", "topic middle", "topic last")
QUERIES = {"list": 2, "topic": 5}
"""Of the session one. The list: its rows. A topic: itself, my draft, its texts, what hangs on them."""


@pytest.mark.parametrize("place", PLACES)
def test_the_large_costs_as_much_as_the_small(both, place):
    insist_on_equal_cost([(client, pages[place]) for _app, client, pages in both])


@pytest.mark.parametrize("place", PLACES)
def test_the_number_of_queries_is_the_same(both, place):
    counted = [selects_of(one, client, pages[place]) for one, client, pages in both]

    assert counted == [QUERIES[place.split()[0]]] * 2
