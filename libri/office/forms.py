"""The questions of the office's lists; their answers stand in the address."""

from __future__ import annotations

from flask import request
from flask_babel import lazy_gettext as _l
from wtforms import DateField, Form, SelectField, StringField, validators

from ..directory.forms.fields import WholeNumberField
from ..directory.forms.filters import any_or
from ..forms import at_most, line
from ..i18n import country_name, lang, sort_key
from ..vocabularies import COUNTRIES, ROLES
from .words import ACTIONS, LETTER_KINDS, LETTER_STATES, MEMBER_STATES


def _by_name(choices) -> list:
    return sorted(choices, key=lambda pair: sort_key(str(pair[1]), lang()))


def _countries() -> list:
    return _by_name((code, country_name(code)) for code in COUNTRIES)


class Asked(Form):
    """A form of a list, read from the address; an answer that cannot be understood counts as none."""

    def __init__(self, **choices):
        super().__init__(request.args)
        for name, offered in choices.items():
            self[name].choices = any_or(offered)
        self.validate()

    @property
    def answers(self) -> dict:
        """The answers that were understood, by name of the field."""
        return {field.short_name: field.data for field in self if field.data not in (None, "") and not field.errors}


class MembersAsked(Asked):
    """Which members?"""

    text = StringField(_l("Name or e-mail"), [at_most(120)], filters=[line])
    status = SelectField(_l("State"), default="", choices=lambda: any_or(MEMBER_STATES.items()))
    role = SelectField(_l("Role"), default="", choices=lambda: any_or([*ROLES.items(), ("office", _l("Office"))]))
    organisation = StringField(_l("Organisation"), [at_most(120)], filters=[line])
    country = SelectField(_l("Country"), default="", choices=lambda: any_or(_countries()))


class LettersAsked(Asked):
    """Which letters?"""

    status = SelectField(_l("State"), default="", choices=lambda: any_or(LETTER_STATES.items()))
    kind = SelectField(_l("Letter"), default="", choices=lambda: any_or(LETTER_KINDS.items()))


class EntriesAsked(Asked):
    """Which entries of the audit trail?"""

    action = SelectField(_l("What was done"), default="", choices=lambda: any_or(_by_name(ACTIONS.items())))
    who = StringField(_l("Who: name, e-mail or number"), [at_most(120)], filters=[line])
    organisation = StringField(_l("Organisation"), [at_most(120)], filters=[line])
    kind = SelectField(_l("Thing"), default="", choices=[])
    number = WholeNumberField(_l("Number of the thing"), low=1, high=999_999_999)
    first = DateField(_l("From"), [validators.Optional()])
    last = DateField(_l("To"), [validators.Optional()])
