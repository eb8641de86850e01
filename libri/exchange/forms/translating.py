"""Typing a translation: a field for every part the original has, and what is beside it."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, HiddenField, StringField, TextAreaField
from wtforms.validators import ValidationError

from ...directory.forms.fields import sent
from ...forms import LibriForm, at_most, line, paragraphs, required
from ...paging import whole
from ...text import LONGEST
from ..models import SECTIONS, Practice, PracticeText, Reply, ReplyTranslation
from ..words import SECTIONS as HEADINGS

LETTERS = 10_000
"""Characters of one part at most; a translation may be longer than its original."""
LETTERS_OF_TITLE = 200


def whole_number(form, field) -> None:
    """The hidden field came along and is a number."""
    sent(form, field)
    if whole(field.data) is None:
        raise ValidationError(_l("Part of the form was missing. Open the page again and save once more."))


@dataclass(frozen=True)
class Pair:
    """One part of the original, in words, and the field for its translation."""

    name: str
    section: str
    original: str
    field: Field


class TranslationForm(LibriForm):
    """A translation of a practice; `form_for` adds the fields.

    `version` is that of the translation, `number` that of the original the page showed; `machine` names the fields that hold
    suggestions of a machine.
    """

    autosave = True
    version = HiddenField(validators=[whole_number])
    number = HiddenField(validators=[whole_number])
    machine = HiddenField(filters=[lambda value: value or ""])
    checked = BooleanField(_l("I have read the machine’s suggestions and corrected them"))

    pairs: list[Pair]

    @property
    def suggested(self) -> set[str]:
        """The fields that hold suggestions of a machine."""
        return {pair.name for pair in self.pairs} & set((self.machine.data or "").split())

    def fill(self, pairs: list[Pair], texts: list[str]) -> None:
        """Put a machine's suggestions into fields."""
        filled = [pair.name for pair, text in zip(pairs, texts, strict=True) if text]
        for pair, text in zip(pairs, texts, strict=True):
            pair.field.data = text
        self.machine.data = " ".join(sorted(self.suggested.union(filled)))

    def values(self) -> dict:
        """What was typed, by section, in the shape a text keeps it."""
        values: dict = dict.fromkeys(SECTIONS, "") | {"steps": []}
        for pair in self.pairs:
            if pair.section == "steps":
                values["steps"] += [pair.field.data] if pair.field.data else []
            else:
                values[pair.section] = pair.field.data or ""
        return values

    def validate_checked(self, field):
        if self.suggested and not field.data:
            raise ValidationError(_l("Check what the machine suggested, then tick this box."))

    def validate(self, extra_validators=None):
        """As every form; steps are translated all or not at all, or they would not stand beside their originals."""
        good = super().validate(extra_validators)
        steps = [pair for pair in self.pairs if pair.section == "steps" and pair.original]
        if any(pair.field.data for pair in steps):
            for pair in steps:
                if not pair.field.data:
                    pair.field.errors = [_("Translate every step, or none.")]
                    good = False
        return good


def form_for(practice: Practice, language: str, text: PracticeText | None) -> TranslationForm:
    """The form of a translation with what stands there now."""
    here, there = practice.original.fields(), text.fields() if text else {}
    parts = [part for section in SECTIONS for part in _parts(section, here[section], there.get(section))]
    fields = {name: _field(name, section, language) for name, section, _original, _present in parts}
    present = {name: value for name, _section, _original, value in parts}
    form = type("OneTranslationForm", (TranslationForm,), fields)(
        data=present | {"version": str(text.version if text else 0), "number": str(practice.number)})
    form.pairs = [Pair(name, section, original, form[name]) for name, section, original, _present in parts]
    return form


def _parts(section: str, original, present) -> list[tuple[str, str, str, str]]:
    """The fields of a section as (name, section, original, present text); none for a section that says nothing in either."""
    if section != "steps":
        return [(section, section, original, present or "")] if original or present else []
    steps = present or []
    return [(f"step_{n + 1}", section, _nth(original, n), _nth(steps, n)) for n in range(max(len(original), len(steps)))]


def part_of(sections: dict, name: str) -> str:
    """What stands in the field of that name in these sections of a text, which may be none."""
    return _nth(sections.get("steps", []), int(name.removeprefix("step_")) - 1) if name.startswith("step_") else sections.get(name) or ""


def _nth(steps: list[str], n: int) -> str:
    return steps[n] if n < len(steps) else ""


def _field(name: str, section: str, language: str) -> Field:
    look = {"lang": language, "dir": "auto"}
    if section == "title":
        return StringField(HEADINGS[section], [required(), at_most(LETTERS_OF_TITLE)], filters=[line], render_kw=look)
    if section == "steps":
        label = _l("Step %(number)s", number=name.removeprefix("step_"))
        return TextAreaField(label, [at_most(LETTERS)], filters=[paragraphs, line], render_kw=look | {"rows": 3})
    return TextAreaField(HEADINGS[section], [at_most(LETTERS)], filters=[paragraphs], render_kw=look | {"rows": 6})


class ReplyTranslationForm(LibriForm):
    """A text of a discussion in another language, entered by hand (F18); `seen` says which translation was there."""

    autosave = True
    seen = HiddenField(filters=[lambda value: value or ""])
    title = StringField(_l("Title"), [required(), at_most(LETTERS_OF_TITLE)], filters=[line])
    body = TextAreaField(_l("Translation"), [required(), at_most(LONGEST)], filters=[paragraphs], render_kw={"rows": 12})


def reply_form(reply: Reply, language: str, present: ReplyTranslation | None, seen: str) -> ReplyTranslationForm:
    """The form for one text; only the opening of a discussion has a title."""
    there = {"title": present.title, "body": present.body} if present else {}
    form = ReplyTranslationForm(data={"seen": seen} | there)
    for field in (form.title, form.body):
        field.render_kw = (field.render_kw or {}) | {"lang": language, "dir": "auto"}
    if reply.number:
        del form.title
    return form
