"""The audit trail: read, filtered, exported; and the command that lists who saw or exported whose data (P8, P12)."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import click
from flask import g, make_response
from sqlalchemy import select

from ... import audit, throttle
from ...db import db, write_tx
from ...directory.spreadsheets import csv_file
from ...members.models import Member
from ...pages import render
from ...paging import part
from ...permissions import require
from .. import tracing
from ..forms import EntriesAsked
from ..queries import audit_trail as queries
from ..words import ACTIONS, THINGS
from . import blueprint

MOST_EXPORTED = 50_000
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
@click.option("--by", "who", help="Number or e-mail address of the member who saw or exported.")
@click.option("--of", "whose", help="E-mail address of the person whose data was seen or exported.")
@click.option("--from", "first", required=True, type=click.DateTime(), help="First instant, UTC, such as 2026-11-01.")
@click.option("--to", "last", required=True, type=click.DateTime(), help="Last instant, UTC.")
def exported(who: str | None, whose: str | None, first: datetime, last: datetime) -> None:
    """List whose data an account saw in lists or exported between two instants (GDPR Art. 33), or who did so with somebody's (Art. 15)."""
    if (who is None) == (whose is None):
        raise click.UsageError("Say either --by or --of.")
    member_id = _member(who) if who is not None else None
    if who is not None and member_id is None:
        raise click.ClickException(f"There is no member {who}.")
    numbers = tracing.numbers_of(_member(whose), whose.casefold()) if whose is not None else {}
    for entry in db.session.scalars(queries.looks(first.replace(tzinfo=UTC), last.replace(tzinfo=UTC), member_id)):
        if whose is None:
            click.echo(f"{entry.at:%Y-%m-%d %H:%M:%S} {entry.action} {json.dumps(entry.details, ensure_ascii=False)}")
            click.echo("".join(f"    {line}\n" for line in tracing.people_in(entry.details)), nl=False)
        elif tracing.holds(entry.details, numbers):
            click.echo(f"{entry.at:%Y-%m-%d %H:%M:%S} {entry.action} by member {entry.member_id}")


def _member(who: str) -> int | None:
    return db.session.scalar(select(Member.id).where(Member.id == int(who) if who.isdigit() else Member.email == who.casefold()))
