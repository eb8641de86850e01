"""The rules of an event in plain sentences, the same for everybody who reads them: who may come, how seats are given (N13)."""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup, escape

from ..i18n import datetime_, lang
from ..vocabularies import ORGANISATION_KINDS, ROLES
from .models import Event


def who_may_come(event: Event) -> list[Markup]:
    """For whom an event is; load its organiser first."""
    language, name = event.organiser.name_in(lang())
    organiser = Markup('<bdi lang="{}">{}</bdi>').format(language or "und", name)
    sentences = {
        "network": escape(_("Everyone with an account in the network can register.")),
        "partnership": escape(_("Only people of this local partnership can register: %(name)s.")) % {"name": organiser},
        "public": escape(_("Anyone can register, also without an account."))}
    found = [sentences[event.audience]]
    if event.audience_kinds:
        kinds = ", ".join(str(ORGANISATION_KINDS.get(code, code)) for code in event.audience_kinds)
        found.append(escape(_("It is for people who work here: %(kinds)s.")) % {"kinds": kinds})
    if event.audience_roles:
        roles = ", ".join(str(ROLES.get(code, code)) for code in event.audience_roles)
        found.append(escape(_("It is for people with this role in their organisation: %(roles)s.")) % {"roles": roles})
    return found


def of_seats(event: Event) -> list[Markup]:
    """How the seats of an event are given, and until when what can be done."""
    found = [*_of_approval(event), *_of_partnerships(event), *_of_waiting(event)]
    if event.seats is not None:
        found.append(escape(_("Who cannot come may pass the seat to a colleague of their partnership, or to a substitute named before.")))
    if event.cancel_until is not None:
        found.append(_until(_("You can cancel until %(date)s. After that it counts as late."), event.cancel_until, event))
    if event.answers_until is not None:
        found.append(_until(_("You can change your answers until %(date)s."), event.answers_until, event))
    return found


def _until(sentence: str, at: datetime, event: Event) -> Markup:
    return escape(sentence) % {"date": datetime_(at, event.timezone)}


def _of_approval(event: Event) -> list[Markup]:
    if event.needs_approval:
        again = [escape(_("If you change your answers later, the organiser approves them again."))] if event.changes_need_approval else []
        return [escape(_("The organiser decides who gets a seat. All decisions are announced together.")), *again]
    return [escape(_("Seats are given in the order of registration."))] if event.seats is not None else []


def _of_partnerships(event: Event) -> list[Markup]:
    if event.partnership_seats is None or event.seats is None:
        return []
    most = ngettext("Each local partnership can have %(num)s seat.", "Each local partnership can have %(num)s seats.", event.partnership_seats)
    if event.partnership_until is None:
        return [escape(most)]
    return [Markup("{} {}").format(most, _until(_("After %(date)s the other seats are free for all."), event.partnership_until, event))]


def _of_waiting(event: Event) -> list[Markup]:
    if event.seats is None:
        return []
    if event.waiting_limit == 0:
        return [escape(_("There is no waiting list."))]
    hours = ngettext("A seat offered to you is kept for %(num)s hour, and at least one working day.",
                     "A seat offered to you is kept for %(num)s hours, and at least one working day.", event.offer_hours)
    found = [escape(_("When all seats are taken, there is a waiting list. Partnerships that have nobody yet are served first.")), escape(hours),
             escape(_("Whoever does not answer in time goes to the end of the waiting list."))]
    if event.waiting_limit is not None:
        found.append(escape(ngettext("The waiting list takes %(num)s person.", "The waiting list takes %(num)s people.", event.waiting_limit)))
    return found
