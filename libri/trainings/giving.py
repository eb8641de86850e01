"""Seats an organiser keeps and gives by hand (E3): they are not shown as free, and nobody else can take them."""

from __future__ import annotations

from . import seats
from .models import Event, Registration

WITHOUT_A_SEAT = ("waiting", "requested", "substitute")


class NoneKept(ValueError):
    """No seat is kept any more."""


def give(event: Event, registration: Registration) -> None:
    """Give one of the kept seats to somebody without one, inside write_tx() with both locked; raises NoneKept or WrongState.

    The capacity stays: one seat less is kept, one more is confirmed, so that nobody else's turn changes.
    """
    if event.reserved_seats < 1:
        raise NoneKept
    if registration.status not in WITHOUT_A_SEAT or event.status != "published" or event.is_over:
        raise seats.WrongState
    event.reserved_seats, event.version = event.reserved_seats - 1, event.version + 1
    seats.become(event, registration, "confirmed")
