"""What people type about a practice: the sixty seconds, one section, the facts, the buttons of the review."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, StringField, TextAreaField
from wtforms.validators import ValidationError

from ...directory.forms.fields import ChoiceField, named, offered, sent
from ...forms import CheckboxesField, LibriForm, at_most, line, paragraphs, required
from ...i18n import language_name
from ...text import count_words
from ...vocabularies import THEMES, WRITTEN_LANGUAGES
from ..models import LIMITS, REQUIRED, SECTIONS, STEPS, Practice
from ..words import COST_BANDS, LICENCES, STATES_OF_LIFE, TARGET_GROUPS
from ..words import SECTIONS as HEADINGS
from ..writing import facts_of, fingerprint
from .fields import AmountField, MonthField, at_most_words

LETTERS = 8000
"""Characters of one section that are kept at all; its limit in words is said, and insisted on before others read it."""


def languages() -> list:
    """The languages a practice may be written in."""
    return offered([(code, language_name(code)) for code in WRITTEN_LANGUAGES])


def one_at_least(form, field) -> None:
    """At least one box is ticked."""
    if not field.data:
        raise ValidationError(_l("Choose at least one answer."))


one_at_least.field_flags = {"required": True}  # type: ignore[attr-defined]


class NewPracticeForm(LibriForm):
    """The practice of sixty seconds (N7)."""

    autosave = True
    title = StringField(_l("Title"), [required(), at_most(LIMITS["title"])], filters=[line])
    summary = TextAreaField(_l("What we did, in three sentences"), [required(), at_most(LETTERS), at_most_words(LIMITS["summary"])],
                            filters=[paragraphs], render_kw={"rows": 4, "data-words": LIMITS["summary"]})
    themes = CheckboxesField(_l("Themes"), [one_at_least], choices=offered(THEMES))
    target_groups = CheckboxesField(_l("For whom"), [one_at_least], choices=offered(TARGET_GROUPS))
    started = MonthField(_l("Started"))
    contact = StringField(_l("Who can be asked"), [at_most(120)], filters=[line])
    organisation_id = ChoiceField(_l("Organisation"))
    language = ChoiceField(_l("Language you write in"))

    def __init__(self, organisations: list[tuple[str, str]], **kwargs):
        super().__init__(**kwargs)
        self.organisation_id.choices = named(organisations)
        self.language.choices = languages()

    def facts(self) -> dict:
        """What goes beside the text."""
        return {name: self[name].data for name in ("themes", "target_groups", "started", "contact")}


class SectionForm(LibriForm):
    """One section of the full template; `section_form` adds its field or, for the steps, its fields."""

    autosave = True
    version = HiddenField(validators=[sent])
    section = ""

    @property
    def value(self) -> str | list[str]:
        """What was typed, in the shape the section is kept in."""
        return [part.data for part in self.parts if part.data] if self.section == "steps" else self.text.data

    @property
    def parts(self) -> list:
        """The fields that hold text."""
        return [self[f"step_{n}"] for n in range(1, STEPS[1] + 1)] if self.section == "steps" else [self.text]

    @property
    def words(self) -> int:
        """How many words, or for the title characters, stand in the fields."""
        return len(self.text.data or "") if self.section == "title" else sum(count_words(part.data or "") for part in self.parts)


def section_form(practice: Practice, section: str) -> SectionForm:
    """The form of one section with what stands there now."""
    present = getattr(practice.original, section)
    data = {f"step_{n}": step for n, step in enumerate(present, 1)} if section == "steps" else {"text": present}
    form = _form_class(practice, section)(data=data | {"version": fingerprint(present)})
    form.section = section
    return form


def _form_class(practice: Practice, section: str) -> type[SectionForm]:
    look = {"lang": practice.original_language, "dir": "auto"}
    checks = [at_most(LETTERS)]
    if practice.must_stay_complete and section in REQUIRED:
        checks.append(required(_l("Others read this practice already, so this section cannot be empty.")))
    if section == "title":
        fields: dict = {"text": StringField(HEADINGS[section], [*checks, at_most(LIMITS[section])], filters=[line], render_kw=look)}
    elif section == "steps":
        fields = {f"step_{n}": TextAreaField(_l("Step %(number)s", number=n), [at_most(1500)], filters=[paragraphs, line],
                                             render_kw=look | {"rows": 2}) for n in range(1, STEPS[1] + 1)}
        if practice.must_stay_complete:
            fields["validate_step_1"] = _whole_steps
    else:
        checks += [at_most_words(LIMITS[section])] if practice.must_stay_complete else []
        fields = {"text": TextAreaField(HEADINGS[section], checks, filters=[paragraphs],
                                        render_kw=look | {"rows": 8, "data-words": LIMITS[section]})}
    return type("OneSectionForm", (SectionForm,), fields)


def _whole_steps(form: SectionForm, field) -> None:
    if form.value and len(form.value) < STEPS[0]:
        raise ValidationError(_l("Write at least %(few)s steps, or none yet.", few=STEPS[0]))
    if form.words > LIMITS["steps"]:
        raise ValidationError(_l("Shorten the text to %(words)s words.", words=LIMITS["steps"]))


class FactsForm(LibriForm):
    """What filters and readers use beside the text."""

    autosave = True
    version = HiddenField(validators=[sent])
    themes = CheckboxesField(_l("Themes"), choices=offered(THEMES))
    target_groups = CheckboxesField(_l("For whom"), choices=offered(TARGET_GROUPS))
    languages_used = CheckboxesField(_l("Languages used"))
    cost_band = ChoiceField(_l("Cost"), choices=[*offered([("", _l("Not known yet"))]), *offered(COST_BANDS)],
                            filters=[lambda value: value or ""])
    staff_hours = AmountField(_l("Staff hours a month"), low=0, high=2000, places=1, render_kw={"inputmode": "decimal"})
    group_size = StringField(_l("Size of the group"), [at_most(40)], filters=[line])
    frequency_per_year = AmountField(_l("How often a year"), low=0, high=1000, render_kw={"inputmode": "numeric"})
    started = MonthField(_l("Started"))
    life = ChoiceField(_l("State of life"), choices=offered(STATES_OF_LIFE))
    contact = StringField(_l("Who can be asked"), [at_most(120)], filters=[line])
    licence = ChoiceField(_l("Licence"), choices=offered(LICENCES))
    is_public = BooleanField(_l("Everybody may read it, also without signing in"))
    hides_city = BooleanField(_l("Hide our city and organisation from other readers"))
    original_language = ChoiceField(_l("Language of the text"))

    present: dict = {}

    def values(self) -> dict:
        """What was typed, as the practice keeps it; choices already there keep their order."""
        values = {name: self[name].data for name in self.present if name in self}
        for name in ("themes", "target_groups", "languages_used"):
            old, new = self.present[name], values[name] or []
            values[name] = [*(code for code in old if code in new), *(code for code in new if code not in old)]
        return values | {"cost_band": values["cost_band"] or None}


def facts_form(practice: Practice) -> FactsForm:
    """The form with the facts of a practice."""
    present = facts_of(practice)
    form = FactsForm(data=present | {"version": fingerprint(present)})
    form.present = present
    codes = dict.fromkeys([*WRITTEN_LANGUAGES, *practice.languages_used])
    form.languages_used.choices = offered([(code, language_name(code)) for code in codes])
    form.original_language.choices = languages()
    if practice.status not in ("draft", "changes_requested") or len(practice.texts) > 1:
        del form.original_language
    if practice.must_stay_complete:
        for field in (form.themes, form.target_groups):
            field.validators, field.flags.required = [one_at_least], True
    return form


class CheckedForm(LibriForm):
    """A button under what the guard found: `seen` names what was shown, `version` the text that was read."""

    seen = HiddenField()
    version = HiddenField(validators=[sent])


class CommentForm(LibriForm):
    """A remark of the reviewer on one section."""

    section = HiddenField(validators=[sent])
    text = TextAreaField(_l("Comment"), [required(), at_most(2000)], filters=[paragraphs], render_kw={"rows": 3, "dir": "auto"})

    def validate_section(self, field):
        if field.data not in (*SECTIONS, "facts"):
            raise ValidationError(_l("Choose one of the offered answers."))


class RequestForm(LibriForm):
    """Gives a practice back to its authors."""

    words = TextAreaField(_l("A word to the authors"), [at_most(1000)], filters=[paragraphs], render_kw={"rows": 3, "dir": "auto"})


class EditorForm(LibriForm):
    """Names the member who reviews."""

    editor_id = ChoiceField(_l("Reviewed by"))

    def __init__(self, people: list[tuple[str, str]], **kwargs):
        super().__init__(**kwargs)
        self.editor_id.choices = [*offered([("", _l("The office"))]), *named(people)]
