"""What is typed when a venue is asked for, and when its owner answers."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from wtforms import SubmitField, TextAreaField

from ...directory.forms.fields import ChoiceField, WholeNumberField, offered
from ...directory.models import VenueOffer
from ...forms import LibriForm, at_most, paragraphs


class AskForm(LibriForm):
    """A request for a venue: which room, how many people, what else the owner should know."""

    room_id = ChoiceField(_l("Room"))
    people = WholeNumberField(_l("How many people you expect"), low=1, high=10_000)
    words = TextAreaField(_l("What the owner should know"), [at_most(500)], filters=[paragraphs], render_kw={"rows": 3, "dir": "auto"})

    def __init__(self, offer: VenueOffer, **kwargs):
        super().__init__(**kwargs)
        rooms = [(str(room.id), ": ".join(part for part in (room.name, _seats(room.capacity)) if part)) for room in offer.rooms]
        self.room_id.choices = offered([("", _l("Any room")), *rooms])

    @property
    def room(self) -> int | None:
        """The number of the room asked for."""
        return int(self.room_id.data) if self.room_id.data else None


def _seats(number: int) -> str:
    return ngettext("%(num)s seat", "%(num)s seats", number)


class AnswerForm(LibriForm):
    """The owner's answer to a request."""

    answer = TextAreaField(_l("Your answer in words"), [at_most(500)], filters=[paragraphs], render_kw={"rows": 3, "dir": "auto"})
    confirm = SubmitField(_l("Confirm"))
    decline = SubmitField(_l("Decline"))

    @property
    def status(self) -> str:
        """What the pressed button means; empty when none was."""
        return "confirmed" if self.confirm.data else "declined" if self.decline.data else ""
