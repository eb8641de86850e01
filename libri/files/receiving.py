"""How large a request each view takes, and where its parts wait: in the folder of uploads, never in memory (S40, S47)."""

from __future__ import annotations

import copy
import tempfile
from collections.abc import Callable
from typing import BinaryIO, TypeVar

from flask import Flask, Request, current_app, request, session
from itsdangerous import BadData
from waitress.parser import HTTPRequestParser
from werkzeug.http import parse_cookie

from ..config import UPLOAD_BYTES
from .kinds import MB, RESOURCE, Allowed, size_in_words
from .store import incoming

V = TypeVar("V", bound=Callable)
IN_MEMORY = 256 * 1024
FOR_THE_FORM = MB


class LibriRequest(Request):
    """A request whose files wait in a nameless file of our own folder, so that a full /tmp or a lost connection leaves nothing."""

    def _get_file_stream(self, total_content_length, content_type, filename=None, content_length=None) -> BinaryIO:
        return tempfile.SpooledTemporaryFile(IN_MEMORY, "w+b", dir=incoming())  # type: ignore[return-value]


def init_app(app: Flask) -> None:
    """Receive files; before anything reads the request."""
    app.request_class = LibriRequest
    app.url_value_preprocessors.setdefault(None, []).insert(0, _allow)
    app.jinja_env.filters["size"] = size_in_words


def takes(allowed: Allowed = RESOURCE) -> Callable[[V], V]:
    """Mark a view, below its route, as one that takes files of a place: its requests may be that large."""

    def marked(view: V) -> V:
        view.takes_files = allowed  # type: ignore[attr-defined]
        return view

    return marked


def _allow(endpoint: str | None, _values) -> None:
    """Let somebody signed in send what the view takes; everybody else, and every other view, stay within MAX_CONTENT_LENGTH."""
    allowed = getattr(current_app.view_functions.get(endpoint or ""), "takes_files", None)
    if allowed and "_user_id" in session:
        request.max_content_length = min(allowed.largest, current_app.config["FILE_MB"] * MB) + FOR_THE_FORM


def parser_for(app: Flask) -> type[HTTPRequestParser]:
    """How our web server reads requests: only somebody signed in may send more than a small file, so that nobody else fills the disk."""
    sessions = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]

    def is_signed_in(cookies: str) -> bool:
        try:
            return "_user_id" in sessions.loads(parse_cookie(cookies).get(app.config["SESSION_COOKIE_NAME"], ""))
        except BadData:
            return False

    class Parser(HTTPRequestParser):
        def parse_header(self, header_plus):
            super().parse_header(header_plus)
            if (self.chunked or self.content_length > UPLOAD_BYTES) and not is_signed_in(self.headers.get("COOKIE", "")):
                self.adj = copy.copy(self.adj)
                self.adj.max_request_body_size = UPLOAD_BYTES + FOR_THE_FORM

    return Parser
