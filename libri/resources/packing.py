"""A collection as one ZIP: its files in the language asked for, a first sheet with emblem and disclaimer, the licences as a table (N24)."""

from __future__ import annotations

import csv
import io
import json
import shutil
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from flask import current_app, url_for
from flask_babel import gettext as _

from .. import files
from ..db import now
from ..i18n import date, lang, language_name
from .models import Collection, Resource, ResourceVersion
from .words import LICENCE_PAGES, LICENCES

COVER = Path(__file__).parent / "cover.typ"
PIECE = 256 * 1024
LARGEST = 500 * 1024 * 1024
"""Bytes of all files of one ZIP."""
PLAIN = frozenset({"txt", "md", "csv", "srt", "vtt"})
"""Endings of files that are not packed already."""


@dataclass(frozen=True)
class Packed:
    """One resource in the language that fits best: its title, its file's name in the ZIP, or its address."""

    resource_id: int
    title: str
    title_language: str
    language: str
    owner: str
    owner_language: str
    licence: str
    digest: str = ""
    name: str = ""
    size: int = 0
    link: str = ""


def contents(resources: list[Resource]) -> list[Packed]:
    """What goes into the ZIP, in the language being spoken where there is a version in it; what waits for the virus scanner is left out."""
    found = []
    for resource in resources:
        version = _version(resource, lang())
        if version is not None and (version.file is None or version.file.may_be_sent):
            found.append(_packed(resource, version, len(found) + 1))
    return found


def _version(resource: Resource, language: str) -> ResourceVersion | None:
    newest = {one.language: one for one in sorted(resource.versions, key=lambda one: one.number)}
    return newest.get(language) or newest.get(resource.language) or next(iter(newest.values()), None)


def _packed(resource: Resource, version: ResourceVersion, number: int) -> Packed:
    title_language, title = resource.title_in(lang())
    owner_language, owner = resource.organisation.name_in(lang())
    stored = version.file
    name = files.clean_name(f"{number:02} {title[:80]} ({version.language}).{stored.suffix}".replace("/", "–")) if stored else ""
    return Packed(resource.id, title, title_language, version.language, owner, owner_language, resource.licence,
                  stored.digest if stored else "", name, stored.size if stored else 0, version.link)


def write(file: BinaryIO, sheets: dict[str, bytes], packed: list[Packed]) -> None:
    """Write the ZIP into a file, piece by piece. What is missing in the store is named in a text of its own."""
    missing = []
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sheets.items():
            archive.writestr(name, content)
        for one in packed:
            if one.digest and not _put(archive, one):
                missing.append(one.name)
        if missing:
            archive.writestr("missing.txt", "\r\n".join(missing))


def _put(archive: zipfile.ZipFile, one: Packed) -> bool:
    """Put one file into the archive; whether its content was there."""
    try:
        content = files.open_blob(one.digest)
    except files.Missing:
        return False
    entry = zipfile.ZipInfo(one.name, now().timetuple()[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED if files.suffix_of(one.name) in PLAIN else zipfile.ZIP_STORED
    entry.file_size = one.size
    with content, archive.open(entry, "w") as place:
        shutil.copyfileobj(content, place, PIECE)
    return True


def sheets(collection: Collection, packed: list[Packed]) -> dict[str, bytes]:
    """What we add ourselves, in the language being spoken: the first sheet and the licences."""
    return {"00 LiBri.pdf": _cover(collection, packed), "licences.csv": _licences(packed)}


def _licences(packed: list[Packed]) -> bytes:
    """Whose each resource is and what one may do with it, as CSV that spreadsheets open."""
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow([_("Title"), _("Language"), _("Organisation"), _("Licence"), _("Terms"), _("File or address")])
    for one in packed:
        table.writerow([_harmless(cell) for cell in (one.title, language_name(one.language), one.owner, str(LICENCES[one.licence]),
                                                     LICENCE_PAGES.get(one.licence, ""), one.name or one.link)])
    return text.getvalue().encode("utf-8-sig")


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return "'" + cell if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


def _cover(collection: Collection, packed: list[Packed]) -> bytes:
    """The first sheet as PDF: accessible, or plainly when a letter is missing from the font, which the standard does not allow."""
    import typst

    given = {"input": str(COVER), "format": "pdf", "ignore_system_fonts": True, "sys_inputs": {"data": json.dumps(_content(collection, packed))}}
    try:
        return typst.compile(**given, pdf_standards="ua-1")
    except typst.TypstError as error:
        current_app.logger.warning("a first sheet is not accessible: %s", type(error).__name__)
        return typst.compile(**given)


def _content(collection: Collection, packed: list[Packed]) -> dict:
    title_language, title = collection.title_in(lang())
    lead_language, lead = collection.description.best(lang())
    address = current_app.config["BASE_URL"] + url_for("resources.collection", collection_id=collection.id)
    return {
        "title": title, "title_lang": title_language, "lead": lead, "lead_lang": lead_language or lang(), "lang": lang(),
        "made": _("Taken from LiBri on %(day)s", day=date(now()).striptags()), "footer": f"LiBri · {address}",
        "items": [{"title": one.title, "lang": one.title_language, "facts": _facts(one)} for one in packed],
        "funding": _("Co-funded by the European Union"),
        "disclaimer": _("Views and opinions expressed are however those of the authors only and do not necessarily reflect those of the "
                        "European Union or the granting authority. Neither the European Union nor the granting authority can be held "
                        "responsible for them.")}


def _facts(one: Packed) -> list[dict]:
    rows = [(_("Organisation"), one.owner, one.owner_language), (_("Language"), language_name(one.language), lang()),
            (_("Licence"), str(LICENCES[one.licence]), lang()), (_("Terms"), LICENCE_PAGES.get(one.licence, ""), "en"),
            (_("File"), one.name, one.title_language), (_("Address"), one.link, "en")]
    return [{"label": label, "text": text, "lang": language} for label, text, language in rows if text]
