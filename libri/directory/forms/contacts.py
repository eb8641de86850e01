"""What people type about contact persons: the entry, the hand-over, and the answer to a letter."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, EmailField, HiddenField, RadioField, StringField, TelField, TextAreaField
from wtforms.validators import ValidationError

from ...forms import CheckboxesField, LibriForm, at_most, email, line, one_of_these, paragraphs, phone, required
from ...i18n import language_name
from ...vocabularies import THEMES, VISIBILITIES, WRITTEN_LANGUAGES
from ..models import ContactPerson
from ..models.contacts import PERSONAL_FIELDS
from .fields import ChoiceField, DayField, in_order, named, not_in_the_future, offered, sent

OFF = {"autocomplete": "off"}
"""Most often this is another person's data, so the browser must not offer one's own."""
OWN = {"name": "name", "email": "email", "phone": "tel"}
"""In one's own entry it may (WCAG 1.3.5)."""
NEEDS_CONSENT = _l("Name, e-mail and telephone need the day on which the person agreed.")
DUTIES = ("member_id", "is_coordinator", "is_deputy", "delegated_by", "appointed_on", "ends_on", "consented_on")
"""Fields a person cannot change in their own entry."""
COMPARED = ("function", *PERSONAL_FIELDS, "languages", "themes", "is_coordinator", "is_deputy", "delegated_by", "appointed_on", "ends_on",
            "consented_on")


class ContactForm(LibriForm):
    """An entry: the function first, then what the person agreed to show."""

    version = HiddenField()
    function = StringField(_l("Function"), [required(), at_most(120)], filters=[line])
    member_id = ChoiceField(_l("Account in LiBri"), default="")
    name = StringField(_l("Name"), [at_most(120)], filters=[line], render_kw=OFF)
    visibility_name = ChoiceField(_l("Who sees the name"), choices=offered(VISIBILITIES), default="office")
    email = EmailField(_l("E-mail"), [at_most(254), email], filters=[line], render_kw=OFF)
    visibility_email = ChoiceField(_l("Who sees the e-mail"), choices=offered(VISIBILITIES), default="office")
    phone = TelField(_l("Telephone"), [at_most(40), phone], filters=[line], render_kw=OFF)
    visibility_phone = ChoiceField(_l("Who sees the telephone"), choices=offered(VISIBILITIES), default="office")
    consented_on = DayField(_l("The person agreed on"), [not_in_the_future])
    languages = CheckboxesField(_l("Languages"))
    themes = CheckboxesField(_l("Ask me about"), choices=offered(THEMES))
    is_coordinator = BooleanField(_l("Project coordinator of this organisation"))
    is_deputy = BooleanField(_l("Deputy of the coordinator"))
    delegated_by = StringField(_l("Delegated by"), [at_most(120)], filters=[line])
    appointed_on = DayField(_l("Appointed on"))
    ends_on = DayField(_l("Appointment ends on"))

    def __init__(self, people: list | None, contact: ContactPerson | None = None, **kwargs):
        super().__init__(obj=contact, data=_starting_values(contact), **kwargs)
        known = contact.languages if contact is not None else []
        self.languages.choices = offered([(code, language_name(code)) for code in dict.fromkeys([*WRITTEN_LANGUAGES, *known])])
        if contact is not None:
            self.version.validators = [sent]
        if people is None:
            for name in DUTIES:
                del self[name]
            for name, own in OWN.items():
                self[name].render_kw = {"autocomplete": own}
        else:
            self.member_id.choices = [*offered([("", _l("No account"))]), *named((str(number), name) for number, name in people)]

    def validate_ends_on(self, field):
        if field.data and self.appointed_on.data and field.data < self.appointed_on.data:
            raise ValidationError(_l("The end is before the beginning."))

    def validate_is_deputy(self, field):
        if field.data and self.is_coordinator.data:
            raise ValidationError(_l("Choose one: coordinator or deputy."))

    def validate(self, extra_validators=None):
        good = super().validate(extra_validators)
        if "consented_on" in self and not self.consented_on.errors and self._lacks_consent():
            self.consented_on.errors = [NEEDS_CONSENT]
            return False
        return good

    def _lacks_consent(self) -> bool:
        personal = any(self[name].data for name in PERSONAL_FIELDS)
        return personal and not self.consented_on.data and not self.member_id.data

    def write(self, contact: ContactPerson) -> None:
        """Set what was typed; raises NotConsented."""
        for name in COMPARED:
            if name in self:
                typed = self[name].data
                setattr(contact, name, in_order(typed, getattr(contact, name) or []) if isinstance(typed, list) else typed)
        if "member_id" in self:
            contact.member_id = int(self.member_id.data) if self.member_id.data else None
        contact.visibility = {name: self[f"visibility_{name}"].data for name in PERSONAL_FIELDS}
        contact.emptied_at = None
        contact.check_consent()


def _starting_values(contact: ContactPerson | None) -> dict:
    return {f"visibility_{name}": contact.visibility_of(name) for name in PERSONAL_FIELDS} | {
        "member_id": str(contact.member_id or ""), "version": str(contact.version)} if contact is not None else {}


class EndForm(LibriForm):
    """The end of an appointment, and who follows."""

    successor = RadioField(_l("Who follows?"), [required(_l("Choose who follows."))], validate_choice=False)
    function = StringField(_l("Function"), [at_most(120)], filters=[line])
    name = StringField(_l("Name"), [at_most(120)], filters=[line], render_kw=OFF)
    email = EmailField(_l("E-mail"), [at_most(254), email], filters=[line], render_kw=OFF)
    phone = TelField(_l("Telephone"), [at_most(40), phone], filters=[line], render_kw=OFF)
    consented_on = DayField(_l("The person agreed on"), [not_in_the_future])

    def validate_successor(self, field):
        if field.data not in {value for value, *_rest in field.iter_choices()}:
            raise ValidationError(one_of_these())

    def validate_function(self, field):
        if self.successor.data == "new" and not field.data:
            raise ValidationError(_l("Fill in this field."))

    def validate_consented_on(self, field):
        if self.successor.data == "new" and (self.name.data or self.email.data or self.phone.data) and not field.data:
            raise ValidationError(NEEDS_CONSENT)

    def new_contact(self, organisation_id: int) -> ContactPerson:
        """The new function holder; only the office and the coordinators see the personal fields until the person chooses."""
        return ContactPerson(organisation_id=organisation_id, function=self.function.data, name=self.name.data, email=self.email.data,
                             phone=self.phone.data, consented_on=self.consented_on.data, visibility={}, languages=[], themes=[])


class AnswerForm(LibriForm):
    """The answer to "is this still correct?": yes by the button, or what changed."""

    what_changed = TextAreaField(_l("What has changed?"), [at_most(1000)], filters=[paragraphs], render_kw={"rows": 4, "dir": "auto"})
