"""The worker reads documents in a process of its own, and pages show what was read: text, first page, first rows."""

import io
import time

import pytest
from PIL import Image
from sqlalchemy import select

from libri import files
from libri.db import db, write_tx
from libri.files import bounded, reading

from .contents import docx, odt, packed, pdf

SLIDES = packed({"[Content_Types].xml": "<Types/>", "ppt/presentation.xml": "<x/>"} | {
    f"ppt/slides/slide{number}.xml": f'<p:sld xmlns:p="p" xmlns:a="a"><a:p><a:t>Slaids {number}</a:t></a:p></p:sld>' for number in (10, 2, 1)})

TABLE = packed({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<x/>",
                "xl/sharedStrings.xml": "<sst><si><t>Anketa</t></si><si><r><t>Jautājums </t></r><r><t>viens</t></r></si></sst>"})


def add(content: bytes, name: str) -> files.StoredFile:
    taken = files.take(io.BytesIO(content), name)
    with write_tx():
        number = files.add(taken).id
    return db.session.get_one(files.StoredFile, number)


@pytest.mark.parametrize(("name", "content", "words"), [
    ("a.docx", docx("Valodas kafejnīca", "otrdienās"), "Valodas kafejnīca otrdienās"),
    ("a.odt", odt("Мовне кафе щотижня", "у середу"), "Мовне кафе щотижня у середу"),
    ("a.txt", "Vārdi – слова".encode(), "Vārdi – слова"), ("old.txt", "Ģērbs šūts, ķēde".encode("cp1257"), "Ģērbs šūts, ķēde"),
    ("old.txt", "Языковое кафе".encode("cp1251"), "Языковое кафе"), ("a.pdf", pdf(), "Grāmatu galds"),
    ("a.xlsx", TABLE, "Anketa Jautājums viens"), ("a.pptx", SLIDES, "Slaids 1 Slaids 2 Slaids 10")])
def test_the_words_of_a_document_are_read(world, folder, name, content, words):
    file = add(content, name)

    assert files.work_one() and not files.work_one()

    assert file.text_state == "read" and files.excerpt(file) == words


@pytest.mark.long
def test_a_pdf_shows_its_first_page(world, store):
    file = add(pdf(pages=3), "a.pdf")
    assert not files.has_preview(file)

    files.work_one()

    assert file.pages == 3 and files.has_preview(file)
    with world.test_request_context():
        answer = files.send_preview(file)
        answer.direct_passthrough = False
        page = Image.open(io.BytesIO(answer.get_data()))
    assert page.format == "WEBP" and abs(max(page.size) - bounded.PREVIEW_SIDE) < 2 and answer.headers["Content-Disposition"].startswith("inline")
    assert list(files.check()) == []


def test_whoever_waits_for_the_words_gets_them_in_the_same_transaction(world, folder, monkeypatch):
    heard = []
    monkeypatch.setattr(reading, "_HOOKS", [])
    files.when_read(lambda file, text: heard.append((file.text_state, text.strip())))
    add(docx("Vārdi"), "a.docx")

    files.work_one()

    assert heard == [("read", "Vārdi")]


@pytest.mark.parametrize(("name", "content"), [
    ("a.pdf", b"%PDF-1.7\nnothing\n%%EOF"), ("a.docx", packed({"[Content_Types].xml": "", "word/document.xml": "<w:p"})),
    ("a.docx", packed({"[Content_Types].xml": "", "word/document.xml": '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
                       + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)) + "]><x>&i;</x>"}))])
def test_what_cannot_be_read_stays_a_file(world, folder, name, content):
    file = add(content, name)

    assert files.work_one() and not files.work_one()

    assert file.text_state == "failed" and files.excerpt(file) == "" and db.session.scalar(select(files.StoredFileText)) is None


@pytest.mark.long
def test_a_document_gets_so_much_memory_and_time(world, folder, monkeypatch, tmp_path):
    greedy, endless = tmp_path / "greedy.py", tmp_path / "endless.py"
    limits = f"import sys; sys.path.insert(0, {str(bounded.__file__.rpartition('/')[0])!r}); import bounded; bounded.bound(); "
    greedy.write_text(limits + "x = bytearray(2 * bounded.MEMORY)")
    endless.write_text("while True: pass")
    began = time.perf_counter()

    for script, seconds in ((greedy, 10), (endless, 0.3)):
        monkeypatch.setattr(reading, "SECONDS", seconds)
        monkeypatch.setattr(bounded, "__file__", str(script))
        assert reading.read_document(add(b"words", "a.txt").digest, "txt") is None

    assert time.perf_counter() - began < 3


def test_a_worker_that_died_leaves_its_document_to_the_next_but_not_for_ever(world, folder, later):
    file = add(docx("Vārdi"), "a.docx")
    for number in range(reading.MOST_TRIES):
        assert reading._claim() == (file.id, "none") and reading._claim() is None
        later(minutes=3 * (number + 1))

    assert reading._claim() is None and file.text_state == "failed"


def test_a_table_shows_its_first_rows(world, folder):
    file = add('vārds;skaits\r\n"a;b";2\r\n\r\n'.encode() + b"x;1\r\n" * 100, "a.csv")

    assert files.first_rows(file, rows=3) == [["vārds", "skaits"], ["a;b", "2"], ["x", "1"]]
    assert files.first_rows(add(b"words", "a.txt")) == []


def test_a_store_that_is_away_costs_a_document_no_try(world, folder, monkeypatch, later):
    file = add(docx("Vārdi"), "a.docx")
    with monkeypatch.context() as away:
        away.setattr(reading, "open_blob", lambda _digest: (_ for _ in ()).throw(OSError("away")))
        for number in range(reading.MOST_TRIES + 1):
            assert files.work_one()
            later(minutes=3 * (number + 1))

    files.work_one()

    assert file.text_state == "read"
