"""Builders of stored files, resources and collections; tests call them by `make`."""

from __future__ import annotations

import hashlib
from itertools import count

from libri import files
from libri.db import db, now
from libri.files.kinds import TYPES
from libri.files.store import staged, the_store
from libri.i18n import Localized
from libri.members.models import Organisation
from libri.resources.models import Collection, Resource
from libri.resources.queries import resources as resource_queries

_number = count(1)


def stored(name: str = "guide.pdf", content: bytes = b"words", **given) -> files.StoredFile:
    """A stored file, whatever its content; in the running transaction, unlike `files.take()`."""
    digest = hashlib.sha256(content).hexdigest()
    with staged() as (file, path):
        file.write(content)
        file.flush()
        the_store().put(path, digest)
    db.session.merge(files.StoredBlob(digest=digest, size=len(content)))
    kind, media_type = TYPES[files.suffix_of(name)]
    new = files.StoredFile(digest=digest, size=len(content), kind=kind, media_type=media_type, name=name, **given)
    db.session.add(new)
    db.session.flush()
    return new


def resource(at: Organisation, title: str | Localized = "", *, link: str = "https://library.example/guide", file: files.StoredFile | None = None,
             **given) -> Resource:
    """A published resource in English for members only: a link, or a stored file."""
    values = {"language": "en", "kind": "guide", "description": Localized(en="How to begin."), "themes": ["language_learning"],
              "audiences": ["staff"], "status": "published", "published_at": now()} | given
    titles = title if isinstance(title, Localized) else Localized({values["language"]: title or f"Guide {next(_number)}"})
    new = Resource(title=titles, organisation_id=at.id, organisation=at, versions=[], version=0, **values)
    new.add_version(new.language, **({"file": file, "link": ""} if file else {"link": link}))
    db.session.add(new)
    db.session.flush()
    return new


def edition(resource: Resource, language: str, **given) -> None:
    """One more version of a resource, a link."""
    db.session.scalars(resource_queries.one(resource.id)).one()
    resource.add_version(language, **({"link": "" if "file" in given else f"https://library.example/{language}"} | given))
    db.session.flush()


def collection(at: Organisation, *resources: Resource, **given) -> Collection:
    """A published collection of these resources."""
    new = Collection(organisation_id=at.id, items=[], language="en", **({"title": Localized(en=f"Set {next(_number)}"), "status": "published",
                                                                        "published_at": now()} | given))
    for one in resources:
        new.put(one.id)
    db.session.add(new)
    db.session.flush()
    return new
