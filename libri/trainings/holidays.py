"""Public holidays of the countries of the network, so that no offer ends before a true working day has passed."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

EVERYWHERE = ("01-01", "12-25")
FIXED = {
    "LV": ("05-01", "05-04", "06-23", "06-24", "11-18", "12-24", "12-26", "12-31"),
    "FR": ("05-01", "05-08", "07-14", "08-15", "11-01", "11-11"),
    "IT": ("01-06", "04-25", "05-01", "06-02", "08-15", "10-04", "11-01", "12-08", "12-26"),
    "PL": ("01-06", "05-01", "05-03", "08-15", "11-01", "11-11", "12-24", "12-26"),
    "RO": ("01-02", "01-06", "01-07", "01-24", "05-01", "06-01", "08-15", "11-30", "12-01", "12-26"),
}
"""Country → its holidays beside those of everywhere, as month and day."""
AFTER_EASTER = {"LV": (-2, 1), "FR": (1, 39, 50), "IT": (1,), "PL": (1, 60), "RO": (-2, 1, 50)}
"""Country → days from Easter Sunday; Sundays themselves need no mention."""
ORTHODOX = ("RO",)
MOVED = {"LV": ("05-04", "11-18")}
"""Days after which Monday is free when they fall on a weekend."""


def is_working_day(day: date, country: str) -> bool:
    """Whether people in a country can be expected at work; of a country nobody described, only New Year and Christmas are known."""
    return day.weekday() < 5 and day not in _of(country, day.year)


@cache
def _of(country: str, year: int) -> frozenset[date]:
    found = {date.fromisoformat(f"{year}-{day}") for day in (*EVERYWHERE, *FIXED.get(country, ()))}
    sunday = _orthodox_easter(year) if country in ORTHODOX else _easter(year)
    found |= {sunday + timedelta(days=days) for days in AFTER_EASTER.get(country, ())}
    for text in MOVED.get(country, ()):
        day = date.fromisoformat(f"{year}-{text}")
        if day.weekday() >= 5:
            found.add(day + timedelta(days=7 - day.weekday()))
    return frozenset(found)


def _easter(year: int) -> date:
    """Easter Sunday of the western churches (the anonymous Gregorian rule)."""
    golden, century, rest = year % 19, *divmod(year, 100)
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    shift = moon + week - 7 * ((golden + 11 * moon + 22 * week) // 451) + 114
    return date(year, shift // 31, shift % 31 + 1)


def _orthodox_easter(year: int) -> date:
    """Easter Sunday of the eastern churches, by today's calendar (right from 1900 to 2099)."""
    moon = (19 * (year % 19) + 15) % 30
    shift = moon + (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7 + 114
    return date(year, shift // 31, shift % 31 + 1) + timedelta(days=13)
