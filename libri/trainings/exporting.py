"""Participants as XLSX, CSV or PDF: at once when they are few, by the worker when they are many (E28)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from pathlib import Path

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import and_, or_, select, update
from sqlalchemy.orm import joinedload, raiseload

from .. import files
from ..db import aside, db, now, write_tx
from ..directory.spreadsheets import Cell, csv_file, xlsx_file
from ..exchange.printing import pdf
from ..i18n import lang, language_name, speaking
from . import attending, times
from .models import Event, Export, Registration
from .queries import participants as queries
from .queries import questions
from .words import REGISTRATION_STATES

FEW = 500
"""Rows that are written while somebody waits for the page."""
REPORTED = 500
"""Rows between two reports of progress."""
AGAIN_AFTER = timedelta(minutes=10)
"""When a worker that stopped in the middle is taken for dead."""
KEPT = timedelta(days=1)
TEMPLATE = Path(__file__).parent / "participants.typ"


def written(event: Event, format: str, asked: queries.Asked, report: Callable[[int], None] = lambda done: None) -> bytes:
    """The participants of an event as a file in the language being spoken; load its organiser. `report` hears how far it is."""
    title = str(event.title)
    if format == "pdf":
        return pdf(_content(event, list(_reported(queries.all_of(event.id, asked), report, _short_row))), TEMPLATE)
    asked_of = db.session.scalars(questions.of(event.id)).all()
    columns = [(question.id, question.kind, str(question.label), question.option_labels()) for question in asked_of]
    hours = attending.hours_of(event) or {}
    rows = _reported(queries.all_of(event.id, asked), report, lambda one: _row(event, one, columns, hours))
    header = [*map(str, _header()), *(label for _id, _kind, label, _options in columns)]
    return xlsx_file(header, rows, title) if format == "xlsx" else csv_file(header, rows)


def _reported(found: Iterable[Registration], report: Callable[[int], None], shape: Callable) -> Iterator:
    for number, one in enumerate(found, 1):
        yield shape(one)
        if number % REPORTED == 0:
            report(number)


def _header() -> list[str]:
    return [_("No."), _("Name"), _("E-mail"), _("Organisation"), _("City"), _("Country"), _("State"), _("Hours attended"),
            _("Registered on"), _("Languages to follow in"), _("Note")]


def _row(event: Event, one: Registration, columns: list[tuple], hours: dict[int, float]) -> list[Cell]:
    place = one.organisation
    answers = {answer.question_id: answer.value for answer in one.answers}
    day = times.local_day(one.created_at, event.timezone).isoformat()
    return [one.arrived, one.name, one.address or "", place.name_in(lang())[1] if place else one.guest_organisation, place.city if place else "",
            place.country if place else "", str(REGISTRATION_STATES[one.status]), hours.get(one.id), day,
            ", ".join(map(language_name, one.languages)), one.note, *(_answer(answers.get(number), kind, options)
                                                                       for number, kind, _label, options in columns)]


def _answer(value, kind: str, options: dict) -> Cell:
    if value is None:
        return ""
    if kind in ("choice", "choices"):
        return ", ".join(str(options.get(code, code)) for code in (value if isinstance(value, list) else [value]))
    if kind == "yes_no":
        return _("Yes") if value == "yes" else _("No")
    return value if kind == "number" else str(value)


def _short_row(one: Registration) -> list[str]:
    place = one.organisation
    return [str(one.arrived), one.name, place.name_in(lang())[1] if place else one.guest_organisation, str(REGISTRATION_STATES[one.status]),
            ", ".join(one.languages)]


def _content(event: Event, rows: list[list[str]]) -> dict:
    language, title = event.title.best(lang())
    return {"lang": lang(), "title": title, "title_lang": language, "heading": _("Participants"), "rows": rows,
            "when": f"{times.span(event.starts_at, event.ends_at, event.timezone).striptags()}, "
                    f"{times.zone_name(event.timezone, event.starts_at, event.ends_at)}",
            "columns": [_("No."), _("Name"), _("Organisation"), _("State"), _("Languages")],
            "footer": _("For the organiser only. Delete this file when you no longer need it.")}


# ---- by the worker ---------------------------------------------------------------------------------------------------


def make_next() -> int:
    """Make the file that has waited longest; return 1, or 0 when none waits. One that fails says so on its page."""
    export_id = _take()
    if export_id is None:
        return 0
    try:
        _make(export_id)
    except Exception:
        current_app.logger.exception("the export %s failed", export_id)
        db.session.rollback()
        _end(export_id, "failed")
    return 1


def _take() -> int | None:
    due = or_(Export.status == "waiting", and_(Export.status == "making", Export.begun_at < now() - AGAIN_AFTER))
    first = select(Export.id).where(due).order_by(Export.id).limit(1)
    if db.session.scalar(first) is None:
        db.session.rollback()
        return None
    with write_tx() as session:
        found = session.scalar(select(Export).where(due).order_by(Export.id).limit(1).with_for_update(skip_locked=True, of=Export))
        if found is None:
            return None
        found.status, found.begun_at, found.done = "making", now(), 0
        return found.id


def _make(export_id: int) -> None:
    one = db.session.scalars(select(Export).where(Export.id == export_id).options(
        joinedload(Export.stored), joinedload(Export.member), joinedload(Export.event).joinedload(Event.organiser), raiseload("*"))).one()
    event, format, asked = one.event, one.format, queries.Asked(**one.asked)
    with speaking(one.member.language):
        content = written(event, format, asked, lambda done: _note(export_id, done))
    db.session.rollback()
    _end(export_id, "ready", files.made(content, f"participants.{format}", one.member_id))


def _note(export_id: int, done: int) -> None:
    """Note how far an export is, beside its own reading."""
    with aside() as connection:
        connection.execute(update(Export).where(Export.id == export_id).values(done=done))


def _end(export_id: int, status: str, taken: files.Taken | None = None) -> None:
    """Note how it ended, unless somebody else ended it or nobody wants it any more: then no file is left without its export."""
    with write_tx() as session:
        export = session.scalar(select(Export).where(Export.id == export_id, Export.status == "making").with_for_update(of=Export))
        if export is not None:
            export.status, export.stored = status, files.add(taken) if taken else None


def forget() -> int:
    """Delete files asked for more than a day ago; return how many."""
    left = []
    with write_tx() as session:
        old = session.scalars(select(Export).where(Export.at < now() - KEPT)).all()
        for one in old:
            left += take_away(one)
    files.forget(left)
    return len(old)


def take_away(export: Export) -> list[str]:
    """Delete an export and its file's row, inside write_tx(); return what `files.forget()` takes after it."""
    stored = export.stored
    db.session.delete(export)
    db.session.flush()
    return files.remove(stored) if stored is not None else []
