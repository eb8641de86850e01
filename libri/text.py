"""What people write: Markdown to safe HTML, plain excerpts, words counted, mentions found."""

from __future__ import annotations

import html
import re
from functools import cache

from markupsafe import Markup

LONGEST = 50_000
"""Characters of one text at most; longer ones are refused by their forms (S49, S56)."""
TAGS = {"p", "br", "hr", "em", "strong", "s", "a", "ul", "ol", "li", "blockquote", "code", "pre", "h3", "h4", "h5", "table", "thead", "tbody",
        "tr", "th", "td"}
_MENTION = re.compile(r"\[@[^\]\n]{1,120}\]\(/members/(\d{1,9})\)")
_HEADING = re.compile(r"<(/?)h([1-6])>")
_NESTED = re.compile(r"^(?:[ \t]*(?:[>*+-]|\d{1,9}[.)])){7,}", re.MULTILINE)


@cache
def _markdown():
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False, "linkify": True, "breaks": True, "maxNesting": 20}).enable(["table", "strikethrough", "linkify"])


@cache
def _cleaner():
    import nh3

    return nh3.Cleaner(tags=TAGS, attributes={"a": {"href", "title"}}, url_schemes={"http", "https", "mailto"},
                       link_rel="nofollow noopener noreferrer ugc")


def render(markdown: str) -> str:
    """Safe HTML of a Markdown text: no element, address or attribute outside the list survives (S49). Headings begin at h3."""
    text = _NESTED.sub(lambda found: found.group()[:12], markdown[:LONGEST])
    raw = _HEADING.sub(lambda tag: f"<{tag[1]}h{min(int(tag[2]) + 2, 5)}>", _markdown().render(text))
    return _cleaner().clean(raw)


def shown(markup: str) -> Markup:
    """HTML that render() made and a table kept, for a template to show as it is."""
    return Markup(markup)


def plain(markup: str) -> str:
    """The words of safe HTML, white space folded."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def excerpt(markup: str, letters: int = 200) -> str:
    """The beginning of safe HTML in words, cut between two of them."""
    text = plain(markup)
    return text if len(text) <= letters else text[:letters].rsplit(" ", 1)[0] + " …"


def count_words(text: str) -> int:
    """Words as a reader counts them."""
    return len(re.findall(r"\w+(?:[-’'.,]\w+)*", text))


def mentioned(markdown: str) -> set[int]:
    """Ids of the members a text mentions, written by the editor as [@Name](/members/7)."""
    return {int(number) for number in _MENTION.findall(markdown)}


def quote(markdown: str) -> str:
    """A text as a Markdown quotation."""
    return "\n".join(f"> {line}" for line in markdown.strip().splitlines())
