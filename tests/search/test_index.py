"""The index follows what is written, in the same transaction, and can be built anew."""

import contextlib

import pytest
from sqlalchemy import delete, func, select, update

from libri import search
from libri.cli import main
from libri.db import db, write_tx
from libri.exchange.models import Practice, PracticeText
from libri.members.models import Member, Organisation
from libri.permissions import Can
from libri.search import SearchDocument, SearchGram, SearchWord, lemmas
from libri.search.keys import folded, keys
from libri.search.repairing import distance

from .. import make

OFFICE = Can(1, is_office=True)


def found(query: str) -> list[tuple[str, int]]:
    return [(item.kind, item.number) for item in search.find(query, OFFICE).items]


def text_of(practice) -> PracticeText:
    return db.session.scalars(select(PracticeText).where(PracticeText.practice_id == practice.id)).one()


@pytest.fixture
def practice(cast):
    new = make.practice(cast.lyon_library, original_language="lv", text={"title": "Kafejnīca"})
    db.session.commit()
    return new


def test_a_change_is_found_at_once_and_the_old_words_are_gone(practice):
    with write_tx():
        text_of(practice).title = "Laivošana"

    assert found("laivošanas") == [("practice", practice.id)] and not found("kafejnica")
    assert db.session.scalar(select(SearchWord.word).where(SearchWord.word == "kafejnica")) is None


def test_what_is_rolled_back_was_never_there(practice):
    with contextlib.suppress(ZeroDivisionError), write_tx():
        text_of(practice).title = "Laivošana"
        db.session.flush()
        raise ZeroDivisionError

    assert not found("laivošana") and found("kafejnīcās")


def test_an_organisation_takes_its_things_along_to_its_new_name(practice, cast):
    with write_tx():
        event = make.event(cast.lyon_library)
    with write_tx():
        db.session.get_one(Organisation, cast.lyon_library.id).name = "Laivotāju nams"

    assert {("practice", practice.id), ("event", event.id),
            ("organisation", cast.lyon_library.id), ("person", cast.ana.id)} <= set(found("laivotāju"))


def test_something_deleted_leaves_nothing(practice):
    with write_tx():
        db.session.delete(db.session.get_one(Practice, practice.id))

    assert not found("kafejnica")
    assert not db.session.scalars(select(SearchGram).where(SearchGram.word == "kafejnica")).all()


def test_statements_past_the_models_are_told_to_the_index(cast):
    with write_tx():
        db.session.execute(update(Member).where(Member.id == cast.ana.id).values(name="Laivotāja"))
        search.put("person", cast.ana.id)

    assert found("laivotājas") == [("person", cast.ana.id)]


def test_the_index_is_built_anew_while_the_site_goes_on(practice, app):
    with write_tx():
        db.session.execute(delete(SearchDocument).where(SearchDocument.kind == "practice"))
        db.session.execute(delete(SearchGram))
        db.session.execute(delete(SearchWord))
        db.session.add(SearchDocument(kind="gone", object_id=1, language="lv", title="Vecs", body="", title_keys="vecs", body_keys=""))

    done = app.test_cli_runner().invoke(main.commands["search"].commands["rebuild"])

    assert done.exit_code == 0 and "practice       1 of 1" in done.output
    assert found("kafejnīcas") == [("practice", practice.id)] and found("kafejnjica") == [("practice", practice.id)]
    assert not db.session.scalar(select(SearchDocument).where(SearchDocument.kind == "gone"))


def test_an_empty_index_is_filled_by_the_worker(practice):
    with write_tx():
        db.session.execute(delete(SearchDocument))

    search.tend()

    assert found("kafejnīca") == [("practice", practice.id)]


def test_the_worker_forgets_the_words_of_a_long_text(cast):
    words = [f"vārds{chr(97 + one)}{chr(97 + two)}{chr(97 + two)}" for one in range(12) for two in range(12)]
    topic = make.topic(cast.ana, body=" ".join(words))
    db.session.commit()
    with write_tx():
        db.session.delete(topic)
    search.tend()

    assert db.session.scalar(select(func.count()).select_from(SearchWord).where(SearchWord.word.startswith("vards"))) == 0


@pytest.mark.parametrize(("text", "words"), [("L’école d'été", ["ecole", "ete"]), ("п’ятнадцять об'єкт", ["пятнадцять", "обєкт"]),
                                             ("e-pasts 2024", ["pasts", "2024"]), ("Ёлка їжа йод", ["елка", "іжа", "йод"])])
def test_words_are_what_people_take_for_words(text, words):
    assert folded(text) == words


def test_a_word_shares_a_key_with_its_forms():
    pairs = (("bērnam", "bērni", "lv"), ("людей", "человек", "ru"), ("bibliotekach", "biblioteka", "pl"), ("книжок", "книжкою", "uk"))

    assert [(one, other) for one, other, language in pairs if not keys(*_of(one, language)) & keys(*_of(other, language))] == []


def _of(word: str, language: str) -> tuple[str, str]:
    return folded(word)[0], language


@pytest.mark.parametrize(("one", "other", "off"), [("valoda", "valoda", 0), ("valoda", "valdoa", 1), ("valoda", "valodaas", 2), ("valoda", "x", 3)])
def test_mistakes_are_counted_in_letters(one, other, off):
    assert distance(one, other, 2) == off


@pytest.mark.long
def test_the_list_of_base_forms_is_made_from_the_dictionary(tmp_path, monkeypatch):
    monkeypatch.setattr(lemmas, "FOLDER", tmp_path)
    lemmas.compile_list("en")
    lines = lemmas.file_of("en").read_text("utf-8").splitlines()

    assert "children\tchild" in lines and lines == sorted(lines)
    assert not [line for line in lines if line.startswith("tables\t")]  # the stem says it already
    assert lemmas.stems_of_lemmas("children", "en") == ["child"] and lemmas.stems_of_lemmas("zzz", "en") == []
