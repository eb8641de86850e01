"""Cards for address books: vCard 4.0 (RFC 6350), escaped and folded."""

from __future__ import annotations

import re
from collections.abc import Sequence

Property = tuple[str, str | Sequence[str]]
"""A name and its text, or a name and the components of a structured text."""

_CONTROL = re.compile("[\0-\x09\x0b-\x1f\x7f\x85\u2028\u2029\ud800-\udfff]")


class Uri(str):
    """A value that is an address: its commas and semicolons belong to it."""


def escape(text: str) -> str:
    """A text as a value of a card: no sign in it can end the value or begin a line of its own (S52)."""
    text = _CONTROL.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
    return text.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;").replace("\n", "\\n")


def fold(text: str) -> bytes:
    """A line in parts of at most 75 octets that split no letter, ended by CRLF."""
    parts, part = [], b""
    for letter in text:
        octets = letter.encode()
        if len(part) + len(octets) > (75 if not parts else 74):
            parts.append(part)
            part = b""
        part += octets
    return b"\r\n ".join([*parts, part]) + b"\r\n"


def card(properties: Sequence[Property]) -> bytes:
    """One card; properties without text are left out."""
    lines = [b"BEGIN:VCARD\r\n", b"VERSION:4.0\r\n"]
    for name, value in properties:
        if isinstance(value, str) and value:
            lines.append(fold(f"{name}:{_CONTROL.sub('', value.replace(chr(10), '')) if isinstance(value, Uri) else escape(value)}"))
        elif not isinstance(value, str) and any(value):
            separator = "," if name == "CATEGORIES" else ";"
            lines.append(fold(f"{name}:{separator.join(map(escape, value))}"))
    return b"".join([*lines, b"END:VCARD\r\n"])
