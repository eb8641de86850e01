"""Settings: each documented once, each refusal plain, nothing private readable by others (S21, S29, S65)."""

import os
import re
import socket
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from libri import config, serving, setting_up
from libri.cli import main
from libri.config import SETTINGS, BadSetting
from libri.db import db
from libri.members import passwords
from libri.members.first import invite_to_office
from libri.members.models import Invitation

from . import make
from .mail_server import free_port
from .rules import ROOT, python_files

SECRET = "a secret for tests only, long enough for anybody"


def settings_from(tmp_path, **variables):
    return config.from_environment({"LIBRI_DATA": str(tmp_path / "data"), **variables})


def test_every_setting_is_printed_with_its_variable_and_meaning():
    printed = CliRunner().invoke(main, ["settings"]).output

    assert all(setting.variable in printed and setting.meaning in printed for setting in SETTINGS)
    assert len({setting.variable for setting in SETTINGS}) == len(SETTINGS)


def test_no_other_file_reads_the_environment():
    allowed = {"libri/config.py", "libri/setting_up.py", "libri/migrating.py"}

    reading = {name for name, text in python_files().items() if name.startswith("libri/") and re.search(r"os\.(environ|getenv)", text)}

    assert reading <= allowed


@pytest.mark.parametrize(("variables", "says"), [
    ({"LIBRI_ENV": "production", "LIBRI_BASE_URL": "https://libri.example"}, "LIBRI_SECRET_KEY is missing"),
    ({"LIBRI_ENV": "production", "LIBRI_BASE_URL": "https://libri.example", "LIBRI_SECRET_KEY": "short"}, "at least 32"),
    ({"LIBRI_ENV": "production", "LIBRI_SECRET_KEY": SECRET}, "LIBRI_BASE_URL"),
    ({"LIBRI_ENV": "production", "LIBRI_SECRET_KEY": SECRET, "LIBRI_BASE_URL": "http://libri.example"}, "https://"),
    ({"LIBRI_ENV": "production", "LIBRI_SECRET_KEY": SECRET, "LIBRI_BASE_URL": "https://libri.example", "FLASK_DEBUG": "1"}, "FLASK_DEBUG"),
    ({"LIBRI_ENV": "staging"}, "LIBRI_ENV"),
    ({"PORT": "eighty"}, "PORT must be a whole number"),
    ({"PORT": "70000"}, "PORT must be a whole number"),
    ({"LIBRI_THREADS": "0"}, "LIBRI_THREADS"),
    ({"LIBRI_FILE_MB": "0"}, "LIBRI_FILE_MB"),
    ({"LIBRI_FILES": "ftp://files.example"}, "LIBRI_FILES must be a folder"),
    ({"LIBRI_S3_ENDPOINT": "s3.example"}, "LIBRI_S3_ENDPOINT"),
    ({"LIBRI_CLAMAV": "127.0.0.1"}, "LIBRI_CLAMAV must be an address"),
    ({"LIBRI_CLAMAV_ABSENT": "accept"}, "refuse or hold"),
])
def test_a_setting_that_cannot_be_used_is_refused_in_plain_words(tmp_path, variables, says):
    with pytest.raises(BadSetting, match=says):
        settings_from(tmp_path, **variables)


@pytest.mark.long
def test_the_command_line_says_it_in_one_line(tmp_path):
    environment = {**os.environ, "LIBRI_DATA": str(tmp_path), "PORT": "many"}

    done = subprocess.run([sys.executable, "-m", "libri", "serve"], cwd=ROOT, env=environment, capture_output=True, text=True)

    assert done.returncode == 1 and done.stderr.strip() == "Error: PORT must be a whole number from 1 to 65535."


def test_a_secret_of_development_is_made_once_and_stays(tmp_path):
    first = settings_from(tmp_path)["SECRET_KEY"]
    again = settings_from(tmp_path)["SECRET_KEY"]

    assert first == again and len(first) >= 32


@pytest.mark.long
def test_what_libri_keeps_is_for_its_own_user_only(tmp_path):
    environment = {**os.environ, "LIBRI_DATA": str(tmp_path / "data"), "DATABASE_URL": ""}

    subprocess.run([sys.executable, "-m", "libri", "setup"], cwd=ROOT, env=environment, check=True, capture_output=True)

    kept = [tmp_path / "data", *(tmp_path / "data").iterdir()]
    assert (tmp_path / "data" / "libri.sqlite").is_file()
    assert not [path.name for path in kept if stat.S_IMODE(path.stat().st_mode) & 0o077 and path.name != "static"]


def test_processes_that_start_together_share_one_secret(tmp_path):
    with ThreadPoolExecutor(16) as at_once:
        found = set(at_once.map(lambda _: settings_from(tmp_path)["SECRET_KEY"], range(64)))

    assert len(found) == 1 and len(found.pop()) == 64
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["secret"]


def test_production_has_secure_cookies(tmp_path):
    made = settings_from(tmp_path, LIBRI_ENV="production", LIBRI_SECRET_KEY=SECRET, LIBRI_BASE_URL="https://libri.example")

    assert made["SESSION_COOKIE_SECURE"] and made["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert made["TRUSTED_HOSTS"] == ["libri.example"]


def test_a_new_secret_ends_no_session_while_the_old_one_is_named_too(cast, browse, world, monkeypatch):
    """S65."""
    ana, token = browse(cast.ana), make.ticket("new_password", cast.ana)
    monkeypatch.setitem(world.config, "SECRET_KEY_FALLBACKS", [world.config["SECRET_KEY"]])
    monkeypatch.setitem(world.config, "SECRET_KEY", "the next secret for tests, long enough for anybody")

    assert ana.get("/me/account").status == 200 and browse().get(f"/password/{token}").status == 200
    monkeypatch.setitem(world.config, "SECRET_KEY_FALLBACKS", [])
    assert browse().get(f"/password/{token}").status == 410


def test_a_port_in_use_is_said_in_plain_words():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port := free_port()))
        taken.listen()

        with pytest.raises(serving.CannotServe, match=f"Port {port} is already in use"):
            serving.check_port("127.0.0.1", port)


def test_the_first_member_of_the_office_is_invited_by_a_link_that_works_once(cast, browse):
    with browse().app.app_context():
        link = invite_to_office("nora@kisc.example")

    invitation = db.session.scalar(select(Invitation).where(Invitation.email == "nora@kisc.example"))
    assert (invitation.organisation_id, invitation.role) == (cast.kisc.id, "coordinator")
    assert browse().get(link.removeprefix("http://localhost")).status == 200


def test_inviting_again_makes_the_earlier_link_worthless(cast, browse):
    first = invite_to_office("nora@kisc.example")
    second = invite_to_office("nora@kisc.example")

    assert browse().get(first.removeprefix("http://localhost")).status in (404, 410)
    assert browse().get(second.removeprefix("http://localhost")).status == 200


def test_the_list_of_common_passwords_is_what_passwords_expect():
    assert (setting_up.DIGEST, setting_up.LEAST_PASSWORD) == (passwords.DIGEST, passwords.LEAST)
    assert all(passwords.is_common(word) for word in ("123456789012", "Password1234", "qwertyuiop123"))
    assert len(passwords.COMMON.read_bytes()) > passwords.DIGEST * 40_000 and not passwords.is_common("kR7-vx0-Qp2b")
