"""Every notice that is told has its sentence, and what people wrote is never taken for our words."""

import ast

import pytest

from libri.exchange import watching
from libri.notices.words import SENTENCES, plain, sentence
from libri.trainings import telling

from ..rules import calls


@pytest.mark.long
def test_every_kind_that_is_told_has_its_sentence_and_every_sentence_is_told(app):
    told = {argument.value for name in ("tell", "_tell", "_say_why", "_tell_owner") for _file, call in calls(name) for argument in ast.walk(call)
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str) and "." in argument.value
            and " " not in argument.value and not argument.value.startswith(("exchange.", "/"))}

    of_registrations = {f"registration.{what}" for what in telling.LETTERS} | {"reservation.confirmed", "reservation.declined"}

    assert told | {watching.KIND} | of_registrations == SENTENCES.keys()


@pytest.mark.parametrize("kind", SENTENCES)
def test_a_sentence_has_a_place_for_the_title_and_no_other(app, kind):
    with app.test_request_context():
        assert plain(kind, {"title": "T%(x)s"}).count("T%(x)s") == 1


def test_a_title_is_shown_as_text_in_its_language(app):
    with app.test_request_context():
        shown = sentence("topic.reply", {"title": "<b>Sveiki</b> %s", "language": "lv"})

    assert '<bdi lang="lv">&lt;b&gt;Sveiki&lt;/b&gt; %s</bdi>' in shown


def test_an_unknown_kind_still_says_something(app):
    with app.test_request_context(headers={"Accept-Language": "en"}):
        assert plain("from.the.future", {"title": "T"}) == "News about: T"
