"""Taking along: PDF of one, PDF and XLSX of a selection; what people typed is never markup or a formula (S36, S51, S56, S69)."""

import io

import openpyxl
import pytest

from libri.audit import AuditEntry
from libri.db import db
from libri.exchange import printing
from libri.exchange.views import exports

from .. import make


def content_of(world, practice, **questions):
    with world.test_request_context():
        return printing.practice_content(practice, practice.original, questions)


def rows(page):
    return list(openpyxl.load_workbook(io.BytesIO(page.body)).active.iter_rows())


def test_a_practice_is_an_accessible_pdf_in_the_language_of_its_page(cast, browse):
    """A22: tagged, with language and title; every PDF of ours is made by the same function."""
    practice = make.practice(cast.lyon_library, is_public=True)

    page = browse(accept_language="en").get(f"/practices/{practice.id}.pdf")

    assert page.body.startswith(b"%PDF-") and page.headers["Content-Type"] == "application/pdf"
    assert b"pdfuaid" in page.body and b"/Lang" in page.body and b"StructTreeRoot" in page.body


def test_typst_signs_are_words_and_nothing_else(cast, browse):
    nasty = '#read("/etc/passwd") *b* _e_ $x$ `c` <l> @r \\ #panic() // no "quote" [x] {y}'
    practice = make.practice(cast.lyon_library, text={"title": nasty[:90], "need": nasty, "steps": [nasty] * 3})

    assert browse(cast.ana).get(f"/practices/{practice.id}.pdf").status == 200


@pytest.mark.parametrize("words", ["\U0001F600 smile", "مرحبا", "中文", "a\u0301 \u00ad", "x" * 5000, "ļ ŗ ї ё"])
def test_any_letters_become_a_pdf(cast, browse, words):
    practice = make.practice(cast.lyon_library, text={"need": words})

    assert browse(cast.ana).get(f"/practices/{practice.id}.pdf").body.startswith(b"%PDF-")


def test_a_practice_without_optional_parts_becomes_a_pdf(cast, browse):
    practice = make.practice(cast.lyon_library, text={"summary": "", "need": "", "steps": []}, themes=[], target_groups=[])

    assert browse(cast.ana).get(f"/practices/{practice.id}.pdf").status == 200


def test_the_table_holds_the_practices_of_the_filter_as_text(cast, browse):
    make.practice(cast.lyon_library, text={"title": "=1+1", "summary": "+371 26"}, themes=["youth"], staff_hours=4)
    make.practice(cast.lyon_library)

    found = rows(browse(cast.ana).get("/practices.xlsx?theme=youth"))

    assert len(found) == 2
    assert [(cell.value, cell.data_type) for cell in found[1][:2]] == [("=1+1", "s"), ("+371 26", "s")]
    assert found[1][8].value == 4


def test_a_selection_is_a_pdf_and_recorded(cast, browse):
    make.practice(cast.lyon_library)

    page = browse(cast.ana).get("/practices.pdf?sort=cost")

    assert page.body.startswith(b"%PDF-")
    entry = db.session.scalars(db.select(AuditEntry).where(AuditEntry.action == "practice.exported")).one()
    assert entry.details == {"format": "pdf", "practices": 1}


def test_a_selection_has_at_most_so_many(cast, browse, monkeypatch):
    monkeypatch.setattr(exports, "MOST", 2)
    for _ in range(3):
        make.practice(cast.lyon_library)

    assert len(rows(browse(cast.ana).get("/practices.xlsx"))) == 3


def test_an_empty_selection_is_a_file_too(cast, browse):
    assert browse(cast.ana).get("/practices.pdf?words=nothing").body.startswith(b"%PDF-")


def test_exports_are_limited(cast, browse):
    ana = browse(cast.ana)

    assert [ana.get("/practices.xlsx").status for _ in range(11)][-2:] == [200, 429]


# ---- nothing leaks ---------------------------------------------------------------------------------------------------


def answers(browser, practice) -> str:
    """Everything a reader can get about practices, as text; the PDFs as what they are made of."""
    pages = ["/practices", "/practices?words=zvirbulis", "/practices?words=Zilupe", "/practices?mine=y", "/practices?country=LV&sort=cost",
             f"/practices/{practice.id}", f"/practices/{practice.id}?in=lv"]
    return " ".join(browser.get(address).source for address in pages)


@pytest.fixture
def made(monkeypatch):
    """What PDFs were made of since."""
    contents = []
    real = printing.pdf
    monkeypatch.setattr(printing, "pdf", lambda content: contents.append(content) or real(content))
    return contents


@pytest.fixture
def hidden(cast):
    """A practice of a library in Zilupe that does not want to be known."""
    library = make.organisation("Zilupes bibliotēka", city="Zilupe", latitude=56.4, longitude=28.1)
    lena = make.member("Lena", "lv", library)
    practice = make.practice(library, lena, hides_city=True, contact="Lena")
    make.adoption(practice, cast.ogre)
    return practice


@pytest.mark.long
@pytest.mark.parametrize("person", ["nobody", "ana", "bruno", "carla"])
def test_a_hidden_city_is_in_no_answer(cast, browse, made, hidden, person):
    hidden.is_public = True
    browser = browse(getattr(cast, person, None), accept_language="en")

    said = answers(browser, hidden)
    browser.get(f"/practices/{hidden.id}.pdf")
    table = browser.get("/practices.xlsx")
    browser.get("/practices.pdf")

    words = [cell.value for row in (rows(table) if table.status == 200 else []) for cell in row]
    said = said.replace("words=Zilupe", "").replace('value="Zilupe"', "") + str(made) + str(words)
    assert not [word for word in ("Zilup", "Lena") if word in said]
    assert made


@pytest.mark.parametrize("given", [{}, {"is_public": True, "life": "did_not_work"}, {"is_public": True, "licence": "network-internal"},
                                   {"is_public": True, "status": "draft", "published_at": None}, {"is_public": True, "status": "archived"}])
def test_what_is_not_public_is_in_no_answer_to_a_guest(cast, browse, given):
    practice = make.practice(cast.lyon_library, text={"title": "Zvirbulis", "need": "Zvirbulis"}, **given)
    guest = browse(accept_language="en")

    said = answers(guest, practice)

    assert "Zvirbulis" not in said
    files = (f"/practices/{practice.id}.pdf", "/practices.xlsx", "/practices.pdf")
    assert [guest.get(address).status for address in files] == [404, 303, 303]


def test_a_draft_is_in_no_answer_to_other_members(cast, browse):
    practice = make.practice(cast.lyon_library, text={"title": "Zvirbulis", "need": "Zvirbulis"}, status="draft", published_at=None)
    carla = browse(cast.carla)

    said = answers(carla, practice)

    assert "Zvirbulis" not in said
    assert carla.get(f"/practices/{practice.id}.pdf").status == 404
    assert "Zvirbulis" not in str([cell.value for row in rows(carla.get("/practices.xlsx?mine=y")) for cell in row])
