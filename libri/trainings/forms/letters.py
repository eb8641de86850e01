"""A letter to people of an event: to whom, and the words in each language."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField
from wtforms.validators import ValidationError

from ...directory.forms.fields import in_language, text_in
from ...forms import CheckboxesField, LibriForm
from ...i18n import LANGUAGES, Localized
from .. import writing
from ..models import HeldLetter

LONGEST = 10_000


class LetterForm(LibriForm):
    """The words of a letter; form_for() adds a subject and a text for each language."""

    autosave = True
    version = HiddenField()

    def pairs(self) -> dict[str, tuple]:
        """Language → its subject and its text."""
        return {code: (self[f"subject_{code}"], self[f"body_{code}"]) for code in LANGUAGES}

    def validate(self, *args, **kwargs) -> bool:
        """At least one language must be whole, and none half."""
        is_good = super().validate(*args, **kwargs)
        whole = 0
        for subject, body in self.pairs().values():
            whole += bool(subject.data and body.data)
            if bool(subject.data) != bool(body.data):
                empty = body if subject.data else subject
                empty.errors, is_good = [*empty.errors, _("Write subject and text, or leave both empty.")], False
        if is_good and not whole:
            first = next(iter(self.pairs().values()))[0]
            first.errors, is_good = [_("Write the letter in at least one language.")], False
        return is_good

    def write(self, letter: HeldLetter) -> None:
        """Put the words into a letter."""
        letter.subject = Localized({code: subject.data for code, (subject, _body) in self.pairs().items() if subject.data})
        letter.body = Localized({code: body.data for code, (_subject, body) in self.pairs().items() if body.data})


class NewLetterForm(LetterForm):
    """A letter nobody holds yet: also to whom."""

    groups = CheckboxesField(_l("To whom?"), choices=lambda: list(writing.GROUPS.items()), default=["confirmed"])

    def validate_groups(self, field) -> None:
        """Somebody must be chosen."""
        if not field.data:
            raise ValidationError(_l("Choose at least one group."))


def form_for(kind: type[LetterForm], letter: HeldLetter | None = None) -> LetterForm:
    """The form with the fields of each language, filled from `letter`."""
    fields = {}
    for code in LANGUAGES:
        fields[f"subject_{code}"] = text_in(code, in_language(_("Subject"), code), 150)
        fields[f"body_{code}"] = text_in(code, in_language(_("Text"), code), LONGEST, rows=8)
    known = {}
    if letter is not None:
        known = {f"subject_{code}": text for code, text in letter.subject.items()} | {f"body_{code}": text for code, text in letter.body.items()}
        known["version"] = str(letter.version)
    return type(f"{kind.__name__}InLanguages", (kind,), fields)(data=known)
