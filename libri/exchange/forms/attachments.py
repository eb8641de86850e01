"""What people say of the photos and files they add."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, StringField

from ...directory.forms.fields import ChoiceField, offered
from ...files import ATTACHMENT, PICTURES, suffix_of
from ...forms import LibriForm, at_most, line
from ..words import LICENCES


class PhotoWordsForm(LibriForm):
    """What is said of a photo: what it shows, who took it, under which licence, and that the people on it agreed (F26)."""

    alternative = StringField(_l("What the photo shows"), [at_most(300)], filters=[line], render_kw={"dir": "auto"})
    credit = StringField(_l("Who took it"), [at_most(200)], filters=[line], render_kw={"dir": "auto"})
    licence = ChoiceField(_l("Licence of the photo"), choices=[*offered([("", _l("Not known yet"))]), *offered(LICENCES)],
                          filters=[lambda value: value or ""])
    has_consent = BooleanField(_l("Everyone who can be recognised agreed, or nobody can be recognised"))

    def words(self) -> dict:
        """As `attachments.add` takes them."""
        return {name: self[name].data for name in ("alternative", "credit", "licence", "has_consent")}

    def insist(self) -> bool:
        """Whether nothing is missing that a photo needs before others see it; marks what is."""
        for field, sentence in ((self.alternative, _l("Say in a few words what the photo shows. Some readers cannot see it.")),
                                (self.licence, _l("Choose a licence.")),
                                (self.has_consent, _l("A photo needs the consent of the people shown."))):
            if not field.data:
                field.errors = [*field.errors, sentence]
        return not (self.alternative.errors or self.licence.errors or self.has_consent.errors)


class AttachmentForm(PhotoWordsForm):
    """A photo or file to add."""

    upload = FileField(_l("Photo or file"), render_kw={"accept": ATTACHMENT.accept})

    @property
    def is_photo(self) -> bool:
        """Whether the chosen file calls itself a picture."""
        return bool(self.upload.data) and suffix_of(self.upload.data.filename or "") in PICTURES
