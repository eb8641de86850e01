"""The first page of somebody signed in: their organisations, what waits there, and what to do next."""

from __future__ import annotations

from dataclasses import dataclass, field

from flask import url_for
from flask_babel import gettext as _

from ..db import db
from ..directory.queries.contacts import to_confirm_for
from ..members.models import Member, Membership, Organisation
from ..permissions import Can
from ..trainings.queries.events import next_of
from . import queries

MOST_CONTACTS = 5
MOST_EVENTS = 3


@dataclass(frozen=True)
class Step:
    """One thing worth doing, why, and where."""

    title: str
    why: str
    url: str


@dataclass
class Desk:
    """What lies on somebody's desk."""

    memberships: list[Membership]
    leads: list[Organisation]
    to_confirm: list = field(default_factory=list)
    more_to_confirm: bool = False
    newest: list[Organisation] = field(default_factory=list)
    seeking: list[Organisation] = field(default_factory=list)
    events: list = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)


def of(member: Member, can: Can) -> Desk:
    """Put together the desk of `member`; the number of queries does not depend on how much there is."""
    memberships = list(db.session.scalars(queries.memberships_of(member.id)))
    leads = [place.organisation for place in memberships if place.role == "coordinator"]
    contacts = list(db.session.scalars(to_confirm_for(can).limit(MOST_CONTACTS + 1)))
    desk = Desk(memberships, leads, contacts[:MOST_CONTACTS], len(contacts) > MOST_CONTACTS,
                list(db.session.scalars(queries.newest())), list(db.session.scalars(queries.seeking_partners())),
                sorted(db.session.execute(next_of(can, MOST_EVENTS)), key=lambda row: row[0].starts_at))
    ids = [organisation.id for organisation in leads]
    empty = set(db.session.scalars(queries.without_contact(ids))) if ids else set()
    alone = set(db.session.scalars(queries.with_one_member(ids))) if ids else set()
    desk.steps = [*_steps_of(member), *(step for organisation in leads for step in _steps_for(organisation, empty, alone))][:4]
    return desk


def _steps_of(member: Member) -> list[Step]:
    if member.function and member.themes and member.reads:
        return []
    why = _("Say what you do, which languages you read and which themes you know. Then colleagues know what to ask you.")
    return [Step(_("Complete your profile"), why, url_for("members.profile"))]


def _steps_for(organisation: Organisation, empty: set[int], alone: set[int]) -> list[Step]:
    """What its coordinator could do for an organisation: somebody to turn to, a description, colleagues."""
    page = url_for("directory.show", organisation_id=organisation.id)
    steps = []
    if organisation.id in empty:
        steps.append(Step(_("Add a contact person"), _("Partners do not yet know whom they can turn to."), page))
    if not organisation.description:
        steps.append(Step(_("Describe your organisation"), _("Two sentences are enough for partners to find you."), page))
    if organisation.id in alone:
        steps.append(Step(_("Invite a colleague"), _("You are the only person of your organisation here."),
                          url_for("members.people", organisation_id=organisation.id)))
    return steps
