"""The kinds of files we take, what each is sent as, and how large it may be (S40, S41)."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import format_decimal
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

MB = 1024 * 1024
_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"

KINDS = {"picture": 25 * MB, "document": 25 * MB, "slides": 50 * MB, "table": 25 * MB, "text": 5 * MB, "audio": 100 * MB, "video": 250 * MB,
         "archive": 100 * MB}
"""Kind of file → the most bytes of one (S40); LIBRI_FILE_MB may lower it."""

TYPES = {
    "jpg": ("picture", "image/jpeg"), "jpeg": ("picture", "image/jpeg"), "png": ("picture", "image/png"),
    "webp": ("picture", "image/webp"), "gif": ("picture", "image/gif"),
    "pdf": ("document", "application/pdf"), "docx": ("document", f"{_OFFICE}.wordprocessingml.document"),
    "odt": ("document", f"{_OPEN}.text"), "epub": ("document", "application/epub+zip"),
    "pptx": ("slides", f"{_OFFICE}.presentationml.presentation"), "odp": ("slides", f"{_OPEN}.presentation"),
    "xlsx": ("table", f"{_OFFICE}.spreadsheetml.sheet"), "ods": ("table", f"{_OPEN}.spreadsheet"), "csv": ("table", "text/csv"),
    "txt": ("text", "text/plain"), "md": ("text", "text/markdown"), "srt": ("text", "application/x-subrip"), "vtt": ("text", "text/vtt"),
    "mp3": ("audio", "audio/mpeg"), "m4a": ("audio", "audio/mp4"), "ogg": ("audio", "audio/ogg"), "wav": ("audio", "audio/wav"),
    "mp4": ("video", "video/mp4"), "webm": ("video", "video/webm"),
    "zip": ("archive", "application/zip"),
}
"""Ending of the name → kind and the type it is sent with; from this table, never from the browser."""


class NotTaken(ValueError):
    """A file we do not take; the sentence says why and what to do."""

    def __init__(self, sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


class NoRoom(NotTaken):
    """There is no room left, or the store cannot be reached; nothing was kept."""

    def __init__(self) -> None:
        super().__init__(_l("The file could not be stored, so nothing was kept. Try again later, or write to the office."))


@dataclass(frozen=True)
class Allowed:
    """What one place takes: endings of names, the most bytes, and how its pictures are drawn anew (pixels of the longer side)."""

    suffixes: frozenset[str]
    largest: int
    side: int
    as_webp: bool = True
    square: bool = False

    @property
    def accept(self) -> str:
        """As the attribute `accept` of a field for files."""
        return ",".join(f".{suffix}" for suffix in TYPES if suffix in self.suffixes)


PICTURES = frozenset(suffix for suffix, (kind, _type) in TYPES.items() if kind == "picture")
RESOURCE = Allowed(frozenset(TYPES), max(KINDS.values()), 4000, as_webp=False)
"""A resource: everything we know; pictures keep their format and, up to 4,000 pixels, their size."""
ATTACHMENT = Allowed(PICTURES | {"pdf", "docx", "odt", "xlsx", "pptx", "txt", "csv"}, 8 * MB, 1600)
"""A photo or file of a practice or a reply."""
PORTRAIT = Allowed(PICTURES, 8 * MB, 256, square=True)
"""The picture of a member."""


def suffix_of(name: str | None) -> str:
    """The ending of a file's name, in small letters."""
    return (name or "").rpartition(".")[2].lower() if "." in (name or "") else ""


def size_in_words(size: int) -> str:
    """How large a file is, as people say it: `15 kB`, `1,2 MB`; it stays on one line."""
    is_large = size >= 1_000_000
    number = format_decimal(round(size / 1_000_000, 1) if is_large else max(1, round(size / 1000)))
    return (_("%(number)s MB", number=number) if is_large else _("%(number)s kB", number=number)).replace(" ", "\xa0")
