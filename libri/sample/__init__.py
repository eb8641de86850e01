"""The sample network: its loader and its data (demonstration only, see README.md beside this file)."""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path

from flask import current_app
from sqlalchemy import exists, select

from ..db import Fact, db, write_tx
from ..members import passwords
from ..members.models import Organisation
from .adoptions import add_adoptions
from .discussions import add_discussions
from .partners import PEOPLE, add_organisations, add_people, read_organisations
from .practices import add_practices
from .resources import add_resources, make_files, name_resources
from .texts import add_texts
from .trainings import add_trainings

__all__ = ["PEOPLE", "load"]

HERE = Path(__file__).parent


def load(if_empty: bool = False) -> str | None:
    """Load the sample network and return the people's password, or None when `if_empty` and something is there.

    The password is LIBRI_SAMPLE_PASSWORD, else a random one for this database, kept in the data folder.
    """
    if if_empty and db.session.scalar(select(exists().where(Organisation.id.is_not(None)))):
        return None
    password = current_app.config["SAMPLE_PASSWORD"] or secrets.token_urlsafe(9)
    password_hash = passwords.hash_of(password)
    rows = read_organisations(HERE / "organisations.csv")
    told, talked, shared = read("practices.json")["practices"], read("discussions.json")["threads"], read("resources.json")["resources"]
    made = make_files(shared)
    with write_tx():
        organisations = add_organisations(rows)
        add_texts(organisations)
        add_people(organisations, password_hash)
        practices = add_practices(told, organisations)
        add_adoptions(read("adoptions.json")["adoptions"], organisations, practices)
        add_discussions(talked, organisations, practices)
        resources = add_resources(shared, made, organisations, practices)
        events = add_trainings(read("trainings.json")["events"], organisations)
        name_resources(events, resources)
        db.session.merge(Fact(name="demonstration", value={"on": True}))
    current_app.config["DEMONSTRATION"] = True
    remember_password(password)
    return password


def read(name: str) -> dict:
    """One of the JSON files beside this one."""
    return json.loads((HERE / name).read_text("utf-8"))


def remember_password(password: str) -> None:
    """Keep the password beside the database, readable by its owner only, so that the next start can print it."""
    descriptor = os.open(Path(current_app.config["DATA_FOLDER"]) / "sample-password", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(password)
