"""The rules of the house that a machine can keep (see the map in README.md)."""

import ast
import re

import pytest

from .rules import ROOT, calls, kept_files, python_files, templates

LONGEST = 300
"""Lines of a file; a longer one is to be split by noun."""
LONGER: set[str] = {"tests/test_access.py"}
"""Files allowed to be longer: the one table of who may what."""
TRUSTED_HTML = {
    "libri/members/two_factor.py": "the QR code that segno draws of an address we made",
    "libri/directory/forms/filters.py": "the options of a select, each value and label escaped on its own",
    "libri/forms.py": "the attributes of an element, each value escaped on its own",
    "libri/i18n.py": "times, made of numbers and of words that are escaped when they are kept",
    "libri/catalogues.py": "our own translated sentences; what is filled in is escaped; and what templates drew of such sentences alone",
    "libri/exchange/drawing.py": "the texts of a topic as their template drew them",
    "libri/trainings/codes.py": "the QR code that segno draws of an address we made",
    "libri/text.py": "what Markdown became, cleaned by a list of what may stay (S49)",
}
"""Files that may call computed text safe HTML, each with the reason why it is; `Markup("literal").format(…)` escapes by itself."""
SHOWCASES = {"ui.html", "home/design.html"}
"""All macros, and one page that shows them all."""
PAGES = {name: text for name, text in templates().items() if not name.startswith("emails/")}


def without_comments(source: str) -> str:
    return re.sub(r"\{#.*?#\}", "", source, flags=re.S)


# ---- templates -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PAGES)
def test_a_template_has_nothing_inline(name):
    source = without_comments(PAGES[name])

    assert not re.search(r"<[^>]*\s(style|on[a-z]+)\s*=", source), "style= or on…="
    assert not re.search(r"<style|javascript:|hx-on|<script(?![^>]*\ssrc=)", source)


@pytest.mark.parametrize("name", [name for name, source in PAGES.items() if "{% extends" in source])
def test_a_page_sets_and_imports_nothing_outside_its_blocks(name):
    outside = re.sub(r"\{%-?\s*block\b.*\{%-?\s*endblock.*?%\}", "", without_comments(PAGES[name]), flags=re.S)

    assert not re.search(r"\{%-?\s*(set|import|from)\b", outside)


def test_every_macro_is_used():
    macros = re.findall(r"\{%-?\s*macro (\w+)\(", PAGES["ui.html"])
    elsewhere = "".join(source for name, source in templates().items() if name not in SHOWCASES)
    inside = re.sub(r"macro \w+\(", "", PAGES["ui.html"])

    assert not [m for m in macros if not re.search(rf"\bui\.{m}\(", elsewhere) and not re.search(rf"(?<![\w.]){m}\(", inside)]


def declared_fragments():
    for file, call in calls("render"):
        given = next((k.value for k in call.keywords if k.arg == "fragments"), None)
        if given is not None and isinstance(call.args[0], ast.Constant):
            names = [n.value for n in ast.walk(given) if isinstance(n, ast.Constant)]
            yield from ((file, call.args[0].value, name) for name in names)


@pytest.mark.parametrize(("file", "template", "fragment"), sorted(set(declared_fragments())))
def test_a_declared_fragment_is_a_block_that_draws_the_element_of_its_name(file, template, fragment):
    assert template in PAGES
    block = re.search(rf"\{{%-?\s*block {fragment}\b.*?%\}}(.*)", PAGES[template], re.S)

    assert block, f"{template} has no block {fragment}"
    assert re.search(rf"""id=["']{fragment}["'-]|id={{{{|["']{fragment}["']""", block.group(1))


def test_only_reviewed_places_call_text_safe_html():
    computed = {file for file, call in calls("Markup") if call.args and not isinstance(call.args[0], ast.Constant)}
    filtered = {name for name, source in templates().items() if re.search(r"\|\s*safe\b|autoescape false", without_comments(source))}

    assert computed | filtered <= set(TRUSTED_HTML)


# ---- files -----------------------------------------------------------------------------------------------------------


def test_files_stay_small_enough_to_read():
    long = [name for name, source in python_files().items() if source.count("\n") > LONGEST]
    long += [name for name, source in templates().items() if name not in SHOWCASES and source.count("\n") > LONGEST]

    assert set(long) <= LONGER


def test_a_module_opens_with_a_sentence():
    silent = [name for name, source in python_files().items() if source.strip() and not ast.get_docstring(ast.parse(source))]

    assert not [name for name in silent if name.startswith("libri/")]


def test_nothing_is_left_to_be_done():
    words = re.compile(r"\b(TO" r"DO|FIX" r"ME|X" r"XX|HA" r"CK)\b")

    theirs = ("libri/sample/", "translations/")

    assert not [name for name, text in kept_files().items() if words.search(text) and not name.startswith(theirs)]


def test_no_file_names_a_place_on_one_machine():
    places = re.compile(r"(?<![\w.])/(home|work|root|Users|opt)/\w")
    on_purpose = ("deploy/", "libri/sample/", "README.md")

    assert not [name for name, text in kept_files().items() if places.search(text) and not name.startswith(on_purpose)]


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock", "requirements-node.lock"])
def test_a_lock_names_packages_and_hashes_but_no_server(lock):
    text = (ROOT / lock).read_text()

    assert "://" not in text and "--index" not in text and "--find-links" not in text
    assert text.count("--hash=sha256:") >= len(re.findall(r"^[a-z].*==", text, re.M))


def test_the_lock_of_npm_names_packages_and_hashes_but_no_server():
    text = (ROOT / "package-lock.json").read_text()

    assert '"resolved"' not in text
    assert '"integrity"' in text


def test_nothing_secret_or_private_is_in_the_care_of_git():
    private = re.compile(r"(^|/)(data|\.venv|node_modules|static/vendor)/|\.(sqlite|db|pem|key|env|pyc|mo)$")

    assert not [name for name in kept_files() if private.search(name)]
