"""The resources of the sample network: each with small real files in all its languages, two collections, and where they are used."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, date, datetime

from sqlalchemy import select

from .. import files
from ..db import db
from ..exchange.models import Practice
from ..i18n import Localized
from ..members.models import Member, Organisation
from ..resources import uses
from ..resources.models import Collection, Resource, ResourceVersion, ResourceWish
from ..trainings.models import Event
from .documents import MAKERS

SAID = {
    "lv": "Šis ir LiBri paraugtīkla demonstrācijas fails.", "en": "This is a demonstration file of the LiBri sample network.",
    "ru": "Это демонстрационный файл образца сети LiBri.", "uk": "Це демонстраційний файл зразкової мережі LiBri.",
    "fr": "Ceci est un fichier de démonstration du réseau exemple LiBri.", "it": "Questo è un file dimostrativo della rete di esempio LiBri.",
    "pl": "To jest plik demonstracyjny przykładowej sieci LiBri.",
}
"""The last line of every file."""
FOR = {"res-02": ["staff", "newcomers"], "res-05": ["staff"], "res-06": ["newcomers"], "res-08": ["partners"], "res-11": ["partners"],
       "res-13": ["staff"], "res-15": ["staff", "residents"], "res-20": ["partners", "staff"]}
"""For whom a resource is, where that is not library staff and partners."""
LEVELS = {"res-02": "A2", "res-05": "B1", "res-06": "A1", "res-12": "B1", "res-20": "C1"}
REVIEWS = {"res-13": date(2027, 10, 14), "res-20": date(2026, 6, 30), "res-06": date(2027, 2, 1)}
FOLLOWS = {("res-02", "uk"): 1, ("res-06", "ru"): 2, ("res-06", "uk"): 1}
"""Translations that were made of an earlier version."""
PRIVATE = {"res-16"}
USES = {"pr-001": ("res-02", "res-05"), "pr-002": ("res-14",), "pr-009": ("res-03",), "pr-010": ("res-06",), "pr-014": ("res-04",),
        "pr-017": ("res-15",), "pr-020": ("res-07",), "pr-023": ("res-13",)}
EVENT_USES = {"ev-02": ("res-01",), "ev-03": ("res-05",), "ev-06": ("res-09",), "ev-08": ("res-14",), "ev-11": ("res-12",), "ev-13": ("res-15",)}
COLLECTIONS = (
    ("org-lv-kisc", {"lv": "Pirmie soļi pašvaldībai", "en": "First steps for a municipality", "ru": "Первые шаги для самоуправления",
                     "uk": "Перші кроки для муніципалітету"},
     {"lv": "Viss, kas vajadzīgs no pieteikuma līdz stratēģijai.", "en": "Everything needed from the application to the strategy."},
     ("res-08", "res-09", "res-10", "res-11", "res-12")),
    ("org-lv-lib-cesis", {"lv": "Valodas kafejnīcas sākums", "en": "Beginning a language café", "uk": "Початок мовного кафе"},
     {"lv": "Temati, vieglā valoda un droša saruna.", "en": "Topics, easy language and a safe conversation."},
     ("res-02", "res-05", "res-14")),
)
Made = dict[tuple[str, str, int], files.Taken]


def make_files(given: list[dict]) -> Made:
    """Make and store the files before the transaction: {(resource, language, number): file}."""
    made: Made = {}
    for one in given:
        if one["format"] in MAKERS:
            for language, number, _follows in _versions(one):
                made[one["id"], language, number] = _file(one, language, number)
    return made


def _versions(one: dict) -> list[tuple[str, int, int | None]]:
    """(language, number, number of the original it follows): every version of the original, one of each translation."""
    newest = len(one["versions"])
    return [(one["language"], number, None) for number in range(1, newest + 1)] + [
        (code, 1, FOLLOWS.get((one["id"], code), newest)) for code in one["available_languages"] if code != one["language"]]


def _file(one: dict, language: str, number: int) -> files.Taken:
    suffix, make = MAKERS[one["format"]]
    title = one["title"].get(language) or one["title"]["en"]
    described = one["description"].get(language)
    content = make(title, [*([described] if described else []), f"{number} · {one['versions'][-1]['date'][:4]} · {language}",
                           SAID.get(language, SAID["en"])], language)
    return files.take(io.BytesIO(content), f"{title[:70]}.{suffix}")


def add_resources(given: list[dict], made: Made, organisations: dict[str, Organisation], practices: dict[str, Practice]) -> dict[str, Resource]:
    """Add the resources with their versions, collections and uses, inside write_tx(); return them by the code of the file."""
    resources = {one["id"]: _resource(one, made, organisations[one["organisation_id"]]) for one in given}
    db.session.add_all(resources.values())
    db.session.flush()
    for code, used in USES.items():
        for name in used:
            uses.use("practice", practices[code].id, resources[name].id)
    for owner, title, description, inside in COLLECTIONS:
        _collect(organisations[owner], title, description, [resources[name] for name in inside])
    reader = db.session.scalar(select(Member).where(Member.language == "uk").limit(1))
    if reader is not None:
        db.session.add(ResourceWish(resource_id=resources["res-05"].id, language="uk", member_id=reader.id))
    return resources


def name_resources(events: dict[str, Event], resources: dict[str, Resource]) -> None:
    """Let the events name what they use, inside write_tx(); both by their codes."""
    for code, names in EVENT_USES.items():
        for name in names:
            uses.use("event", events[code].id, resources[name].id)


def _resource(one: dict, made: Made, organisation: Organisation) -> Resource:
    at = _instant(one["versions"][0]["date"])
    is_public, is_private = one["licence"] != "network-internal", one["id"] in PRIVATE
    resource = Resource(
        organisation_id=organisation.id, language=one["language"], title=Localized(one["title"]), description=Localized(one["description"]),
        kind=one["type"], themes=one["themes"], audiences=FOR.get(one["id"], ["staff", "partners"]), level=LEVELS.get(one["id"]),
        licence=one["licence"], review_by=REVIEWS.get(one["id"]), is_public=is_public, created_at=at, changed_at=at,
        status="private" if is_private else "published", published_at=None if is_private else at)
    resource.versions = [_version(one, made, organisation, *which) for which in _versions(one)]
    return resource


def _version(one: dict, made: Made, organisation: Organisation, language: str, number: int, follows: int | None) -> ResourceVersion:
    told = one["versions"][(follows or number) - 1]
    taken = made.get((one["id"], language, number))
    content = {"file": files.add(replace(taken, organisation_id=organisation.id))} if taken else {"link": one["external_url"]}
    is_new = follows is None and number > 1
    return ResourceVersion(language=language, number=number, follows=follows, change_note=told["change_note"] if is_new else "",
                           note_language="en" if is_new else "", added_at=_instant(told["date"]), **content)


def _collect(organisation: Organisation, title: dict, description: dict, resources: list[Resource]) -> None:
    collection = Collection(organisation_id=organisation.id, language="lv", title=Localized(title), description=Localized(description),
                            is_public=True, items=[])
    for resource in resources:
        collection.put(resource.id)
    collection.publish()
    db.session.add(collection)


def _instant(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(hour=9, tzinfo=UTC)
