"""Changes asked for by others: without a token, with another session's, or from another site (S9, S10)."""

import re

import pytest

from libri.db import db

from .. import make


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
    from libri.forms import KeptForm

    browse().post("/me/address", {"email": "evil@evil.example"}, token=False, headers={"Origin": "https://evil.example"})
    browse().post("/me/address", {"email": "evil@evil.example"}, token=False)

    assert db.session.query(KeptForm).count() == 0


def test_our_own_pages_pass(cast, browse):
    answer = browse(cast.ana).post("/language", {"language": "lv"}, headers={"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"})

    assert answer.status == 303


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
