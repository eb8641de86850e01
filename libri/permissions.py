"""Every "may they?" of the network on one page: class Can answers, require() insists, @public opens a view to guests."""

from __future__ import annotations

from dataclasses import dataclass, field

from flask import abort


def public(view):
    """Mark a view as open to people who have not signed in; every other view asks them to sign in first."""
    view.is_public = True
    return view


def require(allowed: bool) -> None:
    """Go on if `allowed`; else answer 403, which the audit trail records."""
    if not allowed:
        abort(403)


@dataclass(frozen=True)
class Can:
    """What one person may do (product.md, people; assurance.md, S34). A rule is handed its object and touches no database.

    `leads` and `belongs` are ids of organisations; a coordinator's rights reach every organisation below (its `path`).
    """

    member_id: int | None = None
    is_office: bool = False
    leads: frozenset[int] = field(default_factory=frozenset)
    belongs: frozenset[int] = field(default_factory=frozenset)

    # -- the network
    def read_network(self) -> bool:
        return self.member_id is not None

    def enter_office(self) -> bool:
        return self.is_office

    # -- organisations
    def lead(self, organisation) -> bool:
        """Coordinates this organisation or one above it."""
        return bool(self.leads.intersection(organisation.lineage))

    def see_organisation(self, organisation) -> bool:
        return self.member_id is not None and (
            organisation.status == "active" or self.edit_organisation(organisation) or organisation.id in self.belongs)

    def edit_organisation(self, organisation) -> bool:
        return self.is_office or self.lead(organisation)

    def govern_organisation(self, organisation) -> bool:
        """Change what only the network decides: state, parent, programme role."""
        return self.is_office

    def create_organisation(self) -> bool:
        return self.is_office

    def import_organisations(self) -> bool:
        return self.is_office

    # -- people of an organisation
    def see_people(self, organisation) -> bool:
        return self.edit_organisation(organisation)

    def invite_into(self, organisation) -> bool:
        """Coordinators invite into their organisation and those below; only the office into any (issue, members)."""
        return self.is_office or (self.lead(organisation) and organisation.kind != "coordinator")

    def change_membership(self, membership) -> bool:
        """Nobody but the office changes their own, and only the office makes the office (S39)."""
        return self.is_office or (self.invite_into(membership.organisation) and membership.member_id != self.member_id)

    def leave(self, membership) -> bool:
        return membership.member_id == self.member_id

    # -- contact persons and venues
    def see_contact_field(self, contact, name: str) -> bool:
        """A personal field shown to the network, or to the office and the organisation's coordinators (D5)."""
        if self.member_id is None:
            return False
        return contact.visibility_of(name) == "network" or self.edit_contact(contact)

    def edit_contact(self, contact) -> bool:
        """Coordinators the entries of their organisations; a person with an account their own (P6)."""
        return self.confirm_contact(contact)

    def confirm_contact(self, contact) -> bool:
        return self.edit_organisation(contact.organisation) or (
            self.member_id is not None and contact.member_id == self.member_id)

    def export_directory(self) -> bool:
        return self.member_id is not None

    # -- practices
    def write_practice_of(self, organisation) -> bool:
        """Members write practices of their own organisations, coordinators also of those below (product.md, people)."""
        return self.is_office or self.lead(organisation) or organisation.id in self.belongs

    def see_practice(self, practice) -> bool:
        """A published one: members all, guests what is public; before that its organisation, its editor and the office."""
        if practice.status == "published":
            return self.member_id is not None or not practice.is_members_only
        return self.edit_practice(practice) or self.review_practice(practice)

    def edit_practice(self, practice) -> bool:
        return self.member_id is not None and (practice.author_id == self.member_id or self.write_practice_of(practice.organisation))

    def review_practice(self, practice) -> bool:
        """The office, or the editor it named."""
        return self.is_office or (self.member_id is not None and practice.editor_id == self.member_id)

    def decide_practice(self, practice) -> bool:
        """Publish it or ask for changes: a reviewer who is not its author, so that nobody publishes a text of their own alone."""
        return self.review_practice(practice) and practice.author_id != self.member_id

    def name_editor(self, practice) -> bool:
        return self.is_office

    def archive_practice(self, practice) -> bool:
        return practice.status == "published" and self.edit_practice(practice)

    def translate_practice(self, practice) -> bool:
        return self.member_id is not None and practice.status == "published"

    def translate_into(self, practice, language: str, member) -> bool:
        """Into a language they say they write (N35)."""
        return self.translate_practice(practice) and language in member.writes

    def see_adoption(self, adoption) -> bool:
        """A hidden one is for its organisation and the office."""
        return self.member_id is not None and (adoption.is_shown or self.edit_adoption(adoption))

    def edit_adoption(self, adoption) -> bool:
        return self.write_practice_of(adoption.organisation)

    # -- resources and collections
    def write_resource_of(self, organisation) -> bool:
        """Members add resources of their own organisations, coordinators also of those below."""
        return self.is_office or self.lead(organisation) or organisation.id in self.belongs

    def see_resource(self, resource) -> bool:
        """A published resource or collection: members all, guests what is public; before that only its organisation and the office (R2)."""
        if resource.status == "published" and (self.member_id is not None or not resource.is_members_only):
            return True
        return self.edit_resource(resource)

    def edit_resource(self, resource) -> bool:
        return self.member_id is not None and self.write_resource_of(resource.organisation)

    def translate_resource(self, resource) -> bool:
        """Ask for a language, or say that one translates into it (N20)."""
        return self.member_id is not None and resource.status == "published"

    # -- discussions
    def see_topic(self, topic) -> bool:
        """Hidden topics, and those that wait for the moderators, are for their author and the office."""
        return self.member_id is not None and (topic.is_shown or topic.author_id == self.member_id or self.moderate())

    def see_reply(self, reply) -> bool:
        """The text of a hidden or waiting reply is for its author and the office."""
        return self.member_id is not None and (
            (reply.is_shown and not reply.is_waiting) or reply.author_id == self.member_id or self.moderate())

    def write_in(self, topic) -> bool:
        return self.member_id is not None and (topic.takes_replies or self.moderate())

    def edit_reply(self, reply) -> bool:
        return self.member_id is not None and (reply.author_id == self.member_id or self.is_office)

    def accept_answer(self, topic) -> bool:
        return self.member_id is not None and topic.category == "question" and (topic.author_id == self.member_id or self.is_office)

    def moderate(self) -> bool:
        return self.is_office

    # -- trainings
    def create_event_of(self, organisation) -> bool:
        """The office, and coordinators for their organisations and those below (product.md, people)."""
        return self.is_office or self.lead(organisation)

    def manage_event(self, event) -> bool:
        """The organiser: the office, and coordinators of the organising organisation and of those above it."""
        return self.create_event_of(event.organiser)

    def see_event(self, event) -> bool:
        """A draft is for its organiser; members see every other event, guests those that are open to anyone."""
        if event.status == "draft":
            return self.manage_event(event)
        return self.member_id is not None or event.audience == "public"

    def register_others(self) -> bool:
        """Coordinators register, nominate and replace the people of their organisations (E12, N14)."""
        return bool(self.leads)

    def see_registration(self, registration) -> bool:
        """The person, the organiser, and who coordinates the organisation they come from."""
        return self.own_registration(registration) or self.manage_event(registration.event) or self.lead_registration(registration)

    def own_registration(self, registration) -> bool:
        return self.member_id is not None and registration.member_id == self.member_id

    def lead_registration(self, registration) -> bool:
        return registration.organisation is not None and self.lead(registration.organisation)

    def answer_offer(self, registration) -> bool:
        """The person, or their coordinator for them."""
        return self.own_registration(registration) or self.lead_registration(registration)

    def read_answers(self, registration) -> bool:
        """What somebody answered, and what they need to take part: themselves and the organiser (product.md, trainings)."""
        return self.own_registration(registration) or self.manage_event(registration.event)

    def answer_reservation(self, venue_offer) -> bool:
        """Who offers a venue says whether an event may have it."""
        return self.edit_organisation(venue_offer.organisation)

    # -- members
    def see_member(self, member) -> bool:
        return self.member_id is not None and member.status == "active"

    def see_member_address(self, member) -> bool:
        """The e-mail address of a member: themselves, the office, coordinators of one of their organisations."""
        return self.is_office or member.id == self.member_id or any(self.lead(place.organisation) for place in member.memberships)

    def disable_member(self, member) -> bool:
        return self.is_office and member.id != self.member_id


NOBODY = Can()
"""Someone who has not signed in: every rule says no."""
