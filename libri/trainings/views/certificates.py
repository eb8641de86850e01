"""Certificates: asking for one's own, the PDF, and the public page that says whether one is real (E18)."""

from __future__ import annotations

from flask import abort, flash
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from ... import throttle
from ...db import db, write_tx
from ...exchange import printing
from ...pages import go, render
from ...permissions import public
from .. import attending, certificates, reaching, seats, times
from ..files import file
from ..forms.feedback import CertificateForm
from ..models import Certificate, Event, Registration
from ..queries import attendance as queries
from ..words import EVENT_KINDS
from . import blueprint, own


@blueprint.route("/registrations/<int:registration_id>/certificate", methods=["GET", "POST"])
def certificate(registration_id: int):
    """What still stands between somebody and the certificate; else the button that makes it."""
    return _certificate(own.of_member(registration_id))


@blueprint.route("/guest/<token>/certificate", methods=["GET", "POST"])
@public
def guest_certificate(token: str):
    """The same for a guest."""
    return _certificate(own.of_guest(token))


def _certificate(registration: Registration):
    event, here = registration.event, attending.sessions_attended([registration.id])[registration.id]
    known, why = certificates.of(registration.id), certificates.missing(event, registration, here)
    form = CertificateForm(is_name_public=bool(known and known.is_name_public))
    if form.validate_on_submit() and not why:
        _issue(registration.id, form)
        flash(_("Your certificate is ready."), "success")
        return go(reaching.own_page(registration, "certificate"))
    if why == "none" and known is None:
        abort(404)
    return render("trainings/certificate.html", form=form, event=event, certificate=known, why=why,
                  share=round(attending.share(event, here)), page=reaching.own_page(registration),
                  action=reaching.own_page(registration, "certificate"), pdf=reaching.own_page(registration, "certificate_pdf"),
                  feedback=reaching.own_page(registration, "feedback_form"), address=certificates.address_of(known) if known else "",
                  is_guest=registration.is_guest)


def _issue(registration_id: int, form: CertificateForm) -> None:
    with write_tx():
        seats.lock_of(registration_id)
        registration = db.session.scalars(queries.one(registration_id)).one()
        here = attending.sessions_attended([registration_id])[registration_id]
        if form.claim() and not certificates.missing(registration.event, registration, here):
            certificates.issue(registration.event, registration, here, is_name_public=form.is_name_public.data)


@blueprint.get("/registrations/<int:registration_id>/certificate.pdf")
def certificate_pdf(registration_id: int):
    """One's own certificate, as often as one likes."""
    return _pdf(own.of_member(registration_id))


@blueprint.get("/guest/<token>/certificate.pdf")
@public
def guest_certificate_pdf(token: str):
    """The same for a guest."""
    return _pdf(own.of_guest(token))


def _pdf(registration: Registration):
    known = certificates.of(registration.id) or abort(404)
    throttle.check("pdf.reader", f"certificate {known.id}")
    content = certificates.content(known, registration.event)
    throttle.count_miss("pdf.reader", f"certificate {known.id}")
    return file(printing.pdf(content, certificates.TEMPLATE), "pdf", content["number"].lower())


@blueprint.get("/certificates/<string(maxlength=40):number>")
@public
def verify(number: str):
    """Whether a certificate is real, for anybody; a name only where its owner agreed."""
    throttle.check("ticket.client")
    found = db.session.scalar(select(Certificate).where(Certificate.number == number.strip().upper()))
    if found is None:
        throttle.count_miss("ticket.client")
        return render("trainings/verify.html", certificate=None, event=None, number=number, times=times, kinds=EVENT_KINDS, status=404)
    event = db.session.scalars(select(Event).where(Event.id == found.event_id).options(
        selectinload(Event.sessions), joinedload(Event.organiser))).one()
    return render("trainings/verify.html", certificate=found, event=event, number=found.number, times=times, kinds=EVENT_KINDS)
