"""The addresses a person can read in the sample network, found by walking the route table."""

from __future__ import annotations

from functools import cache

from sqlalchemy import select

from libri.db import db, now
from libri.directory.models import ContactPerson, Reservation, VenueOffer
from libri.exchange.models import Adoption, Attachment, Practice, Reply, ReplyVersion, Report, Topic
from libri.members.models import Invitation, Member, Membership, Organisation, SignIn
from libri.resources.models import Collection, Resource
from libri.trainings.models import Event, Export, HeldLetter, Question, Registration

LEFT_OUT = ("static", "home.healthz")
SAYS_MORE = ("/edit", "/about", "/directory", "/organisations/11")
"""Pages of which the office and a guest see more or less than a coordinator."""
HERE = "http://127.0.0.1"


@cache
def addresses(app, person: str | None) -> list[str]:
    """Every GET address that answers `person` with a page; ids are those of Ogre, which Karla coordinates, then some others."""
    with app.test_request_context():
        first = _ids()
        map_ = app.url_map.bind("127.0.0.1")
        found = [map_.build(rule.endpoint, {name: ids[name] for name in rule.arguments})
                 for ids in (first, *(first | other for other in _others())) for rule in app.url_map.iter_rules()
                 if "GET" in rule.methods and rule.endpoint not in LEFT_OUT and all(ids.get(name) for name in rule.arguments)]
    client = reader(app, person)  # outside the context above: in it, every request would share one `g`, and with it one reader
    pages = [address for address in dict.fromkeys(found) if _is_page(client, address)]
    assert len(pages) > (65 if person else 12), f"{person} reads only {pages}"
    return pages


def own_addresses(app, person: str | None) -> list[str]:
    """Those of them that look different to somebody who may do less, so that slow tests draw each page once."""
    less = {"dina": "karla", "karla": None}.get(person or "")
    known = set(addresses(app, less)) if person else set()
    return [address for address in addresses(app, person) if address not in known or address == "/" or address.endswith(SAYS_MORE)]


def one_of_each(app, found: list[str]) -> list[str]:
    """The first of these addresses for each view, for what depends on the template alone."""
    urls = app.url_map.bind("127.0.0.1")
    return list({urls.match(address.partition("?")[0])[0]: address for address in reversed(found)}.values())


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
        "practice_id": first(Practice.id, Practice.author_id == karla.id), "section": "steps", "language": "lv",
        "adoption_id": first(Adoption.id, Adoption.organisation_id == ogre.id), "attachment_id": first(Attachment.id, Attachment.id > 0),
        "topic_id": first(Topic.id, Topic.author_id == karla.id),
        "reply_id": first(Reply.id, Reply.author_id == karla.id), "kind": "reply", "number": first(Reply.id, Reply.hidden_reason > ""),
        "report_id": first(Report.id, Report.object_kind == "reply"),
        "resource_id": first(Resource.id, (Resource.organisation_id == ogre.id) & (Resource.status == "private")),
        "collection_id": first(Collection.id, (Collection.organisation_id == ogre.id) & (Collection.status == "private")),
        **_of_event(first, karla.id),
    }


def _of_event(first, member_id: int) -> dict[str, object]:
    """What belongs to the event that Karla organises."""
    event_id = first(Event.id, Event.created_by_id == member_id)
    return {
        "event_id": event_id, "question_id": first(Question.id, Question.shown_if_question_id > 0),
        "registration_id": first(Registration.id, (Registration.event_id == event_id) & (Registration.member_id == member_id)),
        "reservation_id": first(Reservation.id, Reservation.words > ""), "export_id": first(Export.id, Export.member_id == member_id)}


def _others() -> list[dict[str, object]]:
    """What looks different: other sections, a practice under review, a public one, a text with a history, a report on a practice."""
    def first(column, where):
        return db.session.scalar(select(column).where(where).order_by(column).limit(1))

    edited = first(ReplyVersion.reply_id, ReplyVersion.reply_id > 0)
    return [
        {"section": "facts"}, {"section": "need"}, {"practice_id": first(Practice.id, Practice.status == "submitted")},
        {"practice_id": first(Practice.id, Practice.is_public), "topic_id": first(Topic.id, Topic.status == "answered")},
        {"event_id": first(Event.id, Event.status == "draft")}, {"event_id": first(Event.id, Event.audience == "public")},
        {"event_id": first(Registration.event_id, Registration.feedback_waived),
         "registration_id": first(Registration.id, Registration.feedback_waived), "letter_id": first(HeldLetter.id, HeldLetter.id > 0)},
        {"resource_id": first(Resource.id, Resource.review_by < now().date().replace(month=1, day=1)),
         "collection_id": first(Collection.id, Collection.is_public)},
        {"resource_id": first(Resource.id, Resource.level == "A1")},
        {"reply_id": edited, "number": edited, "version_id": first(ReplyVersion.id, ReplyVersion.reply_id == edited)},
        {"kind": "practice", "number": first(Report.object_id, Report.object_kind == "practice"),
         "report_id": first(Report.id, Report.object_kind == "practice")},
    ]


def _is_page(client, address: str) -> bool:
    answer = client.get(address, base_url=HERE)
    return answer.data[:15].lower() == b"<!doctype html>" and answer.status_code in (200, 410)


def reader(app, person: str | None):
    """A client without a browser in which `person` is signed in."""
    client, token = app.test_client(), SignIn.new_token()
    if person is None:
        return client
    with app.app_context():
        member_id = db.session.scalar(select(Member.id).where(Member.email == f"{person}@paraugs.example"))
        db.session.add(SignIn(digest=SignIn.digest_of(token), member_id=member_id))
        db.session.commit()
    with client.session_transaction(base_url=HERE) as session:
        session["_user_id"] = token
    return client
