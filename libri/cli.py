"""The command line: setting up, the sample network, the server, the worker, translations, migrations."""

from __future__ import annotations

import click
from flask.cli import FlaskGroup

from . import create_app
from .config import SETTINGS, BadSetting


def _create():
    try:
        return create_app()
    except BadSetting as wrong:
        raise click.ClickException(str(wrong)) from wrong


@click.group(cls=FlaskGroup, create_app=_create, add_version_option=False)
def main() -> None:
    """LiBri – Library Bridges."""


@main.command(with_appcontext=False)
def settings() -> None:
    """Print every setting, its environment variable, default and meaning."""
    for setting in SETTINGS:
        click.echo(f"{setting.variable:28} {setting.default or '–':22} {setting.meaning}")


@main.command()
def worker() -> None:
    """Send the outbox and do the daily chores until stopped."""
    from flask import current_app

    from .worker import run

    run(current_app._get_current_object())  # type: ignore[attr-defined]


@main.command()
@click.option("--if-empty", is_flag=True, help="Do nothing when the database already holds organisations.")
def sample(if_empty: bool) -> None:
    """Load the sample network into this database."""
    from .sample import load

    if (password := load(if_empty)) is not None:
        click.echo(f"The sample network is loaded. Password of its people: {password}")
