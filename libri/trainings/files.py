"""Files of trainings to take along: named, typed, and opened by no browser as a page."""

from __future__ import annotations

from flask import Response

TYPES = {"pdf": "application/pdf", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
         "csv": "text/csv; charset=utf-8", "ics": "text/calendar; charset=utf-8"}


def file(content: bytes | str, format: str, name: str) -> Response:
    """An answer that is a file to save."""
    return Response(content, headers={"Content-Type": TYPES[format], "Content-Disposition": f'attachment; filename="{name}.{format}"',
                                      "Content-Security-Policy": "default-src 'none'; sandbox"})
