"""The command line: setting up, the sample network, the server, the worker, translations, migrations."""

from __future__ import annotations

import functools
import os
import re
from pathlib import Path

import click
from flask import current_app
from flask.cli import FlaskGroup

from . import create_app, search, translating
from .config import SETTINGS, BadSetting


def _create():
    os.umask(0o077)  # what LiBri writes is for its own user only (S65)
    try:
        return create_app()
    except BadSetting as wrong:
        raise click.ClickException(str(wrong)) from wrong


def _plainly(function):
    """Say why LiBri cannot serve as a sentence, not as a traceback."""

    @functools.wraps(function)
    def tried(*args, **kwargs):
        from .serving import CannotServe

        try:
            return function(*args, **kwargs)
        except CannotServe as wrong:
            raise click.ClickException(str(wrong)) from wrong

    return tried


@click.group(cls=FlaskGroup, create_app=_create, add_version_option=False)
def main() -> None:
    """LiBri – Library Bridges."""


main.add_command(translating.commands)
main.add_command(search.commands)


@main.command(with_appcontext=False)
def settings() -> None:
    """Print every setting, its environment variable, default and meaning."""
    for setting in SETTINGS:
        click.echo(f"{setting.variable:28} {setting.default or '–':22} {setting.meaning}")


@main.command()
@_plainly
def setup() -> None:
    """Compile the catalogues and bring the database to this version."""
    from . import serving

    serving.make_ready()
    click.echo("The database is ready.")


@main.command()
@_plainly
def serve() -> None:
    """Serve the site with waitress until stopped."""
    from . import serving

    serving.serve(_app())


@main.command()
def worker() -> None:
    """Send the outbox and do the daily chores until stopped."""
    from .worker import run

    run(_app())


@main.command()
@click.option("--dry-run", is_flag=True, help="Say what would be forgotten and change nothing.")
def forget(dry_run: bool) -> None:
    """Forget now what is past its time, as the worker does once a day, and say how many rows of each kind."""
    from .worker import forget

    for chore, rows in forget(dry_run).items():
        click.echo(f"{chore:28} {rows}")


@main.command()
@_plainly
def start() -> None:
    """Set up, load the sample network into an empty database of development, then run web and worker."""
    from . import serving
    from .sample import load

    app = _app()
    serving.check_port(app.config["HOST"], app.config["PORT"])
    serving.make_ready()
    if app.config["ENVIRONMENT"] == "development":
        load(if_empty=True)
    serving.start(app, _say_where)


def _say_where() -> None:
    click.echo(f"\nLiBri is at {current_app.config['BASE_URL']}   (Ctrl-C stops it)")
    click.echo("\n".join(_sample_people()))


def _sample_people() -> list[str]:
    """The sign-ins of the sample network, when that is what the database holds."""
    from .db import Fact, db
    from .sample import PEOPLE

    password = Path(current_app.config["DATA_FOLDER"]) / "sample-password"
    fact = db.session.get(Fact, "demonstration")
    if not (fact and fact.value.get("on") and password.is_file()):
        return []
    return ["", *(f"  {email:26} {function}" for email, _name, function, *_rest in PEOPLE), f"  password: {password.read_text()}", ""]


@main.command()
@click.option("--if-empty", is_flag=True, help="Do nothing when the database already holds organisations.")
def sample(if_empty: bool) -> None:
    """Load the sample network into this database."""
    from .sample import load

    if (password := load(if_empty)) is not None:
        click.echo(f"The sample network is loaded. Password of its people: {password}")


@main.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_file(file: Path) -> None:
    """Import organisations and contact persons from FILE (CSV or XLSX): all of it, or nothing and a list of its problems."""
    from . import audit
    from .db import write_tx
    from .directory import importing, spreadsheets, taking

    try:
        table = spreadsheets.read(file.read_bytes())
    except spreadsheets.Unreadable as wrong:
        raise click.ClickException(str(wrong)) from wrong
    with write_tx():
        plan = importing.check(table)
        if not plan.problems:
            taking.take(plan)
            audit.record("directory.imported", new=len(plan.new), changed=len(plan.changed))
    for problem in plan.problems:
        click.echo(f"{problem.row}\t{problem.column}\t{problem.sentence}", err=True)
    if plan.problems:
        raise click.ClickException(f"{len(plan.problems)} problems. Nothing was imported.")
    click.echo(f"{len(plan.new)} added, {len(plan.changed)} changed, {plan.same} already the same.")


@main.group()
def files() -> None:
    """Look after the stored files."""


@files.command()
def check() -> None:
    """Name files whose content is missing, and contents that belong to no file; exit code 1 when there are any."""
    from .files import check

    problems = 0
    for problems, problem in enumerate(check(), 1):  # noqa: B007
        click.echo(problem)
    if problems:
        raise click.ClickException(f"{problems} problems.")
    click.echo("Every file has its content.")


@files.command()
def sweep() -> None:
    """Delete what broken uploads left, as the worker does once a day."""
    from .files import sweep

    click.echo(f"{sweep()} deleted.")


@main.command("invite-office")
@click.argument("address")
def invite_office(address: str) -> None:
    """Print a link, good once, by which ADDRESS joins the office: the way to the first administrator (S29)."""
    from email_validator import EmailNotValidError, validate_email

    from .members.first import invite_to_office

    try:
        validate_email(address, check_deliverability=False, test_environment=True)
    except EmailNotValidError as wrong:
        raise click.ClickException(f"{address} is not an e-mail address.") from wrong
    click.echo(invite_to_office(address.strip().casefold()))


@main.command()
@click.argument("words")
def migration(words: str) -> None:
    """Write the migration that leads from the database as the migrations make it to the models; name it in WORDS."""
    from .migrating import write

    if not re.search(r"\w", words):
        raise click.ClickException('Say what changes: make migration m="Events have places"')
    click.echo(write(words))


def _app():
    return current_app._get_current_object()  # type: ignore[attr-defined]
