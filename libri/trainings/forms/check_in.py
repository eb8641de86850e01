"""What is asked at the door: a name to look for, the code on the wall."""

from __future__ import annotations

from flask import request
from flask_babel import lazy_gettext as _l
from wtforms import Form, StringField

from ...forms import LibriForm, at_most, line, required
from ...search import words


class CheckInForm(Form):
    """Looking for a person in a long list."""

    words = StringField(_l("Find a person"), filters=[line], validators=[at_most(100)])

    def __init__(self) -> None:
        super().__init__(request.args)

    @property
    def parts(self) -> list[str]:
        """The words of a name, folded."""
        return words(self.words.data or "")


class CodeForm(LibriForm):
    """The code on the wall."""

    code = StringField(_l("Code"), filters=[line], validators=[required(_l("Type the code you see at the event.")), at_most(12)])
