"""Text typed into a form whose session ended is found again by its writer, and by nobody else (R9, S12)."""

import pytest
from sqlalchemy import select

from libri.db import db
from libri.kept import KeptForm

from .. import make
from ..cast import PASSWORD

LONG = "Katru otrdienu bibliotēkā satiekas cilvēki. " * 70
HERE = {"Referer": "http://localhost/me/address"}


def typed(page) -> list[str]:
    return page.texts("//main//input[@name='email']/@value")


def send(browser, page, text=LONG):
    """Send the form of a page as a browser does, with its own token and the page it came from."""
    fields = dict(page.document.xpath("//main//form[@method='post']")[0].form_values())
    return browser.post("/me/address", fields | {"email": text}, token=False, headers=HERE)


def sign_in(browser, member, answer):
    """Sign in where `answer` leads, and return the page one comes to."""
    return browser.get(browser.follow(answer).submit("/sign-in", email=member.email, password=PASSWORD).location)


def test_after_the_session_ran_out_the_text_is_back_after_signing_in(cast, browse, later):
    ana = browse(cast.ana)
    page = ana.get("/me/address")
    later(minutes=61)

    back = sign_in(ana, cast.ana, send(ana, page))

    assert typed(back) == [LONG.strip()]
    assert "What you typed is here again. Check it and save." in back.text
    assert back.submit("/me/address", email="ana@new.example").status == 303


def test_with_a_second_factor_the_text_is_back_too(cast, browse, later):
    make.second_factor(cast.ana)
    ana = browse(cast.ana)
    page = ana.get("/me/address")
    later(minutes=61)

    step = ana.follow(ana.follow(send(ana, page)).submit("/sign-in", email=cast.ana.email, password=PASSWORD))
    back = ana.follow(step.submit("/sign-in/code", code=make.code()))

    assert typed(back) == [LONG.strip()]


def test_after_the_cookie_was_lost_the_text_is_back_after_signing_in(cast, browse):
    ana = browse(cast.ana)
    page = ana.get("/me/address")
    ana.client.delete_cookie("libri")

    assert typed(sign_in(ana, cast.ana, send(ana, page))) == [LONG.strip()]


def test_a_form_of_an_older_session_leads_on_to_its_text(cast, browse):
    page = browse(cast.ana).get("/me/address")
    ana = browse(cast.ana)

    refused = send(ana, page)
    back = ana.get(refused.texts("//main//a/@href")[0])

    assert refused.status == 400
    assert "What you typed is kept." in refused.text
    assert typed(back) == [LONG.strip()]


@pytest.mark.parametrize("how", ["ran out", "lost"])
def test_somebody_else_signing_in_there_does_not_see_it(cast, browse, later, how):
    browser = browse(cast.ana)
    page = browser.get("/me/address")
    later(minutes=61 if how == "ran out" else 0)
    browser.client.delete_cookie("libri") if how == "lost" else None

    back = sign_in(browser, cast.bruno, send(browser, page))

    assert back.status == 200
    assert typed(back) in ([], [""])
    assert LONG[:40] not in back.source


def test_a_form_of_the_one_before_sent_by_the_one_after_stays_unseen(cast, browse):
    page = browse(cast.ana).get("/me/address")
    bruno = browse(cast.bruno)

    refused = send(bruno, page)

    assert LONG[:40] not in bruno.get(refused.texts("//main//a/@href")[0]).source


def test_passwords_are_never_kept(cast, browse, later):
    ana = browse(cast.ana)
    page = ana.get("/me/password")
    later(minutes=61)

    ana.post("/me/password", dict(page.document.xpath("//main//form[@method='post']")[0].form_values()) | {
        "current_password": PASSWORD, "password": "četri zirgi un viena kaza", "comment": "x"}, token=False)

    kept = db.session.scalars(select(KeptForm)).one()
    assert [name for name, _ in kept.fields] == ["once", "comment"]


def test_the_way_back_leads_into_the_site_only(cast, browse):
    page = browse(cast.ana).get("/me/address")
    fields = dict(page.document.xpath("//main//form[@method='post']")[0].form_values()) | {"email": "x"}

    refused = browse(cast.ana).post("/me/address", fields, token=False, headers={"Referer": "http://localhost//evil.example/"})

    assert refused.texts("//main//a/@href")[0] == "/me/address?kept=1"


@pytest.mark.long
def test_kept_texts_are_limited_in_size_and_number(cast, browse):
    page = browse(cast.ana).get("/me/address")
    ana = browse(cast.ana)

    send(ana, page, "x" * 600_000)
    for number in range(25):
        send(ana, page, f"text {number}")

    assert db.session.query(KeptForm).count() == 20


def test_kept_texts_end_after_a_day(cast, browse, later):
    from libri import kept
    from libri.db import write_tx

    send(browse(cast.ana), browse(cast.ana).get("/me/address"))
    later(hours=25)

    with write_tx():
        kept.clean()

    assert db.session.query(KeptForm).count() == 0
