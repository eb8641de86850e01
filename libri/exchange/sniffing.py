"""What a file really is: its content must be what its name says, and nothing that harms (S41, S42)."""

from __future__ import annotations

import io
import re
import zipfile

from flask_babel import lazy_gettext as _l

MOST_UNPACKED = 200 * 1024 * 1024
MOST_ENTRIES = 5000
MOST_RATIO = 100
PICTURES = ("jpg", "jpeg", "png", "webp", "gif")
TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "txt": "text/plain",
    "csv": "text/csv",
}
"""The files we take and the type each is sent with; from this table, never from the browser."""
_INSIDE = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
_MARKUP = re.compile(rb"<\s*(!doctype|html|head|body|script|svg|iframe|object|embed|\?xml|\?php)", re.IGNORECASE)
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")


class NotTaken(ValueError):
    """A file we do not take; the sentence says why and what to do."""

    def __init__(self, sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


def suffix_of(name: str) -> str:
    """The ending of a file's name, in small letters."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def check(name: str, content: bytes) -> str:
    """The type of a file that is no picture; raises NotTaken for what is not what it says, or not on our list."""
    suffix = suffix_of(name)
    if suffix not in TYPES:
        raise NotTaken(_l("We take JPEG, PNG, WebP, GIF, PDF, DOCX, ODT, XLSX, PPTX, TXT and CSV. Save the file as one of these."))
    good = {"pdf": _is_pdf, "txt": _is_text, "csv": _is_text, "odt": _is_odt}.get(suffix, _is_office)
    if not good(suffix, content):
        raise NotTaken(_l("The content of this file is not what its name says. Open it in its program and save it again."))
    return TYPES[suffix]


def _is_pdf(_suffix: str, content: bytes) -> bool:
    return content.startswith(b"%PDF-") and b"%%EOF" in content[-2048:] and not _MARKUP.search(content[:1024])


def _is_text(_suffix: str, content: bytes) -> bool:
    """Text in UTF-8 or an older encoding of eight bits: no control characters, and nothing a browser might take for a page."""
    return not _CONTROL.search(content) and not _MARKUP.search(content[:4096])


def _is_odt(suffix: str, content: bytes) -> bool:
    folder = _opened(content)
    if folder is None or "mimetype" not in folder.namelist() or folder.getinfo("mimetype").file_size > 200:
        return False
    return folder.read("mimetype").strip() == TYPES[suffix].encode() and not _has_macros(folder)


def _is_office(suffix: str, content: bytes) -> bool:
    folder = _opened(content)
    if folder is None:
        return False
    names = folder.namelist()
    return "[Content_Types].xml" in names and _INSIDE[suffix] in names and not _has_macros(folder)


def _opened(content: bytes) -> zipfile.ZipFile | None:
    """The archive, if its table of contents promises no bomb; nothing is unpacked here."""
    if not content.startswith(b"PK\x03\x04"):
        return None
    try:
        folder = zipfile.ZipFile(io.BytesIO(content))
        entries = folder.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return None
    unpacked = sum(entry.file_size for entry in entries)
    worst = max((entry.file_size / max(entry.compress_size, 1) for entry in entries if entry.file_size > 1024 * 1024), default=0)
    if len(entries) > MOST_ENTRIES or unpacked > MOST_UNPACKED or worst > MOST_RATIO or any(entry.flag_bits & 1 for entry in entries):
        return None
    return folder


def _has_macros(folder: zipfile.ZipFile) -> bool:
    return any(re.search(r"vbaProject|(^|/)Basic/|(^|/)Scripts/|\.(exe|dll|js|vbs|bat|cmd|ps1|jar)$", name, re.IGNORECASE)
               for name in folder.namelist())
