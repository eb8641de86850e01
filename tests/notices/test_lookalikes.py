"""Names that could be mistaken for another one: seen through, told to the office, and clean to begin with (S53)."""

import pytest
from sqlalchemy import select

from libri import tickets
from libri.db import db
from libri.forms import line
from libri.notices.lookalikes import skeleton
from libri.notices.models import Notice

from .. import make


def told() -> list[tuple[int, str]]:
    return [tuple(row) for row in db.session.execute(select(Notice.member_id, Notice.kind))]


@pytest.mark.parametrize(("name", "other"), [
    ("Admin", "Аdmіn"), ("Dina Ozola", "DINA  OZ0LA"), ("Ilze", "llzе"), ("Ana", "Ａｎａ"), ("Karla Marne", "Kаrla Мame"), ("Ρita", "Pita"),
    ("Oļegs", "𝓞legs"), ("Олена", "Oленa")])
def test_names_that_look_alike_are_one(name, other):
    assert name != other and skeleton(name) == skeleton(other)


@pytest.mark.parametrize(("name", "other"), [("Anna", "Ana"), ("Dina", "Дина"), ("Ēriks", "Ēriks B."), ("Rita", "Rota")])
def test_names_that_differ_stay_two(name, other):
    assert skeleton(name) != skeleton(other)


@pytest.mark.parametrize("name", ["Dinа", "D\u200dina", "Bibliothequе  de Lyon"])
def test_the_office_is_told_who_takes_a_name_like_one_of_its_own_or_of_an_organisation(cast, browse, name):
    browse(cast.carla).get("/me").submit("/me", name=name)

    cast.dina.language = "en"
    page = browse(cast.dina).get("/notices")
    assert told() == [(cast.dina.id, "member.lookalike")] and "A member’s name looks like another one. Organisation: " in page.text
    assert "Similar name" in browse(cast.dina).get(f"/office/members/{cast.carla.id}").text


def test_other_names_are_told_to_nobody(cast, browse):
    browse(cast.carla).get("/me").submit("/me", name="Carla Lace")
    browse(cast.ana).get("/me").submit("/me", name="Bibliothèque de Lyon")
    browse(cast.dina).get("/me").submit("/me", name="DINA")

    assert told() == []
    assert "Similar name" not in browse(cast.dina).get(f"/office/members/{cast.ana.id}").text


def test_a_new_account_is_looked_at_too(cast, browse):
    invitation = make.invitation(cast.lyon_library, email="nina@library.example")
    address = f"/invitation/{tickets.issue('invitation', invitation.id, 720).token()}"

    browse().get(address).submit(address, name="Dіna", language="en", password="rīta rasa uz āboliņa")

    assert told() == [(cast.dina.id, "member.lookalike")]


def test_an_organisation_that_takes_the_name_of_another_is_told_of(cast, browse):
    page = browse(cast.bruno).get(f"/organisations/{cast.lyon.id}/edit")

    page.submit(f"/organisations/{cast.lyon.id}/edit", name="Оgres novada pašvaldība")

    assert told() == [(cast.dina.id, "organisation.lookalike")]


@pytest.mark.parametrize(("typed", "kept"), [
    ("A\u200dna", "Ana"), ("A\u200cna", "Ana"), ("A\u00adna\u061c\u2062", "Ana"), ("\u3164\u115f", ""), ("👩\u200d💻 Ana", "👩\u200d💻 Ana"),
    ("می\u200cخواهم", "می\u200cخواهم"), ("A\U000e0041na", "Ana")])
def test_unseen_signs_leave_a_name_and_joiners_stay_where_they_belong(typed, kept):
    assert line(typed) == kept
