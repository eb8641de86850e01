"""Changing the address: the new one confirms, the old one is told, and nobody learns who else has an account (S7, S17, S19)."""

from sqlalchemy import select

from libri import emails
from libri.db import db
from libri.outbox import Letter

from .. import make

NEW = "ana@new.example"


def letters() -> list[tuple[str, str]]:
    return [tuple(row) for row in db.session.execute(select(Letter.kind, Letter.to_address).order_by(Letter.id))]


def link() -> str:
    """Where the last letter leads."""
    letter = db.session.scalars(select(Letter).order_by(Letter.id.desc())).first()
    return emails.render(letter)[1].split("http://localhost")[1].split()[0]


def test_the_new_address_confirms_and_the_old_one_is_told(cast, browse):
    ana, old = browse(cast.ana), cast.ana.email
    ana.get("/me/address").submit("/me/address", email="Ana@New.Example")

    answer = ana.get(link()).submit(link())

    assert answer.location == "/me/account"
    assert cast.ana.email == NEW
    assert letters() == [("confirm_address", NEW), ("address_changed", old)]
    assert ana.get("/me/account").status == 200


def test_until_it_is_confirmed_nothing_changes(cast, browse):
    old = cast.ana.email
    browse(cast.ana).post("/me/address", {"email": NEW})

    looks = [browse()._answer(method, link(), None).status for method in ("GET", "HEAD")]

    assert looks == [200, 200]
    assert cast.ana.email == old


def test_the_link_works_on_another_device_where_nobody_is_signed_in(cast, browse):
    ana = browse(cast.ana)
    ana.post("/me/address", {"email": NEW})

    answer = browse().post(link())

    assert answer.location == "/sign-in"
    assert cast.ana.email == NEW
    assert ana.get("/me/account").status == 303


def test_other_sessions_and_links_end_with_the_old_address(cast, browse):
    ana, elsewhere = browse(cast.ana), browse(cast.ana)
    sign_in = make.ticket("sign_in", cast.ana)
    ana.post("/me/address", {"email": NEW})

    ana.post(link())

    assert elsewhere.get("/me/account").status == 303
    assert browse().get(f"/sign-in/link/{sign_in}").status == 410


def test_an_address_that_somebody_has_gets_the_same_answer_and_no_letter(cast, browse):
    free, taken = browse(cast.ana), browse(cast.ana)

    answers = [free.post("/me/address", {"email": NEW}), taken.post("/me/address", {"email": cast.bruno.email})]

    assert len({(answer.status, answer.location) for answer in answers}) == 1
    assert free.get("/me/account").messages == taken.get("/me/account").messages
    assert [kind for kind, _ in letters()] == ["confirm_address"]


def test_an_address_taken_meanwhile_is_not_taken_twice(cast, browse):
    token = make.ticket("confirm_address", cast.ana, extra=NEW)
    cast.bruno.email = NEW

    assert browse(cast.ana).post(f"/address/{token}").status == 410
    assert cast.ana.email != NEW


def test_the_link_works_once_and_for_a_day(cast, browse, later):
    first, late = make.ticket("confirm_address", cast.ana, 24, NEW), make.ticket("confirm_address", cast.bruno, 24, "bruno@new.example")
    answers = [browse().post(f"/address/{first}").status for _ in range(2)]

    later(hours=24, minutes=1)

    assert answers == [303, 410]
    assert browse().post(f"/address/{late}").status == 410


def test_a_newer_wish_makes_the_older_link_worthless(cast, browse):
    ana = browse(cast.ana)
    ana.post("/me/address", {"email": NEW})
    older = link()

    ana.post("/me/address", {"email": cast.bruno.email})

    assert browse().post(older).status == 410


def test_ones_own_or_a_broken_address_is_refused(cast, browse):
    ana = browse(cast.ana)

    assert ana.post("/me/address", {"email": cast.ana.email}).status == 422
    assert ana.post("/me/address", {"email": "ana at home"}).status == 422
    assert letters() == []


def test_nobody_can_have_one_mailbox_flooded(cast, browse):
    ana = browse(cast.ana)

    answers = [ana.post("/me/address", {"email": f"victim+{n}@new.example"}).status for n in range(5)]

    assert answers == [303, 303, 303, 429, 429]
