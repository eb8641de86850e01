"""What a file really is: its content must be what its name says, and nothing that harms (S41, S42)."""

from __future__ import annotations

import re
import zipfile
from typing import BinaryIO

from flask_babel import lazy_gettext as _l

from .kinds import MB, TYPES, NotTaken

MOST_UNPACKED = 200 * MB
MOST_ENTRIES = 5000
MOST_RATIO = 100
_INSIDE = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
_MARKUP = re.compile(rb"<\s*(!doctype|html|head|body|script|svg|iframe|object|embed|\?xml|\?php)", re.IGNORECASE)
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_RUNS = re.compile(r"vbaProject|(^|/)Basic/|(^|/)Scripts/|\.(exe|dll|msi|com|scr|js|mjs|vbs|bat|cmd|ps1|sh|jar|apk|hta|lnk)$", re.IGNORECASE)
_NEVER_PACKED = re.compile(r"\.(html?|xhtml|svg|zip|7z|rar|gz|tgz|bz2|xz|tar|iso)$", re.IGNORECASE)
_MEDIA = {
    "mp3": re.compile(rb"ID3|\xff[\xe2\xe3\xf2\xf3\xfa\xfb]"), "ogg": re.compile(rb"OggS"), "wav": re.compile(rb"RIFF....WAVE", re.S),
    "m4a": re.compile(rb"....ftyp", re.S), "mp4": re.compile(rb"....ftyp", re.S), "webm": re.compile(rb"\x1a\x45\xdf\xa3"),
}
PIECE = 1024 * 1024


def check(suffix: str, file: BinaryIO) -> None:
    """Raise NotTaken unless the content, which is no picture, is what its ending says."""
    good = {"pdf": _is_pdf, "zip": _is_archive, "docx": _is_office, "xlsx": _is_office, "pptx": _is_office, "odt": _is_open, "odp": _is_open,
            "ods": _is_open, "epub": _is_open}.get(suffix, _is_media if suffix in _MEDIA else _is_text)
    if not good(suffix, file):
        raise NotTaken(_l("The content of this file is not what its name says. Open it in its program and save it again."))


def _head(file: BinaryIO, letters: int) -> bytes:
    file.seek(0)
    return file.read(letters)


def _is_pdf(_suffix: str, file: BinaryIO) -> bool:
    head = _head(file, 1024)
    file.seek(max(0, file.seek(0, 2) - 2048))
    return head.startswith(b"%PDF-") and b"%%EOF" in file.read() and not _MARKUP.search(head)


def _is_media(suffix: str, file: BinaryIO) -> bool:
    head = _head(file, 4096)
    return bool(_MEDIA[suffix].match(head)) and not _MARKUP.search(head)


def _is_text(suffix: str, file: BinaryIO) -> bool:
    """Text in UTF-8 or an older encoding of eight bits: no control characters, and nothing a browser might take for a page."""
    if _MARKUP.search(_head(file, 4096)) or (suffix == "vtt" and not _head(file, 12).removeprefix(b"\xef\xbb\xbf").startswith(b"WEBVTT")):
        return False
    file.seek(0)
    return not any(_CONTROL.search(piece) for piece in iter(lambda: file.read(PIECE), b""))


def _is_open(suffix: str, file: BinaryIO) -> bool:
    folder = _opened(file)
    if folder is None or "mimetype" not in folder.namelist() or folder.getinfo("mimetype").file_size > 200:
        return False
    return folder.read("mimetype").strip() == TYPES[suffix][1].encode() and (suffix == "epub" or not _runs(folder))


def _is_office(suffix: str, file: BinaryIO) -> bool:
    folder = _opened(file)
    if folder is None:
        return False
    names = folder.namelist()
    return "[Content_Types].xml" in names and _INSIDE[suffix] in names and not _runs(folder)


def _is_archive(_suffix: str, file: BinaryIO) -> bool:
    """A folder of harmless files: what may run, pages and further archives stay out, and so do names that lead elsewhere."""
    folder = _opened(file)
    if folder is None:
        raise NotTaken(_l("This archive is damaged, locked or unpacks to more than 200 MB. Pack fewer files and no archives."))
    names = [name.replace("\\", "/") for name in folder.namelist()]
    if any(name.startswith("/") or ":" in name or ".." in name.split("/") for name in names):
        raise NotTaken(_l("Names in this archive lead out of it. Pack the files again."))
    if _runs(folder) or any(_NEVER_PACKED.search(name) for name in names):
        raise NotTaken(_l("We take no programs, web pages or further archives inside an archive. Take them out and pack it again."))
    return True


def _opened(file: BinaryIO) -> zipfile.ZipFile | None:
    """The archive, if its table of contents promises no bomb; nothing is unpacked here."""
    if _head(file, 4) != b"PK\x03\x04":
        return None
    try:
        folder = zipfile.ZipFile(file)
        entries = folder.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return None
    unpacked = sum(entry.file_size for entry in entries)
    worst = max((entry.file_size / max(entry.compress_size, 1) for entry in entries if entry.file_size > MB), default=0)
    if len(entries) > MOST_ENTRIES or unpacked > MOST_UNPACKED or worst > MOST_RATIO or any(entry.flag_bits & 1 for entry in entries):
        return None
    return folder


def _runs(folder: zipfile.ZipFile) -> bool:
    return any(_RUNS.search(name) for name in folder.namelist())
