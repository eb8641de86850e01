"""The list of discussions, and beginning a new one."""

from __future__ import annotations

from flask import flash, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from markupsafe import Markup
from werkzeug.exceptions import TooManyRequests

from ... import paging, text
from ...db import db, now, write_tx
from ...i18n import lang
from ...members.models import Member
from ...pages import go, render
from ...resources import uses
from .. import limits, places, posting, reply_translating, rows, telling, using
from ..forms.discussions import EXPLAINED, FilterForm, TopicForm, key_of, template_of
from ..models import Topic
from ..queries import practices_to_link
from ..queries import topics as queries
from ..words import CATEGORIES
from . import blueprint


@blueprint.get("/discussions")
def topics():
    """Every topic, pinned ones first, then by what happened last; the filters stand in the address."""
    form = FilterForm()
    filters, since = form.filters, current_user.created_at
    part = queries.part(filters, current_user.id, since, key_of(request.args.get("after")), key_of(request.args.get("before")))
    asked = filters.in_address
    return render("exchange/topics.html", fragments=["topic_list"], form=form, filters=filters, tabs=_tabs(filters),
                  rows=rows.listed(part.rows, since, now(), reply_translating.titles(part.rows)), status=200 if form.is_good else 422,
                  previous=part.previous and url_for(".topics", before=part.previous, **asked),
                  next=part.next and url_for(".topics", after=part.next, **asked))


def _tabs(filters: queries.Filters) -> list[tuple]:
    """All topics, then each category; a tab keeps the other filters."""
    others = filters.but(category="").in_address
    return [(label, url_for(".topics", **others, **({"category": code} if code else {})), code == filters.category)
            for code, label in (("", _("All")), *CATEGORIES.items())]


@blueprint.route("/discussions/new", methods=["GET", "POST"])
def new_topic():
    """Begin a topic: first the category, then its headings to write under (F1)."""
    category = request.args.get("category", "")
    form = TopicForm(**_beginning(category))
    form.offer(places.of(current_user.id))
    if request.method == "GET" and category not in CATEGORIES and not form.draft and not form.was_kept:
        return render("exchange/choose_category.html", categories=CATEGORIES, explained=EXPLAINED, about={
            name: request.args[name] for name in ("practice", "resource", "event") if name in request.args})
    if "preview" in request.form or not form.validate_on_submit() or (practice := _practice(form)) is _UNKNOWN:
        return _form_page(form)
    try:
        return go(_open(form, practice))
    except TooManyRequests as wait:
        return limits.answer(form.body, wait, lambda: _form_page(form, 429))


def _open(form: TopicForm, practice: int | None) -> str:
    """Open the topic once, however often the button was pressed; return the address of its page."""
    body, html = posting.prepare(form.body.data)
    resource = using.resource_named(form.resource.data)
    with write_tx():
        if not form.claim():
            return form.first_location(url_for(".topics"))
        limits.spend("post")
        topic = Topic(category=form.category.data, language=form.language.data, title=form.title.data, themes=form.themes.data or [],
                      links=_links(form, practice, resource))
        opening = posting.open_topic(topic, db.session.get_one(Member, current_user.id), body, html, form.place)
        if resource:
            uses.use("topic", topic.id, resource[0])
        address, waits = form.led_to(telling.address_of(topic, opening)), opening.is_waiting
    flash(_("Your text waits until a moderator has read it.") if waits else _("Your discussion is open. You will be told of replies."),
          "info" if waits else "success")
    return address


def _links(form: TopicForm, practice: int | None, resource: tuple | None) -> dict[str, int]:
    """What the topic is about: a practice, a resource, an event."""
    event = paging.whole(form.event.data or "") if using.event_named(form.event.data) else None
    about = {"practice": practice, "resource": resource[0] if resource else None, "event": event}
    return {name: number for name, number in about.items() if number}


_UNKNOWN = object()
"""What was typed as practice means none, or more than one."""


def _beginning(category: str) -> dict:
    """What the form begins with: the headings of the category, and the practice the person came from."""
    given = {"category": category, "body": template_of(category)} if category in CATEGORIES else {}
    given |= {name: request.args.get(name, "")[:9] for name in ("resource", "event")}
    number = paging.number("practice")
    if number is not None and request.method == "GET":
        found = practices_to_link.chosen(number, lang())
        given |= {"practice": practices_to_link.label(*found)} if found else {}
    return given


def _practice(form: TopicForm):
    """The number of the practice that was meant, None when none was; an error on the field when that is not clear."""
    if not form.practice.data:
        return None
    if form.picked is not None and practices_to_link.chosen(form.picked, lang()):
        return form.picked
    found = practices_to_link.like(form.practice.data, lang())
    if len(found) == 1:
        return found[0][0]
    form.practice.errors = [_several(found) if found else _("No practice has these words. Try fewer words, or leave this empty.")]
    return _UNKNOWN


def _several(found: list[tuple[int, str]]) -> Markup:
    names = Markup("; ").join(Markup("<bdi>{}</bdi>").format(practices_to_link.label(*one)) for one in found)
    return Markup("{} {}").format(_("More than one practice has these words. Copy the line you mean:"), names)


def _form_page(form: TopicForm, status: int = 422):
    """The form again: with its mistakes, or with the preview that was asked for."""
    preview = text.shown(posting.prepare(form.body.data or "")[1]) if "preview" in request.form else None
    return render("exchange/new_topic.html", form=form, preview=preview, language=form.language.data,
                  resource=using.resource_named(form.resource.data), event=using.event_named(form.event.data),
                  practices=practices_to_link.newest(lang()),
                  status=status if form.is_submitted() and preview is None else 200)
