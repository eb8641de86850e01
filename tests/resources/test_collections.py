"""Collections: put together, in an order, taken away as one ZIP that holds nothing its reader may not see (R4, N24)."""

import csv
import io
import zipfile

from sqlalchemy import select

from libri.db import db
from libri.files.store import the_store
from libri.i18n import Localized
from libri.resources.models import Collection, CollectionItem, DownloadCount

from .. import make


def opened(page) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(page.body))


def items(collection) -> list[int]:
    return list(db.session.scalars(select(CollectionItem.resource_id).where(CollectionItem.collection_id == collection.id)
                                   .order_by(CollectionItem.place)))


def test_a_collection_is_begun_filled_ordered_and_published(cast, browse):
    first, second = make.resource(cast.ogre), make.resource(cast.kisc)
    browser = browse(cast.ana)

    browser.get("/collections/new").submit(title="Beginning")
    new = db.session.scalars(select(Collection)).one()
    for one in (first, second, first):
        browser.post("/collections/put", {"collection": str(new.id), "resource": str(one.id)})
    browser.get(f"/collections/{new.id}").submit(f"/collections/{new.id}/items/{second.id}/up")
    hidden = browse(cast.carla).get(f"/collections/{new.id}").status
    browser.get(f"/collections/{new.id}").submit(f"/collections/{new.id}/publish")

    assert items(new) == [second.id, first.id]
    assert (hidden, browse(cast.carla).get(f"/collections/{new.id}").status) == (404, 200)


def test_the_page_of_a_resource_offers_ones_own_collections(cast, browse):
    guide, mine = make.resource(cast.ogre), make.collection(cast.lyon_library, status="private")
    make.collection(cast.ogre, status="private", title=Localized(en="Secret plan"))

    page = browse(cast.ana).get(f"/resources/{guide.id}")
    page.submit("/collections/put")

    assert items(mine) == [guide.id] and "Secret plan" not in page.text


def test_an_empty_collection_cannot_be_published_and_loses_its_place_when_emptied(cast, browse):
    guide = make.resource(cast.lyon_library)
    empty, full = make.collection(cast.lyon_library, status="private"), make.collection(cast.lyon_library, guide)

    page = browse(cast.ana).follow(browse(cast.ana).post(f"/collections/{empty.id}/publish"))
    browse(cast.ana).post(f"/collections/{full.id}/items/{guide.id}/take-out")
    db.session.expire_all()

    assert page.status == 200 and (empty.status, full.status) == ("private", "private")


def test_the_zip_holds_files_in_the_language_asked_for_the_first_sheet_and_the_licences(cast, browse):
    guide = make.resource(cast.ogre, title=Localized(en="=Guide/1", lv="Ceļvedis"), file=make.stored("one.pdf", b"in English"))
    make.edition(guide, "lv", file=make.stored("viens.pdf", b"latviski"))
    linked = make.resource(cast.ogre, "Manifesto", licence="publisher-terms")
    mine = make.collection(cast.lyon_library, guide, linked)

    english, latvian = (opened(browse(cast.ana).get(f"/collections/{mine.id}/zip?in={code}")) for code in ("en", "lv"))

    assert english.namelist() == ["00 LiBri.pdf", "licences.csv", "01 =Guide–1 (en).pdf"] and english.testzip() is None
    assert latvian.read("01 Ceļvedis (lv).pdf") == b"latviski"
    rows = list(csv.reader(io.StringIO(english.read("licences.csv").decode("utf-8-sig"))))
    assert [row[0] for row in rows[1:]] == ["'=Guide/1", "Manifesto"] and rows[2][5] == "https://library.example/guide"
    assert english.read("00 LiBri.pdf").startswith(b"%PDF")
    assert sorted((one.language, one.count) for one in db.session.scalars(select(DownloadCount))) == [("en", 1), ("lv", 1)]


def test_the_zip_leaves_out_what_the_reader_may_not_see(cast, browse):
    shown = make.resource(cast.lyon_library, "Shown", is_public=True, file=make.stored("a.pdf", b"a"))
    inside = make.resource(cast.lyon_library, "Inside", file=make.stored("b.pdf", b"b"))
    private = make.resource(cast.lyon_library, "Private", status="private", is_public=True, file=make.stored("c.pdf", b"c"))
    mine = make.collection(cast.lyon_library, shown, inside, private, is_public=True)

    packed = {name: opened(browse(person, accept_language="en").get(f"/collections/{mine.id}/zip?in=en")).namelist()[2:]
              for name, person in {"guest": None, "stranger": cast.carla, "owner": cast.bruno}.items()}

    assert packed == {"guest": ["01 Shown (en).pdf"], "stranger": ["01 Shown (en).pdf", "02 Inside (en).pdf"],
                      "owner": ["01 Shown (en).pdf", "02 Inside (en).pdf", "03 Private (en).pdf"]}
    assert "Private" not in browse(cast.carla).get(f"/collections/{mine.id}").text


def test_a_file_missing_in_the_store_is_named_and_the_rest_still_comes(cast, browse):
    lost, kept = make.stored("a.pdf", b"lost"), make.stored("b.pdf", b"kept")
    mine = make.collection(cast.ogre, make.resource(cast.ogre, "Lost", file=lost), make.resource(cast.ogre, "Kept", file=kept))
    the_store().remove(lost.digest)

    archive = opened(browse(cast.ana).get(f"/collections/{mine.id}/zip?in=en"))

    assert archive.read("02 Kept (en).pdf") == b"kept" and archive.read("missing.txt") == b"01 Lost (en).pdf"


def test_a_folder_that_takes_nothing_or_too_much_to_pack_is_said_on_a_page(cast, browse, app, monkeypatch, tmp_path):
    mine = make.collection(cast.ogre, make.resource(cast.ogre, file=make.stored("a.pdf", b"too much")))
    (tmp_path / "no-folder").write_text("")
    with monkeypatch.context() as broken:
        broken.setitem(app.config, "DATA_FOLDER", str(tmp_path / "no-folder"))
        full = browse(cast.ana).get(f"/collections/{mine.id}/zip")

    monkeypatch.setattr("libri.resources.packing.LARGEST", 3)
    large = browse(cast.ana).get(f"/collections/{mine.id}/zip")

    assert (full.status, large.status) == (503, 413)
    assert not db.session.scalars(select(DownloadCount)).all()


def test_words_of_a_collection_are_changed_and_two_people_keep_both(cast, browse):
    mine = make.collection(cast.lyon_library, title=Localized(en="Set"), status="private")
    first, second = (browse(cast.ana).get(f"/collections/{mine.id}/edit") for _time in range(2))

    assert first.submit(title_en="First set").status == 303
    page = second.submit(title_en="Second set")

    assert page.status == 409 and "First set" in page.text
    assert browse(cast.ana).get(f"/collections/{mine.id}").submit(f"/collections/{mine.id}/remove").status == 303
    assert "First set" not in browse(cast.ana).get("/collections").text
