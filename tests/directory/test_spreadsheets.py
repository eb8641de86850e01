"""Reading tables: encodings, delimiters, XLSX, and files that are no table or would do harm (S42, S51)."""

import io
import zipfile

import openpyxl
import pytest

from libri.directory import spreadsheets
from libri.directory.models import ImportDraft

from .test_imports import as_csv, number_of, upload


@pytest.mark.parametrize(("text", "encoding"), [("Šķēde un ūdens", "cp1257"), ("Бібліотека імені Лесі", "cp1251"),
                                                ("Médiathèque de l’été", "cp1252"), ("Rēzekne 📚", "utf-8-sig"), ("Rēzekne", "utf-16")])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encoding_and_delimiter_are_found_out(text, encoding, delimiter):
    content = as_csv([["id", "name", "city"], ["a", f"{text}, x; y", "Ogre"]], encoding, delimiter)

    assert spreadsheets.read(content)[1] == ["a", f"{text}, x; y", "Ogre"]


def test_an_xlsx_is_read_as_its_cells_show():
    book = openpyxl.Workbook()
    for row in (["id", "latitude", "venue_capacity", "phone", "demo"], ["a", 56.95, 40.0, "'+371 2612 3456", True], [], [None]):
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)

    assert spreadsheets.read(file.getvalue())[1:] == [["a", "56.95", "40", "+371 2612 3456", "yes"]]


def archive(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in {"xl/workbook.xml": b"<workbook/>", **parts}.items():
            made.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize("content", [
    b"", b"id,name\n", b"\x00\x01\x02\x03", b'id,name\n"never closed', b"PK\x03\x04 and nothing", archive(),
    archive(**{"xl/x.xml": b"0" * 60_000_000}),
    archive(**{"xl/x.xml": b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'}), archive(**{f"{number}.bin": b"" for number in range(5001)}),
    archive()[:-10], b"\x89PNG\r\n\x1a\n" + bytes(100), b"%PDF-1.7\nx\n", b"id\n" + b"a\n" * 5002, b",".join([b"c"] * 90) + b"\nx\n",
], ids=range(14))
def test_what_is_no_table_is_refused_with_a_sentence(cast, browse, content):
    cast.dina.language = "en"

    page = upload(browse(cast.dina), content, "table.xlsx")

    assert page.status in (303, 422)
    assert page.status == 303 or page.texts("//*[contains(@class, 'field__error')]")
    assert number_of(ImportDraft) == (page.status == 303)


def test_signs_that_hide_or_turn_text_are_taken_out():
    assert spreadsheets.read("id,name\na,A\u202edmin\u200b B\n".encode())[1] == ["a", "Admin B"]
