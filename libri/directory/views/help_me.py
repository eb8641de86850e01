"""Who can help me with …: contact persons by theme, language and kind of organisation, never by name (N4)."""

from __future__ import annotations

from flask import g

from ...db import db
from ...i18n import lang
from ...pages import render
from ...vocabularies import THEMES
from ..forms.filters import HelpForm
from ..queries import organisations as queries
from . import blueprint
from .organisations import listed, tabs


@blueprint.get("/directory/help-me")
def help_me():
    """Those who were found, the freshly confirmed first; then organisations where nobody fits but the place does."""
    form = HelpForm()
    filters, asked = form.filters, form.filters.in_address
    contacts = db.session.scalars(queries.helpers(filters)).all() if filters.is_narrow else []
    others = db.session.execute(queries.places_to_ask(filters)).all() if filters.is_narrow else []
    return render(
        "directory/help_me.html", fragments=["helper_list"], form=form, filters=filters, contacts=[_seen(contact) for contact in contacts],
        others=listed(others), most=queries.ROWS, tabs=tabs("directory.help_me", asked), themes=THEMES, status=200 if form.is_good else 422)


def _seen(contact) -> dict:
    """A contact person with those personal fields the reader may see (D5)."""
    language, organisation = contact.organisation.name_in(lang())
    personal = {name: getattr(contact, name) if g.can.see_contact_field(contact, name) else "" for name in ("name", "email", "phone")}
    return personal | {"contact": contact, "organisation": organisation, "lang": language}
