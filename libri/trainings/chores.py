"""What trainings do by themselves: every minute, and once a day."""

from __future__ import annotations

from collections.abc import Callable

from ..notices.models import Notice  # noqa: F401  (every table is known to the worker)
from . import changes, exporting, models, reminding, retention, serving  # noqa: F401

EVERY_MINUTE: dict[str, Callable[[], int]] = {
    "serve_waiting_lists": serving.serve,
    "announce_event_changes": changes.look,
    "remind_of_events": reminding.remind,
    "forget_access_needs": retention.forget_needs,
}
DAILY: dict[str, Callable[[], int]] = {
    "ask_how_it_was": reminding.ask_for_feedback,
    "ask_what_was_used": reminding.ask_what_was_used,
    "anonymise_registrations": retention.anonymise,
    "drop_held_letters": retention.drop_held_letters,
    "forget_exports": exporting.forget,
    "forget_unconfirmed_guests": retention.forget_unconfirmed,
}
"""Name of a chore → what does it and returns how many rows it touched."""
