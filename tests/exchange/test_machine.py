"""Machine translation: the provider's API over real HTTP, its troubles, and that nothing is paid twice."""

import time

import pytest

from libri import machine
from libri.config import BadSetting, from_environment
from libri.db import db


def test_texts_come_back_in_their_order(provider):
    found = machine.translated(["Labrīt", "", "Paldies"], "lv", "en")

    assert found == ["[en] Labrīt", "", "[en] Paldies"]
    assert provider.asked == [{"q": ["Labrīt", "Paldies"], "source": "lv", "target": "en", "format": "text"}]
    assert provider.paths == ["/translate"]


def test_the_key_goes_along_when_there_is_one(world, provider, monkeypatch):
    provider.key = "grāmata"
    monkeypatch.setitem(world.config, "TRANSLATE_KEY", "grāmata")

    assert machine.translated(["Labrīt"], "lv", "en") == ["[en] Labrīt"]


def test_a_wrong_key_is_no_translation(provider):
    provider.key = "grāmata"

    with pytest.raises(machine.Unavailable):
        machine.translated(["Labrīt"], "lv", "en")


def test_nothing_is_asked_twice(provider):
    machine.translated(["Labrīt", "Paldies"], "lv", "en")

    found = machine.translated(["Paldies", "Jā", "Jā", "Labrīt"], "lv", "en")

    assert found == ["[en] Paldies", "[en] Jā", "[en] Jā", "[en] Labrīt"]
    assert [asked["q"] for asked in provider.asked] == [["Labrīt", "Paldies"], ["Jā"]]


def test_another_language_is_another_question(provider):
    machine.translated(["Labrīt"], "lv", "en")

    assert machine.translated(["Labrīt"], "lv", "ru") == ["[ru] Labrīt"]


def test_what_was_remembered_is_forgotten_after_three_months(provider, later):
    machine.translated(["Labrīt"], "lv", "en")
    assert machine.forget() == 0
    later(days=91)

    assert machine.forget() == 1
    assert db.session.query(machine.MachineTranslation).count() == 0


@pytest.mark.parametrize("mode", ["error", "busy", "words", "other", "fewer", "numbers", "flood", "elsewhere", "cut"])
def test_any_other_answer_is_no_translation_and_nothing_is_remembered(mode, provider):
    provider.mode = mode

    with pytest.raises(machine.Unavailable):
        machine.translated(["Labrīt", "Paldies"], "lv", "en")

    assert db.session.query(machine.MachineTranslation).count() == 0
    assert provider.paths == ["/translate"]


@pytest.mark.long
@pytest.mark.parametrize("mode", ["slow", "drip"])
def test_a_slow_provider_is_not_waited_for(mode, provider):
    provider.mode, provider.pause = mode, 0.4 if mode == "slow" else 0.05
    begun = time.monotonic()

    with pytest.raises(machine.Unavailable):
        machine.LibreTranslate(provider.url, seconds=0.2).translate(["Labrīt", "Paldies"], "lv", "en")

    assert time.monotonic() - begun < 2


def test_a_provider_that_is_down_is_unavailable(provider, world, monkeypatch):
    monkeypatch.setitem(world.config, "TRANSLATE_URL", "http://127.0.0.1:9")

    with pytest.raises(machine.Unavailable):
        machine.translated(["Labrīt"], "lv", "en")


@pytest.mark.parametrize("texts", [[f"Text {n}" for n in range(61)], ["x" * 60_001]])
def test_too_much_at_once_is_not_even_asked(texts, provider):
    with pytest.raises(machine.Unavailable):
        machine.translated(texts, "lv", "en")

    assert provider.asked == []


def test_only_so_many_requests_are_under_way(provider):
    held = [machine._slots.acquire(blocking=False) for _ in range(machine.AT_ONCE)]

    with pytest.raises(machine.Unavailable):
        machine.translated(["Labrīt"], "lv", "en")

    for _ in held:
        machine._slots.release()
    assert machine.translated(["Labrīt"], "lv", "en") == ["[en] Labrīt"]


def test_the_environment_cannot_send_texts_elsewhere(provider, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")

    assert machine.translated(["Labrīt"], "lv", "en") == ["[en] Labrīt"]


def test_signs_nobody_sees_are_taken_out(provider):
    assert machine.translated(["a\u202eb\u200bc"], "lv", "en") == ["[en] abc"]


def test_without_an_address_there_is_no_provider(world):
    assert machine.translator() is None
    with pytest.raises(machine.Unavailable):
        machine.translated(["Labrīt"], "lv", "en")


@pytest.mark.parametrize("address", ["ftp://libre.example", "file:///etc/passwd", "libre.example", "http://", "http://libre.example:x"])
def test_an_address_that_is_none_is_refused_at_the_start(address, tmp_path):
    with pytest.raises(BadSetting):
        from_environment({"LIBRI_DATA": str(tmp_path), "LIBRI_TRANSLATE_URL": address})
