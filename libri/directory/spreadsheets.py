"""Tables as files: CSV and XLSX, written so that no cell becomes a formula, read so that no file does harm (S42, S51)."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from flask_babel import lazy_gettext as _l

from ..forms import line

MOST_ROWS = 5000
MOST_COLUMNS = 80
MOST_UNPACKED = 100 * 1024 * 1024
MOST_ENTRIES = 5000
MOST_RATIO = 100
RISKY = re.compile(r"^[\s\u00a0]*[=+\-@|\uff1d\uff0b\uff0d\uff20\uff5c\ufe62\ufe63\ufe66\ufe6b\u2212]|^[\t\r\n]")
"""What a spreadsheet program may take for a formula: = + - @ |, tab, line end, and their full-width and small forms."""

SIGNS = {"cp1257": "āčēģīķļņšūžĀČĒĢĪĶĻŅŠŪŽąęėįųłńóśź", "cp1251": "абвгдежзийклмнопрстуфхцчшщьыэюяіїєґ",
         "cp1252": "éèêàâçîïôûùëäöüßñ"}
"""Encodings of older programs – Baltic, Cyrillic, Western Windows – and the letters that speak for each."""
TWO_ALPHABETS = re.compile("[A-Za-z][а-яіїєґ]|[а-яіїєґ][A-Za-z]")

Cell = str | float | int | None


class Unreadable(ValueError):
    """A file is no table we can read; the sentence says why and what to do."""

    def __init__(self, sentence) -> None:
        super().__init__(sentence)
        self.sentence = sentence


# ---- writing ---------------------------------------------------------------------------------------------------------


def harmless(value: Cell) -> Cell:
    """A text that would be a formula gets an apostrophe before it; numbers stay numbers."""
    return f"'{value}" if isinstance(value, str) and RISKY.match(value) else value


def csv_file(header: Sequence[str], rows: Iterable[Sequence[Cell]], delimiter: str = ",") -> bytes:
    """A CSV file (RFC 4180, UTF-8 with BOM)."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_MINIMAL, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([harmless(value) for value in row] for row in rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8", "replace")


def xlsx_file(header: Sequence[str], rows: Iterable[Sequence[Cell]], title: str) -> bytes:
    """An XLSX file of one sheet; every text is written as text, never as formula, number or link."""
    import xlsxwriter

    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "constant_memory": True, "strings_to_formulas": False,
                                    "strings_to_urls": False, "strings_to_numbers": False}) as book:
        sheet = book.add_worksheet(re.sub(r"[\[\]:*?/\\']", " ", title)[:31])
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(header) - 1, 20)
        bold = book.add_format({"bold": True})
        for column, name in enumerate(header):
            sheet.write_string(0, column, name, bold)
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    if value:
                        sheet.write_string(number, column, value[:32767])
                elif value is not None:
                    sheet.write_number(number, column, value)
    return file.getvalue()


# ---- reading ---------------------------------------------------------------------------------------------------------


def read(content: bytes) -> list[list[str]]:
    """The rows of a CSV or XLSX file as clean lines of text, empty rows at the end left out. Raises Unreadable."""
    if not content:
        raise Unreadable(_l("The file is empty. Choose another one."))
    table = _read_xlsx(content) if content.startswith(b"PK") else _read_csv(content)
    while table and not any(table[-1]):
        table.pop()
    if len(table) < 2:
        raise Unreadable(_l("The table has no rows. The first row names the columns, the others hold the organisations."))
    if len(table) > MOST_ROWS + 1:
        raise Unreadable(_l("The table has more than %(num)d rows. Split it into several files.", num=MOST_ROWS))
    if max(map(len, table)) > MOST_COLUMNS:
        raise Unreadable(_l("The table has too many columns. Start from the template file."))
    return table


def _clean(value: str) -> str:
    text = line(value)
    return text[1:] if text.startswith("'") and RISKY.match(text[1:]) else text


def _read_csv(content: bytes) -> list[list[str]]:
    text = _decoded(content)
    if "\0" in text:
        raise Unreadable(_l("This file is no table. Save it as CSV or XLSX and try again."))
    first = re.sub(r'"[^"]*"', "", text[:10_000].split("\n", 1)[0])
    delimiter = max(",;\t", key=first.count)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        return [[_clean(cell) for cell in row] for _number, row in zip(range(MOST_ROWS + 2), reader, strict=False)]
    except csv.Error as wrong:
        raise Unreadable(_l("A quotation mark in this file is never closed. Save it as CSV or XLSX again and try once more.")) from wrong


def _decoded(content: bytes) -> str:
    """The text in the encoding it was most likely saved in: UTF-8, UTF-16, else Baltic, Cyrillic or Western Windows."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        tried = {name: content.decode(name, "replace") for name in SIGNS}
        return tried[max(SIGNS, key=lambda name: _likeness(tried[name], SIGNS[name]))]


def _likeness(text: str, letters: str) -> int:
    """How many letters of these languages a text has; unreadable signs and words of two alphabets speak against it."""
    return sum(map(text.count, letters)) - 9 * text.count("\ufffd") - 3 * len(TWO_ALPHABETS.findall(text))


def _read_xlsx(content: bytes) -> list[list[str]]:
    import openpyxl

    _check_archive(content)
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        rows = sheet.iter_rows(values_only=True, max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS + 1)
        return [_without_end([_clean(_as_text(value)) for value in row]) for row in rows]
    except Unreadable:
        raise
    except Exception as wrong:  # openpyxl and its parsers raise many kinds of errors for damaged files
        raise Unreadable(_l("This XLSX file is damaged. Open it, save it again, and try once more.")) from wrong


def _check_archive(content: bytes) -> None:
    """Refuse archives that unpack to too much, and parts with a document type, before anything is unpacked (S42)."""
    no_table = Unreadable(_l("This file is no table. Save it as CSV or XLSX and try again."))
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError) as wrong:
        raise no_table from wrong
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_ENTRIES or unpacked > MOST_UNPACKED or unpacked > MOST_RATIO * len(content):
        raise Unreadable(_l("This file unpacks to far more than a table needs. Copy the rows into a new file."))
    if "xl/workbook.xml" not in archive.namelist() or any(entry.flag_bits & 1 for entry in entries):
        raise no_table
    for entry in entries:
        if entry.filename.endswith((".xml", ".rels")):
            _check_part(archive, entry, no_table)


def _check_part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, no_table: Unreadable) -> None:
    try:
        start = archive.open(entry).read(4096)
    except Exception as wrong:
        raise no_table from wrong
    if b"<!DOCTYPE" in start.replace(b"\0", b"") or b"<!ENTITY" in start.replace(b"\0", b""):
        raise no_table


def _as_text(value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)


def _without_end(row: list[str]) -> list[str]:
    while row and not row[-1]:
        row.pop()
    return row
