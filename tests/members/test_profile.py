"""One's own profile and memberships (S48, S53, S54)."""

import pytest
from sqlalchemy import select

from libri.db import db
from libri.members.models import Membership


def place_of(member) -> int:
    return db.session.scalar(select(Membership.id).where(Membership.member_id == member.id))


def test_a_profile_is_saved_whole(cast, browse):
    page = browse(cast.ana).get("/me")

    answer = page.submit("/me", name="Ana Leblanc", function="Bibliothécaire", language="lv", reads=["fr", "lv"], writes=["fr"],
                         timezone="Europe/Paris", themes=["youth"], notices="never")

    ana = cast.ana
    assert answer.location == "/me"
    assert (ana.name, ana.function, ana.language, ana.reads, ana.writes) == ("Ana Leblanc", "Bibliothécaire", "lv", ["fr", "lv"], ["fr"])
    assert (ana.timezone, ana.themes, ana.notices) == ("Europe/Paris", ["youth"], "never")


def test_time_zones_of_europe_come_first_in_the_readers_language(cast, browse):
    cast.ana.language = "lv"

    groups = browse(cast.ana).get("/me").document.xpath("//select[@name='timezone']/optgroup")

    assert groups[0].get("label") == "Eiropa" and "Rīga (Europe/Riga)" in groups[0].xpath("option/text()")


def test_saving_over_a_newer_version_keeps_both(cast, browse):
    page = browse(cast.ana).get("/me")
    page.submit("/me", function="First words")

    answer = page.submit("/me", function="Second words")

    assert answer.status == 409
    assert "First words" in answer.text and "Second words" in answer.source
    assert answer.submit("/me").status == 303 and cast.ana.function == "Second words"


@pytest.mark.parametrize(("field", "value"), [("language", "xx"), ("reads", "tlh"), ("timezone", "Mars/Base"), ("themes", "war"),
                                              ("notices", "hourly"), ("name", "A" * 400), ("name", "\u202e\u200b"),
                                              ("function", "f" * 400)])
def test_what_was_never_offered_is_refused(cast, browse, field, value):
    page = browse(cast.ana).get("/me")

    answer = page.submit("/me", **{field: value})

    assert answer.status == 422 and cast.ana.version == 1


@pytest.mark.parametrize(("name", "kept"), [("Ana\u202e\u2066", "Ana"), ("A\u200bna", "Ana"), ("<script>x</script>", "<script>x</script>"),
                                            ("e\u0301", "é"), ("\"><img src=x>", "\"><img src=x>")])
def test_hostile_names_are_cleaned_and_shown_as_text(cast, browse, name, kept):
    page = browse(cast.ana).get("/me")

    answer = page.submit("/me", name=name)

    shown = browse(cast.carla).get(f"/members/{cast.ana.id}")
    assert answer.status == 303 and cast.ana.name == kept
    assert shown.h1 == kept and not shown.document.xpath("//main//script|//main//h1//img")


def test_a_lone_surrogate_harms_nothing(cast, browse):
    browser = browse(cast.ana)
    body = f"csrf_token={browser.csrf_token()}&version=1&name=An%ED%A0%80a".encode()

    answer = browser.client.post("/me", data=body, content_type="application/x-www-form-urlencoded")

    assert answer.status_code in (303, 422)


@pytest.mark.parametrize("extra", [{"role": "coordinator"}, {"status": "closed"}, {"email": "x@library.example"}, {"id": "1"},
                                   {"password_hash": "x"}, {"totp_secret": "x"}, {"picture_id": "1"}, {"notice_version": "x"}])
def test_fields_that_are_not_asked_for_change_nothing(cast, browse, extra):
    guarded = ("status", "email", "id", "password_hash", "totp_secret", "picture_id", "notice_version")
    before = {name: getattr(cast.ana, name) for name in guarded}

    browse(cast.ana).get("/me").submit("/me", **extra)

    assert {name: getattr(cast.ana, name) for name in before} == before and cast.ana.version == 2


def test_somebody_leaves_an_organisation_after_a_question(cast, browse):
    page = browse(cast.ana).get(f"/me/memberships/{place_of(cast.ana)}/leave")

    answer = page.submit()

    assert answer.location == "/me" and place_of(cast.ana) is None


def test_somebody_leaves_an_organisation_that_is_suspended(cast, browse):
    cast.lyon_library.status = "suspended"

    page = browse(cast.ana).get(f"/me/memberships/{place_of(cast.ana)}/leave")

    assert page.status == 200 and page.submit().location == "/me"


def test_the_last_coordinator_is_warned_before_leaving(cast, browse):
    cast.bruno.language = "en"

    page = browse(cast.bruno).get(f"/me/memberships/{place_of(cast.bruno)}/leave")

    assert "last coordinator" in page.text
