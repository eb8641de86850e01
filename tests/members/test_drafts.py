"""Long texts are kept while they are typed (R9, S62)."""

from libri.db import db
from libri.drafts import Draft


def test_a_draft_belongs_to_its_writer_and_holds_no_secret(cast, browse):
    browse(cast.ana).post("/me/drafts", {"address": "/organisations/1/edit", "description": "half a sentence", "password": "hidden", "version": "3"})

    draft = db.session.get_one(Draft, (cast.ana.id, "/organisations/1/edit"))
    assert draft.fields == [["description", "half a sentence"], ["version", "3"]]


def test_a_draft_can_be_dropped(cast, browse):
    ana = browse(cast.ana)
    ana.post("/me/drafts", {"address": "/me", "name": "An"})

    answer = ana.post("/me/drafts/drop", {"address": "/me"})

    assert answer.location == "/me"
    assert db.session.get(Draft, (cast.ana.id, "/me")) is None


def test_a_draft_that_is_far_too_long_is_refused(cast, browse):
    answer = browse(cast.ana).post("/me/drafts", {"address": "/me", "name": "x" * 450_000})

    assert answer.status == 413


def test_drafts_end_after_a_month(cast, browse, later):
    from libri.worker import CHORES

    browse(cast.ana).post("/me/drafts", {"address": "/me", "name": "An"})

    later(days=31)
    CHORES["clean"]()

    assert db.session.get(Draft, (cast.ana.id, "/me")) is None
