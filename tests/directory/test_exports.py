"""Taking the directory along: what a file holds, whom it shows, and that no cell or line of it does harm (S36, S51, S52, S63, S69)."""

import csv
import io
import re

import openpyxl
import pytest
from sqlalchemy import select

from libri.audit import AuditEntry
from libri.db import db
from libri.directory import spreadsheets, vcards

from .. import make

HOSTILE = ["=cmd|'/C calc'!A0", "+371 2612 3456", "-1+1", "@SUM(1)", "\t=1", "\r=1", "|calc", "＝1+1", "＋1", "－1", "＠x",
           "｜x", "﹢1", " =1", "−1"]
TEXTS = ["one; two, three\\four", "two\nlines", "carriage\r\nreturn", "\nBEGIN:VCARD", "📚 " * 40, "Бібліотека імені Лесі Українки " * 4,
         "ā" * 200, 'quote " inside', "END:VCARD", ":;,\\n"]


def cards_of(body: bytes) -> list[list[tuple[str, str]]]:
    """The cards of a file, read by the rules of RFC 6350: lines unfolded, then texts unescaped."""
    assert b"\n" not in body.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in body.split(b"\r\n"))
    lines = re.sub(b"\r\n[ \t]", b"", body).decode().split("\r\n")
    cards: list[list[tuple[str, str]]] = []
    for line in lines[:-1]:
        name, value = line.split(":", 1)
        if line == "BEGIN:VCARD":
            cards.append([])
        cards[-1].append((name, re.sub(r"\\(.)", lambda sign: "\n" if sign[1] in "nN" else sign[1], value)))
    return cards


def rows_of(page, delimiter=",") -> list[dict]:
    assert page.body.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(page.body.decode("utf-8-sig"), newline=""), delimiter=delimiter))


# ---- what is in it ---------------------------------------------------------------------------------------------------


def test_the_csv_holds_the_filtered_organisations_with_their_contact_persons(cast, browse):
    make.contact(cast.ogre, "Host", name="Zaiga Zvirbule")
    make.contact(cast.lyon, "Hôte", name="Zoé Zola")

    rows = rows_of(browse(cast.ana).get("/directory/export.csv?country=LV"))

    assert {row["country"] for row in rows} == {"LV"}
    assert [row["contact_name"] for row in rows if row["contact_name"]] == ["Zaiga Zvirbule"]
    assert {row["name"] for row in rows} == {cast.ogre.name, cast.ogre_library.name, cast.kisc.name}


def test_semicolons_separate_when_asked_for(cast, browse):
    rows = rows_of(browse(cast.ana).get("/directory/export.csv?delimiter=semicolon"), ";")

    assert {row["id"] for row in rows} >= {cast.ogre.code, cast.lyon.code}


@pytest.mark.parametrize("format", ["csv", "xlsx", "vcf"])
def test_a_hidden_field_leaves_only_with_those_who_may_see_it(cast, browse, format):
    make.contact(cast.ogre, "Host", name="Zaiga", phone="+371 29990001", visibility={"name": "network"})

    stranger, coordinator = (browse(person).get(f"/directory/export.{format}") for person in (cast.ana, cast.carla))
    texts = [readable(page, format) for page in (stranger, coordinator)]

    assert "Zaiga" in texts[0]
    assert "29990001" not in texts[0]
    assert "29990001" in texts[1]


def readable(page, format: str) -> str:
    if format != "xlsx":
        return page.body.decode()
    sheet = openpyxl.load_workbook(io.BytesIO(page.body)).active
    return " ".join(str(cell) for row in sheet.values for cell in row)


def test_drafts_and_ended_contact_persons_stay_here(cast, browse):
    make.organisation("Somebody’s idea", status="draft")
    make.contact(cast.ogre, "Gone", ended_at=cast.ogre.created_at)

    page = browse(cast.dina).get("/directory/export.csv")

    assert "idea" not in page.body.decode()
    assert "Gone" not in page.body.decode()


def test_an_organisation_above_that_cannot_be_seen_is_not_named(cast, browse):
    cast.lyon.status, cast.lyon.code = "suspended", "org-fr-hidden"
    page = browse(cast.carla).get("/directory/export.csv")

    assert "Bibliothèque de Lyon" in page.body.decode()
    assert "hidden" not in page.body.decode()


def test_each_file_is_recorded_with_those_whose_data_was_in_it(cast, browse):
    contact = make.contact(cast.ogre, "Host")

    browse(cast.ana).get("/directory/export.xlsx")
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "directory.exported")).one()

    assert (entry.member_id, entry.details["format"], entry.details["contacts"]) == (cast.ana.id, "xlsx", [contact.id])


def test_ten_files_an_hour_are_enough(cast, browse):
    browser = browse(cast.ana)

    statuses = [browser.get("/directory/export.csv").status for _ in range(11)]

    assert statuses == [200] * 10 + [429]


def test_a_card_of_one_contact_person_or_organisation(cast, browse):
    contact = make.contact(cast.ogre, "Host", name="Zaiga Zvirbule", phone="+371 29990001", visibility={"name": "network"})

    one = cards_of(browse(cast.ana).get(f"/contacts/{contact.id}.vcf").body)
    both = cards_of(browse(cast.ana).get(f"/organisations/{cast.ogre.id}.vcf").body)

    assert len(one) == 1
    assert dict(one[0])["FN"] == "Zaiga Zvirbule"
    assert "TEL" not in dict(one[0])
    assert [dict(card)["KIND"] for card in both] == ["org", "individual"]
    assert dict(both[0])["VERSION"] == "4.0"


@pytest.mark.long
def test_sixty_single_cards_an_hour_are_enough(cast, browse):
    card = f"/contacts/{make.contact(cast.lyon).id}.vcf"
    browser = browse(cast.carla)

    answers = [browser.get(card).status for _ in range(61)]

    assert answers == [200] * 60 + [429]


def test_cards_of_what_one_may_not_see_are_not_found(cast, browse):
    draft = make.organisation("Somebody’s idea", status="draft")
    contact, ended = make.contact(draft), make.contact(cast.ogre, ended_at=cast.ogre.created_at)

    addresses = f"/organisations/{draft.id}.vcf", f"/contacts/{contact.id}.vcf", f"/contacts/{ended.id}.vcf", "/contacts/99999999999.vcf"

    assert [browse(cast.ana).get(address).status for address in addresses] == [404] * 4


# ---- no harm ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", HOSTILE)
def test_no_cell_of_a_csv_becomes_a_formula(value):
    body = spreadsheets.csv_file(["a", "b"], [[value, -8.61]])

    cells = list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline="")))[1]

    assert cells == [f"'{value}", "-8.61"]


@pytest.mark.parametrize("value", [*HOSTILE, *TEXTS, "http://x.example", "{=1}", "1e309"])
def test_every_text_of_an_xlsx_is_text(value):
    body = spreadsheets.xlsx_file(["a"], [[value]], "Partners")

    cell = openpyxl.load_workbook(io.BytesIO(body)).active["A2"]

    assert cell.data_type == "s"
    assert cell.hyperlink is None
    assert cell.value.replace("_x000D_", "\r").replace("\r\n", "\n").strip() == value.replace("\r\n", "\n").strip()


@pytest.mark.parametrize("value", TEXTS)
def test_csv_texts_come_back_as_they_were(value):
    body = spreadsheets.csv_file(["a"], [[f"x{value}"]], ";")

    assert list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline=""), delimiter=";"))[1] == [f"x{value}"]


@pytest.mark.parametrize("value", [*HOSTILE, *TEXTS])
def test_card_texts_come_back_and_begin_no_line_of_their_own(value):
    cards = cards_of(vcards.card([("FN", value), ("ORG", ["a;b", value]), ("NOTE", "")]))

    expected = value.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    assert len(cards) == 1
    assert [name for name, _ in cards[0]] == ["BEGIN", "VERSION", "FN", "ORG", "END"]
    assert dict(cards[0])["FN"] == expected
    assert dict(cards[0])["ORG"] == f"a;b;{expected}"


def test_an_address_in_a_card_cannot_begin_a_line():
    body = vcards.card([("FN", "x"), ("URL", vcards.Uri("https://x.example/a,b;c\r\nEND:VCARD"))])

    assert dict(cards_of(body)[0])["URL"] == "https://x.example/a,b;cEND:VCARD"
