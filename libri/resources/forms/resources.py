"""What people type about a resource: the form of a minute, the whole page, a new version."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FileField, HiddenField, StringField, TextAreaField, URLField
from wtforms.validators import ValidationError

from ...db import now
from ...directory.forms.fields import ChoiceField, DayField, LanguagesForm, in_order, named, offered, sent, text_in
from ...directory.forms.filters import languages
from ...forms import CheckboxesField, LibriForm, at_most, line, paragraphs, required, web_address
from ...i18n import LANGUAGES, Localized, language_name
from ...vocabularies import THEMES
from ..models import Resource, Shared
from ..models.resources import LONGEST_TITLE
from ..words import AUDIENCES, KINDS, LEVELS, LICENCES

LONGEST_DESCRIPTION = 1500
FACTS = ("kind", "themes", "audiences", "level", "licence", "review_by", "is_public")
"""Columns the whole page changes beside title and description."""


def _level_choices() -> list:
    return offered([("", _l("Not said")), *LEVELS.items()])


class FileOrLink:
    """Fields of a version: its file or its address, one of the two."""

    upload = FileField(_l("File"))
    link = URLField(_l("Or a link"), [at_most(500), web_address], filters=[line])

    def ask_again(self) -> None:
        """Say that the file must be chosen again, because browsers do not send it twice by themselves."""
        if self.upload.data and self.errors and not self.upload.errors:
            self.upload.errors = [_l("Choose the file again.")]

    def validate(self, extra_validators=None):
        """Every mistake at once: those of the other fields, and a file that is missing or one too many."""
        good = super().validate(extra_validators)  # type: ignore[misc]
        return self._is_whole() and good

    def _is_whole(self) -> bool:
        if bool(self.upload.data) == bool(self.link.data):
            self.upload.errors = [_l("Choose a file or write a link, not both.") if self.link.data else _l("Choose a file or write a link.")]
            return False
        return True


class NewForm(LibriForm):
    """What is new has a title, in its language; its `description` and its `organisation_id` are added by whoever derives from this."""

    title = StringField(_l("Title"), [required(), at_most(LONGEST_TITLE)], filters=[line], render_kw={"dir": "auto"})
    language = ChoiceField(_l("Language"), [required()])

    def __init__(self, organisations: list[tuple[str, str]], **kwargs):
        super().__init__(**kwargs)
        self.language.choices = offered(languages())
        self.organisation_id.choices = named(organisations)

    def facts(self) -> dict:
        """What was typed, as columns."""
        language = self.language.data
        return {"title": Localized({language: self.title.data}), "description": Localized({language: self.description.data}), "language": language}


class NewResourceForm(FileOrLink, NewForm):
    """The resource of a minute: a file or link and what it is; the rest can follow."""

    kind = ChoiceField(_l("Kind"), choices=offered(KINDS), default="guide")
    description = TextAreaField(_l("What is it, and what is it good for?"), [at_most(LONGEST_DESCRIPTION)], filters=[paragraphs],
                                render_kw={"rows": 3, "dir": "auto"})
    themes = CheckboxesField(_l("Themes"), choices=offered(THEMES))
    audiences = CheckboxesField(_l("For whom"), choices=offered(AUDIENCES))
    licence = ChoiceField(_l("Licence"), choices=offered(LICENCES), default="CC-BY-4.0")
    organisation_id = ChoiceField(_l("Organisation"))

    def facts(self) -> dict:
        return super().facts() | {name: self[name].data for name in ("kind", "themes", "audiences", "licence")}


class TextsForm(LanguagesForm):
    """Title and description in every language of the interface and in the thing's own; `in_languages` adds the fields."""

    version = HiddenField(validators=[sent])
    own = ""

    def values(self) -> dict:
        """What was typed, as columns."""
        return {"title": self.typed("title"), "description": self.typed("description")}

    def validate(self, extra_validators=None):
        good = super().validate(extra_validators)
        title = self[f"title_{self.own}"]
        if not title.data:
            title.errors = [_l("Fill in this field.")]
            return False
        return good


def in_languages(base: type[TextsForm], thing: Shared) -> TextsForm:
    """A form of `base` with the thing's values, and a title and description for each language."""
    codes = tuple(dict.fromkeys([thing.language, *LANGUAGES, *thing.title, *thing.description]))
    fields: dict = {"codes": codes, "own": thing.language}
    for code in codes:
        fields[f"title_{code}"] = text_in(code, _l("Title – %(language)s", language=language_name(code)), LONGEST_TITLE)
        fields[f"description_{code}"] = text_in(
            code, _l("Description – %(language)s", language=language_name(code)), LONGEST_DESCRIPTION, rows=3)
    data = {f"{column}_{code}": getattr(thing, column).get(code, "") for column in ("title", "description") for code in codes}
    return type(base.__name__, (base,), fields)(obj=thing, data=data | {"version": str(thing.version)})


class ResourceForm(TextsForm):
    """The whole page of a resource but its files."""

    autosave = True
    is_shown = False
    kind = ChoiceField(_l("Kind"), choices=offered(KINDS))
    themes = CheckboxesField(_l("Themes"), choices=offered(THEMES))
    audiences = CheckboxesField(_l("For whom"), choices=offered(AUDIENCES))
    level = ChoiceField(_l("Reading level"))
    licence = ChoiceField(_l("Licence"), choices=offered(LICENCES))
    review_by = DayField(_l("Check again by"))
    is_public = BooleanField(_l("Also shown to guests who have not signed in"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.level.choices = _level_choices()

    def process(self, formdata=None, obj=None, data=None, extra_filters=None, **kwargs):
        super().process(formdata, obj, data, extra_filters=extra_filters, **kwargs)
        self.level.data = self.level.data or ""

    def must_stay_whole(self) -> None:
        """Ask for everything a published resource needs; its readers must not find it empty."""
        for name in ("themes", "audiences"):
            self[name].validators = [required(_l("Choose at least one."))]
            self[name].flags.required = True
        self.is_shown = True

    def validate(self, extra_validators=None):
        good = super().validate(extra_validators)
        if self.is_shown and not any(field.data for field in self.texts("description").values()):
            self[f"description_{self.own}"].errors = [_l("Fill in this field.")]
            return False
        return good

    def validate_is_public(self, field):
        if field.data and self.licence.data == "network-internal":
            raise ValidationError(_l("What is for members only cannot be shown to guests."))

    def values(self) -> dict:
        return super().values() | {name: self[name].data for name in FACTS} | {"level": self.level.data or None}

    def keep_order(self, resource: Resource) -> None:
        """Let what was chosen before stay in its order, so that saving alone changes nothing."""
        for name in ("themes", "audiences"):
            self[name].data = in_order(self[name].data or [], getattr(resource, name))


class VersionForm(FileOrLink, LibriForm):
    """A new version, or the first one in a language."""

    language = ChoiceField(_l("Language"), [required()])
    follows = ChoiceField(_l("It follows this version of the original"), default="")
    change_note = StringField(_l("What is new?"), [at_most(300)], filters=[line], render_kw={"dir": "auto"})

    def __init__(self, codes: list[str], newest: int, **kwargs):
        super().__init__(**kwargs)
        self.language.choices = offered([(code, language_name(code)) for code in codes])
        self.follows.choices = offered([(str(number), _l("Version %(number)s", number=number)) for number in range(newest, 0, -1)])
        if newest < 2:
            del self.follows

    def followed(self) -> int | None:
        """The number of the original it follows, when there is a choice."""
        return int(self.follows.data) if "follows" in self else None


class ReviewedForm(LibriForm):
    """"Still right": until when."""

    review_by = DayField(_l("Check again by"), [required()])

    def validate_review_by(self, field):
        if field.data and field.data <= now().date():
            raise ValidationError(_l("Choose a day in the future."))
