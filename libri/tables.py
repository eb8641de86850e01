"""Tables that people send: text in whatever encoding their program wrote, cells between whatever it put there."""

from __future__ import annotations

import codecs
import csv
import re

DELIMITERS = ("\t", ";", ",")
_WORD = re.compile(rb"[A-Za-z\x80-\xff]+")
_ASCII = re.compile(rb"[A-Za-z]")


class NotText(ValueError):
    """The file is no table of text."""


def decode(content: bytes) -> str:
    """The text of a file: UTF-8 or UTF-16, else Windows-1251 where words are of foreign letters only (Cyrillic), else Windows-1257.

    Raises NotText for what no encoding explains, such as a picture or a spreadsheet that is not CSV.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decoded(content, "utf-16")
    if b"\x00" in content[:200]:
        return _decoded(content, "utf-16-le" if content[1:2] == b"\x00" else "utf-16-be")
    try:
        return _plain(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        foreign = [word for word in _WORD.findall(content[:100_000]) if not word.isascii()]
        whole = sum(1 for word in foreign if not _ASCII.search(word))  # Latvian words mix plain letters with ā, Cyrillic ones do not
        return _decoded(content, "cp1251" if whole * 2 > len(foreign) else "cp1257")


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return _plain(content.decode(encoding))
    except UnicodeDecodeError as wrong:
        raise NotText from wrong


def _plain(text: str) -> str:
    if any(ord(letter) < 32 and letter not in "\t\r\n" for letter in text[:2000]):
        raise NotText
    return text


def cells(text: str) -> list[tuple[int, list[str]]]:
    """The rows that hold something, as (line number from 1, cells); the sign between cells is the one most lines hold."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    delimiter = max(DELIMITERS, key=lambda sign: sum(sign in line for line in lines))
    rows = []
    for number, line in enumerate(lines, 1):
        found = [cell.strip() for cell in next(csv.reader([line[:4000]], delimiter=delimiter), [])]
        if any(found):
            rows.append((number, found))
    return rows
