"""Letters: what waits in the outbox, what one letter says, another try."""

from __future__ import annotations

from flask import abort, current_app, flash, g, url_for
from flask_babel import gettext as _

from ... import audit, emails
from ...db import db, write_tx
from ...outbox import Letter
from ...pages import go, render
from ...paging import part
from ...permissions import require
from ..forms import LettersAsked
from ..queries import letters as queries
from ..words import LETTER_KINDS, LETTER_STATES
from . import blueprint


@blueprint.get("/letters")
def letters():
    """The outbox, the newest letter first."""
    require(g.can.enter_office())
    form = LettersAsked()
    page = part(queries.in_outbox(**form.answers), queries.SORT, descending=True)
    return render("office/letters.html", fragments=["letter_list"], form=form, page=page, kinds=LETTER_KINDS, states=LETTER_STATES)


@blueprint.get("/letters/<int:letter_id>")
def letter(letter_id: int):
    """One letter as it is drawn; its secret link only where nothing is real."""
    require(g.can.enter_office())
    one = db.session.get(Letter, letter_id) or abort(404)
    subject, text = _drawn(one)
    return render("office/letter.html", letter=one, subject=subject, text=text, kinds=LETTER_KINDS, states=LETTER_STATES)


def _drawn(letter: Letter) -> tuple[str, str]:
    """Subject and text; empty when its content was forgotten or it cannot be drawn, which must not hide the rest."""
    if not letter.to_address:
        return "", ""
    may_try = current_app.config["ENVIRONMENT"] == "development" or bool(current_app.config.get("DEMONSTRATION"))
    try:
        subject, text, _html = emails.render(letter, secret=may_try)
    except Exception as error:
        current_app.logger.error("letter %s could not be drawn: %s", letter.id, type(error).__name__)
        return "", ""
    return " ".join(subject.split()), text.strip()


@blueprint.post("/letters/<int:letter_id>/retry")
def retry_letter(letter_id: int):
    """Put a letter that was not delivered at the front again."""
    require(g.can.enter_office())
    with write_tx():
        letter = db.session.get(Letter, letter_id, with_for_update=True) or abort(404)
        is_possible = letter.status in ("waiting", "failed") and bool(letter.to_address)
        if is_possible:
            letter.retry()
            audit.record("letter.retried", letter)
    if is_possible:
        flash(_("The letter will be sent within a minute."), "success")
    else:
        flash(_("This letter cannot be sent again."), "error")
    return go(url_for(".letter", letter_id=letter_id))
