"""Changing resources: begun, saved, published, withdrawn, a version added – each inside write_tx(), with its line in the audit trail."""

from __future__ import annotations

from flask import g

from .. import audit, files
from ..db import OutOfDate, db, now
from ..members.models import Organisation
from . import telling
from .models import Resource, ResourceTranslator, ResourceVersion, Shared


def begin(organisation: Organisation, facts: dict, taken: files.Taken | None, link: str) -> Resource:
    """A new private resource with its first version."""
    resource = Resource(organisation_id=organisation.id, organisation=organisation, author_id=g.can.member_id, versions=[], version=0, **facts)
    resource.add_version(resource.language, added_by_id=g.can.member_id, **_content(taken, link))
    db.session.add(resource)
    db.session.flush()
    audit.record("resource.added", resource)
    return resource


def _content(taken: files.Taken | None, link: str) -> dict:
    return {"file": files.add(taken), "link": ""} if taken else {"link": link}


def save(thing: Shared, values: dict, seen: str | None) -> list[str]:
    """Set what was typed on a resource or collection; return the names of what changed. Raises OutOfDate for an older version."""
    changed = [name for name, value in values.items() if getattr(thing, name) != value]
    if not changed:
        return []
    if seen != str(thing.version):
        raise OutOfDate
    for name in changed:
        setattr(thing, name, values[name])
    thing.version, thing.changed_at = thing.version + 1, now()
    audit.record(f"{thing.__tablename__}.changed", thing, fields=sorted(changed))
    return changed


def publish(thing: Shared) -> None:
    """Show it to the network; raises NotPublishable while something is missing."""
    thing.publish()
    audit.record(f"{thing.__tablename__}.published", thing)


def withdraw(thing: Shared) -> None:
    """Make it private again."""
    thing.withdraw()
    audit.record(f"{thing.__tablename__}.withdrawn", thing)


def add_version(resource: Resource, language: str, taken: files.Taken | None, link: str, note: str, note_language: str,
                follows: int | None) -> ResourceVersion:
    """The next version in a language; who asked for it or follows the original is told, and its translation is done."""
    new = resource.add_version(language, added_by_id=g.can.member_id, change_note=note, note_language=note_language, follows=follows,
                               **_content(taken, link))
    db.session.flush()
    audit.record("resource.version_added", resource, language=language, number=new.number)
    claim = db.session.get(ResourceTranslator, (resource.id, language))
    if claim is not None:
        db.session.delete(claim)
    if resource.is_published:
        telling.version_added(resource, new)
    return new


def take_back(resource: Resource, version_id: int) -> list[str]:
    """Remove a version with its file; return what `files.forget()` needs after the transaction. Raises NotPublishable."""
    version = next((one for one in resource.versions if one.id == version_id), None)
    if version is None:
        return []
    stored = version.file
    resource.take_back(version)
    db.session.flush()
    audit.record("resource.version_removed", resource, language=version.language, number=version.number)
    return files.remove(stored) if stored is not None else []


def remove(resource: Resource) -> list[str]:
    """Delete a private resource with its files; return what `files.forget()` needs after the transaction."""
    audit.record("resource.removed", resource)
    stored = [one.file for one in resource.versions if one.file is not None]
    db.session.delete(resource)
    db.session.flush()
    return [digest for file in stored for digest in files.remove(file)]
