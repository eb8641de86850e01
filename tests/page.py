"""A page as a test sees it: fetched, checked against the rules every page keeps, with its forms ready to be sent."""

from __future__ import annotations

import re
import secrets
from collections import Counter

from itsdangerous import URLSafeTimedSerializer
from lxml import html
from sqlalchemy import insert

from libri.db import db
from libri.members.models import SignIn

INLINE = re.compile(r"\son[a-z]+\s*=|javascript:|<style|style\s*=|hx-on|hx-vals=[\"']js:|hx-trigger=[\"'][^\"']*\[", re.IGNORECASE)
POLICY = ("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
          "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'")
POLICIES = {POLICY, "default-src 'none'; sandbox"}
"""What stands on every page, and on every stored file (S13, S44)."""


class Page:
    """An answer: status, headers and, for HTML, its parsed document. Creating it checks the rules of every page."""

    def __init__(self, browser: Browser, response) -> None:
        self.browser, self.status, self.headers = browser, response.status_code, response.headers
        self.body: bytes = response.data
        self.is_html = response.mimetype == "text/html" and bool(response.data)
        self.location = response.headers.get("Location", "")
        self.check_headers()
        if self.is_html:
            self.source = response.get_data(as_text=True)
            self.document = html.fromstring(self.source)
            self.is_whole = "<!doctype html>" in self.source.lower()
            self.check()

    # -- the rules ------------------------------------------------------------------------------------------------

    def check_headers(self) -> None:
        """Insist on what protects every answer: the policy, known types and letters, nothing personal kept (S13, S16, S59)."""
        kind = self.headers.get("Content-Type", "")
        assert self.headers["Content-Security-Policy"] in POLICIES and self.headers["X-Content-Type-Options"] == "nosniff"
        assert not kind.startswith("text/") or "charset=utf-8" in kind, f"no charset: {kind}"
        signed_out = self.browser.member is None or (b"<!doctype html>" in self.body.lower() and b'action="/sign-out"' not in self.body)
        assert signed_out or "no-store" in self.headers["Cache-Control"], self.headers["Cache-Control"]

    def check(self) -> None:
        """Insist on what house.md says of every page; nothing inline, no htmx that needs to evaluate (S14)."""
        ids = Counter(self.document.xpath("//@id"))
        assert not [name for name, times in ids.items() if times > 1], "an id stands twice"
        assert not INLINE.search(re.sub(r"<meta name=\"htmx-config\".*?>", "", self.source)), "inline script or style"
        assert not self.document.xpath("//script[not(@src)]"), "inline script"
        for form in self.document.xpath("//form[@method='post']"):
            assert form.get("action"), "a form without an action"
            assert form.xpath(".//input[@name='csrf_token']"), f"a form without a token: {form.get('action')}"
        for field in self.document.xpath("//input[not(@type='hidden')]|//select|//textarea"):
            labelled = field.get("aria-label") or self.document.xpath("//label[@for=$id]", id=field.get("id")) or field.xpath("ancestor::label")
            assert labelled, f"a field without a label: {field.get('name')}"
        if self.is_whole:
            assert len(self.document.xpath("//h1")) == 1, f"{len(self.document.xpath('//h1'))} h1 on {self.browser.address}"
            assert self.title.strip() and self.document.get("lang") in ("lv", "en", "ru", "uk")

    # -- what stands there ----------------------------------------------------------------------------------------

    @property
    def title(self) -> str:
        return self.document.findtext(".//title") or ""

    @property
    def h1(self) -> str:
        return " ".join(self.document.xpath("string(//h1)").split())

    @property
    def text(self) -> str:
        """What can be read in the main part (or in the fragment), white space folded."""
        main = self.document.xpath("//main") or [self.document]
        return " ".join(main[0].text_content().split())

    @property
    def messages(self) -> str:
        return " ".join(self.document.xpath("string(//*[@id='messages'])").split())

    def texts(self, path: str) -> list[str]:
        """The text of every element an XPath finds."""
        return [" ".join(found.text_content().split()) if hasattr(found, "text_content") else str(found) for found in self.document.xpath(path)]

    @property
    def card_titles(self) -> list[str]:
        """What the cards of a list are called."""
        return self.texts("//article//h2")

    def has_link(self, address: str) -> bool:
        return bool(self.document.xpath("//a[@href=$address]", address=address))

    # -- going on -------------------------------------------------------------------------------------------------

    def submit(self, action: str | None = None, headers: dict | None = None, **fields) -> Page:
        """Send the form with this `action` (or the only one in main) with its own values, overridden by `fields`."""
        found = self.document.xpath("//form[@action=$action]", action=action) if action else self.document.xpath("//main//form[@method='post']")
        assert found, f"no form for {action}"
        return self.send(found[0], headers, **fields)

    def send(self, form, headers: dict | None = None, **fields) -> Page:
        """Send this form of the page with its own values, overridden by `fields`."""
        values: dict[str, list] = {}
        for name, value in form.form_values():
            values.setdefault(name, []).append(value)
        for name, value in fields.items():
            values[name] = value if isinstance(value, list) else [value]
        return self.browser.post(form.get("action"), {name: v for name, v in values.items() if v != [None]}, headers=headers)


class Browser:
    """A browser of one person: cookies, language, and the checks of every page it opens."""

    def __init__(self, app, member=None, accept_language: str | None = None) -> None:
        self.app, self.member, self.address = app, member, ""
        self.client = app.test_client()
        self.headers = {"Accept-Language": accept_language} if accept_language else {}
        if member is not None:
            self._sign_in(member)

    def _sign_in(self, member) -> None:
        """Open a session directly, so that tests of other things need not walk through the sign-in page."""
        token = SignIn.new_token()
        db.session.execute(insert(SignIn).values(digest=SignIn.digest_of(token), member_id=member.id, device="Firefox, Linux"))
        db.session.commit()
        with self.client.session_transaction() as session:
            session["_user_id"] = token
            session["_fresh"] = True

    def get(self, address: str, htmx: str | None = None, **options) -> Page:
        """Open an address; `htmx` names the id of the element to be replaced."""
        return self._answer("GET", address, htmx, **options)

    def post(self, address: str, fields: dict | None = None, htmx: str | None = None, token: bool = True, **options) -> Page:
        """Send fields as a form would, with this browser's CSRF token unless `token` is false."""
        fields = dict(fields or {})
        if token and "csrf_token" not in fields:
            fields["csrf_token"] = self.csrf_token()
        return self._answer("POST", address, htmx, data=fields, **options)

    def csrf_token(self) -> str:
        """A valid token for this browser's session."""
        raw = secrets.token_hex(20)
        with self.client.session_transaction() as session:
            raw = session.setdefault("csrf_token", raw)
        return URLSafeTimedSerializer(self.app.config["SECRET_KEY"], salt="wtf-csrf-token").dumps(raw)

    def follow(self, page: Page) -> Page:
        """Go where a redirect leads."""
        assert page.status in (301, 302, 303, 308), f"no redirect but {page.status}"
        return self.get(page.location)

    def _answer(self, method: str, address: str, htmx: str | None, headers: dict | None = None, **options) -> Page:
        sent = self.headers | (headers or {})
        if htmx:
            sent |= {"HX-Request": "true", "HX-Target": htmx, "HX-Current-URL": f"http://localhost{self.address or address}"}
        self.address = address
        db.session.commit()  # what the test prepared is there for the request
        with self.app.app_context():  # a context of its own, as every request has in service
            response = self.client.open(address, method=method, headers=sent, **options)
        db.session.expire_all()
        db.session.rollback()
        return Page(self, response)
