"""Pictures of members (S41, S43, S44, S59)."""

import io
from pathlib import Path

import pytest
from PIL import Image

from libri import files
from libri.files.pictures import drawn
from libri.members import pictures


def picture(kind="JPEG", size=(600, 400), color=(200, 30, 30), **given) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, color).save(out, kind, **given)
    return out.getvalue()


def send(browser, content: bytes, name="me.jpg"):
    return browser.post("/me/picture", {"picture": (io.BytesIO(content), name)})


def left(app) -> list[str]:
    return [str(file) for file in Path(app.config["DATA_FOLDER"], "files").rglob("*") if file.is_file()]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_a_picture_is_cut_square_and_shown_to_colleagues_only(cast, browse, kind):
    answer = send(browse(cast.ana), picture(kind), "anything.svg")

    shown = browse(cast.carla).get(f"/members/{cast.ana.id}/picture")
    assert answer.status == 303 and Image.open(io.BytesIO(shown.body)).size == (256, 256)
    assert shown.headers["Content-Type"] == "image/webp" and shown.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in shown.headers["Content-Security-Policy"] and "no-store" in shown.headers["Cache-Control"]
    assert browse().get(f"/members/{cast.ana.id}/picture").status == 303


def test_nothing_of_place_and_camera_is_left(cast, browse):
    exif = Image.Exif()
    exif[0x010F], exif[0x9286] = "CAMERA-MAKER", "SECRET-COMMENT"
    exif.get_ifd(0x8825)[1] = "N"

    send(browse(cast.ana), picture(exif=exif, comment=b"SECRET-COMMENT"))

    stored = files.read(pictures.of(cast.ana))
    assert b"SECRET" not in stored and b"CAMERA" not in stored and b"EXIF" not in stored
    assert not Image.open(io.BytesIO(stored)).getexif()


def test_a_picture_taken_sideways_stands_upright():
    exif, sideways = Image.Exif(), Image.new("RGB", (400, 400), "blue")
    sideways.paste("red", (0, 0, 200, 400))  # the left half
    exif[0x0112] = 6  # turn a quarter clockwise: left becomes top
    out = io.BytesIO()
    sideways.save(out, "PNG", exif=exif)

    small = Image.open(io.BytesIO(drawn(out, files.PORTRAIT).content))

    assert small.getpixel((128, 20))[0] > 200 and small.getpixel((128, 235))[2] > 200


@pytest.mark.parametrize("content", [b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"<html><script>x</script>", b"GIF89a<script>",
                                     picture()[:200], b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, b"%PDF-1.4", b"\xff" * 1000],
                         ids=["empty", "svg", "html", "gif-script", "cut", "png-zeros", "pdf", "noise"])
def test_what_is_no_picture_is_refused_and_leaves_no_file(cast, browse, app, content):
    answer = send(browse(cast.ana), content)

    assert answer.status == 422
    assert cast.ana.picture_id is None and left(app) == []


@pytest.mark.long
def test_a_huge_picture_is_refused_before_it_is_decoded(cast, browse):
    out = io.BytesIO()
    Image.new("1", (24576, 24576)).save(out, "PNG")

    answer = send(browse(cast.ana), out.getvalue())

    assert answer.status == 422 and "megapixels" in answer.text


def test_too_many_bytes_are_refused_with_a_page(cast, browse):
    answer = send(browse(cast.ana), b"\xff\xd8" + bytes(8 * 1024 * 1024))

    assert answer.status == 413 and answer.h1


def test_a_new_picture_takes_the_place_of_the_old_one(cast, browse, app):
    browser = browse(cast.ana)
    send(browser, picture())

    send(browser, picture(color=(0, 200, 0)))

    assert len(left(app)) == 1 and files.read(pictures.of(cast.ana))


def test_a_removed_picture_is_gone_at_once(cast, browse, app):
    browser = browse(cast.ana)
    send(browser, picture())

    browser.post("/me/picture/remove")

    assert left(app) == [] and browse(cast.carla).get(f"/members/{cast.ana.id}/picture").status == 404
