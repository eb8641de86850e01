"""The map of personal data: every column of every table, whose it is, on which basis, how long, and its end (P1).

"My data" and the closing of accounts are made from this map, so what is not on it fails a test and not a person.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, Table, delete, false, or_, select, update

from .db import db

WORK = "work in the network: GDPR Art. 6(1)(e), for partners that are no public bodies Art. 6(1)(f)"
CONSENT = WORK + "; shown to the network by consent: Art. 6(1)(a)"
LAW = "legal obligation: Art. 6(1)(c) with Art. 5(2)"
NONE = "no personal data"
KEPT = object()
"""A personal column that stays as it is when its person goes, because it no longer points to anybody."""


@dataclass(frozen=True)
class Kept:
    """One table: `personal` columns with what they become at erasure, `secret` ones (never handed out), and the `plain` rest.

    `whose` are columns with the member's number, `address` one with their e-mail address, `maker` one with the number of
    who made a row about somebody else. `goes` says that whole rows go at erasure.
    """

    plain: str
    title: LazyString | str = ""
    basis: str = NONE
    how_long: str = ""
    whose: str = ""
    address: str = ""
    maker: str = ""
    personal: dict[str, Any] = field(default_factory=dict)
    secret: dict[str, Any] = field(default_factory=dict)
    others: str = ""
    goes: bool = False

    @property
    def columns(self) -> set[str]:
        """Every column that is marked."""
        return {*self.plain.split(), *self.personal, *self.secret, *self.others.split()}


MAP: dict[str, Kept] = {
    "member": Kept(
        "id status closed_at version", _l("Account"), WORK, "while used; closed after 24 months without use, after a letter", whose="id",
        personal={"email": None, "name": "", "function": "", "language": "en", "reads": [], "writes": [], "translates_automatically": False,
                  "timezone": "Europe/Riga",
                  "themes": [], "notices": "never", "picture_id": None, "notice_version": "", "notice_read_at": None, "created_at": KEPT,
                  "seen_on": None, "warned_at": None, "unread_notices": 0},
        secret={"password_hash": "", "stamp": "", "totp_secret": "", "totp_last_step": 0}),
    "membership": Kept(
        "id version", _l("Membership of organisations"), WORK, "as long as the account", whose="member_id", goes=True,
        personal={"member_id": KEPT, "organisation_id": KEPT, "role": KEPT, "function": KEPT, "since": KEPT}),
    "recovery_code": Kept("id", "", WORK, "until used, renewed, or the account is closed", whose="member_id", goes=True,
                          secret={"member_id": KEPT, "digest": KEPT}),
    "sign_in": Kept(
        "id", _l("Open sessions"), WORK, "at most a working day", whose="member_id", goes=True,
        personal={"member_id": KEPT, "created_at": KEPT, "seen_at": KEPT, "fresh_at": KEPT, "device": KEPT, "place": KEPT},
        secret={"digest": KEPT}),
    "invitation": Kept(
        "id organisation_id role language status created_at sent_at expires_at ended_at", _l("Invitations"), WORK,
        "address, function and words for 90 days after it expired or was withdrawn", whose="accepted_by_id", address="email",
        maker="invited_by_id", personal={"email": "", "function": "", "words": "", "accepted_by_id": KEPT}, others="invited_by_id"),
    "letter": Kept(
        "id message_id kind language due_at locked_until attempts status batch last_error", _l("Letters"), WORK,
        "content for 7 days after delivery or the last try, the fact as long as the account", whose="member_id", address="to_address",
        goes=True, personal={"member_id": KEPT, "to_address": KEPT, "values": KEPT, "created_at": KEPT, "sent_at": KEPT}),
    "kept_form": Kept("", _l("Forms that were not sent"), WORK, "one day", whose="member_id", goes=True,
                      personal={"member_id": KEPT, "address": KEPT, "fields": KEPT, "at": KEPT}, secret={"key": KEPT}),
    "draft": Kept("", _l("Unfinished texts"), WORK, "30 days", whose="member_id", goes=True,
                  personal={"member_id": KEPT, "address": KEPT, "fields": KEPT, "at": KEPT}),
    "audit_entry": Kept(
        "id object_kind object_id organisation_id details", _l("What you did (audit trail)"), LAW,
        "24 months; entries about signing in 90 days", whose="member_id",
        personal={"member_id": KEPT, "at": KEPT, "action": KEPT, "client": KEPT}),
    "organisation_version": Kept("id organisation_id number changes", _l("Pages you changed"), LAW, "as long as the page",
                                 whose="member_id", personal={"member_id": KEPT, "at": KEPT}),
    "contact_person": Kept(
        "id organisation_id function languages themes is_coordinator is_deputy position appointed_on ends_on ended_at successor_id "
        "confirmed_on asked_at reminded_at emptied_at created_at changed_at version", _l("Contact person"), CONSENT,
        "while in post, the personal data 12 months longer", whose="member_id",
        personal={"name": "", "email": "", "phone": "", "visibility": {}, "consented_on": None, "member_id": None},
        others="delegated_by"),
    "import_draft": Kept("id filename created_at imported_at", _l("Table to import"), WORK, "one day", whose="member_id",
                         personal={"member_id": KEPT}, others="rows", goes=True),
    "notice": Kept("id kind address object_kind object_id values digested_at", _l("What you were told"), WORK,
                   "three months after it was read, a year at most; erased with the account",
                   whose="member_id", goes=True, personal={"member_id": KEPT, "at": KEPT, "read_at": KEPT}),
    "practice": Kept(
        "id organisation_id original_language status themes target_groups languages_used country city hides_city cost_band cost_rank "
        "hours_rank staff_hours group_size frequency_per_year started life licence is_public contact topic_id adoptions_count created_at "
        "changed_at submitted_at published_at hidden_reason number version", _l("Practices you wrote"), WORK,
        "as long as the network; after the account is closed under “former member”", whose="author_id", personal={"author_id": KEPT},
        others="editor_id"),
    "practice_text": Kept(
        "id practice_id language title summary need steps partners resources results evidence newcomers_part lessons transferability origin "
        "translates_number changed_at version", _l("Texts of practices you wrote or translated"), WORK, "as long as the practice",
        whose="changed_by_id", personal={"changed_by_id": KEPT}, others="translator_id reviewer_id"),
    "practice_version": Kept("id practice_id language number fields removed_at removed_reason", _l("Earlier versions you wrote"), WORK,
                             "as long as the network, unless the office removes them for their personal data",
                             whose="member_id", personal={"member_id": KEPT, "at": KEPT}, others="removed_by_id"),
    "section_comment": Kept("id practice_id section text settled_at", _l("Your comments on practices"), WORK, "as long as the practice",
                            whose="member_id", personal={"member_id": KEPT, "at": KEPT}),
    "translation_wish": Kept("practice_id language", _l("Translations you asked for"), WORK, "as long as the account", whose="member_id",
                             goes=True, personal={"member_id": KEPT, "at": KEPT}),
    "field_question": Kept("id practice_id field answer answered_at", _l("What you asked about practices"), WORK, "as long as the practice",
                           whose="asked_by_id", personal={"asked_by_id": KEPT, "asked_at": KEPT}, others="answered_by_id"),
    "adoption": Kept(
        "id practice_id organisation_id language changes cost result would_repeat hides_city asked_30_at asked_90_at changed_at is_shown "
        "hidden_reason version",
        _l("What you wrote about trying practices"), WORK, "as long as the practice", whose="member_id",
        personal={"member_id": KEPT, "at": KEPT}),
    "attachment": Kept(
        "id object_kind object_id kind file_id alternative credit licence has_consent",
        _l("Photos and files you added"), f"{WORK}; a photo of people by their consent: Art. 6(1)(a)",
        "as long as the network, unless somebody removes it; then under “former member”", whose="added_by_id",
        personal={"added_by_id": KEPT, "at": KEPT}),
    "topic": Kept(
        "id category language title organisation_id status themes links accepted_number last_number last_at pinned_until is_locked is_shown "
        "hidden_reason watched_at version", _l("Discussions you began"), WORK, "as long as the network; then under “former member”",
        whose="author_id", personal={"author_id": KEPT, "created_at": KEPT}, others="last_author_id"),
    "reply": Kept(
        "id topic_id number organisation_id language body html quotes thanks_count is_shown is_waiting hidden_reason edited_at version",
        _l("What you wrote in discussions"), WORK, "as long as the network; then under “former member”", whose="author_id",
        personal={"author_id": KEPT, "author_function": "", "created_at": KEPT}),
    "reply_version": Kept("id reply_id body at removed_at removed_reason", others="removed_by_id",
                          how_long="as long as the network, unless the office removes it for its personal data"),
    "thanks": Kept("reply_id", _l("What you thanked for"), WORK, "as long as the account", whose="member_id", goes=True,
                   personal={"member_id": KEPT, "at": KEPT}),
    "reply_translation": Kept("reply_id language title body html origin of_version at", _l("Replies you translated"), WORK, "as long as the reply",
                              whose="translator_id", personal={"translator_id": KEPT}),
    "machine_translation": Kept("key text at", how_long="90 days"),
    "read_mark": Kept("topic_id number", _l("How far you have read"), WORK, "as long as the account", whose="member_id", goes=True,
                      personal={"member_id": KEPT, "at": KEPT}),
    "follow": Kept("id kind key is_muted", _l("What you follow"), WORK, "as long as the account", whose="member_id", goes=True,
                   personal={"member_id": KEPT, "at": KEPT}),
    "report": Kept("id object_kind object_id status settled_at", _l("What you reported"), LAW, "as long as the network", whose="member_id",
                   personal={"reason": KEPT, "member_id": KEPT, "at": KEPT}, others="settled_by_id"),
    "report_note": Kept("id report_id text", _l("Your notes on reports"), LAW, "as long as the report", whose="member_id",
                        personal={"member_id": KEPT, "at": KEPT}),
    "resource": Kept(
        "id organisation_id language title description kind themes audiences level licence is_public status review_by reminded_for reviewed_at "
        "downloads created_at changed_at published_at version", _l("Resources you added"), WORK, "as long as the network; then without you",
        whose="author_id", personal={"author_id": KEPT}),
    "resource_version": Kept(
        "id resource_id language number follows file_id link change_note note_language", _l("Versions of resources you added"), WORK,
        "as long as the resource", whose="added_by_id", personal={"added_by_id": KEPT, "added_at": KEPT}),
    "resource_wish": Kept("resource_id language", _l("Resources you asked for in a language"), WORK, "as long as the account",
                          whose="member_id", goes=True, personal={"member_id": KEPT, "at": KEPT}),
    "resource_translator": Kept("resource_id language", _l("Resources you are translating"), WORK, "as long as the account",
                                whose="member_id", goes=True, personal={"member_id": KEPT, "at": KEPT}),
    "resource_use": Kept("resource_id object_kind object_id at"),
    "download_count": Kept("resource_id day language count"),
    "collection": Kept(
        "id organisation_id language title description is_public status created_at changed_at published_at version",
        _l("Collections you made"), WORK, "as long as the network; then without you", whose="author_id", personal={"author_id": KEPT}),
    "collection_item": Kept("collection_id resource_id place"),
    "reservation": Kept(
        "id venue_offer_id room_id organisation_id purpose starts_at ends_at people status answer answered_at version",
        _l("Rooms you asked for"), WORK, "two years after the event", whose="asked_by_id",
        personal={"asked_by_id": KEPT, "asked_at": KEPT, "words": ""}, others="answered_by_id"),
    "event": Kept(
        "id code uid sequence kind status title description programme organiser_id copied_from_id themes target_groups mode "
        "venue_offer_id reservation_id place city country online_url timezone starts_at ends_at languages interpretation accessibility "
        "fee_eur audience audience_kinds audience_roles capacity reserved_seats waiting_limit partnership_seats partnership_until "
        "needs_approval changes_need_approval offer_hours registration_opens registration_closes cancel_until answers_until "
        "last_arrived show_participants access_code gives_certificate min_attendance_percent announced cancelled_reason cancelled_at "
        "published_at anonymised_at needs_deleted_at is_demonstration changed_at version",
        _l("Events you prepared"), WORK, "as long as the network", whose="created_by_id",
        personal={"created_by_id": KEPT, "created_at": KEPT}),
    "session": Kept("id event_id title starts_at ends_at hours room"),
    "question": Kept("id event_id position kind label help options is_required shown_if_question_id shown_if_values version"),
    "material": Kept("id event_id kind language title link file_id is_for_all visible_from", _l("Materials of events you added"),
                     WORK, "as long as the event", whose="added_by_id", personal={"added_by_id": KEPT, "at": KEPT}),
    "registration": Kept(
        "id event_id status arrived organisation_id partnership_id replaces_id is_nominated rank is_substitute employer_consent "
        "offered_at offer_ends_at is_to_review answers_until feedback_waived asked_30_at asked_90_at anonymised_at version",
        _l("Registrations for events"), WORK, "two years after the event, access needs until its end", whose="member_id",
        address="guest_email", personal={
            "member_id": KEPT, "guest_name": "", "guest_email": "", "guest_organisation": "", "language": "", "created_at": KEPT,
            "changed_at": KEPT, "access_needs": "", "languages": [], "shows_name": False, "note": ""},
        secret={"search_text": ""}, others="registered_by_id prepared reason"),
    "answer": Kept("registration_id question_id", how_long="two years after the event", others="value"),
    "registration_entry": Kept("id registration_id action details", _l("What you did with registrations"), WORK, "two years after the event",
                               whose="by_id", personal={"by_id": KEPT, "at": KEPT}),
    "held_letter": Kept("id event_id states subject body status sent_at sent_count version", _l("Letters to participants you prepared"), WORK,
                        "two years after the event", whose="written_by_id", personal={"written_by_id": KEPT, "created_at": KEPT}),
    "export": Kept("id event_id format status done total file_id", _l("Lists of participants you asked for"), WORK, "one day", whose="member_id",
                   goes=True, personal={"member_id": KEPT, "asked": KEPT, "at": KEPT, "begun_at": KEPT}),
    "attendance": Kept("registration_id session_id at how", how_long="two years after the event", others="checked_in_by_id"),
    "certificate": Kept("id event_id registration_id language hours issued_again_at", _l("Certificates"), WORK,
                        "two years after the event; then only its number can be checked", whose="member_id",
                        personal={"member_id": None, "name": "", "number": KEPT, "issued_at": KEPT, "is_name_public": False}),
    "feedback": Kept("key event_id answers day"),
    "feedback_given": Kept("registration_id"),
    "calendar_feed": Kept("id", _l("Addresses of your calendars"), WORK, "until renewed or the account is closed", whose="member_id", goes=True,
                          personal={"member_id": KEPT, "kind": KEPT, "renewed_at": KEPT}, secret={"nonce": KEPT}),
    "reminder": Kept("event_id kind at"),
    "ticket": Kept("id purpose created_at expires_at used_at", "", WORK, "30 days after they end; deleted with the account",
                   personal={"subject_id": KEPT, "extra": KEPT}, secret={"nonce": KEPT}),
    "attempt": Kept("id scope at", "", WORK, "one day, under a keyed hash", secret={"whose": KEPT}),
    "submission": Kept("nonce at location", how_long="one day"),
    "organisation": Kept(
        "id code kind programme_role status name names parent_id path country region city latitude longitude timezone email phone website "
        "languages themes description accessibility newcomer_hours seeks_partner seeks_partner_for seeks_partner_since confirmed_on "
        "created_at changed_at version is_demonstration note search_text sort_lv sort_en sort_ru sort_uk"),
    "organisation_theme": Kept("theme organisation_id"),
    "topic_link": Kept("kind object_id topic_id"),
    "organisation_language": Kept("language organisation_id"),
    "venue_offer": Kept("id organisation_id name address conditions accessibility created_at changed_at withdrawn_at version"),
    "room": Kept("id venue_offer_id name capacity equipment"),
    "stored_blob": Kept("digest size at claims"),
    "stored_file": Kept(
        "id digest preview_digest size media_type kind name organisation_id scan text_state tries locked_until pages width height",
        _l("Files you added"), WORK, "as long as what they belong to", whose="added_by_id",
        personal={"added_by_id": KEPT, "added_at": KEPT}),
    "stored_file_text": Kept("file_id text read_at"),
    "search_document": Kept("id kind object_id language place title body country audience organisation_id at title_keys body_keys",
                            personal={"owner_id": KEPT}),
    "search_word": Kept("word is_doubtful"),
    "search_gram": Kept("gram word"),
    "fact": Kept("name value"),
    "heartbeat": Kept("id at"),
    "chore": Kept("name begun_at"),
}


def kept_on(member_id: int, address: str) -> Iterator[tuple[str, str, list[dict[str, Any]]]]:
    """Everything kept on a member, as (table, title, rows); rows hold nothing secret and nothing of other people (P3)."""
    for name, kept in MAP.items():
        if not kept.title:
            continue
        table = db.metadata.tables[name]
        yield name, str(kept.title), _rows(table, [*kept.personal, *kept.plain.split()], _mine(table, kept, member_id, address))
        if kept.maker:
            yield f"{name}_sent", str(_l("Invitations you sent")), _rows(
                table, ["words", *kept.plain.split()], table.c[kept.maker] == member_id)


def _rows(table: Table, names: list[str], condition: ColumnElement[bool]) -> list[dict[str, Any]]:
    wanted = [column for column in table.columns if column.name in names]
    return [dict(row) for row in db.session.execute(select(*wanted).where(condition).order_by(*table.primary_key)).mappings()]


def _mine(table: Table, kept: Kept, member_id: int, address: str) -> ColumnElement[bool]:
    by_number = table.c[kept.whose] == member_id if kept.whose else false()
    return or_(by_number, table.c[kept.address] == address) if kept.address and address else by_number


def erase(member_id: int, address: str) -> None:
    """Do what the map says of a member who goes, inside write_tx(): rows go, or their columns are emptied (P4)."""
    for table in reversed(db.metadata.sorted_tables):
        kept = MAP[table.name]
        emptied = {name: value for name, value in (kept.personal | kept.secret).items() if value is not KEPT}
        mine = _mine(table, kept, member_id, address)
        if kept.goes:
            db.session.execute(delete(table).where(mine))
        elif emptied and (kept.whose or kept.address):
            db.session.execute(update(table).where(mine).values(emptied))
