"""The events of the sample network with their sessions, their registrations, and who was there."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import insert, select

from ..db import db, now
from ..directory.models import Reservation, VenueOffer
from ..i18n import Localized
from ..members.models import Member, Membership, Organisation
from ..search import fold
from ..trainings import editing, seats
from ..trainings.models import Attendance, Event, Material, Question, Registration, RegistrationEntry, Session
from . import feedback

STATUSES = {"completed": "published", "registration_open": "published", "full": "published", "cancelled": "cancelled", "draft": "draft"}
PLAIN = ("mode", "timezone", "languages", "interpretation", "accessibility", "themes", "target_groups", "capacity", "min_attendance_percent")
FUNCTIONS = ("Bibliotekāre", "Lasītāju apkalpošanas vadītāja", "Integrācijas koordinatore", "Direktora vietniece")
"""Functions that stand for people of other organisations: the sample network has no names (README.md)."""
OFFERED = "ev-12"
"""The event that is full, with people waiting."""
APPROVED = "ev-14"
PUBLIC = "ev-13"
RULED = "ev-11"


def add_trainings(given: list[dict], organisations: dict[str, Organisation]) -> dict[str, Event]:
    """Add the events with everything that happened to them, inside write_tx(); return them by code."""
    venues = {one.organisation_id: one for one in db.session.scalars(select(VenueOffer))}
    events = {one["id"]: _event(one, organisations, venues) for one in given}
    db.session.add_all(events.values())
    db.session.flush()
    for one in events.values():
        _reserve(one)
    people = _people()
    _ask(events[OFFERED])
    for one in given:
        _register(events[one["id"]], one, people, organisations)
    db.session.flush()
    _attend(events.values())
    return events


def _event(given: dict, organisations: dict[str, Organisation], venues: dict[int, VenueOffer]) -> Event:
    organiser = organisations[given["organiser_id"]]
    place = organisations.get(given["venue_organisation_id"] or "")
    closes, starts = _instant(given["registration_deadline"]), _instant(given["starts_at"])
    event = Event(
        code=given["id"], uid=f"{given['id']}@libri", kind=given["type"], status=STATUSES[given["status"]], organiser_id=organiser.id,
        title=Localized(given["title"]), description=Localized(given["description"]), online_url=given["online_url"] or "",
        city=given["city"] or "", country=given["country"] or "", place="", waiting_limit=given["waiting_list_limit"] or None,
        registration_opens=_instant(given["registration_opens"]), registration_closes=closes, cancel_until=starts - timedelta(days=2),
        fee_eur=given["fee_eur"], gives_certificate=given["certificate"], is_demonstration=True, show_participants="consented",
        created_at=min(_instant(given["registration_opens"]), now()) - timedelta(days=7), audience="public" if given["id"] == PUBLIC else "network",
        **{name: given[name] for name in PLAIN})
    event.published_at = None if event.status == "draft" else event.created_at
    event.cancelled_at = starts - timedelta(days=9) if event.status == "cancelled" else None
    event.sessions = [Session(title=Localized(one["title"] or {}), starts_at=_instant(one["starts_at"]), ends_at=_instant(one["ends_at"]),
                              hours=one["hours"]) for one in given["sessions"]]
    if place is not None and place.id in venues:
        event.venue_offer = venues[place.id]
    if given["id"] == RULED:
        event.partnership_seats, event.partnership_until = 3, closes - timedelta(days=7)
    event.needs_approval = given["id"] == APPROVED or given["type"] == "exchange_trip"
    editing.settle(event)
    return event


def _reserve(event: Event) -> None:
    """The venue of an event was asked for and is confirmed; that of a draft still waits for its owner."""
    if event.venue_offer_id is None:
        return
    is_draft = event.status == "draft"
    asked = Reservation(
        venue_offer_id=event.venue_offer_id, organisation_id=event.organiser_id, purpose=event.title, starts_at=event.starts_at,
        ends_at=event.ends_at, people=event.capacity, status="cancelled" if event.status == "cancelled" else "asked" if is_draft else "confirmed",
        asked_at=min(event.created_at, now()), answered_at=None if is_draft else event.created_at + timedelta(days=1))
    db.session.add(asked)
    db.session.flush()
    event.reservation_id = asked.id
    event.venue_offer_id = None if is_draft else event.venue_offer_id


def _people() -> dict[str, tuple[Member, Organisation]]:
    """The people one can sign in as, by the first part of their address, each with where they work."""
    rows = db.session.execute(select(Member, Organisation).join(Membership, Membership.member_id == Member.id)
                              .join(Organisation, Organisation.id == Membership.organisation_id))
    return {member.email.split("@")[0]: (member, organisation) for member, organisation in rows}


def _ask(event: Event) -> None:
    """Two questions, the second only for those who say yes to the first."""
    first = Question(event_id=event.id, position=1, kind="yes_no", is_required=True, label=Localized({
        "lv": "Vai jūs atbrauksiet ar auto?", "en": "Will you come by car?", "ru": "Вы приедете на машине?", "uk": "Ви приїдете автомобілем?"}))
    db.session.add(first)
    db.session.flush()
    db.session.add(Question(
        event_id=event.id, position=2, kind="number", shown_if_question_id=first.id, shown_if_values=["yes"], label=Localized({
            "lv": "Cik brīvu vietu ir jūsu auto?", "en": "How many free seats are in your car?", "ru": "Сколько свободных мест в вашей машине?",
            "uk": "Скільки вільних місць у вашому автомобілі?"})))


def _register(event: Event, given: dict, people: dict, organisations: dict[str, Organisation]) -> None:
    """Colleagues of other organisations by their function, then the people one can sign in as."""
    rows = [_colleague(event, number, one) for number, one in enumerate(_colleagues(event, given, organisations))]
    signed = {"ev-02": ("anna", "karla", "oksana"), "ev-03": ("anna", "oksana"), "ev-05": ("karla", "bruno"), "ev-09": ("anna",),
              "ev-01": ("karla", "anna", "bruno"), "ev-08": ("anna", "karla"), "ev-11": ("anna", "oksana"),
              OFFERED: ("karla", "anna", "oksana", "bruno"), PUBLIC: ("oksana", "bruno")}.get(given["id"], ())
    for name in signed:
        member, organisation = people[name]
        waits = given["id"] == OFFERED and name != "karla"
        rows.append(_row(event, len(rows), organisation, "waiting" if waits else "confirmed") | {
            "member_id": member.id, "language": member.language, "shows_name": name != "anna",
            "search_text": fold(f"{member.name} {organisation.name}")[:400]})
    if given["id"] == OFFERED:  # the last but three have their seat before those who wait
        seated = [row for row in rows if row["status"] == "confirmed"][: event.capacity]
        rows = [*seated, *(row for row in rows if row["status"] == "waiting")]
    for number, row in enumerate(rows, 1):
        row["arrived"] = number
    event.last_arrived = len(rows)
    if rows:
        db.session.execute(insert(Registration), rows)
        found = db.session.execute(select(Registration.id, Registration.created_at).where(Registration.event_id == event.id)).all()
        db.session.execute(insert(RegistrationEntry), [
            {"registration_id": row.id, "action": "made", "at": row.created_at, "details": {}} for row in found])
    if event.status == "cancelled":
        seats.call_off(event)


def _colleagues(event: Event, given: dict, organisations: dict[str, Organisation]) -> list[Organisation]:
    """Organisations whose colleagues come: enough to fill the full event, a good part of the seats of the others."""
    if event.status == "draft":
        return []
    near = [one for one in organisations.values() if one.country in ("LV", event.country or "LV") and one.kind != "coordinator"]
    number = {OFFERED: event.capacity - 1, "ev-08": 11}.get(given["id"], min(18, (event.capacity or 20) - 3))
    return [near[(position * 7 + len(event.sessions)) % len(near)] for position in range(number)]


def _colleague(event: Event, number: int, organisation: Organisation) -> dict:
    function = FUNCTIONS[number % len(FUNCTIONS)]
    return _row(event, number, organisation, "confirmed") | {
        "guest_name": f"{function} ({organisation.city})", "search_text": fold(f"{function} {organisation.city} {organisation.name}")[:400],
         "guest_email": f"{event.code}-{number + 1}@paraugs.example", "language": "lv"}


def _row(event: Event, number: int, organisation: Organisation, status: str) -> dict:
    made = min(event.registration_opens + timedelta(hours=3 * number + 1), now())
    return {"event_id": event.id, "status": status, "organisation_id": organisation.id, "partnership_id": organisation.root_id, "arrived": 0,
            "created_at": made, "changed_at": made, "member_id": None, "guest_name": "", "guest_email": "", "language": "lv", "search_text": "",
            "shows_name": False, "languages": _understood(event) if number % 9 == 4 else []}


def _understood(event: Event) -> list[str]:
    """A language into which somebody needs interpretation there."""
    return [code for code in event.interpretation if code not in event.languages][:1] or (["en"] if "en" not in event.languages else ["uk"])


def _attend(events) -> None:
    """Who was at the events that are over: nearly everybody, at nearly every session."""
    ended = {one.id: one for one in events if one.status == "published" and one.is_over}
    found = db.session.execute(select(Registration.id, Registration.event_id, Registration.member_id).where(
        Registration.event_id.in_(ended), Registration.status == "confirmed").order_by(Registration.id)).all()
    rows = [{"registration_id": row.id, "session_id": session.id, "at": session.starts_at, "how": "list"}
            for position, row in enumerate(found) for number, session in enumerate(ended[row.event_id].sessions)
            if row.member_id is not None or (position % 10 != 3 and (number + position) % 13 != 5)]
    if rows:
        db.session.execute(insert(Attendance), rows)
    feedback.load(ended.values())
    for event in ended.values():
        if event.code == "ev-01":
            db.session.add(Material(event_id=event.id, kind="minutes", language="lv", title="Kopsavilkums: par ko vienojāmies",
                                    link="https://meet.libri.example/ev-01/kopsavilkums", is_for_all=True, at=event.ends_at))


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)
