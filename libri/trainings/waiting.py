"""The waiting list of an event: who is served next (N13), and until when an offer stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from ..db import db, now
from .holidays import is_working_day
from .models import Event, Registration
from .words import SEATED

MORNING = time(9)


def taken(event: Event) -> int:
    """Seats that are confirmed or offered."""
    return db.session.scalar(select(func.count()).select_from(Registration).where(
        Registration.event_id == event.id, Registration.status.in_(SEATED))) or 0


def seats_of_partnerships(event: Event) -> Counter[int | None]:
    """How many seats each local partnership has, by the number of its root."""
    return Counter(dict(db.session.execute(
        select(Registration.partnership_id, func.count()).where(Registration.event_id == event.id, Registration.status.in_(SEATED))
        .group_by(Registration.partnership_id)).all()))


def limit_now(event: Event) -> int | None:
    """How many seats one partnership may have at this moment; None without such a rule, or after its date."""
    if event.partnership_seats is None or (event.partnership_until is not None and event.partnership_until <= now()):
        return None
    return event.partnership_seats


def people_waiting(event: Event) -> list[Registration]:
    """Who waits, by arrival."""
    return list(db.session.scalars(select(Registration).where(
        Registration.event_id == event.id, Registration.status == "waiting").order_by(Registration.arrived)))


def in_turn(people: Iterable[Registration], seats: Counter[int | None], limit: int | None = None) -> tuple[list[Registration], list[Registration]]:
    """Those waiting, `people` by arrival, in the order they are served; and those whose partnership has all its seats for now.

    First comes whose partnership has nobody, then everybody by arrival. A partnership's own order is that of its ranks:
    when its turn comes, its best-ranked nominee goes.
    """
    seats, people = Counter(seats), _by_rank(list(people))
    first = []
    for one in people:
        if one.partnership_id is not None and not seats[one.partnership_id]:
            seats[one.partnership_id] += 1
            first.append(one)
    chosen = {id(one) for one in first}
    served, blocked = first, []
    for one in (one for one in people if id(one) not in chosen):
        if limit is not None and one.partnership_id is not None and seats[one.partnership_id] >= limit:
            blocked.append(one)
        else:
            seats[one.partnership_id] += 1
            served.append(one)
    return served, blocked


def _by_rank(people: list[Registration]) -> list[Registration]:
    """The same turns, but the turns of a partnership's nominees go to them in the order of their ranks."""
    ranked: dict[int | None, list[Registration]] = {}
    for one in people:
        if one.rank is not None:
            ranked.setdefault(one.partnership_id, []).append(one)
    turns = {key: iter(sorted(group, key=lambda one: (one.rank, one.arrived))) for key, group in ranked.items()}
    return [next(turns[one.partnership_id]) if one.rank is not None else one for one in people]


def position(event: Event, registration: Registration) -> tuple[int, int]:
    """Somebody's place on the waiting list, and how many wait."""
    served, blocked = in_turn(people_waiting(event), seats_of_partnerships(event), limit_now(event))
    everybody = [one.id for one in served + blocked]
    return everybody.index(registration.id) + 1, len(everybody)


def offer_end(event: Event, at: datetime) -> datetime:
    """When an offer made `at` ends: after the hours of the event, but not before a whole working day has passed there.

    It never outlasts the beginning of the event.
    """
    end = max(at + timedelta(hours=event.offer_hours), _after_a_working_day(at, ZoneInfo(event.timezone), event.country or ""))
    return min(end, event.starts_at)


def _after_a_working_day(at: datetime, zone: ZoneInfo, country: str) -> datetime:
    """A working day later by the clock of the place; what begins on a free day begins on the morning of the next working day."""
    there = at.astimezone(zone)
    while not is_working_day(there.date(), country):
        there = datetime.combine(there.date() + timedelta(days=1), MORNING, zone)
    there += timedelta(days=1)
    while not is_working_day(there.date(), country):
        there += timedelta(days=1)
    return there.astimezone(at.tzinfo)
