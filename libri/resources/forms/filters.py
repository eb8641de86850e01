"""The questions of the list of resources; their answers stand in the address."""

from __future__ import annotations

from flask import request
from flask_babel import lazy_gettext as _l
from wtforms import Form, HiddenField, StringField

from ...directory.forms.filters import OneOf, any_or, languages
from ...forms import at_most, line
from ...vocabularies import THEMES
from ..queries.resources import Filters
from ..words import AUDIENCES, KINDS, LEVELS, LICENCES

SORTS = {"newest": _l("Newest first"), "taken": _l("Most often downloaded")}
CHOICES = ("kind", "theme", "audience", "language", "level", "licence", "owner", "sort")


class ResourceFilterForm(Form):
    """The filters of the list; `owners` as (number, name)."""

    words = StringField(_l("Words in the text"), [at_most(200)], filters=[line])
    kind = OneOf(_l("Kind"), choices=lambda: any_or(KINDS.items()))
    theme = OneOf(_l("Theme"), choices=lambda: any_or(THEMES.items()))
    audience = OneOf(_l("For whom"), choices=lambda: any_or(AUDIENCES.items()))
    language = OneOf(_l("Language"), choices=lambda: any_or(languages()))
    level = OneOf(_l("Reading level"), choices=lambda: any_or(LEVELS.items()))
    licence = OneOf(_l("Licence"), choices=lambda: any_or(LICENCES.items()))
    owner = OneOf(_l("Organisation"), choices=list)
    sort = OneOf(_l("Order"), choices=lambda: list(SORTS.items()), default="newest")
    show = HiddenField()

    def __init__(self, owners: list[tuple[str, str]]):
        super().__init__(request.args)
        self.owner.choices = any_or(owners)
        self.is_good = self.validate()

    @property
    def filters(self) -> Filters:
        """The answers that were understood."""
        chosen = {name: self[name].data or "" for name in ("words", *CHOICES) if not self[name].errors}
        show = self.show.data if self.show.data in ("ours", "due") else ""
        return Filters(**(chosen | {"sort": chosen.get("sort") or "newest", "show": show}))
