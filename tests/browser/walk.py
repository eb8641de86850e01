"""The addresses a person can read in the sample network, found by walking the route table."""

from __future__ import annotations

from sqlalchemy import select

from libri.db import db
from libri.directory.models import ContactPerson, VenueOffer
from libri.members.models import Invitation, Member, Membership, Organisation

LEFT_OUT = ("static", "home.healthz")


def addresses(app, person: str | None) -> list[str]:
    """Every GET address that answers `person` with a page; ids are those of Ogre, which Karla coordinates."""
    with app.test_request_context():
        ids = _ids()
        rules = [rule for rule in app.url_map.iter_rules() if "GET" in rule.methods and rule.endpoint not in LEFT_OUT]
        found = []
        for rule in rules:
            values = {name: ids.get(name) for name in rule.arguments}
            if None not in values.values():
                found.append(app.url_map.bind("127.0.0.1").build(rule.endpoint, values))
        return [address for address in dict.fromkeys(found) if _is_page(app, person, address)]


def _ids() -> dict[str, object]:
    ogre = db.session.scalar(select(Organisation).where(Organisation.code == "org-lv-mun-ogre"))
    karla = db.session.scalar(select(Member).where(Member.email == "karla@paraugs.example"))

    def first(column, where):
        return db.session.scalar(select(column).where(where).limit(1))

    return {
        "organisation_id": ogre.id, "member_id": karla.id, "contact_id": first(ContactPerson.id, ContactPerson.organisation_id == ogre.id),
        "venue_id": first(VenueOffer.id, VenueOffer.organisation_id == ogre.id) or first(VenueOffer.id, VenueOffer.id > 0),
        "membership_id": first(Membership.id, Membership.organisation_id == ogre.id), "invitation_id": first(Invitation.id, Invitation.id > 0),
        "token": "7-forged", "letter_id": None,
    }


def _is_page(app, person: str | None, address: str) -> bool:
    client = app.test_client()
    if person is not None:
        _enter(client, person)
    answer = client.get(address, headers={"Host": "127.0.0.1"})
    return answer.mimetype == "text/html" and answer.status_code in (200, 410)


def _enter(client, person: str) -> None:
    from libri.members.models import SignIn

    token = SignIn.new_token()
    member_id = db.session.scalar(select(Member.id).where(Member.email == f"{person}@paraugs.example"))
    db.session.add(SignIn(digest=SignIn.digest_of(token), member_id=member_id))
    db.session.commit()
    with client.session_transaction() as session:
        session["_user_id"] = token
