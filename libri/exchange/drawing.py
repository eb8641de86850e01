"""The texts of a topic as HTML. What was drawn is kept and drawn anew only for other values: twenty texts are a third of their page's work."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from flask import current_app
from flask_login import current_user
from markupsafe import Markup

from ..catalogues import translations
from .rows import Written

MOST = 400
"""Texts that are kept,"""
LONGEST = 8_000
"""and the letters of the longest of them."""


def drawn(texts: Iterable[Written], topic_id: int, arrived: bool = False) -> list[Markup]:
    """Each text of a topic as an element of the page; the first is marked when they `arrived` while somebody reads."""
    words = translations()
    return [(_kept if _is_plain(one) else _draw)(one, topic_id, arrived and number == 0, words) for number, one in enumerate(texts)]


def _is_plain(one: Written) -> bool:
    """Whether nothing but its values says how a text looks: no file, no translation, no form with the reader's token."""
    return not (one.files or one.translation or one.machine_href or one.asks_itself) and len(one.html) <= LONGEST


def _draw(one: Written, topic_id: int, arrived: bool, _words) -> Markup:
    """The element of a text, in the language of the words."""
    template = current_app.jinja_env.get_template("exchange/_text.html")
    return Markup(template.render(reply=one, topic_id=topic_id, arrived=arrived, current_user=current_user))


_kept = lru_cache(MOST)(_draw)
