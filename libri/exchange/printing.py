"""Practices on paper: PDF set by Typst. What people typed goes in as data, so that nothing of it is ever markup."""

from __future__ import annotations

import json
from pathlib import Path

from flask import current_app, url_for
from flask_babel import gettext as _

from ..i18n import country_name, lang, language_name
from ..vocabularies import THEMES
from . import reading
from .cards import Card, shows_place
from .models import FieldQuestion, Practice, PracticeText
from .words import COST_BANDS, LICENCES, ORIGINS, STATES_OF_LIFE, TARGET_GROUPS

TEMPLATE = Path(__file__).parent / "practice.typ"
ACCESSIBLE = "ua-1"
"""PDF/UA-1: tagged, titled, with its language, for screen readers."""


def pdf(content: dict, template: Path = TEMPLATE) -> bytes:
    """Set `content` as PDF: accessible, or plainly when a letter is missing from the font, which the standard does not allow."""
    import typst

    given = {"input": str(template), "format": "pdf", "ignore_system_fonts": True, "sys_inputs": {"data": json.dumps(content)}}
    try:
        return typst.compile(**given, pdf_standards=ACCESSIBLE)
    except typst.TypstError as error:
        current_app.logger.warning("a PDF is not %s: %s", ACCESSIBLE, type(error).__name__)
        return typst.compile(**given)


def practice_content(practice: Practice, text: PracticeText, questions: dict[str, FieldQuestion]) -> dict:
    """What the page of a practice says, as its reader may see it, for pdf()."""
    parts = [_part(section) for section in reading.sections(practice, text, questions) if section.value or section.answer]
    return {"title": text.title, "title_lang": text.language, "lang": lang(), "lead": text.summary or None,
            "facts": [_fact(label, value, code) for label, value, code in _facts(practice, text, questions) if value],
            "sections": parts, "footer": _footer(practice)}


def _part(section: reading.Section) -> dict:
    value = section.value or section.answer
    steps = value if isinstance(value, list) else []
    return {"heading": str(section.heading), "heading_lang": lang(), "lang": section.lang, "facts": [], "steps": steps,
            "paragraphs": [] if steps else [line for line in value.split("\n") if line]}


def _fact(label, value, code: str = "") -> dict:
    return {"label": str(label), "text": str(value), "lang": code or lang()}


def _facts(practice: Practice, text: PracticeText, questions: dict[str, FieldQuestion]):
    """(label, value, language) of the facts, empty ones too."""
    if shows_place(practice, practice.organisation):
        code, name = practice.organisation.name_in(lang())
        yield _("Organisation"), name, code
        yield _("City"), practice.city, ""
    yield _("Country"), country_name(practice.country), ""
    yield _("State"), STATES_OF_LIFE[practice.life], ""
    yield _("Themes"), ", ".join(str(THEMES[code]) for code in practice.themes if code in THEMES), ""
    yield _("For whom"), ", ".join(str(TARGET_GROUPS[code]) for code in practice.target_groups if code in TARGET_GROUPS), ""
    yield _("Languages used"), ", ".join(map(language_name, practice.languages_used)), ""
    for name, label in reading.FACTS.items():
        value = getattr(practice, name)
        value = COST_BANDS[value] if name == "cost_band" and value else f"{value:g}" if isinstance(value, float) else value
        yield label, value if value is not None and value != "" else questions[name].answer if name in questions else "", ""
    yield _("Tried elsewhere"), practice.adoptions_count or "", ""
    if text.origin != "original":
        yield ORIGINS[text.origin], _("Original: %(language)s", language=language_name(practice.original_language)), ""
    yield _("Licence"), LICENCES[practice.licence], ""


def _footer(practice: Practice) -> str:
    return "LiBri · " + current_app.config["BASE_URL"] + url_for("exchange.practice", practice_id=practice.id)


def selection_content(cards: list[Card], address: str) -> dict:
    """The overview of several practices, for pdf()."""
    return {"title": _("Practices"), "title_lang": lang(), "lang": lang(), "lead": None, "facts": [], "footer": "LiBri · " + address,
            "sections": [{"heading": card.title, "heading_lang": card.lang, "lang": card.lang, "steps": [], "paragraphs": [card.summary],
                          "facts": [_fact(label, value, code) for label, value, code in _card_facts(card) if value]} for card in cards]}


def _card_facts(card: Card):
    yield _("Organisation"), card.organisation, card.organisation_lang
    yield _("Country"), ", ".join(part for part in (card.city, card.country) if part), ""
    yield _("State"), card.life, ""
    yield _("Themes"), ", ".join(card.themes), ""
    yield _("Cost"), card.cost, ""
    yield _("Staff hours a month"), "" if card.hours is None else f"{card.hours:g}", ""
    yield _("Tried elsewhere"), card.adoptions or "", ""
    yield _("Original language"), card.original, ""
