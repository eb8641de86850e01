"""Sending a version's file and its preview: rights are asked each time, downloads counted without names (S44, R12)."""

from __future__ import annotations

from flask import abort, g, request
from sqlalchemy import update

from ... import files
from ...db import aside, db, insert_into, now
from ...members.gate import ask_to_sign_in
from ...permissions import public
from ..models import DownloadCount, Resource, ResourceVersion
from ..queries import resources as queries
from . import blueprint

VERSION = "/resources/versions/<int:version_id>"


def _visible(version_id: int) -> ResourceVersion | None:
    """The version with its file, if the reader may see the resource."""
    version = db.session.scalar(queries.version(version_id))
    return version if version is not None and version.file is not None and g.can.see_resource(version.resource) else None


@blueprint.get(f"{VERSION}/file")
@public
def download(version_id: int):
    """Send the file to be kept."""
    version = _visible(version_id)
    if version is None:
        return abort(404) if g.can.read_network() else ask_to_sign_in()
    answer = files.send(version.file)
    if request.method == "GET" and answer.status_code == 200 and not g.can.edit_resource(version.resource):
        count((version.resource_id, version.language))
    return answer


@blueprint.get(f"{VERSION}/preview")
@public
def preview(version_id: int):
    """Send the picture of the file: its first page, or itself made small."""
    version = _visible(version_id)
    if version is None:
        return abort(404) if g.can.read_network() else ask_to_sign_in()
    return files.send_preview(version.file)


def count(*taken: tuple[int, str]) -> None:
    """Note that these (resource, language) were taken away today; by whom, is not known. The note is given up rather than make anybody wait."""
    db.session.rollback()
    with aside() as connection:
        for resource_id, language in sorted(taken):
            row = insert_into(DownloadCount).values(resource_id=resource_id, day=now().date(), language=language, count=1)
            connection.execute(row.on_conflict_do_update(
                index_elements=["resource_id", "day", "language"], set_={"count": DownloadCount.count + 1}))
            connection.execute(update(Resource).where(Resource.id == resource_id).values(downloads=Resource.downloads + 1))
