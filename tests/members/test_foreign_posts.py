"""Changes asked for by others: without a token, with another session's, or from another site (S9–S11, S37, S57)."""

import re

import pytest

from libri.db import db

from .. import make
from ..cast import PASSWORD
from ..rules import python_files

pytestmark = pytest.mark.long


def everything() -> dict[str, list]:
    """All rows of all tables."""
    rows = {}
    for table in db.metadata.sorted_tables:
        rows[table.name] = [tuple(row) for row in db.session.execute(table.select().order_by(*table.primary_key))]
    db.session.rollback()
    return rows


def posts(app) -> list[str]:
    """Every address that takes a change, with numbers and names filled in."""
    return [re.sub(r"<(?:[^:>]+:)?[^>]+>", lambda part: "1" if "int:" in part.group() else "7-forged", rule.rule)
            for rule in app.url_map.iter_rules() if rule.methods & {"POST", "PUT", "PATCH", "DELETE"}]


FOREIGN = {
    "no token": (False, {}),
    "the token of another session": (None, {}),
    "from another site": (True, {"Sec-Fetch-Site": "cross-site"}),
    "from a sister site": (True, {"Sec-Fetch-Site": "same-site"}),
    "a foreign origin": (True, {"Origin": "https://evil.example"}),
    "an origin that looks like ours": (True, {"Origin": "http://localhost.evil.example"}),
    "an origin that is hidden": (True, {"Origin": "null"}),
    "a broken origin": (True, {"Origin": "http://["}),
}


@pytest.mark.parametrize("case", FOREIGN)
def test_no_change_is_made_for_others(cast, browse, world, case):
    make.contact(cast.lyon), make.venue(cast.lyon), make.invitation(cast.lyon)
    own, headers = FOREIGN[case]
    dina, stranger = browse(cast.dina), browse()
    fields = {"language": "ru", "name": "x"} | ({"csrf_token": (dina if own else stranger).csrf_token()} if own is not False else {})
    before = everything()

    statuses = {address: dina.post(address, fields, token=False, headers=headers).status for address in posts(world)}

    assert {address: status for address, status in statuses.items() if not 400 <= status < 500} == {}
    after = everything()
    changed = {name for name, rows in after.items() if rows != before[name]}
    # the text of an older form waits for its writer; a dead link to stop letters, which needs no token, is counted
    assert changed <= ({"kept_form", "attempt"} if own is None else {"attempt"})


def test_a_refused_post_does_not_replace_the_cookie(cast, browse):
    """Else another site could sign people out: the browser sends no Lax cookie along, but takes one."""
    headers = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}

    answer = browse().client.post("/language", data={"language": "ru"}, headers=headers)

    assert answer.status_code == 400
    assert "Set-Cookie" not in answer.headers


def test_another_site_cannot_put_words_into_a_form(cast, browse):
    from libri.kept import KeptForm

    browse().post("/me/address", {"email": "evil@evil.example"}, token=False, headers={"Origin": "https://evil.example"})
    browse().post("/me/address", {"email": "evil@evil.example"}, token=False)

    assert db.session.query(KeptForm).count() == 0


def test_our_own_pages_pass(cast, browse):
    answer = browse(cast.ana).post("/language", {"language": "lv"}, headers={"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"})

    assert answer.status == 303


def test_htmx_finds_the_token_on_each_page_and_the_one_from_before_signing_in_is_worth_nothing(cast, browse):
    """S11: static/js/token.js reads it anew for every request; that it does is proved in the browser (tests/browser)."""
    browser = browse()
    before = browser.get("/sign-in").texts("//meta[@name='csrf-token']/@content")[0]
    browser.get("/sign-in").submit("/sign-in", email=cast.ana.email, password=PASSWORD)
    after = browser.get("/me").texts("//meta[@name='csrf-token']/@content")[0]

    answers = [browser.post("/notices/read", token=False, htmx="x", headers={"X-CSRFToken": token}).status for token in (before, after)]

    assert answers == [400, 204]


GUARDED = {"id", "role", "organisation_id", "organiser_id", "parent_id", "author_id", "member_id", "created_by_id", "added_by_id", "editor_id",
           "status", "email", "password_hash", "code", "programme_role", "published_at", "is_shown", "is_public", "version_of_id"}
EXTRA = dict.fromkeys(GUARDED, "1") | {"role": "coordinator", "status": "active", "approved": "y", "owner_id": "1", "email": "evil@evil.example",
                                       "email_confirmed": "y", "kind": "coordinator", "programme_role": "coordinator", "is_office": "y"}
FORMS = ["/me", "/organisations/{lyon}/edit", "/contacts/{contact}/edit", "/venues/{venue}/edit", "/discussions/{topic}", "/replies/{reply}/edit",
         "/practices/{draft_practice}/edit/need", "/trainings/{event}/edit", "/registrations/{registration}/answers", "/resources/{resource}/edit",
         "/collections/{collection}/edit", "/trainings/{event}/letters/{held_letter}/edit"]
"""Forms that change something that is there; those of invitations and memberships have tests of their own."""


def guarded() -> dict[tuple, dict]:
    """What no form of these may change, of every row there is."""
    rows = {(table.name, *(row._mapping[key] for key in table.primary_key)): {name: row._mapping[name] for name in GUARDED & set(table.c.keys())}
            for table in db.metadata.sorted_tables for row in db.session.execute(table.select())}
    db.session.rollback()
    return rows


def test_what_a_form_does_not_ask_for_changes_nothing(cast, things, browse):
    """S37: everything that a form never asks for is sent with what it holds."""
    people, before, answers = {"registrations": cast.ana, "replies": cast.ana}, guarded(), {}

    for address in FORMS:
        browser = browse(people.get(address.split("/")[1], cast.bruno))
        page = browser.get(address.format(**things))
        form = page.document.xpath("//main//form[@method='post'][.//textarea or .//input[@type='text']]")[0]
        answers[address] = page.submit(form.get("action"), **{name: EXTRA[name] for name in EXTRA if name not in form.fields}).status

    assert set(answers.values()) <= {303, 422} and list(answers.values()).count(303) > 8, answers
    assert before.items() <= guarded().items()


def test_the_address_of_a_form_adds_nothing_to_it_and_of_two_values_the_first_counts(cast, browse):
    """S57: nothing reads query and body as one."""
    ana, readers = browse(cast.ana), [name for name, source in python_files().items() if name.startswith("libri/") and "request.values" in source]

    ana.post("/language?language=lv", {"language": "ru"})
    one = cast.ana.language
    ana.post("/language?language=lv", {})
    two = cast.ana.language
    ana.post("/language", {"language": ["uk", "lv"]})

    assert (one, two, cast.ana.language, readers) == ("ru", "ru", "uk", [])


def test_nothing_changes_by_looking(cast, browse, world):
    make.contact(cast.lyon), make.venue(cast.lyon), make.invitation(cast.lyon)
    dina = browse(cast.dina)
    addresses = [re.sub(r"<(?:[^:>]+:)?[^>]+>", lambda part: "1" if "int:" in part.group() else "7-forged", rule.rule)
                 for rule in world.url_map.iter_rules() if "GET" in rule.methods]
    before = everything()

    for address in addresses:
        dina._answer("HEAD", address, None)
        dina.get(address)

    counters = ("attempt", "audit_entry")  # wrong links are counted, refusals and exports noted
    assert {n: r for n, r in everything().items() if n not in counters} == {n: r for n, r in before.items() if n not in counters}
