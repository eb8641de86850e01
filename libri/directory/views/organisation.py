"""The page of one organisation: reading, changing, its history, a new one, its status, "still true"."""

from __future__ import annotations

from flask import abort, flash, g, request, url_for
from flask_babel import gettext as _

from ... import audit, paging
from ...db import OutOfDate, db, now, write_tx
from ...i18n import lang, reader_languages
from ...members.leaving import keep_the_office
from ...members.models import Organisation, OrganisationVersion
from ...members.models.members import LastCoordinator
from ...members.models.organisations import STEPS, NotBelow, NotFromHere
from ...members.views.people import still_last
from ...notices import lookalikes
from ...pages import go, render
from ...permissions import require
from ...vocabularies import EQUIPMENT, ORGANISATION_KINDS, ORGANISATION_STATES, THEMES
from .. import changes, page
from ..forms.fields import label_of, with_names
from ..forms.organisation import NewOrganisationForm, OrganisationForm, StatusForm, form_for
from ..queries import contacts as contact_queries
from ..queries import organisation as queries
from . import blueprint

ORGANISATION = "/organisations/<int(max=2147483647):organisation_id>"


def find(organisation_id: int) -> Organisation:
    """The organisation, or 404 for whoever may not see it."""
    organisation = db.session.get(Organisation, organisation_id)
    if organisation is None or not g.can.see_organisation(organisation):
        abort(404)
    return organisation


@blueprint.get(ORGANISATION)
def show(organisation_id: int):
    """Everything about an organisation that this reader may see."""
    organisation = find(organisation_id)
    may_edit = g.can.edit_organisation(organisation)
    people, found = g.can.see_people(organisation), page.parts(organisation, may_edit)
    audit.saw(organisation, organisation.id, contacts=page.shown_in_full(found))
    return render("directory/show.html", organisation=organisation, may_edit=may_edit, wanted=_wanted(), steps=STEPS[organisation.status],
                  status_actions=page.status_actions(), kinds=ORGANISATION_KINDS, states=ORGANISATION_STATES, themes=THEMES,
                  equipment=EQUIPMENT, people_url=url_for("members.people", organisation_id=organisation.id) if people else None,
                  **found)


def _wanted() -> tuple[str, ...]:
    """The languages to show texts in, best first: the one asked for by ?in=, then the reader's."""
    asked = request.args.get("in", "")[:8]
    return (*([asked] if asked else []), *reader_languages())


@blueprint.route(f"{ORGANISATION}/edit", methods=["GET", "POST"])
def edit(organisation_id: int):
    """Change the page; texts in every language it has."""
    organisation = find(organisation_id)
    require(g.can.edit_organisation(organisation))
    form = form_for(organisation, _parents(organisation) if g.can.govern_organisation(organisation) else None)
    conflicts, status = None, 200
    if form.validate_on_submit():
        try:
            _save(organisation_id, form)
        except NotBelow:
            form.parent_id.errors, status = [_("It cannot stand below itself, below one of its own, or so deep.")], 422
        except LastCoordinator:
            form.kind.errors, status = [still_last()], 422
        except OutOfDate:
            conflicts, status = _merge(find(organisation_id), form), 409
        else:
            flash(_("The page is saved."), "success")
            return go(url_for(".show", organisation_id=organisation_id))
    elif form.is_submitted():
        status = 422
    organisation = find(organisation_id)
    return render("directory/edit.html", organisation=organisation, trail=page.trail(organisation), form=form, conflicts=conflicts,
                  status=status, open_codes=(lang(), changes.main_language(organisation)))


def _parents(organisation: Organisation | None = None) -> list[tuple[str, str]]:
    found = db.session.scalars(queries.possible_parents(organisation)).all()
    return with_names(found)


def _save(organisation_id: int, form: OrganisationForm) -> None:
    """Write what was typed with its version; a second press does nothing. Raises OutOfDate, NotBelow, LastCoordinator."""
    with write_tx() as session:
        organisation = session.get_one(Organisation, organisation_id, with_for_update=True)
        if not form.claim():
            return
        if form.version.data != str(organisation.version):
            raise OutOfDate
        before = changes.state(organisation) | {"parent_id": organisation.parent_id}
        changes.write(organisation, form.values())
        if "parent_id" in form and (form.parent_id.data or "") != str(organisation.parent_id or ""):
            _move(organisation, int(form.parent_id.data or 0))
        if before["kind"] == "coordinator" != organisation.kind:
            session.flush()
            keep_the_office()
        changed = changes.difference(before, changes.state(organisation) | {"parent_id": organisation.parent_id})
        keep_version(organisation, changed)
        if not g.can.is_office and {"name", "names"} & {changes.split(key)[0] for key in changed}:
            lookalikes.look_at_organisation(organisation, by=g.can.member_id)


def _move(organisation: Organisation, parent_id: int) -> None:
    below = list(db.session.scalars(queries.below(organisation).with_for_update()))
    organisation.move_under(db.session.get_one(Organisation, parent_id) if parent_id else None, below)


def keep_version(organisation: Organisation, difference: dict) -> None:
    """Note a change in history and audit trail, inside write_tx(); nothing when nothing differs."""
    if not difference:
        return
    organisation.version += 1
    organisation.changed_at = now()
    organisation.index_names()
    db.session.add(OrganisationVersion(organisation_id=organisation.id, member_id=g.can.member_id, number=organisation.version,
                                       changes=difference))
    audit.record("organisation.changed", organisation, organisation_id=organisation.id, fields=sorted(difference))


def _merge(organisation: Organisation, form: OrganisationForm) -> list[dict]:
    """What others changed meanwhile. Fields this person left alone take the others' text; the rest keep both to compare."""
    since = paging.whole(form.version.data, digits=8) or 0
    bases = changes.bases(list(db.session.scalars(queries.versions_since(organisation.id, since))))
    present, typed, rows = changes.state(organisation), form.values(), []
    if "parent_id" in form and "parent_id" in bases:
        form.take("parent_id", str(organisation.parent_id or ""))
        present["parent_id"] = label_of(form.parent_id, form.parent_id.data)
    for key, base in bases.items():
        theirs, mine = present.get(key), typed.get(key)
        is_mine = key in typed and (mine or None) not in (base or None, theirs or None)
        if key in typed and not is_mine:
            form.take(key, theirs)
        rows.append({"label": changes.label(key), "theirs": changes.shown(key, theirs), "lang": changes.split(key)[1] or None,
                     "mine": changes.shown(key, mine) if is_mine else None})
    form.version.data = str(organisation.version)
    return rows


@blueprint.get(f"{ORGANISATION}/history")
def history(organisation_id: int):
    """What was changed, when and by whom."""
    organisation = find(organisation_id)
    require(g.can.edit_organisation(organisation))
    rows = db.session.execute(queries.versions(organisation_id, paging.whole(request.args.get("before"), digits=8))).all()
    shown, more = rows[:queries.VERSIONS_AT_ONCE], rows[queries.VERSIONS_AT_ONCE:]
    next_url = url_for(".history", organisation_id=organisation_id, before=shown[-1][0].number) if more else None
    return render("directory/history.html", organisation=organisation, trail=page.trail(organisation), rows=shown, next_url=next_url,
                  changes=changes, names=_names_of_parents(shown))


def _names_of_parents(rows) -> dict[int, str]:
    """The names of organisations that stood above this one, by number, as far as the reader may see them."""
    numbers = {number for row in rows for number in row[0].changes.get("parent_id", ()) if number}
    found = db.session.scalars(queries.with_ids(numbers)) if numbers else ()
    return {one.id: one.name_in(*reader_languages())[1] for one in found if g.can.see_organisation(one)}


@blueprint.route("/organisations/new", methods=["GET", "POST"])
def new():
    """A new organisation, as a draft that only the office and its own people see."""
    require(g.can.create_organisation())
    form = NewOrganisationForm(_parents())
    if not form.validate_on_submit():
        return render("directory/new.html", form=form, status=422 if form.is_submitted() else 200)
    try:
        address = _create(form)
    except NotBelow:
        form.parent_id.errors = [_("It cannot stand below itself, below one of its own, or so deep.")]
        return render("directory/new.html", form=form, status=422)
    flash(_("The draft is there. Add a contact person, then make it active."), "success")
    return go(address)


def _create(form: NewOrganisationForm) -> str:
    with write_tx() as session:
        if not form.claim():
            return form.first_location(url_for(".index"))
        organisation = Organisation(
            code=page.free_code(form.name.data), kind=form.kind.data, programme_role=form.programme_role.data, name=form.name.data,
            languages=[form.main_language.data], themes=[], country=form.country.data, city=form.city.data)
        session.add(organisation)
        session.flush()
        parent_id = int(form.parent_id.data or 0)
        organisation.place_under(session.get_one(Organisation, parent_id) if parent_id else None)
        changes.write(organisation, {})
        organisation.index_names()
        audit.record("organisation.created", organisation, organisation_id=organisation.id)
        return form.led_to(url_for(".show", organisation_id=organisation.id))


@blueprint.post(f"{ORGANISATION}/status")
def change_status(organisation_id: int):
    """Take the next step: draft, active, suspended, archived."""
    organisation = find(organisation_id)
    require(g.can.govern_organisation(organisation))
    form = StatusForm()
    if not form.validate_on_submit():
        abort(422)
    try:
        with write_tx() as session:
            organisation = session.get_one(Organisation, organisation_id, with_for_update=True)
            words = _why_not(organisation, form.status.data)
            if words is None:
                before = organisation.status
                organisation.change_status(form.status.data)
                keep_version(organisation, {"status": [before, organisation.status]})
    except NotFromHere:
        words = _("This step is not possible from the present status.")
    flash(words or _("The status is changed."), "error" if words else "success")
    return go(url_for(".show", organisation_id=organisation_id))


def _why_not(organisation: Organisation, status: str) -> str | None:
    """What stands against the new status, in words."""
    if status == "active" and not db.session.scalars(contact_queries.of(organisation.id)).first():
        return _("Every active organisation has at least one contact person. Add one first.")
    if status in ("suspended", "archived") and organisation.id in g.can.belongs:
        return _("You belong to this organisation yourself. Somebody else in the office can do this.")
    return None


@blueprint.post(f"{ORGANISATION}/confirm")
def confirm(organisation_id: int):
    """Note that the page is still true."""
    require(g.can.edit_organisation(find(organisation_id)))
    with write_tx() as session:
        organisation = session.get_one(Organisation, organisation_id)
        organisation.confirm()
        audit.record("organisation.confirmed", organisation, organisation_id=organisation.id)
    flash(_("Thank you. The page is confirmed."), "success")
    return go(url_for(".show", organisation_id=organisation_id))
