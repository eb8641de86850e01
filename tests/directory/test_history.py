"""Earlier versions of an organisation's page."""

import time

from libri.db import db
from libri.directory.changes import marked
from libri.members.models import OrganisationVersion

from .. import make


def changed(browse, member, organisation, **fields):
    path = f"/organisations/{organisation.id}/edit"
    return browse(member).get(path).submit(path, **fields)


def test_it_shows_who_changed_what_word_by_word(cast, browse):
    cast.dina.language = "en"
    changed(browse, cast.bruno, cast.lyon, description_en="We teach French")
    changed(browse, cast.bruno, cast.lyon, description_en="We teach Latvian")

    page = browse(cast.dina).get(f"/organisations/{cast.lyon.id}/history")

    assert "Changed by: Bruno" in page.text and "Description – English" in page.text
    assert page.texts("//del") == ["French"] and "Latvian" in page.texts("//ins")


def test_somebody_who_left_is_a_former_member(cast, browse):
    changed(browse, cast.bruno, cast.lyon, city="Vaulx")
    cast.bruno.status, cast.bruno.name, cast.dina.language = "closed", "Bruno", "en"

    page = browse(cast.dina).get(f"/organisations/{cast.lyon.id}/history")

    assert "former member" in page.text and "Bruno" not in page.text


def test_a_move_is_told_by_name(cast, browse):
    cast.dina.language = "en"
    changed(browse, cast.dina, cast.lyon, parent_id=str(cast.ogre.id))

    page = browse(cast.dina).get(f"/organisations/{cast.lyon.id}/history")

    assert "Organisation above" in page.text and "Ogres novada pašvaldība" in page.text


def test_a_move_does_not_name_what_the_reader_may_not_see(cast, browse):
    cast.bruno.language, hidden = "en", make.organisation("Hidden council", kind="municipality")
    changed(browse, cast.dina, cast.lyon, parent_id=str(hidden.id))
    hidden.status = "suspended"

    page = browse(cast.bruno).get(f"/organisations/{cast.lyon.id}/history")

    assert "Organisation above" in page.text and "Hidden" not in page.text


def test_texts_of_few_words_said_often_are_compared_in_time(world):
    before, after = ("ab" * 1000, "ba" * 1000 + "b")
    began = time.process_time()
    for _ in range(30):
        found = marked(" ".join(before), " ".join(after))

    assert time.process_time() - began < 2
    assert found.startswith("<del>a b") and found.endswith("b</ins>")


def test_markup_in_a_difference_is_text(cast, browse):
    changed(browse, cast.bruno, cast.lyon, description_en="<b>bold</b> <ins>x</ins>")

    page = browse(cast.bruno).get(f"/organisations/{cast.lyon.id}/history")

    assert "<b>bold" not in page.source


def test_long_histories_come_in_parts(cast, browse):
    db.session.add_all([OrganisationVersion(organisation_id=cast.lyon.id, number=n, changes={"city": ["A", "B"]}) for n in range(2, 40)])

    page = browse(cast.dina).get(f"/organisations/{cast.lyon.id}/history")

    assert len(page.document.xpath("//article")) == 30
    assert len(browse(cast.dina).get(page.document.xpath("//a[@rel='next']/@href")[0]).document.xpath("//article")) == 8


def test_a_strange_part_is_the_first_one(cast, browse):
    assert browse(cast.dina).get(f"/organisations/{cast.lyon.id}/history?before=x' OR 1=1").status == 200
