"""Nominating colleagues in an order (N14), passing a seat on, and deciding on requests (E8): forms with a row per person."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext as _pl
from markupsafe import Markup, escape
from wtforms import BooleanField, StringField

from ...directory.forms.fields import ChoiceField, named, offered
from ...forms import LibriForm, at_most, line, one_of_these
from ..models import Registration
from .registrations import OneOf, called

MOST_RANKS = 20
SUBSTITUTE = "substitute"
DECIDED = {"approve": _pl("decision", "Approve"), "refuse": _pl("decision", "Refuse"), "open": _pl("decision", "Not decided")}


class NominationForm(LibriForm):
    """Whom to nominate: `rank-7` and `consent-7` for membership 7."""

    people: Sequence = ()

    def rows(self) -> list[tuple]:
        """Membership with its two fields, for the page."""
        return [(one, self[f"rank-{one.id}"], self[f"consent-{one.id}"]) for one in self.people]

    def chosen(self) -> list[tuple[int, int | None, bool]]:
        """Memberships with rank – None for a substitute – and the employer's consent."""
        return [(one.id, None if rank.data == SUBSTITUTE else int(rank.data), consent.data)
                for one, rank, consent in self.rows() if rank.data]

    def validate(self, extra_validators=None) -> bool:
        """Somebody is chosen, and no two have the same place in the order."""
        if not super().validate(extra_validators):
            return False
        taken: set[str] = set()
        for _one, rank, _consent in self.rows():
            if rank.data and rank.data != SUBSTITUTE and rank.data in taken:
                rank.errors = [*rank.errors, _l("Two people have this place. Give each a place of their own.")]
            taken.add(rank.data)
        if not self.chosen():
            self.form_errors.append(_l("Choose at least one person."))
        return not self.errors


def nomination_form(people: Sequence) -> NominationForm:
    """A form with a row for each of these memberships."""
    places = [("", _l("Not nominated")), *((str(number), str(number)) for number in range(1, min(len(people), MOST_RANKS) + 1)),
              (SUBSTITUTE, _l("Substitute"))]
    fields: dict = {"people": people}
    for one in people:
        fields[f"rank-{one.id}"] = ChoiceField(_l("Place in the order"), choices=offered(places), default="")
        fields[f"consent-{one.id}"] = BooleanField(_l("The employer agrees"), false_values=("", "n", "false"))
    return type("NominationForm", (NominationForm,), fields)()


class ReplaceForm(LibriForm):
    """Who comes instead."""

    membership_id = ChoiceField(_l("Who comes instead?"), choices=[])

    def offer(self, people: Sequence) -> None:
        """Let somebody choose among these memberships."""
        self.membership_id.choices = named((str(one.id), called(one)) for one in people)


class DecisionsForm(LibriForm):
    """What the organiser decides: `decision-7` and `reason-7` for registration 7."""

    people: Sequence[Registration] = ()

    def rows(self) -> list[tuple]:
        """Registration with its two fields, for the page."""
        return [(one, self[f"decision-{one.id}"], self[f"reason-{one.id}"]) for one in self.people]

    def validate(self, extra_validators=None) -> bool:
        """Who is refused learns why."""
        if not super().validate(extra_validators):
            return False
        for _one, decision, reason in self.rows():
            if not decision.raw_data or decision.data not in DECIDED:
                decision.errors = [*decision.errors, one_of_these()]
            if decision.data == "refuse" and not reason.data:
                reason.errors = [*reason.errors, _l("Give the reason. The person will read it.")]
        return not self.errors


def decisions_form(people: Sequence[Registration]) -> DecisionsForm:
    """A form with a row for each of these registrations, filled with what is prepared."""
    fields: dict = {"people": people}
    for one in people:
        label = escape(_("Decision on %(name)s")) % {"name": Markup("<bdi>{}</bdi>").format(one.name)}
        fields[f"decision-{one.id}"] = OneOf(label, choices=offered(DECIDED), default=one.prepared or "open")
        fields[f"reason-{one.id}"] = StringField(_l("Reason, if refused"), [at_most(500)], filters=[line], default=one.reason,
                                                 render_kw={"maxlength": 500, "dir": "auto"})
    return type("DecisionsForm", (DecisionsForm,), fields)()
