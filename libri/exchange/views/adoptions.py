""""We tried this": telling it, and adding to it later (N6)."""

from __future__ import annotations

from flask import abort, flash, g, url_for
from flask_babel import gettext as _
from flask_login import current_user
from markupsafe import Markup

from ... import audit
from ...db import OutOfDate, db, now, write_tx
from ...notices.reading import visited
from ...pages import go, render
from ...permissions import require
from .. import adopting, places
from ..forms.adoptions import AdoptionForm, NewAdoptionForm
from ..models import Adoption, Practice
from ..queries import adoptions as queries
from ..queries import practices
from . import blueprint
from .practice import PRACTICE, find, wanted

ADOPTION = "/adoptions/<int:adoption_id>"


@blueprint.route(f"{PRACTICE}/adoptions/new", methods=["GET", "POST"])
def new_adoption(practice_id: int):
    """Tell that one's organisation tried a practice; what it told before is led to."""
    practice = find(practice_id)
    require(g.can.read_network() and practice.status == "published")
    own = [one for one in db.session.scalars(queries.own_organisations(g.can)) if one.id != practice.organisation_id]
    form = NewAdoptionForm(version="0", language=(current_user.writes or [current_user.language])[0])
    form.offer(own, places.first_of(current_user.id, own))
    before = adopting.of_organisation(practice_id, own[0].id) if len(own) == 1 and not form.is_submitted() else None
    if before is not None:
        return go(url_for(".edit_adoption", adoption_id=before.id))
    if not own or not form.validate_on_submit():
        return _page("adoption_new", form, practice, status=422 if form.is_submitted() else 200, own=own)
    return _add(practice_id, form)


def _add(practice_id: int, form: NewAdoptionForm):
    """Add it; when the organisation told of it before, nothing is lost: both texts stand on the page of the first."""
    organisation_id = int(form.organisation_id.data)
    try:
        with write_tx() as session:
            practice = session.scalars(practices.one(practice_id).with_for_update(of=Practice)).one()
            if not form.claim():
                return go(form.first_location(url_for(".practice", practice_id=practice_id, _anchor="adoptions")))
            if adopting.of_organisation(practice_id, organisation_id) is not None:
                raise OutOfDate  # the press is not used up: it may still change the first telling
            location = form.led_to(adopting.address(adopting.add(practice, organisation_id, g.can.member_id, form)))
    except OutOfDate:
        return _compare(adopting.of_organisation(practice_id, organisation_id).id, form)
    flash(_("Thank you. Others can now read what you tried."), "success")
    return go(location)


def find_adoption(adoption_id: int) -> tuple[Adoption, Practice]:
    """The adoption and its practice, or 404 for whoever may not see it."""
    adoption = db.session.scalar(queries.one(adoption_id)) or abort(404)
    practice = find(adoption.practice_id)
    if not g.can.see_adoption(adoption):
        abort(404)
    return adoption, practice


@blueprint.route(f"{ADOPTION}/edit", methods=["GET", "POST"])
def edit_adoption(adoption_id: int):
    """Add the result later, or change what was told."""
    adoption, practice = find_adoption(adoption_id)
    require(g.can.edit_adoption(adoption))
    visited(adoption)
    form = AdoptionForm(obj=adoption)
    if not form.validate_on_submit():
        return _page("adoption_edit", form, practice, status=422 if form.is_submitted() else 200, adoption=adoption)
    try:
        _save(adoption_id, form)
    except OutOfDate:
        return _compare(adoption_id, form)
    flash(_("Your experience is saved."), "success")
    return go(url_for(".practice", practice_id=practice.id, _anchor=f"adoption-{adoption_id}"))


def _save(adoption_id: int, form: AdoptionForm) -> None:
    with write_tx() as session:
        adoption = session.scalars(queries.one(adoption_id).with_for_update(of=Adoption)).one()
        if not form.claim():
            return
        if form.version.data != str(adoption.version):
            raise OutOfDate
        form.write(adoption)
        adoption.version, adoption.changed_at = adoption.version + 1, now()
        audit.record("adoption.changed", adoption)


def _compare(adoption_id: int, form: AdoptionForm):
    """The page on which the saved text stands beside the one just typed, and both are kept."""
    adoption, practice = find_adoption(adoption_id)
    form.version.data = str(adoption.version)
    rows = []
    for field in form.compared():
        theirs, mine, say = getattr(adoption, field.name), field.data, form.SAID.get(field.name, str)
        if theirs != mine:
            lang = "" if field.name in form.SAID else adoption.language
            rows.append({"label": field.label.text, "theirs": say(theirs), "mine": say(mine), "lang": lang})
    return _page("adoption_edit", form, practice, status=409, adoption=adoption, conflicts=rows)


def _page(template: str, form: AdoptionForm, practice: Practice, status: int, own=None, adoption=None, conflicts=None):
    text = practice.text_in(*wanted())
    trail = [(_("Experience"), url_for(".practices")),
             (Markup('<bdi lang="{}">{}</bdi>').format(text.language, text.title), url_for(".practice", practice_id=practice.id))]
    return render(f"exchange/{template}.html", form=form, practice=practice, text=text, own=own, adoption=adoption, conflicts=conflicts,
                  trail=trail, status=status)
