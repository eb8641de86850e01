"""Small real files for the resources of the sample network: PDF, DOCX, ODP and XLSX that say what they are."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from xml.sax.saxutils import escape

_PDF = b"""#let data = json(bytes(sys.inputs.data))
#set document(title: data.title, author: "LiBri")
#set text(font: "Libertinus Serif", size: 12pt, lang: data.lang)
#set page(paper: "a4", margin: 25mm, numbering: "1")
#set par(leading: 0.75em, spacing: 1em)
#show heading: set text(fill: rgb("#0e3d48"))
#v(20mm)
#heading(level: 1, text(size: 26pt, data.title))
#v(6mm)
#rect(width: 100%, height: 3pt, fill: rgb("#d98a1f"), stroke: none)
#v(6mm)
#for line in data.lines { par(text(size: 13pt, line)) }
"""
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = ('<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
          '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
          '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
          'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>')
_RELATIONS = ('<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
              '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
              'Target="word/document.xml"/></Relationships>')
_ODP = "application/vnd.oasis.opendocument.presentation"
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"


def pdf(title: str, lines: list[str], language: str) -> bytes:
    """A document of one page."""
    import typst

    given = json.dumps({"title": title, "lines": lines, "lang": language})
    return typst.compile(input=_PDF, format="pdf", ignore_system_fonts=True, sys_inputs={"data": given})


def docx(title: str, lines: list[str], language: str) -> bytes:
    """A document to be filled in."""
    body = _paragraph(title, language, '<w:b/><w:sz w:val="40"/>') + "".join(_paragraph(line, language) for line in lines)
    return _zip({"[Content_Types].xml": _TYPES, "_rels/.rels": _RELATIONS, "word/document.xml":
                 f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>'})


def _paragraph(text: str, language: str, look: str = "") -> str:
    return f'<w:p><w:r><w:rPr>{look}<w:lang w:val="{language}"/></w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def odp(title: str, lines: list[str], language: str) -> bytes:
    """Slides: a title and one slide for each line."""
    pages = "".join(
        f'<draw:page draw:name="{number}"><draw:frame svg:x="2cm" svg:y="4cm" svg:width="24cm" svg:height="8cm"><draw:text-box>'
        f"<text:p>{escape(text)}</text:p></draw:text-box></draw:frame></draw:page>" for number, text in enumerate((title, *lines), 1))
    spaces = " ".join(f'xmlns:{name}="{_OFFICE}{place}"' for name, place in (
        ("office", "office:1.0"), ("draw", "drawing:1.0"), ("text", "text:1.0"), ("svg", "svg-compatible:1.0")))
    manifest = (f'<?xml version="1.0" encoding="UTF-8"?><m:manifest xmlns:m="{_OFFICE}manifest:1.0"><m:file-entry m:full-path="/" '
                f'm:media-type="{_ODP}"/><m:file-entry m:full-path="content.xml" m:media-type="text/xml"/></m:manifest>')
    return _zip({"mimetype": _ODP, "META-INF/manifest.xml": manifest, "content.xml":
                 f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} office:version="1.2"><office:body>'
                 f"<office:presentation>{pages}</office:presentation></office:body></office:document-content>"})


def xlsx(title: str, lines: list[str], language: str) -> bytes:
    """A table with one line for each statement and a column for the answer."""
    import xlsxwriter

    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet(language)
        sheet.set_column(0, 0, 60)
        for number, text in enumerate((title, *lines)):
            sheet.write_string(number, 0, text)
    return file.getvalue()


def _zip(parts: dict[str, str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text, zipfile.ZIP_STORED if name == "mimetype" else None)
    return file.getvalue()


MAKERS: dict[str, tuple[str, Callable[[str, list[str], str], bytes]]] = {
    "pdf": ("pdf", pdf), "docx": ("docx", docx), "pptx": ("odp", odp), "xlsx": ("xlsx", xlsx)}
"""Format in the sample → (ending of the file made for it, function that makes it)."""
