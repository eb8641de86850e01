"""The audit trail: read, filtered, exported; and the command that lists what an account exported (P12)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime

import click
from flask import g, make_response
from sqlalchemy import select

from ... import audit, throttle
from ...db import db, write_tx
from ...directory.models import ContactPerson
from ...directory.spreadsheets import csv_file
from ...members.models import Member, Organisation
from ...pages import render
from ...paging import part
from ...permissions import require
from ..forms import EntriesAsked
from ..queries import audit_trail as queries
from ..words import ACTIONS, THINGS
from . import blueprint

MOST_EXPORTED = 50_000
CONTACTS_AT_ONCE = 500
COLUMNS = ("id", "at", "member_id", "member", "action", "object_kind", "object_id", "organisation", "client", "details")


@blueprint.get("/audit")
def audit_trail():
    """Who did what, the latest first."""
    require(g.can.enter_office())
    form = _asked()
    page = part(queries.entries(**form.answers), queries.SORT, descending=True)
    return render("office/audit_trail.html", fragments=["entry_list"], form=form, page=page, actions=ACTIONS, things=THINGS)


@blueprint.post("/audit/export")
def export_audit_trail():
    """The entries asked for as CSV; how often is limited, and it stands in the trail itself."""
    require(g.can.enter_office())
    throttle.check("export.member", str(g.can.member_id))
    form = _asked()
    query = queries.entries(**form.answers).order_by(*queries.SORT).limit(MOST_EXPORTED)
    rows = [[entry.id, entry.at.isoformat(timespec="seconds"), entry.member_id, doer, entry.action, entry.object_kind, entry.object_id,
             place, entry.client, json.dumps(entry.details, ensure_ascii=False)] for entry, doer, place in db.session.execute(query)]
    with write_tx():
        throttle.count("export.member", str(g.can.member_id))
        audit.record("audit.exported", rows=len(rows), asked=sorted(form.answers))
    response = make_response(csv_file(COLUMNS, rows))
    response.content_type = "text/csv; charset=utf-8"
    response.headers["Content-Disposition"] = 'attachment; filename="libri-audit.csv"'
    return response


def _asked() -> EntriesAsked:
    return EntriesAsked(kind=[(kind, THINGS.get(kind, kind)) for kind in db.session.scalars(queries.kinds())])


@blueprint.cli.command("exported")
@click.option("--by", "who", required=True, help="Number or e-mail address of the member.")
@click.option("--from", "first", required=True, type=click.DateTime(), help="First instant, UTC, such as 2026-11-01.")
@click.option("--to", "last", required=True, type=click.DateTime(), help="Last instant, UTC.")
def exported(who: str, first: datetime, last: datetime) -> None:
    """List whose data an account exported between two instants (GDPR Art. 33)."""
    found = Member.id == int(who) if who.isdigit() else Member.email == who.casefold()
    member_id = db.session.scalar(select(Member.id).where(found))
    if member_id is None:
        raise click.ClickException(f"There is no member {who}.")
    for entry in db.session.scalars(queries.exports_of(member_id, first.replace(tzinfo=UTC), last.replace(tzinfo=UTC))):
        click.echo(f"{entry.at:%Y-%m-%d %H:%M:%S} {entry.action} {json.dumps(entry.details, ensure_ascii=False)}")
        for line in _whose(entry.details):
            click.echo(f"    {line}")


def _whose(details: dict) -> Iterator[str]:
    """The contact persons in an export, by the numbers the trail kept, with their function."""
    numbers = details.get("contacts") if isinstance(details.get("contacts"), list) else []
    for start in range(0, len(numbers), CONTACTS_AT_ONCE):
        rows = db.session.execute(
            select(ContactPerson.id, ContactPerson.function, Organisation.name).join(ContactPerson.organisation)
            .where(ContactPerson.id.in_(numbers[start:start + CONTACTS_AT_ONCE])).order_by(ContactPerson.id))
        yield from (f"contact person {row.id}: {row.function}, {row.name}" for row in rows)
