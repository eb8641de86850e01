"""What people type about venues: the place, its rooms, its conditions; and what they look for."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField

from ...forms import CheckboxesField, at_most, line, required
from ...i18n import LANGUAGES
from ...vocabularies import EQUIPMENT
from ..models import Room, VenueOffer
from .fields import LanguagesForm, WholeNumberField, in_language, offered, sent, text_in

EMPTY_ROOMS = 3
MOST_ROOMS = 30
MOST_SEATS = 10_000
TEXTS = {"accessibility": _l("Accessibility"), "conditions": _l("Conditions of use")}


class VenueForm(LanguagesForm):
    """A place and its rooms; `form_for` adds one group of fields per room and per language."""

    version = HiddenField()
    rooms = HiddenField()
    name = StringField(_l("Name of the building or place"), [required(), at_most(120)], filters=[line])
    address = StringField(_l("Address"), [at_most(200)], filters=[line])

    count = EMPTY_ROOMS

    def validate(self, extra_validators=None):
        good = super().validate(extra_validators)
        for name, capacity, equipment in self.room_fields():
            if (name.data or equipment.data) and capacity.data is None and not capacity.errors:
                capacity.errors = [_l("Write how many seats this room has.")]
                good = False
        if good and not self.typed_rooms():
            self.room_0_capacity.errors = [_l("Describe at least one room, with its seats.")]
            good = False
        return good

    def room_fields(self) -> list[tuple]:
        """(name, capacity, equipment) of each row."""
        return [(self[f"room_{n}_name"], self[f"room_{n}_capacity"], self[f"room_{n}_equipment"]) for n in range(self.count)]

    def typed_rooms(self) -> list[tuple[str, int, list[str]]]:
        """What was typed in the rows that are filled in."""
        return [(name.data, capacity.data, equipment.data) for name, capacity, equipment in self.room_fields() if capacity.data]

    def write(self, offer: VenueOffer) -> None:
        """Set what was typed; rooms are written anew."""
        offer.name, offer.address = self.name.data, self.address.data
        for column in TEXTS:
            setattr(offer, column, self.typed(column))
        if self.typed_rooms() != rooms_of(offer):
            offer.rooms = [Room(name=name, capacity=capacity, equipment=equipment) for name, capacity, equipment in self.typed_rooms()]


def rooms_of(offer: VenueOffer) -> list[tuple[str, int, list[str]]]:
    """The rooms of an offer in the shape of VenueForm.typed_rooms()."""
    return [(room.name, room.capacity, room.equipment) for room in offer.rooms]


def form_for(main_language: str, offer: VenueOffer | None = None) -> VenueForm:
    """The form with as many rows as were asked for, and at least three empty ones at first."""
    values = _values(offer) if offer is not None else {}
    present = len(offer.rooms) if offer is not None else 0
    count = VenueForm.asked_rows("rooms", MOST_ROOMS) or min(max(EMPTY_ROOMS, present + 1), MOST_ROOMS)
    more = (code for column in TEXTS for code in getattr(offer, column)) if offer is not None else ()
    codes = tuple(dict.fromkeys([*LANGUAGES, main_language, *more]))
    form = _with_rows(count, codes)(data=values)
    form.rooms.data = str(count)
    if offer is not None:
        form.version.validators = [sent]
    return form


def _values(offer: VenueOffer) -> dict:
    values: dict = {"version": str(offer.version), "name": offer.name, "address": offer.address}
    for n, (name, capacity, equipment) in enumerate(rooms_of(offer)[:MOST_ROOMS]):
        values |= {f"room_{n}_name": name, f"room_{n}_capacity": capacity, f"room_{n}_equipment": equipment}
    for column in TEXTS:
        values |= {f"{column}_{code}": text for code, text in getattr(offer, column).items()}
    return values


def _with_rows(count: int, codes: tuple[str, ...]) -> type[VenueForm]:
    fields: dict = {"count": count, "codes": codes}
    for n in range(count):
        fields[f"room_{n}_name"] = StringField(_l("Name of the room"), [at_most(120)], filters=[line])
        fields[f"room_{n}_capacity"] = WholeNumberField(_l("Seats"), low=1, high=MOST_SEATS, render_kw={"min": 1, "max": MOST_SEATS})
        fields[f"room_{n}_equipment"] = CheckboxesField(_l("Equipment"), choices=offered(EQUIPMENT))
    for column, label in TEXTS.items():
        for code in codes:
            fields[f"{column}_{code}"] = text_in(code, in_language(label, code), 2000, rows=3)
    return type("VenueFormWithRooms", (VenueForm,), fields)
