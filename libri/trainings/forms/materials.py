"""What organisers give to participants: a file or a link."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, StringField, URLField

from ...directory.forms.fields import ChoiceField, offered
from ...files import RESOURCE
from ...forms import LibriForm, at_most, line, required, web_address
from ...i18n import language_name
from ...vocabularies import WRITTEN_LANGUAGES
from ..words import MATERIAL_KINDS
from .fields import MomentField


class MaterialForm(LibriForm):
    """A file or a link, and who may open it from when."""

    title = StringField(_l("Title"), [required(), at_most(200)], filters=[line], render_kw={"dir": "auto"})
    kind = ChoiceField(_l("What it is"), choices=offered(MATERIAL_KINDS), default="material")
    language = ChoiceField(_l("Language"), default="")
    upload = FileField(_l("File"), render_kw={"accept": RESOURCE.accept})
    link = URLField(_l("Link"), [at_most(500), web_address], filters=[line])
    is_for_all = BooleanField(_l("Everybody who sees the event may open it"))
    visible_from = MomentField(_l("Visible from"))

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.language.choices = offered([("", _l("Not said")), *((code, language_name(code)) for code in WRITTEN_LANGUAGES)])

    def validate(self, extra_validators=None):
        good = super().validate(extra_validators)
        if bool(self.upload.data) == bool(self.link.data) and not self.link.errors:
            self.upload.errors = [_l("Choose a file or write a link, one of the two.")]
            return False
        return good
