"""What people type about a collection."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, TextAreaField

from ...directory.forms.fields import ChoiceField
from ...forms import at_most, paragraphs
from .resources import LONGEST_DESCRIPTION, NewForm, TextsForm


class NewCollectionForm(NewForm):
    """The title is enough to begin."""

    description = TextAreaField(_l("What is it good for?"), [at_most(LONGEST_DESCRIPTION)], filters=[paragraphs],
                                render_kw={"rows": 3, "dir": "auto"})
    organisation_id = ChoiceField(_l("Organisation"))


class CollectionForm(TextsForm):
    """The whole page of a collection but what is in it."""

    autosave = True
    is_public = BooleanField(_l("Also shown to guests who have not signed in"))

    def values(self) -> dict:
        return super().values() | {"is_public": self.is_public.data}
