"""One search over everything a reader may see; suggestions while typing; the search as browsers keep it (X16, X17)."""

from __future__ import annotations

from flask import current_app, g, make_response, render_template, request, url_for
from flask_babel import gettext as _

from ... import search as index
from ... import throttle
from ...i18n import lang
from ...pages import go, render
from ...paging import whole
from ...permissions import public
from ..forms import SearchForm
from . import blueprint

SUGGESTED = 8


@blueprint.get("/search")
@public
def search():
    """What answers to the words, filtered by kind, language and country; all of it stands in the address."""
    form = SearchForm()
    asked, words = form.asked, form.asked.get("q", "")
    if words:
        throttle.take("search.reader", str(g.can.member_id or ""))
    results = index.find(words, g.can, reader=lang(), page=whole(request.args.get("page"), digits=4) or 1, **_filters(asked))
    form.narrow(results)
    address = {number: url_for(".search", **asked, page=number) for number in (results.page - 1, results.page + 1)}
    return render(
        "home/search.html", fragments=["search_results"], form=form, words=words, kind=asked.get("kind", ""), results=results,
        kinds=_kinds(asked, results),
        labels={name: kind.label for name, kind in index.KINDS.items()}, status=200 if form.is_good else 422,
        previous=address[results.page - 1] if results.page > 1 else None,
        next=address[results.page + 1] if results.page < results.pages else None)


def _filters(asked: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in asked.items() if name != "q"}


def _kinds(asked: dict[str, str], results: index.Results) -> list[tuple]:
    """(label, number, address, is chosen) of the kinds that have results, and of all together."""
    counts, chosen = results.counts.get("kind", {}), asked.get("kind", "")
    others = {name: value for name, value in asked.items() if name != "kind"}
    rows = [(_("Everything"), sum(counts.values()), url_for(".search", **others), not chosen)]
    return rows + [(kind.label, counts.get(name, 0), url_for(".search", **others, kind=name), name == chosen)
                   for name, kind in index.KINDS.items() if counts.get(name) or name == chosen]


@blueprint.get("/search/suggest")
@public
def suggest():
    """The best results for what has been typed so far, for the list under the box; without scripts the search itself."""
    query = request.args.get("q", "")[:200].strip()
    if "HX-Request" not in request.headers:
        return go(url_for(".search", q=query or None))
    if len(query) > 1:
        throttle.take("suggest.reader", str(g.can.member_id or ""))
    found = index.find(query, g.can, reader=lang(), rows=SUGGESTED) if len(query) > 1 else index.Results()
    labels = {name: kind.label for name, kind in index.KINDS.items()}
    return render_template("home/_suggestions.html", items=found.items, labels=labels)


@blueprint.get("/opensearch.xml")
@public
def opensearch():
    """The description by which a browser offers this search among its own (OpenSearch 1.1)."""
    response = make_response(render_template("home/opensearch.xml", base=current_app.config["BASE_URL"].rstrip("/")))
    response.content_type = "application/opensearchdescription+xml; charset=utf-8"
    return response
