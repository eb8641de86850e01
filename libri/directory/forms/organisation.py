"""What people type on the page of an organisation, in as many languages as it needs."""

from __future__ import annotations

import zoneinfo

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, EmailField, HiddenField, StringField, TelField, URLField
from wtforms.fields.choices import SelectChoice

from ...forms import CheckboxesField, LibriForm, at_most, email, line, phone, required, web_address
from ...i18n import LANGUAGES, country_name, lang, language_name, sort_key
from ...members.models import Organisation
from ...vocabularies import COUNTRIES, ORGANISATION_KINDS, ORGANISATION_STATES, PROGRAMME_ROLES, THEMES, WRITTEN_LANGUAGES
from .. import changes
from .fields import ChoiceField, DegreesField, LanguagesForm, in_order, named, offered, sent, text_in

TIMEZONES = sorted(name for name in zoneinfo.available_timezones() if name.startswith("Europe/")) + [
    "Asia/Nicosia", "Atlantic/Azores", "Atlantic/Canary", "Atlantic/Madeira", "Atlantic/Reykjavik", "Indian/Reunion", "America/Martinique"]
LONGEST = {"names": 200, "newcomer_hours": 400, "seeks_partner_for": 600}
"""Characters of a text; the others may have 4000."""
GOVERNED = ("kind", "programme_role", "country", "parent_id")
"""Fields only the office may change."""


class OrganisationForm(LanguagesForm):
    """The whole page; `form_for` adds the texts in each language."""

    autosave = True
    version = HiddenField(validators=[sent])
    name = StringField(_l("Name in its own language"), [required(), at_most(200)], filters=[line])
    main_language = ChoiceField(_l("Language of this name"), [required()])
    languages = CheckboxesField(_l("Languages in which you can serve people"))
    themes = CheckboxesField(_l("Themes"), choices=offered(THEMES))
    city = StringField(_l("City or municipality"), [required(), at_most(100)], filters=[line])
    region = StringField(_l("Region"), [at_most(100)], filters=[line])
    latitude = DegreesField(_l("Latitude"), most=90, render_kw={"inputmode": "decimal"})
    longitude = DegreesField(_l("Longitude"), most=180, render_kw={"inputmode": "decimal"})
    timezone = ChoiceField(_l("Time zone"), choices=named([(name, name.replace("_", " ")) for name in TIMEZONES]))
    email = EmailField(_l("E-mail"), [at_most(254), email], filters=[line])
    phone = TelField(_l("Telephone"), [at_most(40), phone], filters=[line])
    website = URLField(_l("Website"), [at_most(300), web_address], filters=[line])
    seeks_partner = BooleanField(_l("We are looking for a partner"))
    kind = ChoiceField(_l("Kind of organisation"), choices=offered(ORGANISATION_KINDS))
    programme_role = ChoiceField(_l("Role in the programme"), choices=offered(PROGRAMME_ROLES))
    country = ChoiceField(_l("Country"))
    parent_id = ChoiceField(_l("Organisation above"))

    present: tuple[list[str], list[str]] = ([], [])

    def validate(self, extra_validators=None):
        good = super().validate(extra_validators)
        if (self.latitude.data is None) != (self.longitude.data is None) and not (self.latitude.errors or self.longitude.errors):
            self.longitude.errors = [_l("Fill in latitude and longitude, or neither.")]
            return False
        return good

    def values(self) -> dict:
        """What was typed, in the shape of `changes.state`, without the organisation above."""
        values = {name: self[name].data for name in changes.PLAIN if name in self}
        main, (languages, themes) = self.main_language.data, self.present
        values["languages"] = [main, *(code for code in in_order(self.languages.data, languages) if code != main)]
        values["themes"] = in_order(self.themes.data, themes)
        for column in changes.TEXTS:
            values |= {f"{column}_{code}": field.data for code, field in self.texts(column).items()}
        values.pop(f"names_{self.main_language.data}", None)
        return values

    def take(self, key: str, value) -> None:
        """Put somebody else's value into a field that this person left alone."""
        if key == "languages":
            self.main_language.data, self.languages.data = value[0], list(value)
        elif key in self:
            self[key].data, self[key].raw_data = value, None


def form_for(organisation: Organisation, parents: list | None) -> OrganisationForm:
    """The form with this organisation's values; `parents` as (id, label) for the office, None for everybody else."""
    codes = tuple(dict.fromkeys([*LANGUAGES, *organisation.languages, *(
        code for column in changes.TEXTS for code in getattr(organisation, column))]))
    form = _with_texts(codes, changes.main_language(organisation))(
        data=changes.state(organisation) | {"main_language": changes.main_language(organisation),
                                            "parent_id": str(organisation.parent_id or ""), "version": str(organisation.version)})
    form.present = organisation.languages, organisation.themes
    form.main_language.choices = _language_choices(codes)
    form.languages.choices = _language_choices(codes)
    form.country.choices = country_choices(organisation.country)
    if organisation.timezone not in TIMEZONES:
        form.timezone.choices = [*form.timezone.choices, *named([(organisation.timezone, organisation.timezone)])]
    if parents is None:
        for name in GOVERNED:
            del form[name]
    else:
        form.parent_id.choices = [*offered([("", _l("None: it stands at the top"))]), *named(parents)]
    return form


def _with_texts(codes: tuple[str, ...], main: str) -> type[OrganisationForm]:
    fields: dict = {"codes": codes}
    for column in changes.TEXTS:
        for code in codes:
            if column == "names" and code in (main, *(c for c in codes if c not in LANGUAGES)):
                continue  # its own name stands in `name`
            fields[f"{column}_{code}"] = text_in(
                code, changes.label(f"{column}_{code}"), LONGEST.get(column, 4000), rows=0 if column == "names" else 4)
    return type("OrganisationFormInLanguages", (OrganisationForm,), fields)


def _language_choices(more=()) -> list[SelectChoice]:
    return offered([(code, language_name(code)) for code in dict.fromkeys([*WRITTEN_LANGUAGES, *more])])


def country_choices(present: str = "") -> list[SelectChoice]:
    """Countries by their name in the reader's alphabet."""
    codes = dict.fromkeys([*COUNTRIES, *([present] if present else [])])
    return offered(sorted(((code, country_name(code)) for code in codes), key=lambda pair: sort_key(pair[1], lang())))


class NewOrganisationForm(LibriForm):
    """The least an organisation needs to become a draft."""

    name = StringField(_l("Name in its own language"), [required(), at_most(200)], filters=[line])
    main_language = ChoiceField(_l("Language of this name"), [required()], default="lv")
    kind = ChoiceField(_l("Kind of organisation"), choices=offered(ORGANISATION_KINDS), default="public_library")
    programme_role = ChoiceField(_l("Role in the programme"), choices=offered(PROGRAMME_ROLES), default="network")
    parent_id = ChoiceField(_l("Organisation above"), default="")
    country = ChoiceField(_l("Country"), default="LV")
    city = StringField(_l("City or municipality"), [required(), at_most(100)], filters=[line])

    def __init__(self, parents: list, **kwargs):
        super().__init__(**kwargs)
        self.main_language.choices = _language_choices()
        self.country.choices = country_choices()
        self.parent_id.choices = [*offered([("", _l("None: it stands at the top"))]), *named(parents)]


class StatusForm(LibriForm):
    """One button: the next status."""

    status = ChoiceField(_l("Status"), choices=offered(ORGANISATION_STATES))
