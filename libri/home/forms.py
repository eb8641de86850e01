"""A form with one field of each kind, for the design page."""

from __future__ import annotations

from wtforms import BooleanField, FileField, PasswordField, RadioField, SelectField, StringField, TextAreaField

from ..forms import CheckboxesField, LibriForm, required


class EveryFieldForm(LibriForm):
    """Sample words are Latvian, as on the rest of the design page; nothing is ever sent."""

    name = StringField("Nosaukums", [required()])
    email = StringField("E-pasts", description="Piemēram, vards@biblioteka.example.")
    password = PasswordField("Parole")
    country = SelectField("Valsts", choices={"LV": "Latvija", "FR": "Francija"})
    about = TextAreaField("Apraksts")
    languages = CheckboxesField("Valodas", choices={"lv": "latviešu", "uk": "українська"})
    role = RadioField("Loma", choices={"coordinator": "Koordinators", "member": "Dalībnieks"})
    sure = BooleanField("Rādīt visam tīklam")
    picture = FileField("Attēls")

    @classmethod
    def with_a_mistake(cls) -> EveryFieldForm:
        """The form as it looks when something has to be mended."""
        form = cls(formdata=None)
        form.name.errors = ["Aizpildiet šo lauku."]
        return form
