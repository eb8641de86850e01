"""The words the office's pages have for codes: kinds of letters, states, deeds of the audit trail."""

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext as _pl

MEMBER_STATES = {"active": _pl("member", "Active"), "disabled": _pl("member", "Disabled"), "closed": _pl("member", "Closed")}
LETTER_STATES = {"waiting": _pl("letter", "Waiting"), "sent": _pl("letter", "Sent"), "failed": _pl("letter", "Failed")}
LETTER_KINDS = {
    "invitation": _l("Invitation"),
    "sign_in_link": _l("Link to sign in"),
    "new_password": _l("Link to a new password"),
    "password_changed": _l("Password changed"),
    "confirm_address": _l("New address to confirm"),
    "address_changed": _l("Address changed"),
    "second_factor_changed": _l("Second factor changed"),
    "account_closed": _l("Account closed"),
    "contact_listed": _l("Listed as contact person"),
    "contact_changed": _l("Contact entry changed"),
    "confirm_contact": _l("Contact entry to confirm"),
}
ACTIONS = {
    "account.downloaded": _l("Own data downloaded"),
    "address.asked": _l("New address asked for"),
    "address.changed": _l("Address changed"),
    "audit.exported": _l("Audit trail exported"),
    "contact.emptied": _l("Contact person: personal data removed"),
    "invitation.sent": _l("Invitation sent"),
    "letter.retried": _l("Letter sent again"),
    "member.closed": _l("Account closed"),
    "member.disabled": _l("Account disabled"),
    "member.enabled": _l("Account enabled"),
    "membership.ended": _l("Membership ended"),
    "notice.read": _l("Privacy notice read"),
    "organisation.changed": _l("Organisation changed"),
    "organisation.confirmed": _l("Organisation confirmed"),
    "organisation.created": _l("Organisation created"),
    "password.changed": _l("Password changed"),
    "password.reset": _l("Password reset"),
    "recovery_codes.new": _l("New recovery codes"),
    "refused": _l("Access refused"),
    "second_factor.off": _l("Second factor removed"),
    "second_factor.on": _l("Second factor set up"),
    "session.ended": _l("Session ended"),
    "sessions.ended": _l("All sessions ended"),
    "sign_in": _l("Signed in"),
    "sign_in.code_refused": _l("Sign-in code refused"),
    "sign_in.refused": _l("Sign-in refused"),
    "sign_out": _l("Signed out"),
}
"""What was done; a code that has no words here is shown as it is."""
