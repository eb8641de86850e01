"""Closing an account: what is erased, what stays, and that nobody is found in it any more (P4, P5)."""

import pytest
from sqlalchemy import select, text

from libri import emails, files, kept, outbox, tickets
from libri.db import db, now
from libri.directory.models import ContactPerson
from libri.members import two_factor
from libri.members.models import Invitation, Member, Membership, OrganisationVersion, SignIn
from libri.outbox import Letter

from .. import make

NAME, ADDRESS, PHONE = "Zelma Neatrodama", "zelma.neatrodama@library.example", "+371 20 123 987"


@pytest.fixture
def zelma(cast) -> Member:
    """A member who left traces in every table that can hold them."""
    zelma = make.member(NAME, "lv", cast.ogre_library, email=ADDRESS, function=f"{NAME}, librarian", totp_secret="x", notices="weekly")
    two_factor.new_recovery_codes(zelma)
    zelma.picture_id = make.stored("picture.webp", b"picture of Zelma", added_by_id=zelma.id).id
    make.contact(cast.ogre_library, "Reading room", member_id=zelma.id, name=NAME, email=ADDRESS, phone=PHONE, delegated_by=NAME)
    make.contact(cast.ogre_library, "Children", name=NAME, email=ADDRESS)
    make.invitation(cast.ogre_library, email=ADDRESS, status="accepted", accepted_by_id=zelma.id, words=f"Dear {NAME}")
    make.invitation(cast.ogre, email=ADDRESS, function=NAME)
    make.invitation(cast.ogre, email="other@library.example", invited_by_id=zelma.id, words=f"Yours, {NAME}")
    tickets.issue("confirm_address", zelma.id, 24, extra=f"new.{ADDRESS}")
    tickets.issue("sign_in", zelma.id, 1)
    emails.password_changed(zelma)
    db.session.add(Letter(kind="address_changed", to_address=ADDRESS, language="lv", values={"address": ADDRESS}))
    db.session.add(kept.KeptForm(key="k", member_id=zelma.id, address="/me", fields=[["name", NAME]]))
    db.session.add(OrganisationVersion(organisation_id=cast.ogre.id, member_id=zelma.id, number=1, changes={"city": ["a", "b"]}))
    db.session.commit()
    return zelma


def close(browse, member):
    page = browse(member).get("/me/close")
    return page.submit("/me/close", address=member.email)


def everything() -> str:
    """Every cell of every table as text."""
    rows = [row for table in db.metadata.sorted_tables for row in db.session.execute(text(f'SELECT * FROM "{table.name}"'))]
    return "\n".join(str(tuple(row)) for row in rows)


def counts() -> list[int]:
    """How many things there are that others need."""
    return [db.session.query(kind).count() for kind in (OrganisationVersion, Invitation, ContactPerson)]


def test_after_closing_nobody_is_found_in_any_table(cast, browse, zelma):
    answer = close(browse, zelma)
    outbox.deliver_due(emails.render)

    found = everything()
    assert answer.status == 303
    for trace in ("Zelma", "Neatrodama", "neatrodama", PHONE, "argon2"):
        assert trace not in found.replace(cast.dina.password_hash, "").replace("$argon2id$", ""), trace


def test_nothing_points_into_the_void(cast, browse, zelma):
    close(browse, zelma)

    assert db.engine.dialect.name != "sqlite" or db.session.execute(text("PRAGMA foreign_key_check")).all() == []
    assert db.session.get(Member, zelma.id).status == "closed"


def test_what_others_need_stays(cast, browse, zelma):
    before = counts()

    close(browse, zelma)

    assert counts() == before
    assert sorted(db.session.scalars(select(ContactPerson.function))) == ["Children", "Reading room"]
    assert db.session.scalar(select(Invitation.status).where(Invitation.email == "other@library.example")) == "invited"


def test_memberships_sessions_and_picture_go_at_once(cast, browse, zelma):
    digest = db.session.scalar(select(files.StoredFile.digest))
    close(browse, zelma)

    assert db.session.scalars(select(Membership).where(Membership.member_id == zelma.id)).all() == []
    assert db.session.scalars(select(SignIn).where(SignIn.member_id == zelma.id)).all() == []
    with pytest.raises(files.Missing):
        files.open_blob(digest)


def test_a_letter_says_goodbye_and_forgets_the_address(cast, browse, zelma):
    close(browse, zelma)
    waiting = db.session.scalars(select(Letter.to_address).where(Letter.kind == "account_closed")).all()

    outbox.deliver_due(emails.render)

    letter = db.session.scalar(select(Letter).where(Letter.kind == "account_closed"))
    assert waiting == [ADDRESS] and (letter.status, letter.to_address) == ("sent", "")


def test_one_is_signed_out_and_cannot_come_back(cast, browse, zelma):
    page = browse(zelma).get("/me/close")
    page.submit("/me/close", address=ADDRESS)

    assert page.browser.get("/me").location.startswith("/sign-in")


def test_a_wrong_address_closes_nothing(cast, browse, zelma):
    answer = browse(zelma).get("/me/close").submit("/me/close", address="somebody@library.example")

    assert answer.status == 422 and zelma.status == "active"


def test_the_same_address_can_be_invited_again(cast, browse, zelma):
    close(browse, zelma)

    again = make.member("Zelma", "lv", cast.ogre_library, email=ADDRESS)

    assert again.id != zelma.id


def test_a_shared_mailbox_without_a_name_stays(cast, browse, zelma):
    make.contact(cast.ogre, "Office", name="", email=ADDRESS)

    close(browse, zelma)

    assert db.session.scalar(select(ContactPerson.email).where(ContactPerson.function == "Office")) == ADDRESS


def test_coordinators_see_that_somebody_is_missing(cast, browse, zelma):
    close(browse, zelma)

    contact = db.session.scalar(select(ContactPerson).where(ContactPerson.function == "Reading room"))
    assert contact.emptied_at <= now() and contact.member_id is None and contact.is_current
