"""Times of events: in the zone of the place, said with its offset, and read back from what somebody typed there."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_skeleton, get_timezone_location
from babel.numbers import format_decimal
from flask_babel import gettext as _
from markupsafe import Markup

from ..i18n import date as day_of
from ..i18n import datetime_ as instant_of
from ..i18n import lang


class NoSuchTime(ValueError):
    """The clocks skip this time of day on that day."""


def span(starts: datetime, ends: datetime, zone: str) -> Markup:
    """From when to when, in a zone: `28 March 2027, 10:00–12:30`, with both days when they differ."""
    if local_day(starts, zone) == local_day(ends, zone):
        return Markup("{}–{}").format(instant_of(starts, zone), clock(ends, zone))
    return Markup("{} – {}").format(instant_of(starts, zone), instant_of(ends, zone))


def days(starts: datetime, ends: datetime, zone: str) -> Markup:
    """The day or days something lasts, in a zone."""
    if local_day(starts, zone) == local_day(ends, zone):
        return day_of(starts, zone)
    return Markup("{} – {}").format(day_of(starts, zone), day_of(ends, zone))


def clock(at: datetime, zone: str) -> Markup:
    """The time of day of an instant in a zone, as `<time>`: `12.30` in Latvian, `12:30` elsewhere."""
    there = at.astimezone(ZoneInfo(zone))
    return Markup('<time datetime="{}">{}</time>').format(at.isoformat(), there.strftime("%H.%M" if lang() == "lv" else "%H:%M"))


def zone_name(zone: str, *instants: datetime) -> str:
    """How a zone is called with its distance from UTC then: `Rīga time (UTC+2)`, both distances when the clocks change between."""
    offsets = dict.fromkeys(_offset(at, zone) for at in instants)
    return _("%(city)s time (%(offsets)s)", city=city(zone), offsets=" → ".join(offsets))


def hours_words(hours: float) -> str:
    """How many hours, with the reader's decimal sign: `2.5 h`."""
    return _("%(hours)s h", hours=format_decimal(round(hours, 2), locale=lang()))


def city(zone: str) -> str:
    """The town a zone is called after: `Europe/Riga` → `Rīga`."""
    return get_timezone_location(zone, locale=lang(), return_city=True)


def short_month(at: datetime, zone: str) -> str:
    """The month of an instant in a zone, in short: `Dec`."""
    return format_date(local_day(at, zone), "LLL", locale=lang()).rstrip(".")


def day_words(day: date) -> str:
    """A day with its weekday, without the year: `Wednesday, 9 December`."""
    return format_skeleton("EEEEdMMMM", day, locale=lang())


def _offset(at: datetime, zone: str) -> str:
    minutes = round(at.astimezone(ZoneInfo(zone)).utcoffset().total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    sign = "−" if minutes < 0 else "+"
    return "UTC" if not minutes else f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "")


def same_clock(starts: datetime, ends: datetime, zone: str, other: str) -> bool:
    """Whether clocks in both zones show the same at the beginning and the end."""
    return all(at.astimezone(ZoneInfo(zone)).utcoffset() == at.astimezone(ZoneInfo(other)).utcoffset() for at in (starts, ends))


def local_day(at: datetime, zone: str) -> date:
    """The day an instant has in a zone."""
    return at.astimezone(ZoneInfo(zone)).date()


def instant(day: date, at: time, zone: str, fold: int = 0) -> datetime:
    """The instant of a day and time in a zone; raises NoSuchTime for one the clocks skip. `fold=1` is the second of two."""
    there = datetime.combine(day, at, ZoneInfo(zone)).replace(fold=fold)
    found = there.astimezone(UTC)
    if found.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0) != there.replace(tzinfo=None, fold=0):
        raise NoSuchTime
    return found


def session_of(day: date, begins: time, finishes: time, zone: str) -> tuple[datetime, datetime]:
    """Beginning and end of a session: one that finishes at or before its beginning finishes the next day. Raises NoSuchTime.

    When the clocks go back, an end that was twice is the second one if only that is after the beginning.
    """
    starts = instant(day, begins, zone)
    ends = instant(day, finishes, zone)
    if ends <= starts:
        ends = instant(day, finishes, zone, fold=1)
    return starts, ends if ends > starts else instant(day + timedelta(days=1), finishes, zone)
