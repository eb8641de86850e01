"""The questions of the search, and a form with one field of each kind for the design page."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import FileField, PasswordField, RadioField, SelectField, StringField, TextAreaField

from .. import search
from ..directory.forms.filters import AddressForm, OneOf, any_or, countries, languages
from ..forms import CheckboxesField, LibriForm, at_most, line, required
from ..i18n import country_name, language_name, sort_key
from ..i18n import lang as spoken


class SearchForm(AddressForm):
    """What is sought, and what the results are narrowed to; its answers stand in the address."""

    q = StringField(_l("Words to look for"), [at_most(200)], filters=[line])
    kind = OneOf(_l("Kind"), choices=lambda: any_or((name, kind.label) for name, kind in search.KINDS.items()))
    language = OneOf(_l("Language of the text"), choices=lambda: any_or(languages()))
    country = OneOf(_l("Country"), choices=lambda: any_or(countries()))

    @property
    def asked(self) -> dict[str, str]:
        """The answers that were understood, as parts of an address; nothing for those left open."""
        good = {name: field.data for name, field in self._fields.items() if not field.errors}
        return {name: value for name, value in good.items() if value}

    def narrow(self, results: search.Results) -> None:
        """Offer only what would leave results, with their number, and what was chosen already."""
        for name, naming in (("language", language_name), ("country", country_name)):
            counts, field = results.counts.get(name, {}), self[name]
            codes = sorted({*counts, *([field.data] if field.data else [])}, key=lambda code: sort_key(naming(code), spoken()))
            field.choices = any_or((code, f"{naming(code)} ({counts.get(code, 0)})") for code in codes)


class EveryFieldForm(LibriForm):
    """Sample words are Latvian, as on the rest of the design page; nothing is ever sent."""

    name = StringField("Nosaukums", [required()])
    email = StringField("E-pasts", description="Piemēram, vards@biblioteka.example.")
    password = PasswordField("Parole")
    country = SelectField("Valsts", choices={"LV": "Latvija", "FR": "Francija"})
    about = TextAreaField("Apraksts")
    languages = CheckboxesField("Valodas", choices={"lv": "latviešu", "uk": "українська"})
    role = RadioField("Loma", choices={"coordinator": "Koordinators", "member": "Dalībnieks"})
    picture = FileField("Attēls")

    @classmethod
    def with_a_mistake(cls) -> EveryFieldForm:
        """The form as it looks when something has to be mended."""
        form = cls(formdata=None)
        form.name.errors = ["Aizpildiet šo lauku."]
        return form
