"""Signing in by a link sent by mail (S24)."""

import pytest
from sqlalchemy import select

from libri.db import db
from libri.outbox import Letter

from .. import make


def signed_in(browser) -> bool:
    return browser.get("/me/account").status == 200


def letters() -> list[str]:
    return list(db.session.scalars(select(Letter.kind)))


def test_a_link_signs_in_once_and_leads_back(cast, browse):
    browse().post("/sign-in/link", {"email": cast.ana.email, "next": "/directory"})
    token = make.ticket("sign_in", cast.ana, extra="/directory")

    answer = browse().get(f"/sign-in/link/{token}").submit(f"/sign-in/link/{token}")

    assert letters() == ["sign_in_link"]
    assert answer.location == "/directory"
    assert signed_in(answer.browser)
    assert browse().post(f"/sign-in/link/{token}").status == 410


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_mail_scanner_does_not_use_the_link_up(cast, browse, method):
    token = make.ticket("sign_in", cast.ana)
    scanner = browse()

    scanner._answer(method, f"/sign-in/link/{token}", None)

    assert not signed_in(scanner)
    assert browse().post(f"/sign-in/link/{token}").status == 303


def test_a_link_page_tells_its_address_to_nobody_and_still_works_in_a_browser(cast, browse):
    token = make.ticket("sign_in", cast.ana)
    page = browse().get(f"/sign-in/link/{token}")

    answer = page.browser.post(f"/sign-in/link/{token}", headers={"Origin": "null", "Sec-Fetch-Site": "same-origin"})

    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert answer.status == 303


def test_a_link_is_good_for_15_minutes(cast, browse, later):
    token = make.ticket("sign_in", cast.ana, 0.25)

    later(minutes=16)

    assert browse().post(f"/sign-in/link/{token}").status == 410


def test_a_newer_link_makes_the_older_one_worthless(cast, browse):
    older = make.ticket("sign_in", cast.ana)
    make.ticket("sign_in", cast.ana)

    assert browse().get(f"/sign-in/link/{older}").status == 410
