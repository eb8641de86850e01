"""Pages of trainings: events, registering, participants, check-in, certificates, feedback, calendars."""

from flask import Blueprint

blueprint = Blueprint("trainings", __name__)

from .. import models  # noqa: E402,F401
from . import (  # noqa: E402,F401
    calendar,
    certificates,
    check_in,
    decisions,
    editing,
    events,
    feedback,
    guest_materials,
    hours,
    letters,
    materials,
    nominations,
    participants,
    questions,
    registering,
    registrations,
    reservations,
    used_resources,
)
