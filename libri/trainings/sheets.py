"""The attendance sheet: two languages, emblem, filled from the check-in, ready to be signed (N17)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from flask import current_app
from flask_babel import gettext as _

from ..i18n import LANGUAGES, lang, speaking
from . import calendar, certificates, times
from .models import Attendance, Event, Registration, Session

TEMPLATE = Path(__file__).parent / "attendance.typ"
SESSIONS_A_SHEET = 4
"""Columns for signatures beside each other; more sessions go on further sheets."""


def two_languages(event: Event) -> tuple[str, str]:
    """The languages of a sheet when nobody chooses: the first of the event, and English, or Latvian beside English."""
    first = next((code for code in event.languages if code in LANGUAGES), "lv")
    return first, "en" if first != "en" else "lv"


def content(event: Event, people: Sequence[Registration], attended: dict[int, dict[int, Attendance]], both: Sequence[str]) -> dict[str, Any]:
    """What the sheet says, for printing.pdf(); load sessions, organiser, and of each person member and organisation."""
    parts = [event.sessions[n:n + SESSIONS_A_SHEET] for n in range(0, len(event.sessions), SESSIONS_A_SHEET)] or [[]]
    return {
        "lang": both[0], "title": _in(both, lambda: _("Attendance sheet")), "plain_title": _in(both[:1], lambda: _("Attendance sheet"))[0]["text"],
        "event": _titles(event, both), "facts": _facts(event, both), "number": _in(both, lambda: _("No.")),
        "name": _in(both, lambda: _("Name")), "organisation": _in(both, lambda: _("Organisation")),
        "signature": _in(both, lambda: _("Signature")), "by_hand": _in(both, lambda: _("Name, function, date, signature")),
        "responsible": [_in(both, lambda: _("For the organiser")), _in(both, lambda: _("Checked by"))],
        "present": _in(both, lambda: _("Checked in at the time shown; “–” means not checked in.")),
        "grant": current_app.config.get("GRANT_NUMBER") or "", "grant_label": _in(both, lambda: _("Grant agreement")),
        "sheets": [_sheet(event, people, attended, sessions, both) for sessions in parts],
        **certificates.emblems(), "funding": _in(both, lambda: _("Co-funded by the European Union"))}


def _in(both: Sequence[str], words: Callable[[], str]) -> list[dict[str, str]]:
    """Words in each of the languages."""
    found = []
    for language in both:
        with speaking(language):
            found.append({"lang": language, "text": str(words())})
    return found


def _titles(event: Event, both: Sequence[str]) -> list[dict[str, str]]:
    """The title in each language it exists in; a text that is there once stands once."""
    return [{"lang": code, "text": text} for code, text in dict.fromkeys(event.title.best(language) for language in both)]


def _facts(event: Event, both: Sequence[str]) -> list[dict[str, Any]]:
    zone = event.timezone
    rows = [(lambda: _("When"), lambda: f"{times.span(event.starts_at, event.ends_at, zone).striptags()}, "
                                        f"{times.zone_name(zone, event.starts_at, event.ends_at)}"),
            (lambda: _("Where"), lambda: calendar.place(event)),
            (lambda: _("Organiser"), lambda: event.organiser.name_in(lang())[1])]
    facts = [{"label": _in(both, label), "value": [dict(one) for one in _once(_in(both, value))]} for label, value in rows]
    return [fact for fact in facts if any(one["text"] for one in fact["value"])]


def _once(said: list[dict[str, str]]) -> list[dict[str, str]]:
    return said[:1] if len({one["text"] for one in said}) == 1 else said


def _sheet(event: Event, people: Sequence[Registration], attended: dict[int, dict[int, Attendance]], sessions: Sequence[Session],
           both: Sequence[str]) -> dict[str, Any]:
    columns = [{"title": [{"lang": code, "text": text} for code, text in dict.fromkeys(one.title.best(code) for code in both) if text],
                "when": _once(_in(both, lambda one=one: times.span(one.starts_at, one.ends_at, event.timezone).striptags()))}
               for one in sessions]
    with speaking(both[0]):
        rows = [{"name": one.name, "organisation": _organisation(one, both[0]), "marks": [_mark(event, attended[one.id].get(s.id)) for s in sessions]}
                for one in people]
    return {"columns": columns, "rows": rows}


def _organisation(registration: Registration, language: str) -> dict[str, str]:
    if registration.organisation is None:
        return {"lang": registration.language or language, "text": registration.guest_organisation}
    code, name = registration.organisation.name_in(language)
    return {"lang": code or language, "text": name}


def _mark(event: Event, attendance: Attendance | None) -> str:
    if attendance is None:
        return "–" if event.is_over else ""
    return times.clock(attendance.at, event.timezone).striptags()
