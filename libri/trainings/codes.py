"""Addresses as drawings for a camera (QR)."""

from __future__ import annotations

import io

from flask import current_app
from markupsafe import Markup

from . import reaching


def address(endpoint: str, **values) -> str:
    """The whole address of a page of trainings, also where no request is."""
    return current_app.config["BASE_URL"] + reaching.path(endpoint, **values)


def drawn(text: str) -> str:
    """The drawing as SVG, black on white, without any style of its own."""
    import segno

    drawing = io.BytesIO()
    segno.make(text, error="m", micro=False).save(drawing, kind="svg", border=2, dark="#000", light="#fff", xmldecl=False, svgclass=None,
                                                  lineclass=None, omitsize=True)
    return drawing.getvalue().decode()


def for_page(text: str) -> Markup:
    """The same, to stand in a page."""
    return Markup(drawn(text))  # noqa: S704 (drawn by segno of an address we made)
