"""What the search knows of resources and collections, in every language they have a title in, with the words of their files (R3)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from flask import url_for
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext as _pl
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, raiseload

from .. import files, search
from ..db import db
from ..members.models import Organisation
from .models import Collection, Resource, ResourceVersion, Shared


def resources(numbers: Sequence[int]) -> Iterator[search.Entry]:
    """Resources as the search keeps them: one entry for each language of the title; the text of files goes to its language, else to the first."""
    texts: dict[int, list[tuple[str, str]]] = defaultdict(list)
    newest = (select(ResourceVersion.resource_id, ResourceVersion.language, files.StoredFileText.text)
              .join(files.StoredFileText, files.StoredFileText.file_id == ResourceVersion.file_id)
              .where(ResourceVersion.resource_id.in_(numbers)).order_by(ResourceVersion.number.desc()))
    for row in db.session.execute(newest):
        if row.language not in {language for language, _text in texts[row.resource_id]}:
            texts[row.resource_id].append((row.language, row.text))
    for resource in db.session.scalars(_whole(Resource, numbers)):
        yield from _entries("resource", resource, texts[resource.id])


def collections(numbers: Sequence[int]) -> Iterator[search.Entry]:
    """Collections as the search keeps them."""
    for collection in db.session.scalars(_whole(Collection, numbers)):
        yield from _entries("collection", collection, [])


def _whole(model, numbers: Sequence[int]) -> Select:
    return select(model).where(model.id.in_(numbers)).options(joinedload(model.organisation), raiseload("*"))


def _entries(kind: str, thing: Shared, texts: list[tuple[str, str]]) -> Iterator[search.Entry]:
    audience = "organisation" if not thing.is_published else "network" if thing.is_members_only else "public"
    organisation: Organisation = thing.organisation
    first = thing.title_in(thing.language)[0]
    for language, title in thing.title.items():
        words = [text for text in texts if text[0] == language or (language == first and text[0] not in thing.title)]
        body = [part for part in ((language, thing.description.get(language, "")), *words) if part[1]]
        yield search.Entry(kind, thing.id, language, title, body, thing.published_at or thing.created_at, audience,
                           organisation.id, None, organisation.country)


def _renew(file: files.StoredFile, _text: str) -> None:
    """Let the words that were read in a file be found, inside write_tx()."""
    numbers = db.session.scalars(select(ResourceVersion.resource_id).where(ResourceVersion.file_id == file.id)).all()
    if numbers:
        search.put("resource", *numbers)


def _those_of(model) -> search.Watch:
    """What to renew when the country of an organisation changes."""
    def numbers(organisation_id: int) -> Select:
        return select(model.id).where(model.organisation_id == organisation_id)

    return search.Watch(numbers, ("country",))


def register() -> None:
    """Make resources and collections searchable."""
    seen = ("title", "description", "status", "is_public", "organisation_id")
    search.register(
        "resource", read=resources, numbers=lambda: select(Resource.id), label=_l("Resources"),
        address=lambda number: url_for("resources.show", resource_id=number),
        watches={Resource: search.Watch("id", (*seen, "licence", "language")), ResourceVersion: search.Watch("resource_id"),
                 Organisation: _those_of(Resource)})
    search.register(
        "collection", read=collections, numbers=lambda: select(Collection.id), label=_pl("set of resources", "Collections"),
        address=lambda number: url_for("resources.collection", collection_id=number),
        watches={Collection: search.Watch("id", seen), Organisation: _those_of(Collection)})
    files.when_read(_renew)
