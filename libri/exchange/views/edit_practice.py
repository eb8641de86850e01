"""The full template, section by section: each is its own page, so that people who edit different ones never meet."""

from __future__ import annotations

from flask import abort, flash, g, request, url_for
from flask_babel import gettext as _

from ...db import OutOfDate, db, write_tx
from ...notices.reading import visited
from ...pages import go, render
from ...permissions import require
from .. import comparing, states, writing
from ..attachments import of as attachments_of
from ..facts import conflicts_of
from ..forms.practices import FactsForm, SectionForm, facts_form, section_form
from ..guidance import GUIDANCE
from ..models import SECTIONS, Practice, WrongState
from ..queries import practices as practice_queries
from ..queries import review as queries
from ..words import PRACTICE_STATES
from . import blueprint
from .practice import PRACTICE, find


def editable(practice_id: int) -> Practice:
    """The practice, for those who may change it; 404 or 403 for others."""
    practice = find(practice_id)
    require(g.can.edit_practice(practice))
    return practice


def held(session, practice_id: int) -> Practice:
    """The practice with its texts, inside write_tx() and locked; 404 when it went away meanwhile."""
    session.execute(queries.locked(practice_id))
    return session.scalar(practice_queries.one(practice_id)) or abort(404)


@blueprint.get(f"{PRACTICE}/edit")
@blueprint.route(f"{PRACTICE}/edit/<section>", methods=["GET", "POST"])
def edit_practice(practice_id: int, section: str = ""):
    """One section or the facts; without a section, what is written and what is not, and the way to submit it."""
    practice = editable(practice_id)
    visited(practice)
    asked = request.args.get("section", "")
    if not section:
        return go(url_for(".edit_practice", practice_id=practice.id, section=asked)) if asked in states.PARTS else _overview(practice)
    if section not in states.PARTS:
        abort(404)
    form = section_form(practice, section) if section in SECTIONS else facts_form(practice)
    if not practice.takes_changes:
        return _archived(practice, section, form)
    if not form.validate_on_submit():
        return _page(practice, section, form, 422 if form.is_submitted() else 200)
    return _saved(practice_id, section, form)


def _overview(practice: Practice):
    remarks = db.session.scalars(queries.comments(practice.id)).all()
    files = attachments_of("practice", [practice.id])[practice.id]
    return render("exchange/edit_practice.html", practice=practice, states=PRACTICE_STATES, remarks=remarks, missing=practice.missing(),
                  parts=states.parts(practice, remarks), labels=states.LABELS,
                  incomplete=[one for one in files if not one.is_complete])


def _saved(practice_id: int, section: str, form: SectionForm | FactsForm):
    """Save and go on; both texts beside each other when somebody else was quicker."""
    try:
        is_changed = _save(practice_id, section, form)
    except OutOfDate:
        return _page(find(practice_id), section, form, 409)
    except WrongState:
        return _archived(find(practice_id), section, form)
    flash(_("Saved.") if is_changed else _("Nothing was changed."), "success" if is_changed else "info")
    following = states.beside(section)[1] if request.form.get("then") == "next" else None
    return go(url_for(".edit_practice", practice_id=practice_id, section=following))


def _archived(practice: Practice, section: str, form: SectionForm | FactsForm):
    """Say that nothing can be saved any more; what was typed stays in the fields (R9)."""
    flash(_("This practice is in the archive and cannot be changed."), "warning")
    return _page(practice, section, form, 409) if form.is_submitted() else go(url_for(".practice", practice_id=practice.id))


def _save(practice_id: int, section: str, form: SectionForm | FactsForm) -> bool:
    with write_tx() as session:
        practice = held(session, practice_id)
        require(g.can.edit_practice(practice))
        if isinstance(form, FactsForm):
            is_saved = bool(writing.save_facts(practice, form.values(), form.version.data))
        else:
            is_saved = writing.save_section(practice, section, form.value, form.version.data, g.can.member_id)
        form.forget_draft()
        return is_saved


def _page(practice: Practice, section: str, form, status: int):
    remarks = db.session.scalars(queries.comments(practice.id)).all()
    conflict = _conflict(practice, section, form) if status == 409 else None
    before, after = states.beside(section)
    return render(
        f"exchange/{'edit_facts' if section == 'facts' else 'edit_section'}.html", practice=practice, section=section, form=form,
        parts=states.parts(practice, remarks), labels=states.LABELS, guidance=GUIDANCE, conflict=conflict, before=before, after=after,
        limit=states.limit_of(section) if section in SECTIONS else None, remarks=[one for one in remarks if one.section == section],
        is_asked=section in set(db.session.scalars(queries.questions(practice.id))), status=status)


def _conflict(practice: Practice, section: str, form):
    """Both texts; the next press saves what stands in the fields over what was just shown."""
    if isinstance(form, FactsForm):
        form.version.data = writing.fingerprint(writing.facts_of(practice))
        return conflicts_of(practice, form)
    theirs, mine = (comparing.plain(value) for value in (getattr(practice.original, section), form.value))
    form.version.data = writing.fingerprint(getattr(practice.original, section))
    return {"theirs": theirs, "mine": mine, "marked": comparing.marked(theirs, mine)}
