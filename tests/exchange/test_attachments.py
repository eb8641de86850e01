"""Photos and files: what is taken, what is refused, who may see them (F15, F26, F28, S40–S47)."""

import io
import zipfile

import pytest
from PIL import Image
from sqlalchemy import func, select

from libri import files
from libri.db import db
from libri.exchange import attachments
from libri.exchange.models import Attachment
from libri.files.store import the_store

from .. import make

PHOTO = {"alternative": "Four people at a table", "credit": "Library", "licence": "CC-BY-4.0", "has_consent": "y"}


def blobs() -> list[str]:
    return [digest for digest, _size, _at in the_store().all()]


@pytest.fixture
def practice(cast):
    """A published practice of Ana's."""
    return make.practice(cast.lyon_library, cast.ana)


def photo(kind="JPEG", size=(2400, 1200), **given) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (30, 120, 90)).save(out, kind, **given)
    return out.getvalue()


def office_file(inside="word/document.xml", **more) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as folder:
        for name, content in ({"[Content_Types].xml": "<Types/>", inside: "<x/>"} | more).items():
            folder.writestr(name, content)
    return out.getvalue()


def open_document() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as folder:
        folder.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        folder.writestr("content.xml", "<x/>")
    return out.getvalue()


PDF = b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\n%%EOF\n"
GOOD = {"a.pdf": PDF, "a.docx": office_file(), "a.xlsx": office_file("xl/workbook.xml"), "a.pptx": office_file("ppt/presentation.xml"),
        "a.odt": open_document(), "a.txt": "Vārdi, слова".encode(), "a.csv": b"a;b\r\n1;2\r\n", "old.csv": "vārds;ģērbs".encode("cp1257")}


def send(browser, practice, name: str, content: bytes, **fields):
    return browser.post(f"/practices/{practice.id}/attachments", {"upload": (io.BytesIO(content), name), "licence": ""} | fields)


def only() -> Attachment:
    return db.session.scalars(select(Attachment)).one()


# ---- photos ----------------------------------------------------------------------------------------------------------


def test_a_photo_is_drawn_anew_in_two_sizes(cast, browse, practice):
    send(browse(cast.ana), practice, "galdi.JPG", photo(), **PHOTO)

    one = only()
    shown = browse(cast.carla).get(f"/attachments/{one.id}")
    small = browse(cast.carla).get(f"/attachments/{one.id}?size=small")
    assert (one.kind, one.name, one.width, one.height, one.alternative) == ("photo", "galdi.webp", 1600, 800, "Four people at a table")
    assert Image.open(io.BytesIO(shown.body)).size == (1600, 800) and Image.open(io.BytesIO(small.body)).size == (480, 240)
    assert shown.headers["Content-Type"] == "image/webp" and "attachment" not in shown.headers["Content-Disposition"]


def test_nothing_of_place_and_camera_is_left(cast, browse, practice):
    exif = Image.Exif()
    exif[0x010F], exif[0x9286] = "CAMERA-MAKER", "SECRET-COMMENT"
    exif.get_ifd(0x8825)[1] = "N"

    send(browse(cast.ana), practice, "a.jpg", photo(exif=exif, comment=b"SECRET-COMMENT"), **PHOTO)

    for digest in (only().stored.digest, only().stored.preview_digest):
        stored = files.open_blob(digest).read()
        assert not any(word in stored for word in (b"SECRET", b"CAMERA", b"EXIF", b"Exif"))
        assert not Image.open(io.BytesIO(stored)).getexif()


def test_a_photo_taken_sideways_stands_upright(cast, browse, practice):
    exif = Image.Exif()
    exif[0x0112] = 6

    send(browse(cast.ana), practice, "a.jpg", photo(size=(800, 400), exif=exif), **PHOTO)

    assert (only().width, only().height) == (400, 800)


@pytest.mark.parametrize("missing", ["alternative", "licence", "has_consent"])
def test_a_published_practice_takes_no_photo_without_consent_licence_and_words(cast, browse, practice, missing):
    page = send(browse(cast.ana), practice, "a.jpg", photo(size=(80, 40)), **PHOTO | {missing: ""})

    assert page.status == 422 and db.session.scalar(select(Attachment)) is None
    assert blobs() == []


def test_a_draft_takes_it_and_waits_for_the_rest(cast, browse, practice):
    practice.status = "draft"
    ana = browse(cast.ana)
    send(ana, practice, "a.jpg", photo(size=(80, 40)))
    one = only()

    waits = ana.get(f"/practices/{practice.id}/submit")
    said = {f"photo{one.id}-{name}": value for name, value in PHOTO.items()}
    ana.get(f"/practices/{practice.id}/attachments").submit(f"/attachments/{one.id}", **said)

    assert waits.has_link(f"/practices/{practice.id}/attachments#attachment-{one.id}")
    assert one.is_complete and (one.credit, one.licence) == ("Library", "CC-BY-4.0")


def test_what_a_published_photo_needs_is_not_taken_back(cast, browse, practice):
    send(browse(cast.ana), practice, "a.jpg", photo(size=(80, 40)), **PHOTO)
    one = only()

    page = browse(cast.ana).post(f"/attachments/{one.id}", {f"photo{one.id}-alternative": "", f"photo{one.id}-licence": "CC-BY-4.0"})

    assert page.status == 422 and one.is_complete


@pytest.mark.parametrize(("name", "content"), [
    ("a.png", b"<html><script>alert(1)</script>"), ("a.jpg", b"GIF89a<script>"), ("a.webp", b""), ("a.gif", PDF),
    ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"), ("photo.heic", b"\x00\x00\x00\x18ftypheic")])
def test_what_is_no_picture_is_refused(cast, browse, practice, name, content):
    page = send(browse(cast.ana), practice, name, content, **PHOTO)

    assert page.status == 422 and db.session.scalar(select(Attachment)) is None
    assert blobs() == []


# ---- files -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", GOOD)
def test_files_are_kept_as_sent_and_handed_out_to_be_saved(cast, browse, practice, name):
    send(browse(cast.ana), practice, name, GOOD[name])

    answer = browse(cast.carla).get(f"/attachments/{only().id}")
    assert answer.body == GOOD[name]
    assert answer.headers["Content-Disposition"].startswith("attachment") and answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


@pytest.mark.parametrize(("name", "content"), [
    ("a.pdf", b"<html>%PDF-1.7"), ("a.pdf", b"%PDF-1.7\n<script>alert(1)</script>\n%%EOF"), ("a.docx", b"PK\x03\x04 nothing"),
    ("a.docx", office_file("xl/workbook.xml")), ("a.docx", office_file(**{"word/vbaProject.bin": "x"})), ("a.docm", office_file()),
    ("a.txt", "<html>".encode("utf-16")), ("a.txt", b"<!DOCTYPE html><p>"), ("a.txt", b"MZ\x90\x00\x03"), ("a.csv", b"\x00\x01"),
    ("a.odt", office_file()), ("a.exe", b"MZ"), ("a.html", b"<p>"), ("nothing", b"words"), ("a.zip", office_file()), ("a.pdf", b"")])
def test_what_is_not_what_its_name_says_is_refused(cast, browse, practice, name, content):
    page = send(browse(cast.ana), practice, name, content)

    assert page.status == 422 and db.session.scalar(select(Attachment)) is None
    assert blobs() == []


def test_an_archive_that_would_burst_is_refused(cast, browse, practice):
    page = send(browse(cast.ana), practice, "a.docx", office_file(**{"word/media/zeros": b"\0" * 60_000_000}))

    assert page.status == 422


@pytest.mark.parametrize(("name", "kept"), [
    ("Plāns – план.pdf", "Plāns – план.pdf"), ("../../etc/passwd.pdf", "passwd.pdf"), ("C:\\temp\\a.pdf", "a.pdf"),
    ("abc\u202efdp.pdf", "abcfdp.pdf"), ("x" * 400 + ".pdf", "x" * 140 + ".pdf"), ('a"b\r\nX: y.pdf', 'a"b X: y.pdf'), (".pdf", "pdf")])
def test_a_name_is_only_a_name(name, kept):
    assert files.clean_name(name) == kept


def test_a_name_in_any_script_comes_back(cast, browse, practice):
    send(browse(cast.ana), practice, "Plāns – план.pdf", PDF)

    answer = browse(cast.carla).get(f"/attachments/{only().id}")

    assert "filename*=UTF-8''Pl%C4%81ns%20%E2%80%93%20%D0%BF%D0%BB%D0%B0%D0%BD.pdf" in answer.headers["Content-Disposition"]


def test_enough_is_enough(cast, browse, practice, monkeypatch):
    monkeypatch.setitem(attachments.MOST, "practice", 1)
    ana = browse(cast.ana)

    answers = [send(ana, practice, f"{number}.txt", b"words %d" % number).status for number in range(2)]

    assert answers == [303, 422]


def test_two_presses_hang_one_file(cast, browse, practice):
    ana = browse(cast.ana)

    for _ in range(2):
        send(ana, practice, "a.txt", b"words", once="the same press")

    assert db.session.scalar(select(func.count()).select_from(Attachment)) == 1


# ---- removing --------------------------------------------------------------------------------------------------------


def test_what_is_removed_is_gone(cast, browse, practice):
    send(browse(cast.ana), practice, "a.jpg", photo(size=(80, 40)), **PHOTO)

    browse(cast.bruno).get(f"/practices/{practice.id}/attachments").submit(f"/attachments/{only().id}/remove")

    assert db.session.scalar(select(Attachment)) is None and blobs() == []


def test_the_same_file_elsewhere_stays(cast, browse, practice):
    other = make.practice(cast.lyon_library, cast.ana)
    ana = browse(cast.ana)
    for one in (practice, other):
        send(ana, one, "a.txt", b"the same words")
    first, second = db.session.scalars(select(Attachment).order_by(Attachment.id)).all()

    ana.get(f"/practices/{practice.id}/attachments").submit(f"/attachments/{first.id}/remove")

    assert ana.get(f"/attachments/{second.id}").body == b"the same words"


# ---- who may see them ------------------------------------------------------------------------------------------------


def seen_by(browse, people, one) -> list[int]:
    return [browse(person).get(f"/attachments/{one.id}").status for person in people]


@pytest.mark.parametrize(("status", "answers"), [
    ("published", [200, 200, 200, 200, 303]), ("draft", [200, 200, 404, 200, 303]), ("submitted", [200, 200, 404, 200, 303]),
    ("archived", [200, 200, 404, 200, 303])])
def test_a_file_is_as_visible_as_its_practice(cast, browse, practice, status, answers):
    send(browse(cast.ana), practice, "a.txt", b"words")
    practice.status = status

    assert seen_by(browse, (cast.ana, cast.bruno, cast.carla, cast.dina, None), only()) == answers


def test_guests_see_photos_of_public_practices_but_no_files(cast, browse, practice):
    practice.is_public = True
    ana = browse(cast.ana)
    send(ana, practice, "a.jpg", photo(size=(80, 40)), **PHOTO)
    send(ana, practice, "b.jpg", photo(size=(90, 40)), **PHOTO | {"licence": "network-internal"})
    send(ana, practice, "c.txt", b"words")

    found = db.session.scalars(select(Attachment).order_by(Attachment.id)).all()

    assert [browse().get(f"/attachments/{one.id}").status for one in found] == [200, 303, 303]


def test_an_incomplete_photo_is_for_its_writers(cast, browse, practice):
    send(browse(cast.ana), practice, "a.jpg", photo(size=(80, 40)), **PHOTO)
    only().has_consent = False

    assert seen_by(browse, (cast.ana, cast.carla, cast.dina), only()) == [200, 404, 200]


def test_others_add_describe_and_remove_nothing(cast, browse, practice):
    send(browse(cast.ana), practice, "a.jpg", photo(size=(80, 40)), **PHOTO)
    carla, one = browse(cast.carla), only()

    answers = [send(carla, practice, "a.txt", b"words").status, carla.post(f"/attachments/{one.id}").status,
               carla.post(f"/attachments/{one.id}/remove").status]

    assert answers == [403, 403, 403]
