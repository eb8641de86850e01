"""The questions of the list of resources; their answers stand in the address."""

from __future__ import annotations

from flask import request
from flask_babel import lazy_gettext as _l
from wtforms import Form, HiddenField, StringField

from ...directory.forms.filters import OneOf
from ...forms import at_most, line
from ...i18n import lang, language_name, sort_key
from ...vocabularies import THEMES, WRITTEN_LANGUAGES
from ..queries.resources import Filters
from ..words import AUDIENCES, KINDS, LEVELS, LICENCES

SORTS = {"newest": _l("Newest first"), "taken": _l("Most often downloaded")}
CHOICES = ("kind", "theme", "audience", "language", "level", "licence", "owner", "sort")


def _any(choices) -> list[tuple[str, str]]:
    return [("", _l("Any")), *choices]


def languages() -> list[tuple[str, str]]:
    """The languages a resource may be in, in the reader's alphabetical order."""
    return sorted(((code, language_name(code)) for code in WRITTEN_LANGUAGES), key=lambda pair: sort_key(pair[1], lang()))


class ResourceFilterForm(Form):
    """The filters of the list; `owners` as (number, name)."""

    words = StringField(_l("Words in the text"), [at_most(200)], filters=[line])
    kind = OneOf(_l("Kind"), choices=lambda: _any(KINDS.items()))
    theme = OneOf(_l("Theme"), choices=lambda: _any(THEMES.items()))
    audience = OneOf(_l("For whom"), choices=lambda: _any(AUDIENCES.items()))
    language = OneOf(_l("Language"), choices=lambda: _any(languages()))
    level = OneOf(_l("Reading level"), choices=lambda: _any(LEVELS.items()))
    licence = OneOf(_l("Licence"), choices=lambda: _any(LICENCES.items()))
    owner = OneOf(_l("From"), choices=())
    sort = OneOf(_l("Order"), choices=lambda: list(SORTS.items()), default="newest")
    show = HiddenField()

    def __init__(self, owners: list[tuple[str, str]]):
        super().__init__(request.args)
        self.owner.choices = _any(owners)
        self.is_good = self.validate()

    @property
    def filters(self) -> Filters:
        """The answers that were understood."""
        chosen = {name: self[name].data or "" for name in ("words", *CHOICES) if not self[name].errors}
        show = self.show.data if self.show.data in ("ours", "due") else ""
        return Filters(**(chosen | {"sort": chosen.get("sort") or "newest", "show": show}))
