"""A month as a table of weeks: which sessions lie on which day, in the reader's time zone."""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from babel.dates import get_day_names

from ..i18n import lang
from . import times
from .models import Event, Session


@dataclass(frozen=True)
class Entry:
    """A session on one day: of which event, and from when, unless it goes on from the day before."""

    event: Event
    session: Session
    begins_here: bool


@dataclass(frozen=True)
class Day:
    """A day of the table, its entries in order of time."""

    date: date
    in_month: bool
    is_today: bool
    entries: list[Entry] = field(default_factory=list)


def bounds(first: date, zone: str) -> tuple[datetime, datetime]:
    """The instants between which the weeks of a month lie."""
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    return _midnight(weeks[0][0], zone), _midnight(weeks[-1][-1] + timedelta(days=1), zone)


def _midnight(day: date, zone: str) -> datetime:
    """The first instant of a day; an hour later where clocks skip midnight."""
    try:
        return times.instant(day, time(0), zone)
    except times.NoSuchTime:
        return times.instant(day, time(1), zone)


def weeks(first: date, events: Iterable[Event], zone: str, today: date) -> list[list[Day]]:
    """The weeks of a month from Monday, each day with what happens on it."""
    entries: dict[date, list[Entry]] = defaultdict(list)
    for event in events:
        for day, entry in _by_day(event, zone).items():
            entries[day].append(entry)
    return [[Day(day, day.month == first.month, day == today, sorted(entries[day], key=lambda one: (one.begins_here, one.session.starts_at)))
             for day in week] for week in calendar.Calendar().monthdatescalendar(first.year, first.month)]


def _by_day(event: Event, zone: str) -> dict[date, Entry]:
    """The days of an event, each with the first session on it."""
    found: dict[date, Entry] = {}
    for session in event.sessions:
        starts, ends = times.local_day(session.starts_at, zone), times.local_day(session.ends_at - timedelta(seconds=1), zone)
        for number in range(min((ends - starts).days, 60) + 1):
            day = starts + timedelta(days=number)
            if day not in found or (number == 0 and not found[day].begins_here):
                found[day] = Entry(event, session, number == 0)
    return found


def weekdays() -> list[tuple[str, str]]:
    """Short and full names of the days from Monday."""
    short, full = (get_day_names(width, "stand-alone", locale=lang()) for width in ("short", "wide"))
    return [(short[number], full[number]) for number in range(7)]


def neighbour(first: date, months: int) -> str:
    """The month so many later, as the address names it: `2027-01`."""
    number = first.year * 12 + first.month - 1 + months
    return f"{number // 12:04}-{number % 12 + 1:02}"
