"""A few questions after an event; none of them must be answered."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, TextAreaField
from wtforms.validators import ValidationError

from ...forms import LibriForm, at_most, paragraphs
from .. import feedback


def _marks(name: str) -> RadioField:
    return RadioField(feedback.RATINGS[name], choices=lambda: list(feedback.MARKS.items()), validate_choice=False, default="")


class FeedbackForm(LibriForm):
    """Ratings and two short texts."""

    useful = _marks("useful")
    clear = _marks("clear")
    organised = _marks("organised")
    welcome = _marks("welcome")
    use = TextAreaField(feedback.TEXTS["use"], filters=[paragraphs], validators=[at_most(feedback.LONGEST)])
    better = TextAreaField(feedback.TEXTS["better"], filters=[paragraphs], validators=[at_most(feedback.LONGEST)])

    @property
    def answers(self) -> dict[str, str]:
        """What was answered, by the name of the question."""
        return {name: self[name].data or "" for name in (*feedback.RATINGS, *feedback.TEXTS)}

    def validate_useful(self, field) -> None:
        """Something must be said, in marks that were offered."""
        for name in feedback.RATINGS:
            if self[name].data and self[name].data not in feedback.MARKS:
                raise ValidationError(_l("Choose one of the marks."))
        if not any(self.answers.values()):
            raise ValidationError(_l("Answer at least one question, or choose to give no feedback."))


class CertificateForm(LibriForm):
    """Whether the public page of a certificate says the name."""

    is_name_public = BooleanField(_l("Show my name on the public page of this certificate"))
