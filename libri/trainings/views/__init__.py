"""Pages of trainings: events, registering, participants, check-in, certificates, feedback, calendars."""

from flask import Blueprint

blueprint = Blueprint("trainings", __name__)

from .. import models  # noqa: E402,F401
from . import calendar, certificates, check_in, editing, events, feedback  # noqa: E402,F401
from . import decisions, nominations, registering, registrations  # noqa: E402,F401
