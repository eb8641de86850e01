"""What is forgotten when: each chore does its work once, on time, and not a day earlier."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError

from libri import audit, emails, outbox
from libri.db import db, now
from libri.members import chores
from libri.members.models import Invitation, Member
from libri.outbox import Letter

from .. import make


def twice(chore) -> list[int]:
    db.session.commit()
    return [chore(), chore()]


def test_invitations_run_out_after_30_days(cast, later):
    make.invitation(cast.lyon)
    later(days=29)
    early = twice(chores.expire_invitations)

    later(days=31)

    assert (early, twice(chores.expire_invitations)) == ([0, 0], [1, 0])


@pytest.mark.parametrize("end", ["run out", "withdrawn"])
def test_addresses_of_ended_invitations_are_erased_90_days_later(cast, later, end):
    invitation = make.invitation(cast.lyon, words="Dear Nina", function="Librarian")
    if end == "withdrawn":
        invitation.withdraw()
    db.session.commit()
    ended = 30 if end == "run out" else 0
    later(days=ended + 89)
    chores.expire_invitations() if ended else None
    early = twice(chores.forget_invitations)

    later(days=ended + 91)

    assert (early, twice(chores.forget_invitations)) == ([0, 0], [1, 0])
    assert db.session.execute(select(Invitation.email, Invitation.words, Invitation.function)).one() == ("", "", "")


def test_an_unused_account_is_warned_once_and_closed_30_days_later(cast, later):
    early, steps = None, []
    for days in (699, 701, 729, 732):
        later(days=days)
        steps.append((chores.warn_unused(), chores.close_unused()))
        early = early or db.session.get(Member, cast.ana.id).status

    assert early == "active" and steps == [(0, 0), (4, 0), (0, 0), (0, 3)]
    assert (cast.ana.status, cast.dina.status) == ("closed", "active")  # Dina is the last coordinator of the network
    assert len(db.session.scalars(select(Letter).where(Letter.kind == "account_unused", Letter.to_address != "")).all()) == 1


def test_whoever_comes_back_after_the_warning_stays(cast, later):
    later(days=701)
    chores.warn_unused()
    db.session.execute(update(Member).values(seen_on=now().date()))
    db.session.commit()

    later(days=740)

    assert (chores.warn_unused(), chores.close_unused()) == (0, 0)
    assert db.session.scalars(select(Member.warned_at)).all() == [None] * 4


def test_a_member_seen_lately_is_left_alone(cast, later):
    db.session.execute(update(Member).values(seen_on=date(2000, 1, 1)))
    cast.ana.seen_on = now().date()

    assert twice(chores.warn_unused) == [3, 0]


def entry(action: str, days: int) -> None:
    db.session.add(audit.AuditEntry(action=action, at=datetime.now(UTC) - timedelta(days=days)))


def test_the_audit_trail_forgets_signing_in_after_90_days_and_the_rest_after_two_years(world):
    for action, days in (("sign_in", 91), ("sign_in.refused", 400), ("sign_in", 88), ("contact.ended", 91), ("contact.ended", 731)):
        entry(action, days)

    assert twice(audit.forget) == [3, 0]
    assert sorted(db.session.scalars(select(audit.AuditEntry.action))) == ["contact.ended", "sign_in"]


@pytest.mark.parametrize(("action", "days"), [("sign_in", 80), ("contact.ended", 91), ("sign-in", 91), ("contact.ended", 700)])
def test_younger_entries_cannot_be_deleted_by_anybody(world, action, days):
    entry(action, days)
    db.session.commit()

    with pytest.raises(DBAPIError):
        db.session.execute(delete(audit.AuditEntry))
    db.session.rollback()


def test_no_entry_can_be_changed_however_old(world):
    entry("sign_in", 4000)
    db.session.commit()

    with pytest.raises(DBAPIError):
        db.session.execute(update(audit.AuditEntry).values(action="x"))
    db.session.rollback()


@pytest.mark.parametrize("status", ["sent", "failed"])
def test_letters_forget_their_content_after_7_days(cast, later, status):
    letter = emails.password_changed(cast.ana)
    letter.status, letter.sent_at = status, now() if status == "sent" else None
    db.session.commit()
    later(days=6)
    early = twice(outbox.forget_content)

    later(days=8)

    assert (early, twice(outbox.forget_content)) == ([0, 0], [1, 0])
    assert db.session.execute(select(Letter.to_address, Letter.status)).one() == ("", status)


@pytest.mark.parametrize("language", ["lv", "en", "ru", "uk"])
def test_the_warning_says_on_which_day_the_account_closes(cast, language):
    cast.ana.language = language
    letter = emails.account_unused(cast.ana, date(2027, 3, 9))

    subject, text, html = emails.render(letter)

    assert subject.strip()
    assert "2027" in text
    assert "2027" in html
