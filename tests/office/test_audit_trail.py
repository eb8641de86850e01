"""The audit trail: read, filtered, exported (S51, S63, S69)."""

import csv
import io
import re
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from libri import audit
from libri.db import db, now
from libri.office.words import ACTIONS
from libri.trainings.models import Event

from .. import make

ROOT = Path(__file__).parents[2]


def entries(page) -> list[str]:
    return page.texts("//tbody/tr/td[2]")


@pytest.fixture
def trail(cast):
    """Three deeds: two of Ana, one of Bruno in Lyon."""
    audit.record("sign_in", cast.ana, member_id=cast.ana.id)
    audit.record("organisation.changed", cast.lyon, member_id=cast.bruno.id, organisation_id=cast.lyon.id)
    audit.record("directory.exported", member_id=cast.ana.id, contacts=[make.contact(cast.ogre, function="Reading room").id])
    db.session.commit()


ASKED = [("action=sign_in", 1), ("who=Bruno", 1), ("organisation=lyon", 1), ("kind=organisation", 1), ("who=nobody", 0),
         ("first=2020-01-01", 3), ("last=2020-01-01", 0), ("first=never", 3), ("last=9999-12-31", 3), ("first=0001-01-01", 3),
         (f"number={9**400}", 3), ("", 3)]


@pytest.mark.parametrize(("asked", "found"), ASKED)
def test_entries_are_found_by_what_is_asked(cast, browse, trail, asked, found):
    page = browse(cast.dina).get(f"/office/audit?{asked}")

    assert len(entries(page)) == found


def test_a_thing_leads_to_all_that_was_done_to_it(cast, browse, trail):
    page = browse(cast.dina).get(f"/office/audit?kind=organisation&number={cast.lyon.id}")

    assert len(entries(page)) == 1


def test_a_long_trail_is_read_in_parts(cast, browse):
    for _ in range(120):
        audit.record("sign_out", member_id=cast.ana.id)
    browser = browse(cast.dina)

    first = browser.get("/office/audit?action=sign_out")
    second = browser.get(first.document.xpath("//a[@rel='next']/@href")[0])
    third = browser.get(second.document.xpath("//a[@rel='next']/@href")[0])

    assert [len(entries(page)) for page in (first, second, third)] == [50, 50, 20]


def test_an_export_holds_what_was_asked_and_stands_in_the_trail(cast, browse, trail):
    page = browse(cast.dina).post("/office/audit/export?who=Ana")

    rows = list(csv.DictReader(io.StringIO(page.body.decode("utf-8-sig"))))
    assert [row["action"] for row in rows] == ["sign_in", "directory.exported"]
    assert "attachment" in page.headers["Content-Disposition"]
    assert len(entries(browse(cast.dina).get("/office/audit?action=audit.exported"))) == 1


def test_a_name_that_is_a_formula_does_nothing_in_a_spreadsheet(cast, browse):
    cast.ana.name = '=HYPERLINK("http://evil.example")'
    audit.record("sign_in", member_id=cast.ana.id)

    page = browse(cast.dina).post("/office/audit/export")

    assert b"'=HYPERLINK" in page.body


def test_exports_are_limited(cast, browse):
    browser = browse(cast.dina)

    answers = [browser.post("/office/audit/export").status for _ in range(11)]

    assert answers[-1] == 429


def seen() -> list[tuple]:
    """Who opened which list of whom."""
    entries = db.session.scalars(select(audit.AuditEntry).where(audit.AuditEntry.action == audit.SEEN).order_by(audit.AuditEntry.id))
    return [(entry.member_id, entry.object_kind, entry.details) for entry in entries]


def test_a_list_of_people_seen_in_full_stands_in_the_trail_once_an_hour(cast, browse, later):
    """P8, S63: contact persons with what others do not see, members, those invited, participants."""
    hidden, invited = make.contact(cast.ogre, phone="+371 26 123 456"), make.invitation(cast.ogre)
    came = make.registration(make.event(cast.ogre), cast.ana)
    for address in (f"/organisations/{cast.ogre.id}", f"/organisations/{cast.ogre.id}/people", f"/trainings/{came.event_id}/participants"):
        for _twice in range(2):
            browse(cast.carla).get(address)
    browse(cast.dina).get("/office/members?text=carla")
    browse(cast.ana).get(f"/organisations/{cast.ogre.id}")

    assert seen() == [
        (cast.carla.id, "organisation", {"contacts": [hidden.id]}),
        (cast.carla.id, "organisation", {"invitations": [invited.id], "members": [cast.carla.id]}),
        (cast.carla.id, "event", {"registrations": [came.id]}), (cast.dina.id, "", {"members": [cast.carla.id]})]
    later(minutes=61)
    browse(cast.carla).get(f"/organisations/{cast.ogre.id}")
    assert len(seen()) == 5


def command(world, *asked: str):
    yesterday, tomorrow = now() - timedelta(days=1), now() + timedelta(days=1)
    return world.test_cli_runner().invoke(args=["exported", *asked, "--from", f"{yesterday:%Y-%m-%d}", "--to", f"{tomorrow:%Y-%m-%d}"])


def test_the_command_says_whose_data_an_account_saw_or_exported(cast, world, trail):
    """P12."""
    said = command(world, "--by", cast.ana.email)

    assert said.exit_code == 0
    assert "directory.exported" in said.output and "Reading room, Ogres novada pašvaldība" in said.output


def test_a_person_can_be_told_who_saw_or_exported_their_data(cast, browse, world):
    """P8: by their account, or by the address of somebody without one."""
    make.contact(cast.ogre, email="zane@library.example")
    make.registration(make.event(cast.ogre), cast.ana)
    browse(cast.bruno).get("/directory/export.csv?country=LV")
    browse(cast.carla).get(f"/trainings/{db.session.scalar(select(Event.id))}/participants.csv")

    assert command(world, "--of", "Zane@library.example").output.split()[2:] == ["directory.exported", "by", "member", str(cast.bruno.id)]
    assert command(world, "--of", cast.ana.email).output.split()[2:] == ["event.exported", "by", "member", str(cast.carla.id)]
    assert (command(world, "--of", cast.dina.email).output, command(world).exit_code) == ("", 2)


def test_the_command_says_when_there_is_no_such_member(world):
    said = world.test_cli_runner().invoke(args=["exported", "--by", "nobody@library.example", "--from", "2026-01-01", "--to", "2026-02-01"])

    assert said.exit_code == 1
    assert "no member" in said.output


def test_every_deed_has_words():
    source = "".join(file.read_text("utf-8") for file in (ROOT / "libri").rglob("*.py"))
    recorded = set(re.findall(r"audit\.record\(\s*\"([^\"]+)\"", source))

    assert recorded <= set(ACTIONS), f"say in office/words.py what these are: {recorded - set(ACTIONS)}"


@pytest.mark.parametrize("name", ["endpoint", "_scheme", "_external"])
def test_an_address_says_nothing_about_the_links_to_the_next_part(cast, browse, name):
    db.session.add_all(audit.AuditEntry(action="sign_in", client="") for _ in range(60))
    page = browse(cast.dina).get(f"/office/audit?{name}=x")

    following = [link for link in page.texts("//a/@href") if "after=" in link]
    assert following and all(link.startswith("/office/audit?after=") for link in following)
