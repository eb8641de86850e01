"""What happens in a network that is used: the sample network has no telling, question, report or notice of its own."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from libri.db import db, now
from libri.directory.models import VenueOffer
from libri.exchange.models import ReplyVersion, TranslationWish
from libri.members.models import Member, Organisation
from libri.resources.models import ResourceTranslator, ResourceWish

from .. import make


def furnish() -> None:
    """Let Karla of Ogre write a practice and a question, and others answer, try, ask, report and remark."""
    karla, anna, dina = (_member(name) for name in ("karla", "anna", "dina"))
    ogre, cesis = (_place(code) for code in ("org-lv-mun-ogre", "org-lv-lib-cesis"))
    practice = make.practice(ogre, karla, text={"title": "Talking at four tables", "evidence": ""})
    make.translation(practice, "lv", translator_id=anna.id)
    make.photo(practice, added_by_id=karla.id)
    make.photo(practice, added_by_id=karla.id, kind="file", stored=make.stored("plan.pdf"))
    make.adoption(practice, cesis, result="Eleven people came back.", would_repeat="with_changes")
    make.adoption(make.practice(cesis, text={"title": "Reading aloud together"}), ogre, member_id=karla.id)
    make.question(practice, "partners", asked_by_id=anna.id)
    make.remark(practice, dina)
    make.words_about(practice, "We would like to try it.", anna)
    db.session.add(TranslationWish(practice_id=practice.id, language="uk", member_id=anna.id))
    make.report(practice, anna)
    _talk(karla, anna, dina)
    _train(ogre, karla, anna)
    _share(ogre, karla, anna)
    db.session.commit()


def _train(ogre: Organisation, karla: Member, anna: Member) -> None:
    """An event of Ogre that is coming, with everything an organiser can do, and one that is over."""
    event = make.event(ogre, title={"en": "Plain language in Ogre"}, description={"en": "Bring a text of your own."}, created_by_id=karla.id,
                       capacity=9, needs_approval=True, show_participants="consented", gives_certificate=True)
    lunch = make.question_of(event, "choice", "What do you eat?", options=["soup", "salad"])
    make.question_of(event, "text", "Which soup?", shown_if_question_id=lunch.id, shown_if_values=["soup"])
    make.material(event)
    make.reservation(event, db.session.scalars(select(VenueOffer).order_by(VenueOffer.id)).first(), words="From noon, please.")
    make.registration(event, karla, languages=["lv"], access_needs="A lift", note="Opens the door")
    make.registration(event, anna, "requested")
    make.held_letter(event)
    make.export(event, karla, total=9)
    over = make.event(ogre, title={"en": "Easy reading"}, starts_at=now() - timedelta(days=40), gives_certificate=True)
    make.certificate(make.came(over, karla))


def _share(ogre: Organisation, karla: Member, anna: Member) -> None:
    """A private list of words that lacks something, a guide past its day that somebody asks for and translates, and a set of both."""
    words = make.resource(ogre, "Words for the first week", status="private", audiences=[],
                          file=make.stored("words.csv", "Vārds;Слово\r\ngalds;стол\r\n".encode(), organisation_id=ogre.id))
    guide = make.resource(ogre, "Words for the first week at school", author_id=karla.id, review_by=now().date().replace(year=2025), level="A2")
    make.edition(guide, "lv", added_by_id=anna.id)
    make.edition(guide, "en", change_note="Two words added", note_language="en")
    db.session.add(ResourceWish(resource_id=guide.id, language="uk", member_id=anna.id))
    db.session.add(ResourceTranslator(resource_id=guide.id, language="lv", member_id=karla.id))
    make.collection(ogre, words, guide, status="private")
    make.collection(ogre, guide)


def _talk(karla: Member, anna: Member, dina: Member) -> None:
    topic = make.topic(karla, "How do you find helpers?", "We have **four** tables.\n\n- one\n- two", themes=["language_learning"])
    answer, hidden = make.reply(topic, anna, "> four\n\nAsk at the school."), make.reply(topic, karla, "Call me.", quotes=1)
    hidden.is_shown, hidden.hidden_reason = False, "It named a reader."
    answer.thanks_count, answer.edited_at = 1, now()
    topic.accept(1)
    db.session.add(ReplyVersion(reply_id=answer.id, body="Ask anybody.", at=now()))
    make.report(answer, karla)
    make.follow(karla, topic)
    for reader in (karla, dina):
        make.notice(reader, topic, values={"title": topic.title, "language": "en", "by": anna.id})
        make.notice(reader, hidden, "text.hidden", values={"title": topic.title, "language": "en", "reason": "It named a reader."}, read_at=now())


def _member(name: str) -> Member:
    return db.session.scalars(select(Member).where(Member.email == f"{name}@paraugs.example")).one()


def _place(code: str) -> Organisation:
    return db.session.scalars(select(Organisation).where(Organisation.code == code)).one()
