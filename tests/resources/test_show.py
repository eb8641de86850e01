"""The page of a resource: preview, facts, where it is used, downloads counted without names (R4, R12, N21, N22, S44)."""

import pytest
from sqlalchemy import select

from libri import files
from libri.db import db, now
from libri.i18n import Localized
from libri.resources import uses
from libri.resources.models import DownloadCount, Resource, ResourceVersion

from .. import make


def file_of(resource: Resource) -> str:
    """The address of the only file of a resource."""
    return f"/resources/versions/{db.session.scalars(select(ResourceVersion.id).where(ResourceVersion.resource_id == resource.id)).one()}/file"


def test_it_is_offered_in_the_readers_language_first(cast, browse):
    guide = make.resource(cast.ogre, language="lv", title=Localized(lv="Ceļvedis", fr="Le guide"), description=Localized(lv="Kā sākt."))
    make.edition(guide, "fr")

    page = browse(cast.ana).get(f"/resources/{guide.id}")

    assert page.texts("//h1[@lang='fr']") == ["Le guide"]
    assert page.has_link("https://library.example/fr") and page.has_link("https://library.example/guide")


def test_the_first_rows_of_a_table_are_shown(cast, browse):
    guide = make.resource(cast.ogre, file=make.stored("list.csv", "Vārds;Skaits\r\nOgre;3\r\n<b>;=1\r\n".encode()))

    page = browse(cast.ana).get(f"/resources/{guide.id}")

    assert page.texts("//main//table//th") == ["Vārds", "Skaits"]
    assert page.texts("//main//table//td") == ["Ogre", "3", "<b>", "=1"]


def test_the_first_words_of_a_document_are_shown_when_they_were_read(cast, browse):
    stored = make.stored("guide.docx")
    guide = make.resource(cast.ogre, file=stored)
    db.session.add(files.StoredFileText(file_id=stored.id, text="Sit down and listen."))

    assert "Sit down and listen." in browse(cast.ana).get(f"/resources/{guide.id}").text


def test_a_download_is_an_attachment_and_counted_without_a_name(cast, browse):
    guide = make.resource(cast.ogre, file=make.stored("Ceļvedis.pdf", b"words"))
    address = file_of(guide)

    answers = [browse(cast.ana).get(address) for _time in range(2)]
    browse(cast.carla).get(address)  # the owner's own are not counted

    assert "attachment" in answers[0].headers["Content-Disposition"] and "sandbox" in answers[0].headers["Content-Security-Policy"]
    assert [(row.count, row.language) for row in db.session.scalars(select(DownloadCount))] == [(2, "en")]
    assert db.session.scalar(select(Resource.downloads)) == 2


@pytest.mark.parametrize(("person", "status"), [("nobody", 303), ("carla", 404), ("ana", 200), ("bruno", 200)])
def test_the_file_of_a_private_resource_is_for_its_organisation(cast, browse, person, status):
    guide = make.resource(cast.lyon_library, status="private", is_public=True, file=make.stored())

    assert browse(getattr(cast, person, None)).get(file_of(guide)).status == status


def test_practices_that_use_it_are_named_as_far_as_the_reader_may_see_them(cast, browse):
    guide = make.resource(cast.ogre, is_public=True)
    for title, given in {"Open": {"is_public": True}, "Inside": {}, "Hidden": {"status": "draft", "published_at": None}}.items():
        uses.use("practice", make.practice(cast.ogre, text={"title": title}, **given).id, guide.id)

    member, guest = browse(cast.ana).get(f"/resources/{guide.id}"), browse(accept_language="en").get(f"/resources/{guide.id}")

    assert sorted(member.texts("//section[@aria-labelledby='used-title']//li")) == ["Inside", "Open"]
    assert guest.texts("//section[@aria-labelledby='used-title']//li") == ["Open"]


def test_a_resource_past_its_day_says_so(cast, browse):
    law = make.resource(cast.lyon_library, review_by=now().date().replace(year=2020))

    page, owner = browse(cast.ana).get(f"/resources/{law.id}"), browse(cast.bruno).get(f"/resources/{law.id}")

    assert "Its day of review has passed." in page.text
    assert owner.has_link(f"/resources/{law.id}/reviewed")


def test_guests_learn_no_names_and_no_wishes(cast, browse):
    guide = make.resource(cast.ogre, is_public=True)
    guide.versions[0].added_by_id = cast.carla.id

    page = browse(accept_language="en").get(f"/resources/{guide.id}")
    history = browse(accept_language="en").get(f"/resources/{guide.id}/versions")

    assert "Carla" not in page.text + history.text and "Not there yet" not in page.text
    assert "Carla" in browse(cast.ana).get(f"/resources/{guide.id}/versions").text
