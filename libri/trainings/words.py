"""The controlled words of trainings: codes and their labels (sample/vocabularies.json, glossary.csv)."""

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext as _pl

EVENT_KINDS = {
    "training": _l("Training"),
    "seminar": _l("Seminar"),
    "webinar": _l("Webinar"),
    "exchange_trip": _l("Exchange trip"),
    "national_event": _l("National event"),
    "regional_event": _l("Regional event"),
    "meeting": _l("Meeting"),
    "hackathon": _l("Hackathon"),
}
EVENT_MODES = {
    "onsite": _pl("event", "On site"),
    "online": _pl("event", "Online"),
    "hybrid": _pl("event", "On site and online"),
}
EVENT_STATUSES = {
    "draft": _pl("event", "Draft"),
    "published": _pl("event", "Published"),
    "cancelled": _pl("event", "Cancelled"),
}
"""What is stored; what people read is EVENT_STATES."""
EVENT_STATES = {
    "draft": _pl("event", "Draft"),
    "registration_not_open": _pl("event", "Registration not open yet"),
    "registration_open": _pl("event", "Registration open"),
    "full": _pl("event", "Full"),
    "registration_closed": _pl("event", "Registration closed"),
    "completed": _pl("event", "Completed"),
    "cancelled": _pl("event", "Cancelled"),
}
AUDIENCES = {
    "network": _l("Everyone in the network"),
    "partnership": _l("People of the organiser’s local partnership"),
    "public": _l("Anyone, also without an account"),
}
PARTICIPANT_LISTS = {
    "hidden": _l("Only the organiser sees the list"),
    "consented": _l("Participants see those who agreed"),
}
QUESTION_KINDS = {
    "text": _pl("question", "Short text"),
    "long": _pl("question", "Long text"),
    "choice": _pl("question", "One answer of several"),
    "choices": _pl("question", "Several answers"),
    "yes_no": _pl("question", "Yes or no"),
    "number": _pl("question", "Number"),
    "date": _pl("question", "Date"),
}
REGISTRATION_STATES = {
    "unconfirmed": _pl("registration", "Address not confirmed yet"),
    "requested": _pl("registration", "Waiting for approval"),
    "substitute": _pl("registration", "Substitute"),
    "confirmed": _pl("registration", "Confirmed"),
    "waiting": _pl("registration", "On the waiting list"),
    "offered": _pl("registration", "Seat offered"),
    "left": _pl("registration", "Left the waiting list"),
    "refused": _pl("registration", "Refused"),
    "cancelled": _pl("registration", "Cancelled in time"),
    "cancelled_late": _pl("registration", "Cancelled late"),
    "replaced": _pl("registration", "Replaced by a colleague"),
    "cancelled_by_organiser": _pl("registration", "Cancelled by the organiser"),
}
ACTIVE = ("requested", "substitute", "confirmed", "waiting", "offered")
"""States of which a person has at most one per event."""
SEATED = ("confirmed", "offered")
"""States that take a seat."""
REVIEWED = ("confirmed", "waiting", "offered")
"""States in which changed answers can wait for the organiser (E9)."""
DECISIONS = {"approve": _l("Approve"), "refuse": _l("Refuse")}
MATERIAL_KINDS = {"material": _pl("material", "Material"), "minutes": _pl("material", "Minutes"),
                  "evidence": _l("Signed attendance sheet, for organisers only")}
RESERVATION_STATES = {
    "asked": _pl("venue request", "Asked"),
    "confirmed": _pl("venue request", "Confirmed"),
    "declined": _pl("venue request", "Declined"),
    "cancelled": _pl("venue request", "Cancelled"),
}
ACCESSIBILITY = {
    "step_free": _l("Step-free access"),
    "quiet_room_on_request": _l("Quiet room on request"),
    "hearing_loop": _l("Hearing loop"),
    "sign_language": _l("Sign language"),
    "captions": _l("Live captions"),
    "easy_language": _l("Plain language"),
}
ENTRIES = {
    "made": _pl("log", "Registered"),
    "made_for": _pl("log", "Registered by a colleague"),
    "requested": _pl("log", "Waits for approval"),
    "substitute": _pl("log", "Named as a substitute"),
    "confirmed": _pl("log", "Seat confirmed"),
    "waiting": _pl("log", "Put on the waiting list"),
    "offered": _pl("log", "Seat offered"),
    "left": _pl("log", "Left the waiting list"),
    "refused": _pl("log", "Refused"),
    "cancelled": _pl("log", "Cancelled"),
    "cancelled_late": _pl("log", "Cancelled after the last day"),
    "cancelled_by_organiser": _pl("log", "Cancelled by the organiser"),
    "replaced": _pl("log", "Seat passed to a colleague"),
    "replaces": _pl("log", "Took the seat of a colleague"),
    "prepared": _pl("log", "Decision prepared"),
    "ranked": _pl("log", "Order changed by the coordinator"),
    "answered": _pl("log", "Answers changed"),
    "approved_again": _pl("log", "Changed answers approved"),
    "may_answer": _pl("log", "Given more time to answer"),
    "letter": _pl("log", "Letter written"),
    "noted": _pl("log", "Note of the organiser changed"),
}
"""The log of a registration (E26)."""
