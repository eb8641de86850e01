"""What people tell about trying a practice: which organisation, what they changed, what it cost, what came of it."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from wtforms import BooleanField, HiddenField, RadioField, StringField, TextAreaField
from wtforms.validators import ValidationError

from ...directory.forms.fields import ChoiceField, named, sent, with_names
from ...forms import LibriForm, at_most, line, one_of_these, paragraphs, required
from ...i18n import lang, language_name, sort_key
from ...vocabularies import WRITTEN_LANGUAGES
from ..models import Adoption
from ..words import WOULD_REPEAT

LONGEST = 4000


def _languages() -> list[tuple[str, str]]:
    """Those one writes first, then the others in the reader's alphabet."""
    mine = current_user.writes
    rest = sorted((code for code in WRITTEN_LANGUAGES if code not in mine), key=lambda code: sort_key(language_name(code), lang()))
    return [(code, language_name(code)) for code in (*mine, *rest)]


class OneFrom(RadioField):
    """Radio buttons with our own sentence for what was never offered."""

    def pre_validate(self, form):
        if not any(chosen for _value, _label, chosen, *_rest in self.iter_choices()):
            raise ValidationError(one_of_these())


class AdoptionForm(LibriForm):
    """We tried this."""

    autosave = True
    version = HiddenField(validators=[sent])
    language = ChoiceField(_l("The language you write in"), choices=_languages)
    changes = TextAreaField(_l("What did you change?"), [required(), at_most(LONGEST)], filters=[paragraphs],
                            render_kw={"rows": 5, "dir": "auto"})
    cost = StringField(_l("What did it cost?"), [at_most(200)], filters=[line], render_kw={"maxlength": 200, "dir": "auto"})
    result = TextAreaField(_l("What came of it?"), [at_most(LONGEST)], filters=[paragraphs], render_kw={"rows": 5, "dir": "auto"})
    would_repeat = OneFrom(_l("Would you do it again?"), choices=lambda: list(WOULD_REPEAT.items()), default="too_early")
    hides_city = BooleanField(_l("Do not show our name and city"), false_values=("", "n", "false"))

    TYPED = ("changes", "cost", "result")
    SAID = {"language": language_name, "would_repeat": lambda code: str(WOULD_REPEAT.get(code, code)),
            "hides_city": lambda on: _("Yes") if on else _("No")}
    """How the choices are called in words."""

    def write(self, adoption: Adoption) -> None:
        """Set what was typed."""
        for field in self.compared():
            setattr(adoption, field.name, field.data)

    def compared(self) -> list:
        """The fields of a telling, all of which are compared when two people change it."""
        return [self[name] for name in (*self.TYPED, *self.SAID)]


class NewAdoptionForm(AdoptionForm):
    """We tried this, for the first time: also which organisation it was."""

    organisation_id = ChoiceField(_l("Which organisation tried it?"), choices=[])

    def offer(self, organisations: list, first: str) -> None:
        """Let the writer choose among these organisations, beginning with one."""
        self.organisation_id.choices = named(with_names(organisations))
        if not self.is_submitted() and not self.organisation_id.data:
            self.organisation_id.data = first
