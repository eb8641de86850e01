"""Writing a practice: beginning it, saving a section or its facts, keeping the version before, never losing a text (F19, R6)."""

from __future__ import annotations

import hashlib
import json

from sqlalchemy import select

from .. import audit
from ..db import OutOfDate, db, now
from ..members.models import Member, Organisation
from ..notices.models import tell
from . import following, telling
from .indexing import index_practice
from .models import Practice, PracticeText, PracticeVersion, WrongState
from .opening import renew_topic

FACTS = ("themes", "target_groups", "languages_used", "cost_band", "staff_hours", "group_size", "frequency_per_year", "started", "life",
         "licence", "is_public", "hides_city", "contact", "original_language")
"""What the page of facts changes."""


def begin(organisation: Organisation, author: Member, language: str, facts: dict, sections: dict) -> Practice:
    """A new draft, inside write_tx()."""
    practice = Practice(organisation_id=organisation.id, author_id=author.id, original_language=language, country=organisation.country,
                        city=organisation.city, languages_used=[language], **facts)
    practice.texts = [PracticeText(language=language, changed_by_id=author.id, **sections)]
    db.session.add(practice)
    db.session.flush()
    index_practice(practice)
    audit.record("practice.begun", practice)
    return practice


def facts_of(practice: Practice) -> dict:
    """The facts as plain values."""
    return {name: getattr(practice, name) for name in FACTS}


def fingerprint(value) -> str:
    """The version of one part: two people who edit different sections do not meet."""
    return hashlib.sha256(json.dumps(value, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:20]


def save_section(practice: Practice, section: str, value: str | list[str], seen: str, member_id: int | None) -> bool:
    """Save one section of the original, inside write_tx(); return whether anything changed.

    `seen` is the fingerprint of what the writer saw. Raises OutOfDate when somebody saved another text meanwhile, WrongState in
    the archive. A published practice keeps the version before and gets the next number.
    """
    text = practice.original
    present = getattr(text, section)
    if value == present:
        return False
    if not practice.takes_changes:
        raise WrongState
    if seen != fingerprint(present):
        raise OutOfDate
    is_read = practice.status == "published"
    if is_read:
        keep_version(practice, text)
    setattr(text, section, value)
    text.changed_by_id, text.changed_at = member_id, now()
    text.version += 1
    _touch(practice)
    audit.record("practice.changed", practice, section=section, number=practice.number)
    if is_read:
        _tell_of_change(practice, member_id)
    return True


def _tell_of_change(practice: Practice, by: int | None) -> None:
    """Tell translators that theirs is older than the original, and followers that it was changed; once until they have looked (N8, F5)."""
    said = {"title": practice.original.title, "language": practice.original_language, "by": None if practice.hides_city else by}
    translators = _translators(practice)
    for number, language in sorted(translators):
        where = telling.address("exchange.translate", practice_id=practice.id, language=language)
        tell([number], "practice.behind", where, practice, but=by, once=True, **said)
    readers = following.hear_of_practice(practice) - {number for number, _language in translators}
    tell(readers, "practice.changed", telling.address("exchange.practice", practice_id=practice.id), practice, but=by, once=True, **said)


def _translators(practice: Practice) -> set[tuple[int, str]]:
    """Who translated or checked a text that is behind, and its language: those who still write it and have not muted the practice."""
    hands = {(number, one.language) for one in practice.texts if one.is_behind(practice)
             for number in (one.translator_id, one.reviewer_id) if number}
    writes = dict(db.session.execute(select(Member.id, Member.writes).where(Member.id.in_({number for number, _language in hands}))).all())
    silent = following.muted("practice", practice.id)
    return {(number, language) for number, language in hands if number not in silent and language in writes[number]}


def keep_version(practice: Practice, text: PracticeText) -> None:
    """Keep the original as it stands under its number; the next number is the one being written."""
    db.session.add(PracticeVersion(practice_id=practice.id, language=text.language, number=practice.number, fields=text.fields(),
                                   member_id=text.changed_by_id, at=text.changed_at))
    practice.number += 1


def save_facts(practice: Practice, values: dict, seen: str) -> list[str]:
    """Save the facts, inside write_tx(); return the names of those that changed. Raises OutOfDate, WrongState."""
    present = facts_of(practice)
    changed = [name for name, value in values.items() if value != present[name]]
    if not changed:
        return []
    if not practice.takes_changes:
        raise WrongState
    if seen != fingerprint(present):
        raise OutOfDate
    for name in changed:
        if name == "original_language":
            practice.original.language = values[name]
        setattr(practice, name, values[name])
    _touch(practice)
    audit.record("practice.changed", practice, facts=changed)
    return changed


def _touch(practice: Practice) -> None:
    practice.version += 1
    practice.changed_at = now()
    index_practice(practice)
    renew_topic(practice)
