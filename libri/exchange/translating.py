"""One practice, many languages: saving a translation, what changed in the original since, and what a machine suggests (N8, F17)."""

from __future__ import annotations

from flask import current_app, g, url_for
from markupsafe import Markup
from sqlalchemy import delete, select

from .. import audit, machine, throttle
from ..db import OutOfDate, db, now
from ..members.models import Member
from ..notices.models import tell
from . import comparing, following
from .models import Practice, PracticeText, PracticeVersion, TranslationWish
from .queries import practices as queries


def in_language(practice: Practice, language: str) -> PracticeText | None:
    """The text in exactly this language."""
    return next((text for text in practice.texts if text.language == language), None)


def save(practice: Practice, language: str, sections: dict, seen: int, number: int, by_machine: bool) -> bool:
    """Save and show a translation, inside write_tx(); return whether it is the first in its language.

    `seen` is the version of the translation that was edited, 0 for none; `number` that of the original it was made from. The text
    before is kept. Raises OutOfDate when somebody else saved meanwhile.
    """
    text = in_language(practice, language)
    if seen != (text.version if text else 0):
        raise OutOfDate
    is_first = text is None
    if text is None:
        text = PracticeText(language=language, origin="reviewed" if by_machine else "human")
        practice.texts.append(text)
    elif text.fields() != sections:
        _keep(text)
        text.origin = "reviewed" if by_machine or text.origin in ("machine", "reviewed") else "human"
    _sign(text, is_first and not by_machine)
    for name, value in sections.items():
        setattr(text, name, value)
    text.translates_number = min(number, practice.number)
    audit.record("practice.translated", practice, language=language, number=text.translates_number)
    _tell(practice, text, is_first)
    return is_first


def _keep(text: PracticeText) -> None:
    """Keep the translation as it stands (F19)."""
    db.session.add(PracticeVersion(practice_id=text.practice_id, language=text.language, number=text.version, fields=text.fields(),
                                   member_id=text.changed_by_id, at=text.changed_at))
    text.version += 1


def _sign(text: PracticeText, is_own: bool) -> None:
    """Note whose work it is: the translator's, and of who checked or changed it afterwards."""
    if is_own:
        text.translator_id = g.can.member_id
    elif text.translator_id != g.can.member_id:
        text.reviewer_id = g.can.member_id
    text.changed_by_id, text.changed_at = g.can.member_id, now()


def _tell(practice: Practice, text: PracticeText, is_first: bool) -> None:
    """Tell the practice's people and, when it is there for the first time, those who wished for it; their wish is fulfilled."""
    where = url_for("exchange.practice", practice_id=practice.id, **{"in": text.language})
    said = {"title": text.title, "language": text.language, "by": g.can.member_id}
    wishers: set[int] = set()
    if is_first:
        fulfilled = delete(TranslationWish).where(TranslationWish.practice_id == practice.id, TranslationWish.language == text.language)
        wishers = set(db.session.scalars(fulfilled.returning(TranslationWish.member_id)))
        tell(wishers, "practice.wish_fulfilled", where, practice, but=g.can.member_id, **said)
    concerned = queries.people_of(practice) - following.muted("practice", practice.id)
    tell(concerned - wishers, "practice.translated", where, practice, but=g.can.member_id, **said)


def wished(practice: Practice, language: str) -> None:
    """Tell those of the practice's people who write a language that somebody asks for it, once until they have looked, inside write_tx()."""
    people = queries.people_of(practice) - following.muted("practice", practice.id)
    writers = [one.id for one in db.session.scalars(select(Member).where(Member.id.in_(people))) if language in one.writes]
    tell(writers, "practice.wished", url_for("exchange.translate", practice_id=practice.id, language=language), practice,
         but=g.can.member_id, once=True, title=practice.original.title, language=practice.original_language)


def still_right(text: PracticeText, practice: Practice, number: int) -> None:
    """Note, inside write_tx(), that a translation needs no change for the original up to `number`."""
    text.translates_number = max(text.translates_number or 0, min(number, practice.number))
    audit.record("translation.confirmed", practice, language=text.language, number=text.translates_number)


# ---- older than the original -----------------------------------------------------------------------------------------


def original_at(practice: Practice, number: int) -> dict | None:
    """What the original said in its version `number`; None when that was removed."""
    if number >= practice.number:
        return practice.original.fields()
    kept = select(PracticeVersion).filter_by(practice_id=practice.id, language=practice.original_language)
    version = db.session.scalar(kept.where(PracticeVersion.number >= number).order_by(PracticeVersion.number).limit(1))
    return None if version is None or version.is_removed else version.fields


def changed_since(practice: Practice, text: PracticeText | None) -> list[tuple[str, Markup]]:
    """What changed in the original since this translation was made, by section."""
    if text is None or not text.is_behind(practice):
        return []
    before = original_at(practice, text.translates_number or 0)
    return comparing.differences(before, practice.original.fields()) if before is not None else []


# ---- what a machine suggests -----------------------------------------------------------------------------------------


def has_machine() -> bool:
    """Whether a provider of suggestions is configured."""
    return bool(current_app.config["TRANSLATE_URL"])


def suggestions(texts: list[str], source: str, target: str) -> list[str]:
    """`texts` as a machine translates them for the reader, at most so often an hour. Raises machine.Unavailable.

    Objects loaded before are expired.
    """
    key = str(g.can.member_id)
    if (known := machine.remembered(texts, source, target)) is not None:
        return known
    if throttle.seconds_to_wait("machine.member", key):
        raise machine.Unavailable("asked too often")
    throttle.count_miss("machine.member", key)
    return machine.translated(texts, source, target)


def by_machine(practice: Practice, language: str) -> PracticeText | None:
    """The whole practice as a machine translated it before, in no session; None when it was not asked for this version yet (F17)."""
    parts = _parts(practice.original)
    said = machine.remembered([text for _name, text in parts], practice.original_language, language)
    if said is None:
        return None
    fields: dict = {"steps": []}
    for (name, _text), words in zip(parts, said, strict=True):
        fields |= {name: [*fields["steps"], words] if name == "steps" else words}
    return PracticeText(language=language, origin="machine", translates_number=practice.number, **fields)


def ask_machine(practice: Practice, language: str) -> None:
    """Let a machine translate the whole practice, for everyone who reads that language. Raises machine.Unavailable."""
    suggestions([text for _name, text in _parts(practice.original)], practice.original_language, language)


def _parts(text: PracticeText) -> list[tuple[str, str]]:
    """What a text says, by section; each step is a part of its own."""
    return [(name, part) for name, value in text.fields().items() for part in (value if isinstance(value, list) else [value])]
