"""The request log: one line a request, without personal data – the route, never the address; no names, no queries (S64)."""

from __future__ import annotations

import logging
import re
import secrets
import time
import traceback

from flask import Flask, current_app, g, request

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
SAYS_NO_DATA = (AttributeError, NameError, ImportError, AssertionError, RecursionError)
"""Errors whose own words are about our code; those of all others may hold what people wrote and are left out."""


class OneLine(logging.Formatter):
    """A formatter whose every record is one clean line; of an error it tells the kind and the places, never the values."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 (the name is logging's)
        record.message = clean(record.message)
        return super().formatMessage(record)

    def formatException(self, ei) -> str:  # noqa: N802
        lines, error, seen = [], ei[1], 0
        while error is not None and seen < 4:
            words = f": {clean(str(error))[:300]}" if isinstance(error, SAYS_NO_DATA) else ""
            lines.append(f"  {type(error).__module__}.{type(error).__name__}{words}")
            lines += [f"    {frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)[-12:]]
            error, seen = error.__cause__ or error.__context__, seen + 1
        return "\n".join(lines)


def clean(text: str) -> str:
    """`text` with control characters and line ends shown instead of obeyed."""
    return _CONTROL.sub(lambda sign: f"\\x{ord(sign[0]):02x}", text)


def init_app(app: Flask) -> None:
    """Give each request an id and write its line when it is answered."""
    handler = logging.StreamHandler()
    handler.setFormatter(OneLine("%(asctime)s %(levelname)s %(message)s"))
    app.logger.handlers[:] = [handler]
    app.logger.propagate = False
    app.logger.setLevel(app.config["LOG_LEVEL"])
    app.url_value_preprocessors.setdefault(None, []).append(_begin)  # the first thing that happens to a request
    app.after_request(_end)


def _begin(endpoint=None, view_args=None) -> None:
    g.request_id = secrets.token_hex(6)
    g.began = time.perf_counter()


def _end(response):
    rule = request.url_rule.rule if request.url_rule else "-"
    spent = (time.perf_counter() - g.get("began", time.perf_counter())) * 1000
    method = request.method if request.method.isalpha() and len(request.method) < 10 else "?"
    current_app.logger.info("%s %s %s %s %.0fms", g.get("request_id", "-"), method, rule, response.status_code, spent)
    response.headers["X-Request-Id"] = g.get("request_id", "-")
    return response
