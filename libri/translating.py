"""`libri translate extract | update | check | compile`: the four catalogues, complete, current and CLDR-true."""

from __future__ import annotations

import io
import re
from pathlib import Path

import click
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from .i18n import LANGUAGES, TRANSLATIONS

ROOT = TRANSLATIONS.parent
TEMPLATE = TRANSLATIONS / "messages.pot"
TARGETS = tuple(code for code in LANGUAGES if code != "en")
"""English is the source, so it needs no catalogue."""
KEYWORDS = {
    "_": None, "gettext": None, "_l": None, "lazy_gettext": None,
    "ngettext": (1, 2), "_n": (1, 2), "lazy_ngettext": (1, 2),
    "pgettext": ((1, "c"), 2), "_p": ((1, "c"), 2), "lazy_pgettext": ((1, "c"), 2), "_pl": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
PLURALS = {
    "lv": (3, "(n%10==0 || (n%100>=11 && n%100<=19)) ? 0 : ((n%10==1 && n%100!=11) ? 1 : 2)"),
    "ru": (3, "(n%10==1 && n%100!=11) ? 0 : ((n%10>=2 && n%10<=4 && (n%100<12 || n%100>14)) ? 1 : 2)"),
    "uk": (3, "(n%10==1 && n%100!=11) ? 0 : ((n%10>=2 && n%10<=4 && (n%100<12 || n%100>14)) ? 1 : 2)"),
}
"""CLDR's rules as gettext writes them: lv zero, one, other; ru and uk one, few, many (style-of-language.md)."""
_NAMES = re.compile(r"%\((\w+)\)[sd]")
_CHANGING = re.compile(r'"(POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Report-Msgid-Bugs-To|Generated-By):.*?\\n"\n')
"""Lines of a header that would differ at every run."""
_HEADER = "# Translations of LiBri – Library Bridges.\n# SPDX-License-Identifier: EUPL-1.2\n#"


def file_of(code: str) -> Path:
    """The .po file of a language."""
    return TRANSLATIONS / code / "LC_MESSAGES" / "messages.po"


def extract() -> Catalog:
    """Read every string of the code and the templates into a catalogue sorted by its English text."""
    catalog = Catalog(project="LiBri", version="1", header_comment=_HEADER, fuzzy=False)
    options = {"jinja2": {"extensions": "jinja2.ext.i18n", "trim_blocks": "true", "lstrip_blocks": "true", "trimmed": "true", "silent": "false"}}
    for folder, method, pattern in (("libri", "python", "**.py"), ("templates", "jinja2", "**.*")):
        found = extract_from_dir(str(ROOT / folder), [(pattern, method)], {pattern: options.get(method, {})}, keywords=KEYWORDS,
                                 comment_tags=["L10n:"])
        for file, _line, message, comments, context in sorted(found, key=lambda row: (row[0], row[1])):
            catalog.add(message, locations=[(f"{folder}/{file}", None)], auto_comments=comments, context=context)
    return catalog


def _written(catalog: Catalog) -> bytes:
    stream = io.BytesIO()
    catalog.creation_date = catalog.revision_date = None  # type: ignore[assignment]
    write_po(stream, catalog, width=120, sort_output=True, include_lineno=False, omit_header=False, ignore_obsolete=True)
    text = stream.getvalue().decode()
    return _CHANGING.sub("", text).encode()


def read(code: str) -> Catalog:
    """The catalogue of a language; an empty one when there is no file yet."""
    file = file_of(code)
    if not file.is_file():
        return Catalog(locale=code, project="LiBri", header_comment=_HEADER, fuzzy=False)
    with file.open("rb") as stream:
        return read_po(stream, locale=code)


def write(code: str, catalog: Catalog) -> None:
    """Write a catalogue with the CLDR plural header, whatever Babel thinks of it."""
    number, rule = PLURALS[code]
    catalog._num_plurals, catalog._plural_expr = number, rule
    file_of(code).parent.mkdir(parents=True, exist_ok=True)
    file_of(code).write_bytes(_written(catalog))


def update() -> None:
    """Bring messages.pot and the catalogues up to date; what has no translation yet stays empty, nothing is guessed."""
    template = extract()
    TEMPLATE.parent.mkdir(exist_ok=True)
    TEMPLATE.write_bytes(_written(template))
    for code in TARGETS:
        catalog = read(code)
        catalog._num_plurals, catalog._plural_expr = PLURALS[code]
        catalog.update(template, no_fuzzy_matching=True)
        write(code, catalog)


def compile_all() -> None:
    """Write the .mo files the application reads, each in one step."""
    for code in TARGETS:
        if file_of(code).is_file():
            target = file_of(code).with_suffix(".mo")
            part = target.with_suffix(".part")
            with part.open("wb") as stream:
                write_mo(stream, read(code))
            part.replace(target)


def check() -> list[str]:
    """What is wrong with the catalogues, one sentence each; an empty list means four complete languages (N39)."""
    template = extract()
    wrong = [] if TEMPLATE.is_file() and TEMPLATE.read_bytes() == _written(template) else ["messages.pot is not current: libri translate update"]
    for code in TARGETS:
        catalog = read(code)
        if (catalog.num_plurals, catalog.plural_expr) != PLURALS[code]:
            wrong.append(f"{code}: the plural header is not CLDR's")
        for message in template:
            if message.id:
                wrong += [f"{code}: {trouble}" for trouble in _troubles(message, catalog.get(message.id, message.context), catalog.num_plurals)]
    return wrong


def _troubles(source, target, plurals: int) -> list[str]:
    ids = source.id if source.pluralizable else (source.id,)
    if target is None or not target.string:
        return [f"missing: {ids[0]!r}"]
    texts = target.string if source.pluralizable else (target.string,)
    if target.fuzzy or not all(texts) or (source.pluralizable and len(texts) != plurals):
        return [f"incomplete: {ids[0]!r}"]
    wanted = set(_NAMES.findall(ids[-1]))
    wrong = [text for text in texts if set(_NAMES.findall(text)) - wanted or (not source.pluralizable and set(_NAMES.findall(text)) != wanted)]
    return [f"placeholders differ: {text!r}" for text in wrong]


@click.group("translate")
def commands() -> None:
    """The catalogues of the interface."""


@commands.command("extract")
def _extract_command() -> None:
    """Write messages.pot from code and templates."""
    TEMPLATE.write_bytes(_written(extract()))


@commands.command("update")
def _update_command() -> None:
    """Write messages.pot and bring every catalogue up to it."""
    update()


@commands.command("compile")
def _compile_command() -> None:
    """Write the .mo files."""
    compile_all()


@commands.command("check")
def _check_command() -> None:
    """Say what is missing or wrong; the exit code is 1 when anything is."""
    wrong = check()
    for sentence in wrong:
        click.echo(sentence)
    raise SystemExit(1 if wrong else 0)
