"""Real words of the sample texts in other forms, with and without accents, find the right thing among the first three (R18)."""

import csv
from pathlib import Path

import pytest

from libri import search
from libri.permissions import Can

QUERIES = list(csv.DictReader(Path(__file__).with_name("queries.csv").open(encoding="utf-8")))
LEAST = {"lv": 40, "ru": 40, "uk": 40, "en": 40, "fr": 15, "it": 15, "pl": 15, "ro": 15}
SHARE = 0.95


def titles(query: str, language: str) -> list[str]:
    """The first three things found, in the words of their titles."""
    return ["".join(piece.text for piece in item.title) for item in search.find(query, Can(1, is_office=True), reader=language).items[:3]]


@pytest.mark.long
def test_any_form_of_a_word_finds_what_was_meant(network):
    asked = {language: [row for row in QUERIES if row["language"] == language] for language in LEAST}

    assert all(len(asked[language]) >= least for language, least in LEAST.items())
    for language, rows in asked.items():
        wrong = [row["query"] for row in rows if not any(title.startswith(row["title"]) for title in titles(row["query"], language))]
        assert len(wrong) <= (1 - SHARE) * len(rows), f"{language}: {wrong}"


def test_an_organisation_is_shown_by_its_name_in_the_readers_language(network):
    first = {(town, reader): search.find(town, Can(1, is_office=True), kind="organisation", reader=reader).items[0]
             for town in ("Cēsis", "Valmiera") for reader in ("lv", "en")}

    assert {asked: "".join(piece.text for piece in item.title) for asked, item in first.items()} == {
        ("Cēsis", "lv"): "Cēsu novada pašvaldība", ("Cēsis", "en"): "Cēsis Municipality",
        ("Valmiera", "lv"): "Valmieras novada pašvaldība", ("Valmiera", "en"): "Valmiera Municipality"}
