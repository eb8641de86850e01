"""Choosing a table to import."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired

from ...forms import LibriForm


class TableForm(LibriForm):
    """A CSV or XLSX file."""

    table = FileField(_l("Table"), [FileRequired(_l("Choose a file."))],
                      description=_l("CSV or XLSX, at most 8 MB and 5,000 rows. The first row names the columns."))


class ImportForm(LibriForm):
    """The button that imports; nothing is typed."""
