"""Sending files: as attachments, sandboxed, in ranges, whole or with a sentence (S44)."""

from __future__ import annotations

import tempfile
import unicodedata
from collections.abc import Iterable
from typing import BinaryIO
from urllib.parse import quote

from flask import Response, current_app, request
from flask_babel import gettext as _
from werkzeug.exceptions import RequestedRangeNotSatisfiable
from werkzeug.wsgi import FileWrapper, _RangeWrapper

from ..pages import error_page
from .models import StoredFile
from .store import Missing, incoming, the_store

SANDBOX = {"Content-Security-Policy": "default-src 'none'; sandbox", "X-Content-Type-Options": "nosniff",
           "Cache-Control": "private, no-store"}
PIECE = 1024 * 1024
INLINE = frozenset({"image/png", "image/jpeg", "image/webp"})
"""What the browser may show by itself; everything else is kept as a file."""


def open_blob(digest: str) -> BinaryIO:
    """The content of a digest, to be read and sought in; raises Missing, or OSError when the store does not answer."""
    return the_store().open(digest)


def read(file: StoredFile) -> bytes | None:
    """The whole content of a small file, or None when it is not there."""
    try:
        with open_blob(file.digest) as content:
            return content.read()
    except Missing:
        return None


def send(file: StoredFile, *, inline: bool = False, name: str | None = None) -> Response:
    """Answer with a file the reader may see, to be kept, or to be looked at if it is a picture; the caller asked for rights."""
    if file.scan == "infected":
        return error_page(404, _("The virus scanner found something harmful in this file. It is not handed out."))
    if not file.may_be_sent:
        return error_page(409, _("This file is still being checked for viruses. Try again in a few minutes."))
    return _send(file.digest, file.size, file.media_type, name or file.name, inline and file.media_type in INLINE)


def send_preview(file: StoredFile) -> Response:
    """Answer with the small picture of a file: a drawn smaller picture, or its first page."""
    if file.may_be_sent and file.preview_digest:
        return _send(file.preview_digest, None, "image/webp", "preview.webp", True)
    return send(file, inline=True) if file.kind == "picture" else error_page(404)


def _send(digest: str, size: int | None, media_type: str, name: str, inline: bool) -> Response:
    try:
        content = open_blob(digest)
        there = content.seek(0, 2)
        content.seek(0)
        if size not in (None, there):
            raise Missing(digest)
        return _in_ranges(content, digest, there, media_type, name, inline)
    except Missing:
        current_app.logger.error("the content %s is missing in the store", digest)
        return error_page(404, _("This file is missing in our storage. Please write to the office."))
    except OSError as wrong:
        current_app.logger.error("the store does not answer: %s", wrong)
        return error_page(503, _("Our storage does not answer at the moment. Try again in a few minutes."))


def _in_ranges(content: BinaryIO, digest: str, size: int, media_type: str, name: str, inline: bool) -> Response:
    answer = Response(direct_passthrough=True)
    answer.headers["Content-Type"] = f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type
    answer.headers.set("Content-Disposition", "inline" if inline else "attachment", **_names(name))
    answer.content_length = size
    answer.set_etag(digest[:32])
    answer.headers.update(SANDBOX)
    try:
        answer.make_conditional(request.environ, accept_ranges=True, complete_length=size)
    except RequestedRangeNotSatisfiable:
        content.close()
        return Response(status=416, headers={"Content-Range": f"bytes */{size}", **SANDBOX})
    if request.method == "HEAD" or answer.status_code == 304:
        content.close()
        return answer
    start = (answer.content_range.start or 0) if answer.status_code == 206 else 0
    answer.response = _body(content, start, answer.content_length or 0)
    return answer


def _body(content: BinaryIO, start: int, length: int) -> Iterable[bytes]:
    """A part of a content as the server likes it best: a file of its own machine, which a slow reader keeps but no thread waits for."""
    content.seek(start)
    if not the_store().is_folder:
        here = tempfile.TemporaryFile(dir=incoming())  # noqa: SIM115 (closed by the server when it is sent)
        with content:
            for left in range(length, 0, -PIECE):
                here.write(content.read(min(PIECE, left)))
        here.seek(0)
        content, start = here, 0
    if "wsgi.file_wrapper" in request.environ:
        return request.environ["wsgi.file_wrapper"](content, 64 * 1024)
    return _RangeWrapper(FileWrapper(content), start, length)


def _names(name: str) -> dict[str, str]:
    """The name in the two ways of RFC 6266: in plain letters for old programs, and as it is."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii")
    if plain == name:
        return {"filename": name}
    stem, dot, suffix = plain.rpartition(".")
    return {"filename": f"{stem.strip() or 'file'}{dot}{suffix}", "filename*": f"UTF-8''{quote(name, safe='!#$&+-.^_`|~')}"}
