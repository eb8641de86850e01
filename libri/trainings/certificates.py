"""Certificates of attendance: who may have one, its number, issuing it again, setting it as PDF (E18)."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import select

from .. import audit
from ..db import db, now
from ..i18n import lang, speaking
from . import attending, codes, reaching, times
from .models import Certificate, Event, FeedbackGiven, Registration
from .words import EVENT_KINDS

TEMPLATE = Path(__file__).parent / "certificate.typ"
LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


class NotYet(ValueError):
    """There is no certificate for this registration; `args[0]` says why: none, running, absent, feedback."""


def missing(event: Event, registration: Registration, attended: Iterable[int]) -> str:
    """What still stands between a person and the certificate: none, running, absent, feedback – or nothing, an empty text."""
    attended = list(attended)
    if not event.gives_certificate or registration.status != "confirmed" or registration.anonymised_at is not None:
        return "none"
    if not event.is_over:
        return "running"
    if not attended or attending.share(event, attended) < (event.min_attendance_percent or 0):
        return "absent"
    if not registration.feedback_waived and db.session.get(FeedbackGiven, registration.id) is None:
        return "feedback"
    return ""


def of(registration_id: int) -> Certificate | None:
    """The certificate of a registration, if it was issued."""
    return db.session.scalar(select(Certificate).where(Certificate.registration_id == registration_id))


def issue(event: Event, registration: Registration, attended: Iterable[int], *, is_name_public: bool) -> Certificate:
    """Issue a certificate, or issue the same number again with the present name and hours, inside write_tx(). Raises NotYet."""
    attended = list(attended)
    if why := missing(event, registration, attended):
        raise NotYet(why)
    reader = reaching.Reader.of(registration, event)
    certificate = of(registration.id)
    if certificate is None:
        certificate = Certificate(number=_number(event), event_id=event.id, registration_id=registration.id, member_id=registration.member_id)
        db.session.add(certificate)
    else:
        certificate.issued_again_at = now()
    certificate.name, certificate.language = registration.name, reader.language
    certificate.hours, certificate.is_name_public = attending.hours(event, attended), is_name_public
    db.session.flush()
    audit.record("certificate.issued", certificate, organisation_id=event.organiser_id, again=certificate.issued_again_at is not None)
    return certificate


def _number(event: Event) -> str:
    """The year of the event and eight signs nobody can count on from another certificate."""
    signs = "".join(secrets.choice(LETTERS) for _ in range(8))
    return f"LIBRI-{event.ends_at.year}-{signs[:4]}-{signs[4:]}"


def address_of(certificate: Certificate) -> str:
    """Where anybody can check a certificate."""
    return codes.address("verify", number=certificate.number)


def content(certificate: Certificate, event: Event) -> dict[str, Any]:
    """What a certificate says, in the person's language, for printing.pdf(); load sessions and organiser first."""
    with speaking(certificate.language):
        code, title = event.title.best(lang())
        organiser_language, organiser = event.organiser.name_in(lang())
        rows = [(_("Kind"), str(EVENT_KINDS[event.kind]), lang()), (_("When"), _days(event), lang())]
        if certificate.hours:
            rows.append((_("Hours attended"), _number_of(certificate.hours), lang()))
        rows.append((_("Organiser"), organiser, organiser_language or lang()))
        return {"lang": lang(), "title": _("Certificate of attendance"), "name": certificate.name, "before": _("Participant"),
                "after": _("Event"), "event": title, "event_lang": code or lang(),
                "facts": [{"label": label, "text": text, "lang": language} for label, text, language in rows],
                "signature": _("For the organiser"), "number_label": _("Number"), "number": certificate.number,
                "issued": _("Issued: %(day)s", day=_day(certificate, event)),
                "check": _("Check this certificate at:"), "address": address_of(certificate), "qr": codes.drawn(address_of(certificate)),
                **emblems()}


def emblems() -> dict[str, str]:
    """The drawings on paper, and the words that go with the emblem of the Union."""
    pictures = Path(current_app.root_path) / "static" / "img"
    return {"logo": (pictures / "logo.svg").read_text(), "emblem": (pictures / "eu.svg").read_text(),
            "funding": _("Co-funded by the European Union")}


def _day(certificate: Certificate, event: Event) -> str:
    at = certificate.issued_again_at or certificate.issued_at
    return str(times.days(at, at, event.timezone).striptags())


def _days(event: Event) -> str:
    return str(times.days(event.starts_at, event.ends_at, event.timezone).striptags())


def _number_of(hours: float) -> str:
    from flask_babel import format_decimal

    return format_decimal(round(hours, 2))
