"""Two at once: what must happen once happens once, on either database (S25, S39)."""

import threading

import pytest
from sqlalchemy import select

from libri import tickets
from libri.db import db, write_tx
from libri.members import leaving
from libri.members.models import Invitation, Member, Membership
from libri.members.models.members import LastCoordinator

from .. import make


def at_once(app, *deeds) -> list:
    """Do all deeds at the same time, each in a context of its own; return what they gave or raised."""
    gate, results = threading.Barrier(len(deeds)), [None] * len(deeds)

    def one(number: int) -> None:
        with app.app_context():
            gate.wait()
            try:
                results[number] = deeds[number]()
            except Exception as trouble:
                results[number] = type(trouble)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=one, args=(number,)) for number in range(len(deeds))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def disable(member_id: int):
    def deed() -> str:
        with write_tx() as session:
            leaving.disable(session.get_one(Member, member_id))
        return "gone"
    return deed


def post(page, fields: dict):
    """Send a page's form as its browser would."""
    return lambda: page.browser.client.post(page.browser.address, data=fields).status_code


@pytest.mark.parametrize("time", range(3))
def test_the_last_two_coordinators_cannot_both_go(cast, world, time):
    erna = make.member("Erna", "lv", cast.kisc, role="coordinator")
    db.session.commit()

    results = at_once(world, disable(cast.dina.id), disable(erna.id))

    assert sorted(map(str, results)) == sorted(map(str, ["gone", LastCoordinator]))


def test_one_invitation_makes_one_account_whoever_presses(cast, world, browse):
    invitation = make.invitation(cast.lyon)
    address = f"/invitation/{tickets.issue('invitation', invitation.id, 720).token()}"
    pages = [browse().get(address) for _ in range(3)]
    forms = [dict(page.document.xpath("//main//form")[0].form_values()) for page in pages]
    answers = {"name": "Nina", "language": "en", "password": "rīta rasa uz āboliņa"}

    at_once(world, *(post(page, fields | answers) for page, fields in zip(pages, forms, strict=True)))

    nina = db.session.scalars(select(Member.id).where(Member.name == "Nina")).all()
    assert len(nina) == 1 and len(db.session.scalars(select(Membership).where(Membership.member_id == nina[0])).all()) == 1


def test_one_person_is_invited_once_whoever_presses(cast, world, browse):
    address = f"/organisations/{cast.lyon.id}/people/invite"
    pages = [browse(person).get(address) for person in (cast.bruno, cast.dina)]
    forms = [dict(page.document.xpath("//main//form")[0].form_values()) for page in pages]

    statuses = at_once(world, *(post(page, fields | {"email": "nina@library.example"}) for page, fields in zip(pages, forms, strict=True)))

    assert sorted(statuses) == [303, 422]
    assert len(db.session.scalars(select(Invitation)).all()) == 1
