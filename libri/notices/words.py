"""The sentence of every kind of notice: whole, with named places for what people wrote."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from markupsafe import Markup, escape

SENTENCES = {
    # discussions
    "topic.opened": _l("New discussion: %(title)s"),
    "topic.reply": _l("New reply in: %(title)s"),
    "topic.mention": _l("You were mentioned in: %(title)s"),
    "topic.quoted": _l("You were quoted in: %(title)s"),
    "topic.thanks": _l("Thanks for your text in: %(title)s"),
    "topic.accepted": _l("Your reply was chosen as the answer in: %(title)s"),
    "topic.translated": _l("Your text was translated in: %(title)s"),
    "topic.can_you_answer": _l("Nobody has answered this question yet. Can you help? %(title)s"),
    # practices
    "practice.published": _l("New practice: %(title)s"),
    "practice.changed": _l("A practice you follow was changed: %(title)s"),
    "practice.submitted": _l("A practice waits for review: %(title)s"),
    "practice.editor": _l("You were named as editor of a practice: %(title)s"),
    "practice.commented": _l("A reviewer wrote remarks on your practice: %(title)s"),
    "practice.changes_requested": _l("Changes are requested in your practice: %(title)s"),
    "practice.accepted": _l("Your practice is published: %(title)s"),
    "practice.archived": _l("Your practice was archived: %(title)s"),
    "practice.translated": _l("A practice was translated: %(title)s"),
    "practice.wish_fulfilled": _l("The translation you asked for is there: %(title)s"),
    "practice.wished": _l("Somebody asks for a translation of your practice: %(title)s"),
    "practice.behind": _l("Your translation is older than its original now: %(title)s"),
    "practice.field_asked": _l("A reader asks for a detail of your practice: %(title)s"),
    "practice.field_answered": _l("The detail you asked for is there: %(title)s"),
    "practice.adopted": _l("Somebody tried your practice: %(title)s"),
    "practice.adoption_asked": _l("How is it going with this practice? %(title)s"),
    # resources
    "resource.wished": _l("Somebody asks for a language of: %(title)s"),
    "resource.wish_fulfilled": _l("The language you asked for is there: %(title)s"),
    "resource.translated": _l("A resource was translated: %(title)s"),
    "resource.behind": _l("A resource you translated has a new version: %(title)s"),
    "resource.review_due": _l("Please check whether this is still right: %(title)s"),
    # registrations for events
    "reservation.asked": _l("An event asks for your venue: %(title)s"),
    "reservation.cancelled": _l("Your venue is not needed any more for: %(title)s"),
    "reservation.confirmed": _l("The venue is confirmed for: %(title)s"),
    "reservation.declined": _l("The venue is not possible for: %(title)s"),
    "reservation.moved": _l("An event in your venue has a new time: %(title)s"),
    "event.changed": _l("Time or place has changed: %(title)s"),
    "event.cancelled": _l("This event is cancelled: %(title)s"),
    "event.soon": _l("This event is soon: %(title)s"),
    "event.feedback": _l("How was it? Tell about: %(title)s"),
    "event.used": _l("What did you use of: %(title)s"),
    "registration.requested": _l("You were put forward for: %(title)s"),
    "registration.substitute": _l("You are named as a substitute for: %(title)s"),
    "registration.confirmed": _l("You have a seat: %(title)s"),
    "registration.waiting": _l("You are on the waiting list: %(title)s"),
    "registration.expired": _l("The offer has ended: %(title)s"),
    "registration.offered": _l("A seat is free for you: %(title)s"),
    "registration.refused": _l("No seat this time: %(title)s"),
    "registration.refused_again": _l("Your seat is taken back: %(title)s"),
    "registration.cancelled": _l("Your registration is cancelled: %(title)s"),
    "registration.cancelled_late": _l("Your registration is cancelled: %(title)s"),
    "registration.replaced": _l("A colleague comes instead of you: %(title)s"),
    "registration.cancelled_by_organiser": _l("Your registration was cancelled: %(title)s"),
    # moderation
    "report.made": _l("A text was reported: %(title)s"),
    "report.settled": _l("Your report was dealt with: %(title)s"),
    "text.waits": _l("A first text waits for approval: %(title)s"),
    "text.approved": _l("Your text is now shown in: %(title)s"),
    "text.refused": _l("Your text will not be shown in: %(title)s"),
    "text.hidden": _l("Your text was hidden in: %(title)s"),
    "text.restored": _l("Your text is shown again in: %(title)s"),
    "text.version_removed": _l("An earlier version of your text was removed: %(title)s"),
    "topic.moved": _l("Your discussion is now in another category: %(title)s"),
    "topic.locked": _l("Your discussion takes no more replies: %(title)s"),
    "topic.unlocked": _l("Your discussion takes replies again: %(title)s"),
    "topic.closed": _l("Your discussion was closed: %(title)s"),
    # names
    "member.lookalike": _l("A member’s name looks like another one. Organisation: %(title)s"),
    "organisation.lookalike": _l("This organisation’s name looks like another one: %(title)s"),
}
"""Kind → sentence. `title` is the only place in it; who did it and a reason stand beside it. Unread replies of a topic are counted."""


def sentence(kind: str, values: dict) -> Markup:
    """The sentence of a notice for a page; what people wrote is marked with its own language (A11)."""
    return escape(str(_words(kind, values))) % {"title": _marked(values)}


def plain(kind: str, values: dict) -> str:
    """The sentence of a notice without any markup, for the subject and text of a letter."""
    return str(_words(kind, values)) % {"title": values.get("title", "")}


def _words(kind: str, values: dict):
    if kind == "topic.reply" and values.get("count", 1) > 1:
        return ngettext("%(num)s new reply in: %(title)s", "%(num)s new replies in: %(title)s", values["count"], title="%(title)s")
    return SENTENCES.get(kind) or _("News about: %(title)s")


def _marked(values: dict) -> Markup:
    title, language = values.get("title", ""), values.get("language")
    if language:
        return Markup('<bdi lang="{}">{}</bdi>').format(language, title)
    return Markup("<bdi>{}</bdi>").format(title)
