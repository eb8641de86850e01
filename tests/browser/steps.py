"""What people do in LiBri, step by step, and whom the stories of the browser are about."""

from __future__ import annotations

import re

import pyotp
from playwright.sync_api import expect
from sqlalchemy import select

from libri import emails, outbox
from libri.db import db, now
from libri.members import passwords
from libri.members.models import Member, Membership, Organisation
from libri.outbox import Letter

from .. import make
from .conftest import PASSWORD

NEW_PASSWORD = "zaļa govs dzer kafiju"


# ---- whom the stories are about --------------------------------------------------------------------------------------


def settle(site, person: str, role: str = "coordinator") -> int:
    """Found an organisation of its own with one person and one contact entry; return its id."""
    with site.app.app_context():
        place = make.organisation(f"{person.title()} library", city="Saldus", code=f"org-of-{person}")
        one = make.member(person.title(), "en", place, role, email=f"{person}@paraugs.example", password_hash=passwords.hash_of(PASSWORD))
        make.contact(place, "Head of the reading room", member_id=one.id, confirmed_on=now())
        db.session.commit()
        return place.id


def number_of(site, code: str) -> int:
    """The id of an organisation of the sample network."""
    with site.app.app_context():
        return db.session.scalar(select(Organisation.id).where(Organisation.code == code))


def practice_of(site, number: int, **given) -> str:
    """Let an organisation have a practice, published unless said otherwise; return the address of its page."""
    with site.app.app_context():
        place = db.session.get_one(Organisation, number)
        author = db.session.scalar(select(Membership.member_id).where(Membership.organisation_id == number))
        address = f"/practices/{make.practice(place, db.session.get_one(Member, author), **given).id}"
        db.session.commit()
        return address


def discussion_of(site, person: str, title: str, answered_by: str) -> str:
    """Let one person ask and another answer; return the address of the discussion."""
    with site.app.app_context():
        asks, answers = (db.session.scalars(select(Member).where(Member.email == f"{name}@paraugs.example")).one()
                         for name in (person, answered_by))
        topic = make.topic(asks, title)
        make.reply(topic, answers, "Ask Mrs. Liepa, she reads badly.")
        db.session.commit()
        return f"/discussions/{topic.id}"


def link_for(site, address: str, kind: str) -> str:
    """The link in the newest letter of that kind to that address, as its reader finds it in the text."""
    with site.app.app_context():
        letter = db.session.scalar(select(Letter).where(Letter.to_address == address, Letter.kind == kind).order_by(Letter.id.desc()))
        text = emails.render(letter)[1]
        return re.search(site.address + r"/\S+/[\w.-]{20,}", text)[0]


def fail_a_letter(site, address: str) -> int:
    """A letter to `address` that the mail server refused; return its number."""
    with site.app.app_context():
        letter = outbox.Letter(kind="password_changed", to_address=address, language="en", status="failed", last_error="550 no such user")
        db.session.add(letter)
        db.session.commit()
        return letter.id


# ---- what they do ----------------------------------------------------------------------------------------------------


def press(page, name: str, within: str = "main") -> None:
    """Press the first button of that name."""
    page.locator(within).get_by_role("button", name=name, exact=True).first.click()


def follow(page, name: str, within: str = "main") -> None:
    """Follow the first link of that name."""
    page.locator(within).get_by_role("link", name=name, exact=True).first.click()


def unfold(page, name: str, within: str = "main") -> None:
    """Open the first <details> whose summary says `name`."""
    page.locator(within).locator("summary", has_text=re.compile(rf"^\s*{re.escape(name)}\s*$")).first.click()


def fill(page, **fields: str) -> None:
    """Type into fields by their names."""
    for name, text in fields.items():
        page.locator(f"main [name={name}]").fill(text)


def tick(page, **values: str) -> None:
    """Tick the box or the button with this value in each group of that name."""
    for name, value in values.items():
        page.locator(f"main [name={name}][value={value}]").check()


def told(page, words: str) -> None:
    """The page says so in its region of messages."""
    expect(page.locator("#messages[role=status]")).to_contain_text(words)


def titled(page, words: str) -> None:
    """The page with this heading has come."""
    expect(page.locator("h1")).to_contain_text(words)


def mistakes(page) -> list[str]:
    """What the summary of mistakes says; the page begins its title with it."""
    expect(page).to_have_title(re.compile("^Error: "))
    return page.locator(".error-summary li").all_inner_texts()


def confirm_it_is_me(page, password: str = PASSWORD) -> None:
    """Type the password once more before a sensitive change, where it is asked for."""
    if page.locator("main input[name=password]").count() and "/sign-in/again" in page.url:
        fill(page, password=password)
        press(page, "Go on")


def code_for(page) -> str:
    """What an app shows that was given the key written on the page."""
    return pyotp.TOTP(page.locator(".qr__key").inner_text().replace(" ", "")).now()


def download(page, name: str) -> bytes:
    """Follow a link to a file and return what comes."""
    with page.expect_download() as coming:
        follow(page, name)
    return coming.value.path().read_bytes()
