"""Small real files for tests."""

from __future__ import annotations

import functools
import io
import zipfile

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ODF = ('xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
       'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"')


def packed(entries: dict[str, bytes | str], **options) -> bytes:
    """An archive of these entries."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, **options) as folder:
        for name, content in entries.items():
            folder.writestr(name, content)
    return out.getvalue()


def docx(*paragraphs: str, **more) -> bytes:
    """A document of Word."""
    words = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    return packed({"[Content_Types].xml": "<Types/>", "word/document.xml": f"<w:document {W}><w:body>{words}</w:body></w:document>"} | more)


def odt(*paragraphs: str) -> bytes:
    """A document of LibreOffice, with a word emphasised in its middle."""
    words = "".join(f"<text:p>{text.replace(' ', ' <text:span>', 1)}</text:span></text:p>" for text in paragraphs)
    return packed({"mimetype": "application/vnd.oasis.opendocument.text",
                   "content.xml": f"<office:document-content {ODF}><office:body>{words}</office:body></office:document-content>"})


@functools.cache
def pdf(words: str = "Grāmatu galds", pages: int = 1) -> bytes:
    """A real PDF."""
    import typst

    return typst.compile("\n#pagebreak()\n".join([words] * pages).encode())
