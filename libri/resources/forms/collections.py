"""What people type about a collection."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, StringField, TextAreaField

from ...directory.forms.fields import ChoiceField, named, offered
from ...directory.forms.filters import languages
from ...forms import LibriForm, at_most, line, paragraphs, required
from ...i18n import Localized
from ..models.resources import LONGEST_TITLE
from .resources import LONGEST_DESCRIPTION, TextsForm


class NewCollectionForm(LibriForm):
    """The title is enough to begin."""

    title = StringField(_l("Title"), [required(), at_most(LONGEST_TITLE)], filters=[line], render_kw={"dir": "auto"})
    language = ChoiceField(_l("Language"), [required()])
    description = TextAreaField(_l("What is it good for?"), [at_most(LONGEST_DESCRIPTION)], filters=[paragraphs],
                                render_kw={"rows": 3, "dir": "auto"})
    organisation_id = ChoiceField(_l("Organisation"))

    def __init__(self, organisations: list[tuple[str, str]], **kwargs):
        super().__init__(**kwargs)
        self.language.choices = offered(languages())
        self.organisation_id.choices = named(organisations)

    def facts(self) -> dict:
        """What was typed, as columns of Collection."""
        language = self.language.data
        return {"title": Localized({language: self.title.data}), "description": Localized({language: self.description.data}),
                "language": language}


class CollectionForm(TextsForm):
    """The whole page of a collection but what is in it."""

    autosave = True
    is_public = BooleanField(_l("Also shown to guests who have not signed in"))

    def values(self) -> dict:
        return super().values() | {"is_public": self.is_public.data}
