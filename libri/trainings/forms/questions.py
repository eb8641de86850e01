"""A question of the organiser: its words and answers in several languages, and after which answer it is asked (E5, E6)."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, StringField

from ...directory.forms.fields import ChoiceField, LanguagesForm, in_language, offered, sent, text_in
from ...forms import CheckboxesField, line
from ...i18n import LANGUAGES
from ..models import Event, Question
from ..words import QUESTION_KINDS
from .registrations import YES_NO

WITH_OPTIONS = ("choice", "choices")
FIRST_ROWS, MOST_ROWS = 4, 40


class QuestionForm(LanguagesForm):
    """The whole question; `form_for` adds the texts of each language and the rows of answers."""

    rows = HiddenField(validators=[sent])
    version = HiddenField()
    kind = ChoiceField(_l("Kind of answer"), choices=offered(QUESTION_KINDS), default="text")
    is_required = BooleanField(_l("An answer is required"))
    shown_if = CheckboxesField(_l("Ask only after one of these answers"), choices=[])

    count = FIRST_ROWS

    def option_rows(self) -> list[dict]:
        """The fields of each answer: its code, and its words by language, which are the text `option_3` of the fourth."""
        return [{"code": self[f"option_{number}_code"], "texts": self.texts(f"option_{number}")} for number in range(self.count)]

    def options(self) -> list[dict]:
        """The answers that were typed, each with a code that stays when its words change."""
        rows = [(self[f"option_{number}_code"].data, dict(self.typed(f"option_{number}"))) for number in range(self.count)]
        used = {code for code, words in rows if code and words}
        free = (f"o{number}" for number in range(1, MOST_ROWS * 3) if f"o{number}" not in used)
        return [{"code": code or next(free), "label": words} for code, words in rows if words]

    @property
    def depends_on(self) -> int | None:
        """The earlier question whose answer decides."""
        return int(self.shown_if.data[0].split(":")[0]) if self.shown_if.data else None

    def validate(self, extra_validators=None):
        good = super().validate(extra_validators)
        labels = list(self.texts("label").values())
        if not any(field.data for field in labels):
            labels[0].errors, good = [_l("Write the question in at least one language.")], False
        if good and self.kind.data in WITH_OPTIONS and len(self.options()) < 2:
            self[f"option_0_{self.codes[0]}"].errors, good = [_l("Write at least two answers to choose from.")], False
        if len({value.split(":")[0] for value in self.shown_if.data or []}) > 1:
            self.shown_if.errors, good = [_l("Choose answers of one question only.")], False
        return good

    def write(self, question: Question) -> None:
        """Set what was typed."""
        question.kind, question.is_required = self.kind.data, self.is_required.data
        question.label, question.help = (self.typed(column) for column in ("label", "help"))
        question.options = self.options() if self.kind.data in WITH_OPTIONS else []
        question.shown_if_question_id = self.depends_on
        question.shown_if_values = [value.split(":", 1)[1] for value in self.shown_if.data or []]


def form_for(event: Event, earlier: Sequence[Question], question: Question | None = None) -> QuestionForm:
    """The form of a question; it may depend on one of the `earlier` ones."""
    present = len(question.options) if question else 0
    count = QuestionForm.asked_rows("rows", MOST_ROWS) or min(max(FIRST_ROWS, present + 1), MOST_ROWS)
    columns = [question.label, question.help, *question.option_labels().values()] if question else []
    codes = tuple(dict.fromkeys([*LANGUAGES, *event.languages, *(code for column in columns for code in column)]))
    form = _with_fields(count, codes)(data=values(question) if question else {})
    form.rows.data = str(count)
    form.shown_if.choices = list(_answers_of(earlier))
    return form


def values(question: Question) -> dict:
    found: dict = {"kind": question.kind, "is_required": question.is_required, "version": str(question.version),
                   "shown_if": [f"{question.shown_if_question_id}:{value}" for value in question.shown_if_values]}
    for column in ("label", "help"):
        found |= {f"{column}_{code}": text for code, text in getattr(question, column).items()}
    for number, (code, label) in enumerate(question.option_labels().items()):
        found |= {f"option_{number}_code": code, **{f"option_{number}_{language}": text for language, text in label.items()}}
    return found


def _answers_of(questions: Sequence[Question]):
    """Every answer that can decide whether another question is asked: `17:yes` → `Will you come by car?: Yes`."""
    for question in questions:
        labels = question.option_labels() if question.kind in WITH_OPTIONS else YES_NO if question.kind == "yes_no" else {}
        for code, label in labels.items():
            yield f"{question.id}:{code}", _("%(question)s – %(answer)s", question=str(question.label), answer=str(label))


def _with_fields(count: int, codes: tuple[str, ...]) -> type[QuestionForm]:
    fields: dict = {"count": count, "codes": codes}
    for code in codes:
        fields |= {f"label_{code}": _text(_l("Question"), code, 300), f"help_{code}": _text(_l("Hint"), code, 500)}
    for number in range(count):
        fields[f"option_{number}_code"] = HiddenField(filters=[line])
        fields |= {f"option_{number}_{code}": _text(_("Answer %(number)s", number=number + 1), code, 200) for code in codes}
    return type("QuestionFormWithRows", (QuestionForm,), fields)


def _text(label, code: str, most: int) -> StringField:
    return text_in(code, in_language(label, code), most)
