"""A real server with the sample network and a real browser, for what only a browser can tell."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright
from sqlalchemy import delete, select
from waitress.server import create_server

from libri import create_app, sample, throttle
from libri.db import db
from libri.members.models import Member, SignIn

from . import in_use

CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]
PASSWORD = "rupjmaize ar ķimenēm"
AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"


class Site:
    """The sample network on a port of this machine."""

    def __init__(self, app, address: str) -> None:
        self.app, self.address = app, address


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """Serve the sample network in a thread of this process."""
    folder = tmp_path_factory.mktemp("site")
    app = create_app(SECRET_KEY="a secret for browser tests only, long enough", DATA_FOLDER=str(folder), SAMPLE_PASSWORD=PASSWORD, SMTP_URL="",
                     SQLALCHEMY_DATABASE_URI=f"sqlite:///{folder / 'libri.sqlite'}", TRUSTED_HOSTS=["127.0.0.1", "localhost"])
    server = create_server(app, host="127.0.0.1", port=0, threads=4)
    app.config["BASE_URL"] = f"http://127.0.0.1:{server.effective_port}"
    with app.app_context():
        db.create_all()
        sample.load()
        in_use.furnish()
    threading.Thread(target=server.run, daemon=True).start()
    yield Site(app, app.config["BASE_URL"])
    server.close()


@pytest.fixture(scope="session")
def chromium():
    """One browser for all tests of this process."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(autouse=True)
def patience(site):
    """Forget the tries of earlier tests: all come from one address, and the walk opens many links that are dead on purpose."""
    with site.app.app_context():
        db.session.execute(delete(throttle.Attempt))
        db.session.commit()


@pytest.fixture
def visit(site, chromium):
    """`visit("karla", language="lv", width=360)` is a page of a new browser window in which Karla is signed in."""
    windows = []

    def open_window(person: str | None = None, language: str = "en", width: int = 1280, dark: bool = False, scripts: bool = True):
        window = chromium.new_context(base_url=site.address, locale=language, viewport={"width": width, "height": 900}, java_script_enabled=scripts,
                                      color_scheme="dark" if dark else "light", reduced_motion="reduce")
        windows.append(window)
        if person:
            window.add_cookies([{"name": "libri", "value": cookie_of(site.app, person, language), "url": site.address}])
        page = window.new_page()
        page.strange = []
        page.on("console", lambda said: page.strange.append(said.text) if said.type == "error" and "status of 4" not in said.text else None)
        page.on("request", lambda request: page.strange.append(request.url) if not request.url.startswith(site.address) else None)
        return page

    yield open_window
    for window in windows:
        window.close()


@pytest.fixture
def plain(visit):
    """`plain("karla")` is such a page in a browser that runs no scripts."""
    return lambda person=None, language="en", **more: visit(person, language, scripts=False, **more)


def cookie_of(app, person: str, language: str) -> str:
    """What the browser of somebody who has signed in and reads this language brings along; the stories of signing in walk through the page."""
    with app.app_context():
        member, token = db.session.scalars(select(Member).where(Member.email == f"{person}@paraugs.example")).one(), SignIn.new_token()
        member.language = language
        db.session.add(SignIn(digest=SignIn.digest_of(token), member_id=member.id))
        db.session.commit()
        return app.session_interface.get_signing_serializer(app).dumps({"_user_id": token, "_fresh": True, "language": language})


def speak(page, language: str) -> None:
    """Choose a language in the masthead, with scripts or without."""
    page.locator("details:has(button[name=language]) > summary").click()
    page.locator(f"button[name=language][value={language}]").click()
    page.locator(f"html[lang={language}]").wait_for(state="attached")
