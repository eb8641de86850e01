"""Earlier versions of a practice, and the difference between any two (F19)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from flask import abort, g, request, url_for
from flask_babel import gettext as _

from ...db import db
from ...notices.reading import visited
from ...pages import render
from ...permissions import require
from .. import comparing
from ..cards import shows_place
from ..models import Practice, PracticeText
from ..queries import review as queries
from ..words import SECTIONS
from . import blueprint
from .practice import PRACTICE, find


@dataclass(frozen=True)
class Version:
    """One state of a text: its number, who wrote it, when; `name` is empty for a former member or nobody."""

    number: int
    name: str
    member_id: int | None
    at: datetime
    fields: dict
    id: int | None = None
    removed_at: datetime | None = None
    removed_reason: str = ""
    remover: str = ""

    @property
    def is_removed(self) -> bool:
        return self.removed_at is not None


@blueprint.get(f"{PRACTICE}/history")
def practice_history(practice_id: int):
    """The versions of one text, newest first, and two of them as one text."""
    practice = find(practice_id)
    require(g.can.read_network())
    language = request.args.get("language", practice.original_language)
    text = next((one for one in practice.texts if one.language == language), None) or abort(404)
    visited(practice)
    versions = [_present(practice, text), *(
        Version(one.number, _name(name, status), one.member_id, one.at, one.fields, one.id, one.removed_at, one.removed_reason, remover or "")
        for one, name, status, remover in db.session.execute(queries.versions(practice.id, language)))]
    if not shows_place(practice, practice.organisation):
        versions = [replace(one, name="", member_id=None) for one in versions]  # who wrote it would tell from where (N10)
    comparable = [one for one in versions if not one.is_removed]
    newer, older = _chosen(comparable)
    return render(
        "exchange/practice_history.html", practice=practice, text=text, versions=versions, comparable=comparable,
        may_know=g.can.moderate() or g.can.edit_practice(practice), newer=newer, older=older, sections=SECTIONS,
        differences=comparing.differences(older.fields, newer.fields) if older else [],
        trail=[(_("Experience"), url_for(".practices")), (text.title, url_for(".practice", practice_id=practice.id))])


def _present(practice: Practice, text: PracticeText) -> Version:
    name, status = db.session.execute(queries.person(text.changed_by_id)).first() or ("", "")
    number = practice.number if text.origin == "original" else text.version
    return Version(number, _name(name, status), text.changed_by_id, text.changed_at, text.fields())


def _name(name: str | None, status: str | None) -> str:
    return (name or "") if status != "closed" else ""


def _chosen(versions: list[Version]) -> tuple[Version, Version | None]:
    """The two to compare: those asked for, else the newest and the one before it."""
    by_number = {version.number: version for version in versions}
    newer = by_number.get(request.args.get("newer", type=int) or 0, versions[0])
    before = [version for version in versions if version.number < newer.number]
    older = by_number.get(request.args.get("older", type=int) or 0) or (before[0] if before else None)
    if older is not None and older.number > newer.number:
        newer, older = older, newer
    return newer, older
