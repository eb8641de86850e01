"""What the README promises exists: its commands, its files, its settings."""

import re
import subprocess
import sys

import pytest

from libri.cli import main
from libri.config import SETTINGS

from .rules import ROOT

README = (ROOT / "README.md").read_text("utf-8")
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")


@pytest.mark.parametrize("target", sorted(set(re.findall(r"\bmake ([a-z]+)\b(?=[ `.\n])", README))))
def test_make_has_the_target(target):
    assert re.search(rf"^{target}:", MAKEFILE, re.M)


@pytest.mark.parametrize("command", sorted(set(re.findall(r"python -m libri ([\w-]+)", README))))
def test_the_command_line_has_the_command(command):
    assert command in main.commands


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`((?:libri|templates|static|tests|translations|deploy)/[\w/.-]*)`", README))))
def test_the_file_or_folder_is_there(name):
    assert (ROOT / name).exists()


@pytest.mark.parametrize("link", re.findall(r"\]\((\w[\w.]*)\)", README))
def test_the_link_leads_somewhere(link):
    assert (ROOT / link).is_file()


def test_the_settings_it_names_are_settings(app):
    named = set(re.findall(r"`((?:LIBRI_|DATABASE_)\w+)", README))

    assert named <= {setting.variable for setting in SETTINGS}


def test_make_says_what_it_would_do():
    for target in ("run", "test", "check"):
        done = subprocess.run(["make", "-n", target, f"PYTHON={sys.executable}"], cwd=ROOT, capture_output=True, text=True, check=True)
        assert "libri/setting_up.py" in done.stdout
