"""Forms of reporting and moderating."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, SelectField, TextAreaField
from wtforms.validators import Optional, ValidationError

from ...db import now
from ...forms import LibriForm, at_most, one_of_these, paragraphs, required
from ...i18n import timezone
from ..words import CATEGORIES

LONGEST_PIN = timedelta(days=366)


class ReportForm(LibriForm):
    """Why somebody points the moderators to a text."""

    reason = TextAreaField(_l("Why should the office look at it?"), [required(), at_most(1000)], filters=[paragraphs],
                           render_kw={"rows": 4})


class ReasonForm(LibriForm):
    """Why a text is hidden or not shown; its author reads it."""

    reason = TextAreaField(_l("Reason for the author"), [required(), at_most(300)], filters=[paragraphs], render_kw={"rows": 3})


class HideForm(ReasonForm):
    """Why a text is hidden, and whether what it said before goes for good."""

    removes_versions = BooleanField(_l("Delete its earlier versions too, because they hold personal data"), false_values=("", "n", "false"))


class NoteForm(LibriForm):
    """A note among moderators."""

    text = TextAreaField(_l("Note for the office"), [required(), at_most(2000)], filters=[paragraphs], render_kw={"rows": 3})


class MoveForm(LibriForm):
    """Another category for a topic."""

    category = SelectField(_l("Category"), choices=lambda: {code: str(label) for code, label in CATEGORIES.items()}, validate_choice=False)

    def validate_category(self, field) -> None:
        """One of ours."""
        if field.data not in CATEGORIES:
            raise ValidationError(one_of_these())


class PinForm(LibriForm):
    """Until when a topic stands first; empty takes it down."""

    until = DateField(_l("Stands first until"), [Optional()])

    @classmethod
    def showing(cls, end: datetime | None) -> PinForm:
        """The form with the day on which it ends now, where the reader is."""
        return cls(formdata=None, until=end.astimezone(ZoneInfo(timezone())).date() if end else None)

    def validate_until(self, field) -> None:
        """A day to come, within a year."""
        if field.data and not now() < self.end < now() + LONGEST_PIN:
            raise ValidationError(_l("Choose a day within the next year."))

    @property
    def end(self) -> datetime | None:
        """The end of that day where the reader is."""
        return datetime.combine(self.until.data, time(23, 59, 59), ZoneInfo(timezone())) if self.until.data else None
