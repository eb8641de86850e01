"""What to write in each section of the full template: one or two sentences that help (N7)."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

GUIDANCE = {
    "title": _l("Say what it is in plain words. A colleague should know from the title whether to read on."),
    "summary": _l("Three sentences: what you did, for whom, and what came of it. Cards and search show this text."),
    "need": _l("What did you see or hear that made you begin? Who asked for it?"),
    "steps": _l("Three to eight steps, in the order you took them. Write them so that a colleague can repeat them."),
    "partners": _l("Who took part, and what did each of them do? Name organisations, not people."),
    "resources": _l("Hours of staff, money, rooms, things. Say also what you already had."),
    "results": _l("What changed, and for how many people? Say also what you did not expect."),
    "evidence": _l("How did you find out: counts, a short survey, talks? What did the visitors say?"),
    "newcomers_part": _l("How did newcomers take part in planning and doing it?"),
    "lessons": _l("What would you do differently? What went wrong? This helps others most."),
    "transferability": _l("What does another library need to do it? What can be made smaller?"),
}
