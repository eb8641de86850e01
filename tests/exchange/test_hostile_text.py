"""Two hundred hostile texts: what comes out is harmless, or a clear refusal, and quick (S48, S49, S53, S54)."""

import re
import time

import pytest
from lxml import html as parser

from libri import throttle
from libri.db import db
from libri.exchange.models import Reply
from libri.text import TAGS

from .. import make

pytestmark = pytest.mark.long

SCRIPTS = [
    "<script>alert(1)</script>", "<ScRiPt src=//evil.example/x.js></sCrIpT>", "<img src=x onerror=alert(1)>", "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>", "<iframe src='javascript:alert(1)'></iframe>", "<object data=x></object>", "<embed src=x>",
    "<body onload=alert(1)>", "<a href='javascript:alert(1)'>x</a>", "<style>*{display:none}</style>", "<link rel=stylesheet href=x>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>", "<form action=/me/close method=post><button>x</button></form>",
    "<input autofocus onfocus=alert(1)>", "<details open ontoggle=alert(1)>", "<video><source onerror=alert(1)>",
    "<math href='javascript:1'>x",
    "<base href=//evil.example>", "<template><script>1</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<div hx-get=/me/close hx-trigger=load>x</div>", "<p hx-on::load='alert(1)'>x", "<button formaction=/me/close>x</button>",
    "<!--><script>alert(1)</script>", "<![CDATA[<script>alert(1)</script>]]>", "<?php echo 1 ?>",
    "<<script>script>alert(1)<</script>/script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;", "&#60;script&#62;alert(1)&#60;/script&#62;", "<img\nsrc=x\nonerror\n=\nalert(1)>",
    "<a\thref=x\tonmouseover=alert(1)>x</a>", "`<script>alert(1)</script>`", "```\n<script>alert(1)</script>\n```",
    "</div></article></main><h1>x</h1>",
    "<article id=main>x</article>", "<p class=notice id=messages>x</p>", "<markdown-toolbar for=body>x</markdown-toolbar>",
    "{{ 7*7 }}{% include 'x' %}",
    "${7*7} #{7*7} <%= 7*7 %>", "<a href=x xlink:href=javascript:alert(1)>x</a>", "<a href='&#106;avascript:alert(1)'>x</a>",
    "<table background=javascript:alert(1)><tr><td>x", "<isindex action=javascript:alert(1)>", "<audio src=x onerror=alert(1)>",
    "<select autofocus onfocus=alert(1)>", "<textarea></textarea><script>", "</textarea><script>alert(1)</script>",
    "</title><script>alert(1)</script>", "<xmp><script>alert(1)</script></xmp>", "<plaintext>", "<frameset onload=1>",
    "<dialog open>x</dialog>",
    "<p popover id=x>x</p>", "<a download href=/me/data>x</a>", "<a ping=//evil.example href=x>x</a>", "<img srcset='//evil.example x'>",
    "<p style='position:fixed;inset:0'>x</p>", "<font color=red>x</font>", "<marquee>x</marquee>",
]
LINKS = [f"[x]({target})" for target in (
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "javascript&#58;alert(1)", "java\tscript:alert(1)", "data:text/html,<script>1</script>",
    "vbscript:msgbox(1)", "file:///etc/passwd", "blob:x", "//evil.example", "https://evil.example\" onmouseover=\"alert(1)",
    "\x01javascript:alert(1)",
    "javascript://%0aalert(1)", "&#x6A;avascript:alert(1)", "feed:javascript:alert(1)", "jar:x!/", "about:blank", "<javascript:alert(1)>",
    "https://user:password@evil.example", "http://[::1]/", "http://0x7f000001/", "https://" + "a" * 3000, "mailto:x?subject=%0d%0aBcc:y",
    "tel:123", "ws://x", "/me/close", "/members/1\"><script>", "#reply-1", "?at=1", "\\\\evil.example\\x", "https://ex ample")]
LINKS += ["![x](javascript:alert(1))", "![x](https://evil.example/spy.gif)", "![x](data:image/svg+xml,<svg onload=alert(1)>)",
    "[x]: javascript:alert(1)\n\n[x]",
          "[a]: https://x 'onerror=alert(1)'\n\n[a]", "<javascript:alert(1)>", "<https://evil.example/\"onclick=alert(1)>",
    "[x](<javascript:alert(1)>)",
          "[![x](javascript:1)](javascript:2)", "[x](https://x 'a\" onclick=\"alert(1)')", "www.evil.example", "evil.example/<script>",
          "[@Ana\"><script>](/members/1)", "[@x](/members/99999999999999999999999)", "[@x](/members/-1)"]
NESTED = [("[" * 4000) + "x", ("](" * 2000), "[a](" * 2000, ">" * 4000, "> " * 4000 + "x", "- " * 3000 + "x", "1. " * 2000 + "x",
    "*" * 5000, "_" * 5000,
          "**a" * 3000, "`" * 5000, "`a" * 3000, "~~a" * 3000, "![" * 4000, "<" * 5000, "<a" * 3000, "&" * 5000, "&amp;" * 5000,
    "\\" * 5000, "#" * 5000,
          "# " * 2000, "(" * 5000, "a**b" * 3000, "*a_b" * 3000, "[a][b]" * 2000, "[x]: y\n" * 3000, "\n" * 20000, "    " * 5000 + "x",
    "\t" * 5000, "|" * 5000,
          "| a " * 1000 + "|\n" + "|---" * 1000 + "|\n" + "| b " * 1000 + "|",
    ("|a" * 100 + "|\n|" + "-|" * 100 + "\n") + ("|b" * 100 + "|\n") * 200,
          "\n".join("  " * n + "- x" for n in range(500)), "\n".join(">" * n + " x" for n in range(300)), "@Ana " * 5000, "@" * 20000,
    "@a b c d e f " * 2000,
          "https://a.example/ " * 2000, "a@b.example " * 2000, "http://" * 3000, "<!--" * 3000, "<![CDATA[" * 2000, "a\n===\n" * 3000,
    "***\n" * 5000,
          "[" + "\\]" * 4000 + "](x)", "]" * 10000]
UNICODE = ["\u202eevil\u202c txt.exe", "\u2066\u2067\u2068x", "\u200b\u200c\u200d\u2060\ufeff", "a\u0301" * 5000, "Z" + "\u0351" * 5000,
    "\ufdfd" * 2000, "👨\u200d👩\u200d👧" * 500,
           "🇱🇻" * 2000, "\U000e0041" * 100, "\ufffe\uffff", "\x01\x02\x1b[31mred\x07", "\x7f\x80\x9f", "\u2028\u2029", "\r\r\r\n\n\r",
    "İıſKÅ" * 500, "раураl.com", "Ａｄｍｉｎ",
           "﷽" * 500, "ﷺ" * 1000, "\u0e47" * 3000, "ا" * 3000 + "\u202e", "\U0001f4a9" * 3000, "\u1160" * 3000, "\u3164",
    "\u00ad" * 3000, "\u034f" * 3000, "𝓪𝓭𝓶𝓲𝓷",
           "\u061c\u200e\u200f", "a\u0000b".replace("\u0000", "\ufffd"), "x" * 49_999, "ж" * 50_000, "\U00010000" * 50_000,
    " " * 49_000 + "x", "\u3000" * 100, "\u180e\u00a0"]
LARGE = ["x" * 50_001, "x" * 1_000_000, "é" * 1_000_000, "\n" * 1_000_000, "[" * 1_000_000, "@a" * 500_000, "> " * 500_000,
    "&" * 1_000_000]
BYTES = [b"\xed\xa0\x80", b"\xed\xa0\xbd\xed\xb2\xa9", b"\xff\xfe\xfd", b"\xc0\xaf", b"\xf8\x88\x80\x80\x80", b"\xe2\x82", b"\x80" * 2000,
         b"%00", b"%ED%A0%80", b"%F4%90%80%80", b"%FF" * 1000, b"a%00b", b"%C0%80", b"%u0000", b"%"]
GROUPS = {"scripts": SCRIPTS, "links": LINKS, "nested": NESTED, "unicode": UNICODE, "large": LARGE}
SECONDS = 3
SCHEMES = re.compile(r"https?://|mailto:|[/#?]|(?![^/?#]*:)", re.IGNORECASE)


def is_harmless(markup: str) -> bool:
    """Only listed elements with listed attributes, and addresses of known kinds."""
    if not markup.strip():
        return True
    for element in parser.fragment_fromstring(markup, create_parent="div").iter():
        fine = element.tag in TAGS | {"div"} and set(element.attrib) <= {"href", "title", "rel"}
        if not fine or not SCHEMES.match(element.get("href", "")):
            return False
    return True


def test_there_are_two_hundred():
    assert len(set().union(*GROUPS.values())) + len(BYTES) >= 200


@pytest.fixture
def topic(cast, monkeypatch):
    """A discussion in which one person may write as often as there are texts."""
    monkeypatch.setitem(throttle.LIMITS, "post.member", (len(set().union(*GROUPS.values())) + len(BYTES), 60))
    return make.topic(cast.carla)


def ask(browser, method: str, address: str, **options):
    """Ask without the checks of a page, which take what is quoted for what is meant."""
    db.session.commit()
    with browser.app.app_context():
        return browser.client.open(address, method=method, **options)


def write(browser, topic_id: int, body: str, token: str) -> str:
    """Write one text; "" when all went as it should, else what did not."""
    begun = time.process_time()
    answer = ask(browser, "POST", f"/discussions/{topic_id}", data={"body": body, "language": "en", "csrf_token": token})
    seconds = time.process_time() - begun
    return "" if answer.status_code in (303, 413, 422) and seconds < SECONDS else f"{answer.status_code}, {seconds:.2f} s: {body[:40]!r}"


@pytest.mark.parametrize("group", GROUPS)
def test_a_text_comes_out_harmless_or_is_refused_clearly(cast, browse, topic, group):
    browser = browse(cast.ana)
    token = browser.csrf_token()

    wrong = [said for body in GROUPS[group] if (said := write(browser, topic.id, body, token))]

    written = db.session.query(Reply).filter_by(topic_id=topic.id).all()
    assert not wrong
    assert not [one.body[:60] for one in written if not is_harmless(one.html)]
    assert {ask(browser, "GET", f"/discussions/{topic.id}?at={number}").status_code for number in (1, 21, 41)} == {200}


def test_broken_bytes_are_mended_or_refused(cast, browse, topic):
    browser = browse(cast.ana)
    start = b"language=en&csrf_token=" + browser.csrf_token().encode() + b"&body=x"
    kind = "application/x-www-form-urlencoded"

    statuses = {ask(browser, "POST", f"/discussions/{topic.id}", data=start + sent, content_type=kind).status_code for sent in BYTES}

    assert statuses <= {303, 400, 422}
    assert all(is_harmless(one.html) for one in db.session.query(Reply))


@pytest.mark.parametrize("title", ["<script>alert(1)</script>", "\u202eevil", "x" * 121, "\u200b", "{{ 7*7 }}",
                                   "\"><img src=x onerror=alert(1)>", "'; DROP TABLE topic; --"])
def test_a_title_is_words_and_nothing_else(cast, browse, title):
    browser = browse(cast.ana)

    ask(browser, "POST", "/discussions/new", data={
        "category": "idea", "title": title, "language": "en", "body": "Words", "csrf_token": browser.csrf_token()})

    answer = ask(browser, "GET", "/discussions")
    assert answer.status_code == 200
    assert not parser.fromstring(answer.get_data(as_text=True)).xpath("//main//script|//main//img|//main//*[@onerror]")


@pytest.mark.parametrize("query", ["%", "_", "\\", "'", "%00", "a" * 3000, "\u202e", "((((", "*", "%F0%9F%92%A9", "%ff"])
def test_names_and_words_asked_for_are_words(cast, browse, query):
    addresses = ("/discussions/names?q=", "/discussions?words=", "/discussions?after=")
    statuses = {browse(cast.ana).get(f"{address}{query}").status for address in addresses}

    assert statuses <= {200, 400, 422}
