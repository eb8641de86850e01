"""The questions of the organiser's list of participants, and the note about one."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import StringField, TextAreaField

from ...directory.forms.filters import AddressForm, OneOf, any_or
from ...forms import LibriForm, at_most, line, paragraphs
from ..queries.participants import Asked
from ..words import REGISTRATION_STATES

NEEDS = {"access": _l("Access needs"), "languages": _l("Languages to follow in"), "note": _l("A note")}


class ParticipantsAsked(AddressForm):
    """The filters of the list."""

    text = StringField(_l("Name or organisation"), [at_most(100)], filters=[line])
    state = OneOf(_l("State"), choices=lambda: any_or(
        (code, label) for code, label in REGISTRATION_STATES.items() if code != "unconfirmed"))
    needs = OneOf(_l("Only those with"), choices=lambda: any_or(NEEDS.items()))

    @property
    def asked(self) -> Asked:
        """The answers that were understood."""
        return Asked(**{field.name: field.data or "" for field in self if not field.errors})


class NoteForm(LibriForm):
    """What the organiser wants to remember about a registration."""

    note = TextAreaField(_l("Note"), [at_most(1000)], filters=[paragraphs], render_kw={"rows": 3, "dir": "auto"})
