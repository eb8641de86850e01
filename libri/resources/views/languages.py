"""Asking for a resource in a language, and saying that one is translating it (N20)."""

from __future__ import annotations

from flask import abort, flash, g, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import delete, func, select

from ... import audit
from ...db import db, insert_into, now, write_tx
from ...forms import LibriForm
from ...i18n import language_name
from ...pages import go
from ...permissions import require
from ...vocabularies import WRITTEN_LANGUAGES
from .. import family, telling
from ..models import Resource, ResourceTranslator, ResourceWish
from ..queries import resources as queries
from . import blueprint
from .show import RESOURCE, find


def _asked(resource_id: int) -> tuple[Resource, family.Edition]:
    """The resource and the language of this form; 404, 403 or 422."""
    resource = find(resource_id)
    require(g.can.translate_resource(resource))
    language = request.form.get("language", "")
    if not LibriForm().validate_on_submit() or language not in WRITTEN_LANGUAGES:
        abort(422)
    editions = {one.language: one for one in family.of(resource)}
    return resource, editions.get(language) or family.Edition(language, False)


def _back(resource_id: int):
    return go(url_for(".show", resource_id=resource_id, _anchor="languages"))


@blueprint.post(f"{RESOURCE}/wish")
def wish(resource_id: int):
    """Ask for a language, once; the owner hears of the first wish."""
    _resource, edition = _asked(resource_id)
    if not edition.is_wanted:
        flash(_("This resource is there in this language already."), "info")
        return _back(resource_id)
    with write_tx() as session:
        mine = (ResourceWish.resource_id == resource_id) & (ResourceWish.language == edition.language)
        is_first = not session.scalar(select(func.count()).select_from(ResourceWish).where(mine))
        session.execute(insert_into(ResourceWish).values(resource_id=resource_id, language=edition.language, member_id=g.can.member_id, at=now())
                        .on_conflict_do_nothing())
        if is_first:
            telling.wished(session.scalars(queries.one(resource_id)).one(), g.can.member_id)
    flash(_("Your wish is noted: %(language)s. We tell you when it is there.", language=language_name(edition.language)), "success")
    return _back(resource_id)


@blueprint.post(f"{RESOURCE}/wish/withdraw")
def withdraw_wish(resource_id: int):
    """Take a wish back."""
    _resource, edition = _asked(resource_id)
    with write_tx() as session:
        session.execute(delete(ResourceWish).where(
            ResourceWish.resource_id == resource_id, ResourceWish.language == edition.language, ResourceWish.member_id == g.can.member_id))
    flash(_("Your wish is taken back."), "success")
    return _back(resource_id)


@blueprint.post(f"{RESOURCE}/translating")
def translate(resource_id: int):
    """Say that one translates into a language one writes, so that nobody else begins the same."""
    _resource, edition = _asked(resource_id)
    require(edition.language in current_user.writes)
    with write_tx() as session:
        claim = session.get(ResourceTranslator, (resource_id, edition.language), with_for_update=True)
        is_free = claim is None or claim.at < now() - family.CLAIM or claim.member_id == g.can.member_id
        if edition.is_wanted and is_free:
            session.merge(ResourceTranslator(resource_id=resource_id, language=edition.language, member_id=g.can.member_id, at=now()))
            audit.record("resource.translation_begun", db.session.get(Resource, resource_id), language=edition.language)
    if not edition.is_wanted or not is_free:
        flash(_("Somebody is translating into this language already, or it is there."), "info")
        return _back(resource_id)
    flash(_("You are named as translator. Add the file when it is ready."), "success")
    return _back(resource_id)


@blueprint.post(f"{RESOURCE}/translating/stop")
def stop_translating(resource_id: int):
    """Say that one does not translate it after all."""
    _resource, edition = _asked(resource_id)
    with write_tx() as session:
        session.execute(delete(ResourceTranslator).where(
            ResourceTranslator.resource_id == resource_id, ResourceTranslator.language == edition.language,
            ResourceTranslator.member_id == g.can.member_id))
    flash(_("You are no longer named as translator."), "success")
    return _back(resource_id)
