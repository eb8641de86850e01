"""My data: the map of every column (P1), the download (P3, S7, S63)."""

import io
import json
import zipfile

from libri import audit, outbox, worker  # noqa: F401  (every table is known then)
from libri.data_map import MAP
from libri.db import db
from libri.members import two_factor

from .. import make


def opened(page) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(page.body))


def test_every_column_of_every_table_is_on_the_map():
    tables = {name: {column.name for column in table.columns} for name, table in db.metadata.tables.items() if name != "alembic_version"}

    assert {name: kept.columns for name, kept in MAP.items()} == tables


def test_no_column_is_on_the_map_twice():
    for name, kept in MAP.items():
        marked = [*kept.plain.split(), *kept.personal, *kept.secret, *kept.others.split()]
        assert len(marked) == len(set(marked)), name


def test_the_download_holds_what_is_kept_on_me(cast, browse):
    make.contact(cast.lyon_library, member_id=cast.ana.id, name="Ana Leblanc", phone="+33 6 12")

    page = browse(cast.ana).get("/me/data/download")

    member = json.loads(opened(page).read("data/member.json"))
    contact = json.loads(opened(page).read("data/contact_person.json"))
    assert page.headers["Content-Disposition"].startswith("attachment") and page.headers["Content-Type"] == "application/zip"
    assert (member[0]["name"], member[0]["email"], contact[0]["phone"]) == ("Ana", cast.ana.email, "+33 6 12")
    assert "Bibliothèque de Lyon" in opened(page).read("index.html").decode()


def test_the_download_holds_the_files_i_added_and_no_others(cast, browse):
    practice = make.practice(cast.lyon_library, cast.ana)
    mine = make.photo(practice, added_by_id=cast.ana.id, stored=make.stored("tables.webp", b"my photo")).stored
    make.photo(practice, added_by_id=cast.bruno.id, stored=make.stored("other.webp", b"not mine"))
    make.photo(practice, added_by_id=cast.ana.id, stored=make.stored("virus.webp", b"harmful", scan="infected"))

    archive = opened(browse(cast.ana).get("/me/data/download"))

    assert archive.read(f"files/{mine.id} tables.webp") == b"my photo"
    assert [name for name in archive.namelist() if name.startswith("files/")] == [f"files/{mine.id} tables.webp"]
    assert archive.read("missing.txt").decode().endswith("virus.webp")


def test_the_download_holds_nothing_secret_and_nothing_of_others(cast, browse):
    two_factor.new_recovery_codes(cast.ana)
    make.invitation(cast.lyon, email="secret-guest@library.example", invited_by_id=cast.ana.id)
    make.contact(cast.lyon_library, member_id=cast.ana.id, delegated_by="Secret Director")
    audit.record("contact.changed", member_id=cast.bruno.id)

    archive = opened(browse(cast.ana).get("/me/data/download"))

    everything = b"".join(archive.read(name) for name in archive.namelist()).decode()
    for secret in (cast.ana.password_hash, "argon2", "\"digest\"", "secret-guest", "Secret Director", cast.bruno.email, "Bruno"):
        assert secret not in everything, secret


def test_the_readable_page_speaks_the_readers_language(cast, browse):
    archive = opened(browse(cast.carla).get("/me/data/download"))

    assert '<html lang="lv">' in archive.read("index.html").decode()


def test_the_download_asks_for_the_password_again(cast, browse, later):
    browser = browse(cast.ana)
    later(minutes=6)

    answer = browser.get("/me/data/download")

    assert answer.status == 303 and answer.location.startswith("/sign-in/again")


def test_the_download_is_in_the_audit_trail(cast, browse):
    browse(cast.ana).get("/me/data/download")

    entry = db.session.query(audit.AuditEntry).filter_by(action="my_data.downloaded").one()
    assert entry.member_id == cast.ana.id
