"""Seats the organiser keeps: not shown as free, given by hand, never one too many."""

import pytest

from .. import make


@pytest.fixture(autouse=True)
def in_english(cast):
    cast.bruno.language = "en"


def test_a_kept_seat_is_given_to_somebody_who_waits_and_nobody_passes_over(cast, browse):
    event = make.event(cast.lyon, capacity=2, reserved_seats=1)
    make.registration(event, cast.ana)
    first, second = make.registration(event, cast.carla, "waiting"), make.registration(event, cast.dina, "waiting")
    bruno = browse(cast.bruno)
    offered = browse(cast.ana).get(f"/trainings/{event.id}").text

    bruno.get(f"/registrations/{second.id}").submit(f"/registrations/{second.id}/seat")
    again = bruno.follow(bruno.post(f"/registrations/{first.id}/seat"))

    assert "1 seat" in offered and "All seats are taken." not in offered
    assert (second.status, first.status, event.reserved_seats) == ("confirmed", "waiting", 0)
    assert "You keep no seats any more" in again.messages


def test_who_has_a_seat_is_given_no_second_one(cast, browse):
    event = make.event(cast.lyon, capacity=3, reserved_seats=1)
    registration = make.registration(event, cast.ana)

    browse(cast.bruno).post(f"/registrations/{registration.id}/seat")

    assert event.reserved_seats == 1
