"""Registering for an event: the organiser's own questions as fields, some asked only after a certain answer (E5, E6)."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup, escape
from wtforms import BooleanField, HiddenField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from ...directory.forms.fields import ChoiceField, DayField, named, offered, sent, with_names
from ...exchange.forms.fields import AmountField
from ...forms import CheckboxesField, FormForAnybody, LibriForm, at_most, email, line, one_of_these, paragraphs, required
from ...i18n import LANGUAGES, lang, language_name, local
from ..models import Answer, Event, Question, Registration

YES_NO = {"yes": _l("Yes"), "no": _l("No")}
LINE, TEXT = 300, 4000


class OneOf(RadioField):
    """Radio buttons of which none need be chosen; our own sentence for what was never offered."""

    def pre_validate(self, form):
        if self.data and self.data not in {value for value, *_rest in self.iter_choices()}:
            raise ValidationError(one_of_these())


class QuestionsForm(LibriForm):
    """What is asked for a registration: the questions of the event, `q17` being that of question 17."""

    questions: tuple[Question, ...] = ()
    asks_the_person = True
    """Whether the person fills it in: nobody else says what they need and who may see their name."""
    version = HiddenField(validators=[sent], default="0")
    languages = CheckboxesField(_l("Languages you can follow in"), choices=[])
    access_needs = TextAreaField(_l("What do you need to take part well?"), [at_most(1000)], filters=[paragraphs],
                                 render_kw={"rows": 3, "dir": "auto"})
    shows_name = BooleanField(_l("Other participants may see my name and organisation"), false_values=("", "n", "false"))

    def asked(self) -> list[Question]:
        """The questions that are asked after what was answered to the earlier ones."""
        found: dict[int, Question] = {}
        for question in self.questions:
            parent = question.shown_if_question_id
            if parent is None or (parent in found and self._given(parent) & set(question.shown_if_values)):
                found[question.id] = question
        return list(found.values())

    def rows(self) -> list[tuple]:
        """Every question's field with its hint and what it depends on, in order, for the page."""
        return [(self[f"q{question.id}"], self._hint(question), question) for question in self.questions]

    def _hint(self, question: Question) -> Markup | None:
        """When a question needs an answer, for whoever sees all of them at once, and what the organiser adds."""
        said = [local(question.help)] if question.help else []
        parent = next((one for one in self.questions if one.id == question.shown_if_question_id), None)
        if parent is not None:
            labels = parent.option_labels() if parent.kind in ("choice", "choices") else YES_NO
            names = Markup(", ").join(local(label) if isinstance(label, dict) else str(label)
                                      for code, label in labels.items() if code in question.shown_if_values)
            said.insert(0, escape(_("Answer this only if you chose %(answer)s at: %(question)s")) % {
                "answer": names, "question": local(parent.label)})
        return Markup(" ").join(said) or None

    def _given(self, question_id: int) -> set[str]:
        value = self[f"q{question_id}"].data
        return set(value) if isinstance(value, list) else {str(value or "")}

    def validate(self, extra_validators=None) -> bool:
        """All fields, then that nothing required is missing among what is asked."""
        good = super().validate(extra_validators)
        for question in self.asked():
            field = self[f"q{question.id}"]
            if question.is_required and not field.errors and field.data in (None, "", []):
                field.errors = [*field.errors, _l("Please answer this question.")]
                good = False
        return good

    def fill(self, registration: Registration) -> None:
        """Show what was answered before, when the form is not just being sent."""
        if self.is_submitted() or self.was_kept:
            return
        for answer in registration.answers:
            if (field := self._fields.get(f"q{answer.question_id}")) is not None:
                field.process_data(answer.value) if not isinstance(field, DayField) else field.process_formdata([answer.value])
        self.access_needs.data, self.shows_name.data = registration.access_needs, registration.shows_name
        self.languages.data, self.version.data = registration.languages, str(registration.version)

    def write(self, registration: Registration) -> None:
        """Set what was answered; what is not asked any more is forgotten."""
        if self.asks_the_person:
            registration.access_needs, registration.shows_name = self.access_needs.data, self.shows_name.data
            registration.languages = self.languages.data or []
        asked = {question.id: self[f"q{question.id}"].data for question in self.asked()}
        given = {number: _plain(value) for number, value in asked.items() if value not in (None, "", [])}
        kept = {answer.question_id: answer for answer in registration.answers}
        registration.answers = [kept.get(number) or Answer(question_id=number) for number in given]
        for answer in registration.answers:
            answer.value = given[answer.question_id]


def _plain(value):
    return value.isoformat() if hasattr(value, "isoformat") else value


def _field(question: Question):
    label = local(question.label)
    if question.kind == "long":
        return TextAreaField(label, [at_most(TEXT)], filters=[paragraphs], render_kw={"rows": 4, "dir": "auto"})
    if question.kind == "choice":
        return OneOf(label, choices=_options(question))
    if question.kind == "choices":
        return CheckboxesField(label, choices=_options(question))
    if question.kind == "yes_no":
        return OneOf(label, choices=offered(YES_NO))
    if question.kind == "number":
        return AmountField(label, low=0, high=999_999, places=2)
    if question.kind == "date":
        return DayField(label)
    return StringField(label, [at_most(LINE)], filters=[line], render_kw={"dir": "auto"})


def _options(question: Question) -> list[SelectChoice]:
    return offered((code, local(label)) for code, label in question.option_labels().items())


def form_for(kind: type[QuestionsForm], event: Event, **values) -> QuestionsForm:
    """A form of this kind with the questions of an event (load them first)."""
    questions = tuple(sorted(event.questions, key=lambda question: (question.position, question.id)))
    fields = {f"q{question.id}": _field(question) for question in questions}
    form = type(kind.__name__, (kind,), {**fields, "questions": questions})(**values)
    spoken = dict.fromkeys([*event.languages, *event.interpretation, *LANGUAGES])
    if form.asks_the_person:
        form.languages.choices = offered((code, language_name(code)) for code in spoken)
    for question in questions:
        form[f"q{question.id}"].flags.required = question.is_required
    return form


class OwnForm(QuestionsForm):
    """Registering oneself."""

    organisation_id = ChoiceField(_l("For which organisation do you come?"), choices=[])

    def offer(self, organisations: Iterable) -> None:
        """Let the person choose among these organisations."""
        self.organisation_id.choices = named(with_names(organisations))
        if not self.is_submitted() and self.organisation_id.choices:
            self.organisation_id.data = self.organisation_id.data or self.organisation_id.choices[0].value


class ColleagueForm(QuestionsForm):
    """Registering a colleague, who says later what they need (E12)."""

    asks_the_person = False
    languages = access_needs = shows_name = None
    membership_id = ChoiceField(_l("Whom do you register?"), choices=[])

    def offer(self, people: Iterable) -> None:
        """Let the coordinator choose among these memberships."""
        self.membership_id.choices = named((str(one.id), called(one)) for one in people)


class GuestForm(QuestionsForm, FormForAnybody):
    """Registering without an account (E23)."""

    guest_name = StringField(_l("Your name"), [required(), at_most(120)], filters=[line], render_kw={"autocomplete": "name", "dir": "auto"})
    guest_email = StringField(_l("Your e-mail"), [required(), at_most(254), email], filters=[line, str.lower],
                              render_kw={"autocomplete": "email", "type": "email"})
    guest_organisation = StringField(_l("Where do you work?"), [at_most(200)], filters=[line],
                                     render_kw={"autocomplete": "organization", "dir": "auto"})


class MoreTimeForm(LibriForm):
    """Until when one person may change the answers, whatever the event says (E10)."""

    until = DayField(_l("May change the answers until the end of"), [required(_l("Choose a day."))])


class AnswersForm(QuestionsForm):
    """Changing one's answers."""


def called(membership) -> str:
    """A person and where they work, for a list to choose from."""
    return f"{membership.member.name} – {membership.organisation.name_in(lang())[1]}"
