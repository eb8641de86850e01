"""Reading a document in a process of its own, bounded in time and memory: run by path, it imports nothing of LiBri.

    python -I bounded.py SUFFIX DOCUMENT PREVIEW   writes {"text": …, "pages": …} to its output and maybe a picture to PREVIEW
"""

from __future__ import annotations

import contextlib
import io
import json
import re
import resource
import sys
import zipfile
from xml.parsers import expat

MB = 1024 * 1024
MEMORY, SECONDS, WRITTEN = 900 * MB, 20, 20 * MB
MOST_LETTERS = 400_000
MOST_PAGES = 400
MOST_XML = 80 * MB
PREVIEW_SIDE = 900
_PARTS = {"docx": r"word/document\.xml", "pptx": r"ppt/slides/slide(\d+)\.xml", "odt": r"content\.xml", "odp": r"content\.xml",
          "ods": r"content\.xml", "xlsx": r"xl/sharedStrings\.xml"}
_PICTURES = ("docProps/thumbnail.jpeg", "Thumbnails/thumbnail.png")
_BREAKS = {"p": "\n", "h": "\n", "br": "\n", "line-break": "\n", "tab": " ", "s": " ", "si": "\n"}


def decoded(content: bytes) -> str:
    """Text as UTF-8, or else as the older Cyrillic or Baltic encoding that its letters suggest."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        high = sum(byte >= 0xC0 for byte in content)
        letters = sum(65 <= byte <= 90 or 97 <= byte <= 122 for byte in content)
        return content.decode("cp1251" if high > letters else "cp1257", errors="replace")


def read_text(path: str) -> dict:
    """The text of a plain file."""
    with open(path, "rb") as file:
        return {"text": decoded(file.read())[:MOST_LETTERS]}


def read_pdf(path: str, preview: str) -> dict:
    """The text of a PDF; its first page as a picture."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    pages, texts, letters = len(document), [], 0
    if pages:
        _draw(document[0], preview)
    for number in range(min(pages, MOST_PAGES)):
        text = document[number].get_textpage().get_text_bounded()
        texts.append(text)
        letters += len(text)
        if letters > MOST_LETTERS:
            break
    return {"text": "\n".join(texts)[:MOST_LETTERS], "pages": pages}


def _draw(page, preview: str) -> None:
    width, height = page.get_size()
    scale = PREVIEW_SIDE / max(width, height, 1)
    page.render(scale=min(scale, 4)).to_pil().convert("RGB").save(preview, "WEBP", quality=80)


def read_office(suffix: str, path: str, preview: str) -> dict:
    """The text of a file of Office or LibreOffice, in the order of its parts; the small picture its program left in it."""
    with zipfile.ZipFile(path) as folder:
        parts = sorted((found for name in folder.namelist() if (found := re.fullmatch(_PARTS[suffix], name))),
                       key=lambda found: int(found.group(1)) if found.groups() else 0)
        texts = []
        for part in parts[:MOST_PAGES]:
            texts.append(_words(folder, part.string))
            if sum(map(len, texts)) > MOST_LETTERS:
                break
        _embedded(folder, preview)
    return {"text": "\n".join(texts)[:MOST_LETTERS], "pages": len(parts) if suffix == "pptx" else None}


class _Enough(Exception):
    """More letters than we keep."""


def _words(folder: zipfile.ZipFile, name: str) -> str:
    """What stands in the paragraphs of one part, read piece by piece."""
    if folder.getinfo(name).file_size > MOST_XML:
        raise ValueError("too large")
    out: list[str] = []
    state = {"inside": 0, "letters": 0}
    wanted = ("t",) if name.endswith(".xml") and "/" in name else ("p", "h")

    def begin(tag, _attributes):
        state["inside"] += tag.rpartition("}")[2] in wanted

    def end(tag):
        tag = tag.rpartition("}")[2]
        state["inside"] -= tag in wanted
        if tag in _BREAKS:
            out.append(_BREAKS[tag])

    def letters(text):
        if state["inside"]:
            out.append(text)
            state["letters"] += len(text)
            if state["letters"] > MOST_LETTERS:
                raise _Enough

    parser = expat.ParserCreate(namespace_separator="}")
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = begin, end, letters
    with folder.open(name) as part, contextlib.suppress(_Enough):
        parser.ParseFile(part)
    return "".join(out)


def _embedded(folder: zipfile.ZipFile, preview: str) -> None:
    from PIL import Image

    name = next((name for name in _PICTURES if name in folder.namelist()), None)
    if name and folder.getinfo(name).file_size < 5 * MB:
        with Image.open(io.BytesIO(folder.read(name)), formats=("JPEG", "PNG")) as picture:
            picture.thumbnail((PREVIEW_SIDE, PREVIEW_SIDE))
            picture.convert("RGB").save(preview, "WEBP", quality=80)


def bound() -> None:
    """Let this process have so much and no more."""
    for what, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_FSIZE, WRITTEN), (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(what, (most, most))


def main(suffix: str, path: str, preview: str) -> None:
    """Bound this process, read, and say what was read."""
    bound()
    if suffix == "pdf":
        found = read_pdf(path, preview)
    else:
        found = read_office(suffix, path, preview) if suffix in _PARTS else read_text(path)
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
