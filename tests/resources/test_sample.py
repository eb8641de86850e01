"""The sample network has its twenty resources with real files in every language they have (sample/resources.json)."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from libri import files, sample
from libri.db import db
from libri.resources.models import Resource, ResourceVersion

pytestmark = pytest.mark.long

GIVEN = sample.read("resources.json")["resources"]


def test_every_resource_is_there_with_its_versions_and_files_that_open(network):
    found = db.session.scalars(select(Resource).options(selectinload(Resource.versions).joinedload(ResourceVersion.file))).all()
    told = sorted((one["title"]["en"], tuple(sorted(one["available_languages"])), len(one["versions"]), one["external_url"] or "") for one in GIVEN)
    kept = sorted((one.title["en"], tuple(sorted({v.language for v in one.versions})), one.number, one.versions[0].link) for one in found)
    stored = [version.file for one in found for version in one.versions if version.file]

    assert kept == told
    assert all(files.read(one) for one in stored) and {one.suffix for one in stored} == {"pdf", "docx", "odp", "xlsx"}
    assert db.session.scalar(select(func.count()).where(Resource.status == "private")) == 1
