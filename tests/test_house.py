"""The rules of the house that a machine can keep (see the map in README.md)."""

import ast
import json
import re

import pytest

from libri.config import SETTINGS

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
    "libri/directory/views/organisations.py": "the rows of the list of partners as their template drew them",
    "libri/exchange/drawing.py": "the texts of a topic as their template drew them",
    "libri/trainings/codes.py": "the QR code that segno draws of an address we made",
    "libri/text.py": "what Markdown became, cleaned by a list of what may stay (S49)",
}
"""Files that may call computed text safe HTML, each with the reason why it is; `Markup("literal").format(…)` escapes by itself."""
SHOWCASES = {"ui.html", "home/design.html"}
"""All macros, and one page that shows them all."""
AUTHORITIES = {"pasts@dvi.gov.lv", "tiesibsargs@tiesibsargs.lv"}
PAGES = {name: text for name, text in templates().items() if not name.startswith("emails/")}


def without_comments(source: str) -> str:
    return re.sub(r"\{#.*?#\}", "", source, flags=re.S)


# ---- templates -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PAGES)
def test_a_template_has_nothing_inline(name):
    """S14: nor anything of htmx that would have to be evaluated."""
    source = without_comments(PAGES[name])

    assert not re.search(r"<[^>]*\s(style|on[a-z]+)\s*=", source), "style= or on…="
    assert not re.search(r"<style|javascript:|hx-on|<script(?![^>]*\ssrc=)", source)
    assert not re.search(r"""hx-(vals|headers|vars)=["']\s*js(on)?:|hx-vars|hx-trigger=["'][^"']*\[""", source)


@pytest.mark.parametrize("name", [name for name, source in PAGES.items() if "{% extends" in source])
def test_a_page_sets_and_imports_nothing_outside_its_blocks(name):
    outside = re.sub(r"\{%-?\s*block\b.*\{%-?\s*endblock.*?%\}", "", without_comments(PAGES[name]), flags=re.S)

    assert not re.search(r"\{%-?\s*(set|import|from)\b", outside)


def test_htmx_is_ours_pinned_by_its_hash_and_evaluates_and_keeps_nothing():
    """S15, S10, S11: no boosting and no deleting either, which would send a stale token or one in the address."""
    [settings] = re.findall(r"name=\"htmx-config\" content='(.*?)'", PAGES["base.html"])
    asked, locked = json.loads((ROOT / "package.json").read_text())["dependencies"]["htmx.org"], json.loads((ROOT / "package-lock.json").read_text())

    assert json.loads(settings).items() >= {"includeIndicatorStyles": False, "allowEval": False, "historyCacheSize": 0, "selfRequestsOnly": True,
                                            "allowScriptTags": False}.items()
    assert locked["packages"]["node_modules/htmx.org"]["version"] == asked and re.fullmatch(r"2\.0\.\d+", asked)
    assert locked["packages"]["node_modules/htmx.org"]["integrity"].startswith("sha512-")
    assert f'version:"{asked}"' in (ROOT / "static/vendor/htmx.min.js").read_text()
    assert not [name for name, source in PAGES.items() if re.search(r"hx-(boost|delete|put|patch|headers)", without_comments(source))]


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


# ---- what goes out, what stays ---------------------------------------------------------------------------------------

CALLERS = {
    "libri/machine.py": "the translation server that the operator names",
    "libri/outbox.py": "the mail server that the operator names",
    "libri/files/scanning.py": "the virus scanner that the operator names",
    "libri/files/store.py": "the store of files that the operator names",
    "libri/serving.py": "a port of this machine, before it is served",
}
"""Files that may open a connection, each with whom it calls: never an address that somebody typed."""
LINES_OUT = re.compile(r"^\s*(?:import|from) (?:socket|ssl|http|ftplib|smtplib|urllib\.request|urllib import .*request|requests|httpx|aiohttp|urllib3"
                       r"|fsspec|s3fs)\b", re.M)


def test_nobody_calls_an_address_that_somebody_typed():
    """S55: no preview of links, no foreign pictures, no calling back; whoever calls out is on the list."""
    calling = {name for name, source in python_files().items() if name.startswith("libri/") and LINES_OUT.search(source)}

    assert calling == set(CALLERS)


def test_scripts_keep_nothing_in_the_browser():
    """S62: drafts lie on the server with their writer (tests/members/test_drafts.py), so nothing is left after signing out."""
    kept = re.compile(r"localStorage|sessionStorage|indexedDB|caches\.|document\.cookie|serviceWorker")

    assert not [file.name for file in (ROOT / "static/js").glob("*.js") if kept.search(file.read_text("utf-8"))]


def test_the_example_of_a_proxy_says_itself_who_asks_and_bounds_what_it_takes():
    """S71: one forwarding header each, set and not passed on; size and times limited; TLS only."""
    proxy = (ROOT / "deploy/nginx.conf").read_text("utf-8")
    set_to = dict(re.findall(r"proxy_set_header (\S+)\s+(\S+);", proxy))

    assert {name: set_to[f"X-Forwarded-{name}"] for name in ("For", "Proto", "Host", "Port", "Prefix")} == {
        "For": "$remote_addr", "Proto": "$scheme", "Host": "$host", "Port": '""', "Prefix": '""'} and set_to["Forwarded"] == '""'
    assert int(re.search(r"client_max_body_size (\d+)m;", proxy)[1]) > int(next(s.default for s in SETTINGS if s.key == "FILE_MB"))
    assert all(f"{name} " in proxy for name in ("client_header_timeout", "client_body_timeout", "send_timeout", "proxy_read_timeout"))
    assert "proxy_request_buffering on;" in proxy and "return 301 https://" in proxy and "TLSv1.1" not in proxy


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
    """S70: each version of each package is fixed by its hash; the locks are the bill of materials."""
    text = (ROOT / lock).read_text()

    assert "://" not in text and "--index" not in text and "--find-links" not in text
    assert text.count("--hash=sha256:") >= len(re.findall(r"^[a-z].*==", text, re.M))


def test_the_lock_of_npm_names_packages_and_hashes_but_no_server():
    text = (ROOT / "package-lock.json").read_text()

    packages = [one for path, one in json.loads(text)["packages"].items() if path]
    assert '"resolved"' not in text
    assert packages and all(one["integrity"].startswith("sha512-") for one in packages)


def test_nothing_secret_or_private_is_in_the_care_of_git():
    private = re.compile(r"(^|/)(data|\.venv|node_modules|static/vendor)/|\.(sqlite|db|pem|key|env|pyc|mo)$")

    assert not [name for name in kept_files() if private.search(name)]


# ---- people ----------------------------------------------------------------------------------------------------------


def test_nobody_in_tests_sample_and_texts_has_an_address_that_could_be_somebodys():
    """P14: addresses end in a domain that nobody can have, but for two authorities the public texts name."""
    found = {(name, address) for name, text in kept_files().items() if not name.endswith((".lock", "package-lock.json", ".po", ".pot"))
             for address in re.findall(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", text)}

    assert {address.casefold() for _name, address in found if not address.casefold().endswith((".example", "@localhost"))} <= AUTHORITIES
