"""Adding a resource: a file or a link in a minute, private at first, with a warning before the same is added twice (R1, R2, R10)."""

import io

from sqlalchemy import func, select

from libri import files
from libri.db import db
from libri.resources.models import Resource, ResourceVersion

from .. import make

PDF = b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\n%%EOF\n"


def fields(cast, **other):
    return {"title": "Twelve topics", "language": "fr", "kind": "worksheet", "licence": "CC-BY-4.0",
            "organisation_id": str(cast.lyon_library.id)} | other


def one() -> Resource:
    return db.session.scalars(select(Resource)).one()


def test_a_file_becomes_a_private_resource_of_ones_organisation(cast, browse):
    page = browse(cast.ana).post("/resources/new", fields(cast, upload=(io.BytesIO(PDF), "Thèmes.pdf")))

    resource, stored = one(), db.session.scalars(select(files.StoredFile)).one()
    assert (page.status, page.location) == (303, f"/resources/{resource.id}")
    assert (resource.status, resource.organisation_id, dict(resource.title)) == ("private", cast.lyon_library.id, {"fr": "Twelve topics"})
    assert (stored.name, stored.organisation_id, stored.added_by_id) == ("Thèmes.pdf", cast.lyon_library.id, cast.ana.id)
    assert browse(cast.carla).get(page.location).status == 404


def test_a_link_needs_no_file_and_a_second_press_adds_nothing(cast, browse):
    browser = browse(cast.ana)
    form = browser.get("/resources/new")

    for _press in range(2):
        page = form.submit(title="Manifesto", link="https://library.example/manifesto")

    assert page.location == f"/resources/{one().id}"
    assert db.session.scalars(select(ResourceVersion.link)).all() == ["https://library.example/manifesto"]


def test_a_file_or_a_link_and_not_both(cast, browse):
    neither = browse(cast.ana).post("/resources/new", fields(cast))
    both = browse(cast.ana).post("/resources/new", fields(cast, link="https://library.example/", upload=(io.BytesIO(PDF), "a.pdf")))

    assert (neither.status, both.status) == (422, 422)
    assert "Choose a file or write a link." in neither.text and "not both" in both.text
    assert db.session.scalar(select(func.count()).select_from(files.StoredFile)) == 0


def test_a_file_we_do_not_take_is_named_at_its_field_and_the_words_stay(cast, browse):
    page = browse(cast.ana).post("/resources/new", fields(cast, upload=(io.BytesIO(b"<svg onload=alert(1)>"), "a.pdf")))

    assert page.status == 422
    assert page.texts("//*[@id='upload-error']") and page.document.xpath("//input[@id='title']/@value") == ["Twelve topics"]


def test_a_good_file_beside_a_mistake_is_asked_for_again(cast, browse):
    page = browse(cast.ana).post("/resources/new", fields(cast, title="", upload=(io.BytesIO(PDF), "a.pdf")))

    assert (page.status, page.texts("//*[@id='upload-error']")) == (422, ["Choose the file again."])


def test_nobody_adds_for_another_organisation(cast, browse):
    page = browse(cast.ana).post("/resources/new", fields(cast, organisation_id=str(cast.ogre.id), link="https://library.example/"))

    assert page.status == 422
    assert db.session.scalar(select(func.count()).select_from(Resource)) == 0


def test_a_similar_title_is_shown_in_any_inflection_but_nothing_private_of_others(cast, browse):
    make.resource(cast.ogre, "Topics for a language café")
    make.resource(cast.ogre, "Topics for the language cafés of tomorrow", status="private")

    alike = browse(cast.ana).get("/resources/similar?title=The topic of language cafes", htmx="similar")
    other = browse(cast.ana).get("/resources/similar?title=A walk through the town")

    assert alike.texts("//li") == ["Topics for a language café"]
    assert not other.texts("//main//li") and "No title is like this one." in other.text
