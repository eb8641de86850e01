"""A reader of calendar files that shares nothing with the library that writes them: RFC 5545, section 3.1, by hand."""

from __future__ import annotations

import re
from datetime import UTC, datetime


def entries(text: str) -> list[dict[str, str]]:
    """The VEVENTs of a file as name → value; every rule of the line format is insisted on."""
    assert text.endswith("END:VCALENDAR\r\n") and "\n" not in text.replace("\r\n", "")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n")), "a line is longer than 75 octets"
    found: list[dict[str, str]] = []
    for line in text.replace("\r\n ", "").split("\r\n")[:-1]:
        head, value = re.fullmatch(r"([^:\"]*(?:\"[^\"]*\"[^:\"]*)*):(.*)", line).groups()
        name = head.split(";")[0]
        if line == "BEGIN:VEVENT":
            found.append({})
        elif found and name not in ("BEGIN", "END"):
            found[-1][name] = _unescaped(value)
    return found


def method(text: str) -> str:
    """What the file asks a calendar to do."""
    return re.search(r"^METHOD:(\w+)\r$", text, re.M).group(1)


def instant(value: str) -> datetime:
    """A time in UTC; any other form is refused, because it would need a table of zones."""
    return datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


def _unescaped(value: str) -> str:
    return re.sub(r"\\(.)", lambda sign: "\n" if sign[1] in "nN" else sign[1], value)
