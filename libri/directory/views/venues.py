"""Venue offers: the list of the network, and offering, changing and withdrawing one."""

from __future__ import annotations

from flask import abort, flash, g, request, url_for
from flask_babel import gettext as _

from ... import audit, paging
from ...db import OutOfDate, db, now, write_tx
from ...i18n import country_name, lang, sort_key
from ...members.models import Organisation
from ...pages import go, render
from ...permissions import require
from ...vocabularies import EQUIPMENT
from .. import changes, page
from ..forms.venues import VenueForm, form_for, rooms_of
from ..models import VenueOffer
from ..queries import venues as queries
from . import blueprint
from .organisation import ORGANISATION
from .organisation import find as find_organisation

VENUE = "/venues/<int(max=2147483647):venue_id>"


def find(venue_id: int) -> VenueOffer:
    """The offer, or 404 for whoever may not see its organisation."""
    offer = db.session.scalar(queries.one(venue_id))
    if offer is None or not g.can.see_organisation(offer.organisation):
        abort(404)
    return offer


def back(organisation_id: int) -> str:
    """The venues of an organisation's page."""
    return url_for(".show", organisation_id=organisation_id, _anchor="venues")


@blueprint.get("/venues")
def venues():
    """Every venue offered in the network, by country, seats and equipment."""
    wanted = {"country": request.args.get("country", "")[:2], "seats": _number(request.args.get("seats", ""), 10_000),
              "equipment": [code for code in request.args.getlist("equipment") if code in EQUIPMENT]}
    after_id = _number(request.args.get("after", ""), 2147483647)
    after = db.session.scalar(queries.one(after_id)) if after_id else None
    found = list(db.session.scalars(queries.matching(**wanted, after=after)))
    offers, more = found[:queries.AT_ONCE], found[queries.AT_ONCE:]
    next_url = url_for(".venues", **_kept(wanted), after=offers[-1].id) if more else None
    codes = db.session.scalars(queries.countries()).all()
    return render("directory/venues.html", fragments=["venue_list"], offers=offers, wanted=wanted, next_url=next_url, equipment=EQUIPMENT,
                  countries=sorted(codes, key=lambda code: sort_key(country_name(code), lang())))


def _number(text: str, most: int) -> int:
    return min(paging.whole(text, digits=10) or 0, most)


def _kept(wanted: dict) -> dict:
    return {name: value for name, value in wanted.items() if value}


@blueprint.route(f"{ORGANISATION}/venues/new", methods=["GET", "POST"])
def new_venue(organisation_id: int):
    """Offer a venue with its rooms."""
    organisation = find_organisation(organisation_id)
    require(g.can.edit_organisation(organisation))
    form = form_for(changes.main_language(organisation))
    if "more" in request.form or not form.validate_on_submit():
        return _page("directory/venue_new.html", form, organisation)
    with write_tx() as session:
        if form.claim():
            offer = VenueOffer(organisation_id=organisation_id, rooms=[])
            form.write(offer)
            session.add(offer)
            session.flush()
            audit.record("venue.offered", offer)
    flash(_("The venue is offered to the network."), "success")
    return go(back(organisation_id))


def _page(template: str, form: VenueForm, organisation: Organisation, offer: VenueOffer | None = None, conflicts=None, status: int = 0):
    status = status or (422 if form.errors else 200)
    open_codes = (lang(), changes.main_language(organisation))
    return render(template, form=form, organisation=organisation, trail=page.trail(organisation), offer=offer, conflicts=conflicts,
                  open_codes=open_codes, status=status)


@blueprint.route(f"{VENUE}/edit", methods=["GET", "POST"])
def edit_venue(venue_id: int):
    """Change an offer and its rooms."""
    offer = find(venue_id)
    require(g.can.edit_organisation(offer.organisation))
    organisation_id = offer.organisation_id
    form = form_for(changes.main_language(offer.organisation), offer)
    if "more" in request.form or not form.validate_on_submit():
        return _page("directory/venue_edit.html", form, offer.organisation, offer)
    try:
        _save(venue_id, form)
    except OutOfDate:
        offer = find(venue_id)
        return _page("directory/venue_edit.html", form, offer.organisation, offer, _compare(offer, form), 409)
    flash(_("The venue is saved."), "success")
    return go(back(organisation_id))


def _save(venue_id: int, form: VenueForm) -> None:
    with write_tx() as session:
        offer = session.scalar(queries.one(venue_id).with_for_update(of=VenueOffer))
        if offer is None:
            abort(404)
        if not form.claim():
            return
        if form.version.data != str(offer.version):
            raise OutOfDate
        form.write(offer)
        offer.version, offer.changed_at = offer.version + 1, now()
        audit.record("venue.changed", offer)


def _compare(offer: VenueOffer, form: VenueForm) -> list[dict]:
    """The fields in which the saved offer differs from what was typed."""
    form.version.data = str(offer.version)
    fields = [(form.name, offer.name, None), (form.address, offer.address, None)]
    for column in ("accessibility", "conditions"):
        fields += [(field, getattr(offer, column).get(code, ""), code) for code, field in form.texts(column).items()]
    rows = [{"label": field.label.text, "theirs": theirs, "mine": field.data or "–", "lang": code}
            for field, theirs, code in fields if (field.data or "") != theirs]
    if form.typed_rooms() != rooms_of(offer):
        rows.append({"label": _("Rooms"), "theirs": _in_words(rooms_of(offer)), "mine": _in_words(form.typed_rooms()), "lang": None})
    return rows


def _in_words(rooms: list[tuple[str, int, list[str]]]) -> str:
    return "; ".join(" ".join([name, str(capacity), *(str(EQUIPMENT.get(code, code)) for code in codes)]).strip()
                     for name, capacity, codes in rooms)


@blueprint.post(f"{VENUE}/withdraw")
def withdraw_venue(venue_id: int):
    """Take an offer back."""
    offer = find(venue_id)
    require(g.can.edit_organisation(offer.organisation))
    organisation_id = offer.organisation_id
    with write_tx() as session:
        offer = session.get_one(VenueOffer, venue_id)
        offer.withdrawn_at = now()
        audit.record("venue.withdrawn", offer)
    flash(_("The offer is withdrawn."), "success")
    return go(back(organisation_id))
