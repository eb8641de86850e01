"""What some organisations of the sample network say of themselves: descriptions, hours, searches for partners."""

from __future__ import annotations

import json
from pathlib import Path

from ..i18n import Localized
from ..members.models import Organisation

FILE = Path(__file__).with_name("organisation_texts.json")


def add_texts(organisations: dict[str, Organisation]) -> None:
    """Write the texts into the organisations, inside write_tx()."""
    for code, said in json.loads(FILE.read_text("utf-8"))["organisations"].items():
        organisation = organisations[code]
        for name in ("description", "accessibility", "newcomer_hours"):
            setattr(organisation, name, Localized(said.get(name, {})))
        if wish := said.get("seeks_partner_for"):
            organisation.seek_partner(True, wish)
        organisation.index_names()
