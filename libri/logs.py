"""The request log: one line a request, without personal data – the route, never the address; no names, no queries (S64)."""

from __future__ import annotations

import logging
import secrets
import time

from flask import Flask, g, request


class OneLine(logging.Formatter):
    """A formatter whose every record starts with one clean line; line breaks in values are shown, not obeyed."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 (the name is logging's)
        record.message = record.message.encode("unicode_escape").decode() if "\n" in record.message or "\x1b" in record.message else record.message
        return super().formatMessage(record)


def init_app(app: Flask) -> None:
    """Give each request an id and write its line when it is answered."""
    handler = logging.StreamHandler()
    handler.setFormatter(OneLine("%(asctime)s %(levelname)s %(message)s"))
    app.logger.handlers[:] = [handler]
    app.logger.propagate = False
    app.logger.setLevel(app.config["LOG_LEVEL"])
    app.before_request(_begin)
    app.after_request(_end)


def _begin() -> None:
    g.request_id = secrets.token_hex(6)
    g.began = time.perf_counter()


def _end(response):
    from flask import current_app

    rule = request.url_rule.rule if request.url_rule else "-"
    spent = (time.perf_counter() - g.get("began", time.perf_counter())) * 1000
    current_app.logger.info("%s %s %s %s %.0fms", g.get("request_id", "-"), request.method, rule, response.status_code, spent)
    response.headers["X-Request-Id"] = g.get("request_id", "-")
    return response
