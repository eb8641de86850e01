"""Inviting people into an organisation: one, many, once more, taken back (S25, S37, S50)."""

import io
import time

import pytest
from sqlalchemy import func, select

from libri import emails
from libri.db import db
from libri.members.models import Invitation
from libri.outbox import Letter
from libri.tickets import Ticket

from .. import make

OFFER = {"role": "member", "function": "Librarian", "language": "lv", "words": ""}


def count(kind) -> int:
    return db.session.scalar(select(func.count()).select_from(kind))


def people_of(organisation) -> str:
    return f"/organisations/{organisation.id}/people"


def test_a_coordinator_invites_by_a_letter_in_the_chosen_language(cast, browse):
    page = browse(cast.bruno).get(f"{people_of(cast.lyon)}/invite")

    answer = page.submit(**OFFER | {"email": "Nina@Library.example", "role": "coordinator"})

    letter = db.session.scalar(select(Letter))
    assert answer.location == people_of(cast.lyon)
    assert db.session.scalar(select(Invitation.role).where(Invitation.email == "nina@library.example")) == "coordinator"
    assert (letter.kind, letter.to_address, letter.language) == ("invitation", "nina@library.example", "lv")


def test_a_double_press_sends_one_letter(cast, browse):
    page = browse(cast.bruno).get(f"{people_of(cast.lyon)}/invite")

    answers = [page.submit(**OFFER, email="nina@library.example") for _ in range(2)]

    assert [answer.status for answer in answers] == [303, 303]
    assert count(Letter) == 1


def test_own_words_are_quoted_and_never_become_links(cast, browse):
    words = "Nāc pie mums! <b>http://evil.example/x</b>\nwww.evil.example"
    browse(cast.bruno).get(f"{people_of(cast.lyon)}/invite").submit(**OFFER | {"email": "nina@library.example", "words": words})

    _subject, text, html = emails.render(db.session.scalar(select(Letter)))

    assert "> Nāc pie mums!" in text
    assert "://evil" not in text + html and "evil.example" not in text + html and "<b>" not in html
    assert "/invitation/" in text and "/invitation/" in html


def test_somebody_who_belongs_here_is_not_invited_again(cast, browse):
    cast.bruno.language = "en"
    page = browse(cast.bruno).get(f"{people_of(cast.lyon_library)}/invite")

    answer = page.submit(**OFFER, email=cast.ana.email)

    assert answer.status == 422
    assert "belongs to the organisation already" in answer.text
    assert count(Letter) == 0


def test_an_open_invitation_is_offered_to_be_sent_again(cast, browse):
    invitation = make.invitation(cast.lyon)
    page = browse(cast.bruno).get(f"{people_of(cast.lyon)}/invite")

    answer = page.submit(**OFFER, email=invitation.email)

    assert answer.status == 422
    assert answer.document.xpath(f"//form[@action='/invitations/{invitation.id}/resend']")


def test_one_whose_invitation_ran_out_is_invited_anew(cast, browse, later):
    make.invitation(cast.lyon)
    later(days=31)
    page = browse(cast.bruno).get(f"{people_of(cast.lyon)}/invite")

    answer = page.submit(**OFFER, email="nina@library.example")

    assert answer.status == 303
    assert sorted(db.session.scalars(select(Invitation.status))) == ["expired", "invited"]


def test_only_the_office_makes_the_office(cast, browse):
    above = make.organisation("Ministrija")
    cast.kisc.place_under(above)
    make.member("Gita", "lv", above, role="coordinator", email="gita@library.example")
    gita = make.member("Ilze", "lv", above, role="coordinator")

    answer = browse(gita).post(f"{people_of(cast.kisc)}/invite", OFFER | {"email": "x@library.example", "role": "coordinator"})

    assert answer.status == 403


@pytest.mark.parametrize("extra", [{"organisation_id": "1"}, {"status": "accepted"}, {"invited_by_id": "1"}, {"id": "99"},
                                   {"accepted_by_id": "1"}])
def test_fields_that_are_not_asked_for_change_nothing(cast, browse, extra):
    page = browse(cast.bruno).get(f"{people_of(cast.lyon)}/invite")

    page.browser.post(f"{people_of(cast.lyon)}/invite", OFFER | {"email": "nina@library.example"} | extra)

    invitation = db.session.scalar(select(Invitation))
    assert (invitation.organisation_id, invitation.status, invitation.invited_by_id) == (cast.lyon.id, "invited", cast.bruno.id)
    assert invitation.accepted_by_id is None and invitation.id != 99


# ---- many ------------------------------------------------------------------------------------------------------------

TABLE = """email;function;role;language
nina@library.example;Bibliothécaire;member;en
not an address;;;
nina@library.example;;;
olga@library.example;;coordinator;uk
paul@library.example;;king;
"""


def test_a_table_is_checked_row_by_row_before_anything_is_sent(cast, browse):
    cast.bruno.language = "en"
    make.invitation(cast.lyon, email="olga@library.example")

    page = browse(cast.bruno).get(f"{people_of(cast.lyon)}/invite-many").submit(rows=TABLE)

    results = page.texts("//td[@data-label='Result']")
    assert page.status == 200 and count(Letter) == 0
    assert [row.split()[0] for row in results] == ["Ready", "Write", "This", "This", "This"]
    assert "row 2 already" in results[2] and "open invitation" in results[3] and "Column: Role" in results[4]
    assert "Send 1 invitation" in page.text


def test_pressing_send_sends_the_ready_rows_and_gives_the_others_back(cast, browse):
    checked = browse(cast.bruno).get(f"{people_of(cast.lyon)}/invite-many").submit(rows=TABLE, words="Laipni lūdzam")
    form = checked.document.xpath("//main//form")[0]

    answer = checked.browser.post(f"{people_of(cast.lyon)}/invite-many/send", dict(form.form_values()))
    back = checked.browser.follow(answer)

    assert sorted(db.session.scalars(select(Invitation.email))) == ["nina@library.example", "olga@library.example"]
    assert set(db.session.scalars(select(Invitation.words))) == {"Laipni lūdzam"}
    left = back.document.xpath("//textarea[@name='rows']")[0].text
    assert "not an address" in left and "paul@library.example" in left and "olga" not in left


def test_a_list_changed_after_the_report_is_checked_again(cast, browse):
    checked = browse(cast.bruno).get(f"{people_of(cast.lyon)}/invite-many").submit(rows="nina@library.example")
    fields = dict(checked.document.xpath("//main//form")[0].form_values()) | {"rows": "olga@library.example"}

    answer = checked.browser.post(f"{people_of(cast.lyon)}/invite-many/send", fields)

    assert answer.status == 422
    assert "olga@library.example" in answer.source and count(Letter) == 0


@pytest.mark.parametrize(("text", "encoding"), [
    ("nina@library.example\tBibliotekāre ķīmijā", "utf-16"), ("nina@library.example;Bibliotekāre ķīmijā", "cp1257"),
    ("nina@library.example,Библиотекарь отдела", "cp1251"), ("nina@library.example;Bibliotekāre", "utf-8-sig")])
def test_a_file_is_read_in_the_encoding_it_was_saved_in(cast, browse, text, encoding):
    browser = browse(cast.bruno)

    file = (io.BytesIO(text.encode(encoding)), "list.csv")
    page = browser.post(f"{people_of(cast.lyon)}/invite-many", OFFER | {"rows": "", "table": file})

    assert page.status == 200
    assert text[21:] in page.document.xpath("//main//table//td[2]")[0].text_content()


def test_a_picture_is_no_table_and_what_was_typed_stays(cast, browse):
    file = (io.BytesIO(b"\x89PNG\r\n\x1a\n" + bytes(range(256))), "list.csv")

    page = browse(cast.bruno).post(f"{people_of(cast.lyon)}/invite-many", OFFER | {"rows": "nina@library.example", "table": file})

    assert page.status == 422
    assert "nina@library.example" in page.document.xpath("//textarea[@name='rows']")[0].text


@pytest.mark.long
def test_an_endless_file_is_not_read_row_by_row(cast, browse):
    path = f"/organisations/{cast.lyon.id}/people/invite-many"
    began = time.process_time()
    page = browse(cast.bruno).get(path).submit(path, table=(io.BytesIO(b"a@b.example\n" * 200_000), "table.csv"))

    assert page.status == 422 and "200000" in page.text.replace("\u00a0", "")
    assert time.process_time() - began < 5


def test_more_than_500_rows_are_refused_with_the_text_kept(cast, browse):
    rows = "\n".join(f"n{number}@library.example" for number in range(501))

    page = browse(cast.bruno).post(f"{people_of(cast.lyon)}/invite-many", OFFER | {"rows": rows})

    assert page.status == 422
    assert "n500@library.example" in page.source


# ---- once more, taken back -------------------------------------------------------------------------------------------


def test_sending_again_makes_the_older_link_worthless(cast, browse):
    browse(cast.bruno).get(f"{people_of(cast.lyon)}/invite").submit(**OFFER, email="nina@library.example")
    invitation, old = db.session.scalar(select(Invitation)), db.session.scalar(select(Ticket)).token()

    browse(cast.bruno).post(f"/invitations/{invitation.id}/resend")

    new = db.session.scalar(select(Ticket).order_by(Ticket.id.desc())).token()
    assert browse().get(f"/invitation/{old}").status == 410
    assert browse().get(f"/invitation/{new}").status == 200


def test_a_withdrawn_invitation_opens_nothing_and_is_not_sent_again(cast, browse):
    browse(cast.bruno).get(f"{people_of(cast.lyon)}/invite").submit(**OFFER, email="nina@library.example")
    invitation, token = db.session.scalar(select(Invitation)), db.session.scalar(select(Ticket)).token()

    browse(cast.bruno).post(f"/invitations/{invitation.id}/withdraw")
    browse(cast.bruno).post(f"/invitations/{invitation.id}/resend")

    assert db.session.get(Invitation, invitation.id).status == "withdrawn"
    assert browse().get(f"/invitation/{token}").status == 410 and count(Letter) == 1


def test_all_open_ones_are_sent_again_at_once(cast, browse, later):
    for name in ("nina", "olga", "nina"):
        later(days=31 if name == "olga" else 0)
        if not db.session.scalar(select(Invitation).where(Invitation.email == f"{name}@library.example")):
            make.invitation(cast.lyon, email=f"{name}@library.example")

    browse(cast.bruno).post(f"{people_of(cast.lyon)}/resend")

    assert sorted(db.session.scalars(select(Letter.to_address))) == ["nina@library.example", "olga@library.example"]
