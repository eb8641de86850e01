"""Keeping what is being typed, and dropping it when it is not wanted."""

from __future__ import annotations

from flask import abort, request
from flask_login import current_user

from ... import drafts
from ...db import write_tx
from ...kept import SECRET_NAME
from ...pages import go, safe_next
from . import blueprint


@blueprint.post("/me/drafts")
def keep_draft():
    """Keep the fields of a form as this person's draft for the page it stands on; no secrets, no files."""
    address = _address()
    fields = [[name, value] for name, values in request.form.lists() for value in values
              if name not in ("address", "once") and not SECRET_NAME.search(name)]
    try:
        with write_tx():
            drafts.keep(current_user.id, address, fields)
    except drafts.TooLong:
        abort(413)
    return "", 204


@blueprint.post("/me/drafts/drop")
def drop_draft():
    """Drop the draft of a page and show the page as it is saved."""
    address = _address()
    with write_tx():
        drafts.forget(current_user.id, address)
    return go(address)


def _address() -> str:
    address = safe_next(request.form.get("address"), "")
    if not address:
        abort(400)
    return address.split("?")[0]
