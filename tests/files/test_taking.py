"""What is taken and what is refused: kinds, sizes, archives, quotas, a full disk (S40–S47, R4)."""

import errno
import io
import os
import time

import pytest
from PIL import Image
from sqlalchemy import select

from libri import files
from libri.db import db, write_tx
from libri.files.models import StoredBlob
from libri.files.store import incoming, the_store

from .. import make
from .contents import docx, packed, pdf

MP4 = b"\x00\x00\x00\x18ftypmp42" + bytes(100)


def take(name, content, **given):
    return files.take(io.BytesIO(content), name, **given)


def refused(name, content, **given) -> str:
    with pytest.raises(files.NotTaken) as wrong:
        take(name, content, **given)
    assert list(incoming().iterdir()) == [] and list(the_store().all()) == [] and db.session.scalar(select(StoredBlob)) is None
    return str(wrong.value)


@pytest.mark.parametrize(("name", "content", "kind"), [
    ("a.pdf", pdf(), "document"), ("a.docx", docx("words"), "document"), ("a.MP4", MP4, "video"), ("a.mp3", b"ID3\x04" + bytes(50), "audio"),
    ("a.wav", b"RIFF\x00\x00\x00\x00WAVE" + bytes(9), "audio"), ("a.vtt", b"WEBVTT\n\n00:01.000 --> 00:02.000\nSveiki", "text"),
    ("a.md", "# Vārdi".encode(), "text"), ("a.zip", packed({"Darba lapa.pdf": pdf(), "mape/b.txt": "words"}), "archive")])
def test_a_resource_may_be_of_many_kinds(world, folder, name, content, kind):
    taken = take(name, content)

    assert (taken.kind, taken.size, taken.name) == (kind, len(content), name)


@pytest.mark.parametrize(("name", "content"), [
    ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"), ("a.html", b"<p>"), ("a.exe", b"MZ"), ("a.sh", b"#!/bin/sh"), ("noending", b"words"),
    ("a.pdf", b"<html>"), ("a.mp4", b"<html><script>"), ("a.vtt", b"words"), ("a.md", b"<script>alert(1)</script>"), ("a.txt", b""),
    ("a.docx", docx("x", **{"word/vbaProject.bin": "x"})), ("a.zip", b"PK\x03\x04 nothing")])
def test_what_harms_or_lies_is_refused(world, folder, name, content):
    assert refused(name, content)


@pytest.mark.parametrize(("entries", "reason"), [
    ({"../a.txt": "x"}, "lead out"), ({"/etc/a.txt": "x"}, "lead out"), ({"C:\\a.txt": "x"}, "lead out"), ({"a/..\\..\\b.txt": "x"}, "lead out"),
    ({"run.exe": "MZ"}, "programs"), ({"a.html": "x"}, "programs"), ({"inner.zip": packed({"a.txt": "x"})}, "archives"),
    ({"zeros.txt": b"0" * 60_000_000}, "unpacks"), ({f"{number}.txt": "" for number in range(5001)}, "damaged")])
def test_archives_are_bounded(world, folder, entries, reason):
    content = packed(entries, compresslevel=1) if "zeros.txt" not in entries else packed(entries)
    began = time.process_time()

    assert reason in refused("a.zip", content)
    assert time.process_time() - began < 1


def test_a_poster_keeps_its_format_and_loses_what_the_camera_wrote(world, folder):
    exif = Image.Exif()
    exif[0x010F] = "CAMERA-MAKER"
    out = io.BytesIO()
    Image.new("RGB", (5000, 1000), "red").save(out, "JPEG", exif=exif)

    taken = take("Plakāts.jpeg", out.getvalue())

    stored = the_store().open(taken.digest).read()
    assert (taken.name, taken.media_type, taken.width, taken.height) == ("Plakāts.jpg", "image/jpeg", 4000, 800)
    assert b"CAMERA" not in stored and Image.open(the_store().open(taken.preview_digest)).size == (480, 96)


def test_each_kind_has_its_limit_and_the_operator_may_lower_it(world, folder, monkeypatch):
    monkeypatch.setitem(world.config, "FILE_MB", 1)

    assert "larger than 1 MB" in refused("a.txt", b"a" * (1024 * 1024 + 1))
    assert take("a.txt", b"a" * 1024 * 1024).size == 1024 * 1024


def test_an_organisation_fills_its_own_room_only(cast, world, folder, monkeypatch):
    monkeypatch.setitem(world.config, "ORGANISATION_MB", 1)
    make.stored("a.txt", b"a" * 700_000, organisation_id=cast.lyon.id)
    db.session.commit()

    with pytest.raises(files.NotTaken, match="no room left"):
        take("b.txt", b"b" * 700_000, organisation_id=cast.lyon.id)
    assert take("b.txt", b"b" * 700_000, organisation_id=cast.ogre.id) and take("b.txt", b"b" * 700_000, member_id=cast.ana.id)


class Full:
    """An upload during which the disk fills up."""

    def __init__(self) -> None:
        self.pieces = 3

    def read(self, _size):
        self.pieces -= 1
        if not self.pieces:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return b"words"


def test_a_full_disk_leaves_nothing_and_is_said(world, folder):
    with pytest.raises(files.NoRoom, match="nothing was kept"):
        files.take(Full(), "a.txt")

    assert list(incoming().iterdir()) == [] and list(the_store().all()) == []


def test_a_file_too_large_for_the_disk_leaves_nothing(world, folder, limit_of_files):
    with limit_of_files(1_000_000), pytest.raises(files.NoRoom):
        take("a.txt", b"words " * 300_000)

    assert list(incoming().iterdir()) == [] and list(the_store().all()) == []


def test_a_transaction_that_fails_leaves_no_row(world, folder, later):
    taken = take("a.txt", b"words")

    with pytest.raises(ZeroDivisionError), write_tx():
        files.add(taken)
        raise ZeroDivisionError
    later(hours=2)

    assert db.session.scalar(select(files.StoredFile)) is None and files.sweep() == 1
