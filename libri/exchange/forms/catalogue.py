"""The questions of the catalogue of practices; their answers stand in the address."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField
from wtforms.validators import ValidationError

from ...directory.forms.filters import AddressForm, OneOf, any_or, countries, languages
from ...forms import at_most, line
from ...paging import whole
from ...search import words
from ...vocabularies import THEMES
from ..queries.practices import Filters
from ..words import COST_BANDS, STATES_OF_LIFE, TARGET_GROUPS

SORTS = {"newest": _l("Newest first"), "adopted": _l("Most often tried"), "cost": _l("Least cost first")}
MOST_HOURS = 10_000


def hours(form, field) -> None:
    """A whole number of hours."""
    if field.data and whole(field.data, digits=5) not in range(MOST_HOURS + 1):
        raise ValidationError(_l("Write a whole number of hours, for example 8."))


class CatalogueForm(AddressForm):
    """The filters of the catalogue."""

    words = StringField(_l("Words in the text"), [at_most(200)], filters=[line])
    theme = OneOf(_l("Theme"), choices=lambda: any_or(THEMES.items()))
    group = OneOf(_l("For whom"), choices=lambda: any_or(TARGET_GROUPS.items()))
    country = OneOf(_l("Country"), choices=lambda: any_or(countries()))
    language = OneOf(_l("Can be read in"), choices=lambda: any_or(languages()))
    cost = OneOf(_l("Cost at most"), choices=lambda: any_or(COST_BANDS.items()))
    hours = StringField(_l("Staff hours a month at most"), [hours], filters=[line], render_kw={"inputmode": "numeric", "maxlength": 5})
    life = OneOf(_l("State"), choices=lambda: any_or(STATES_OF_LIFE.items()))
    sort = OneOf(_l("Order"), choices=lambda: list(SORTS.items()), default="newest")
    mine = HiddenField()

    @property
    def filters(self) -> Filters:
        """The answers that were understood."""
        text, most = self._good("words"), self._good("hours")
        chosen = {name: self._good(name) for name in ("theme", "group", "country", "language", "cost", "life")}
        return Filters(words=tuple(words(text)), text=text, hours=int(most) if most else None, sort=self._good("sort") or "newest",
                       mine=self.mine.data == "y", **chosen)
