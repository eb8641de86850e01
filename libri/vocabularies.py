"""The controlled words of the network: codes, and their labels in the reader's language (sample/vocabularies.json)."""

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext as _pl

ORGANISATION_KINDS = {
    "coordinator": _l("National coordinating body"),
    "municipality": _l("Municipality"),
    "city": _l("City"),
    "public_library": _l("Public library"),
    "integration_institution": _l("Integration institution"),
    "cultural_association": _l("Cultural association"),
    "other_stakeholder": _l("Other stakeholder"),
}
PROGRAMME_ROLES = {
    "coordinator": _pl("programme role", "Coordinator"),
    "partner": _l("Programme partner in Latvia"),
    "partner_city": _l("European partner city"),
    "network": _l("Network member"),
}
THEMES = {
    "language_learning": _l("Language learning"),
    "reading_collections": _l("Reading and collections"),
    "digital_skills": _l("Digital skills"),
    "children_families": _l("Children and families"),
    "youth": _l("Young people"),
    "employment": _l("Work and skills"),
    "civic_orientation": _l("Life in the new country"),
    "health_wellbeing": _l("Health and wellbeing"),
    "intercultural_dialogue": _l("Intercultural dialogue"),
    "volunteering": _l("Volunteering"),
    "staff_training": _l("Staff training"),
    "partnerships_governance": _l("Partnerships and governance"),
    "spaces_accessibility": _l("Spaces and accessibility"),
}
EQUIPMENT = {
    "projector": _l("Projector"),
    "video_conference": _l("Video conferencing"),
    "hearing_loop": _l("Hearing loop"),
    "wheelchair_access": _l("Step-free access"),
    "children_corner": _l("Children’s corner"),
}
ORGANISATION_STATES = {
    "draft": _pl("organisation", "Draft"),
    "active": _pl("organisation", "Active"),
    "suspended": _pl("organisation", "Suspended"),
    "archived": _pl("organisation", "Archived"),
}
ROLES = {"coordinator": _pl("membership role", "Coordinator"), "member": _pl("membership role", "Member")}
INVITATION_STATES = {
    "invited": _pl("invitation", "Invited"),
    "accepted": _pl("invitation", "Accepted"),
    "expired": _pl("invitation", "Expired"),
    "withdrawn": _pl("invitation", "Withdrawn"),
}
NOTICE_CHOICES = {"at_once": _l("At once"), "weekly": _l("A weekly digest"), "never": _l("Never")}
VISIBILITIES = {"network": _l("Everyone in the network"), "office": _l("Only the office and our coordinators")}
WRITTEN_LANGUAGES = ("lv", "en", "ru", "uk", "pl", "fr", "it", "ro", "de", "lt", "et", "ar", "es", "be", "ka", "tr", "zh")
"""Languages people of the network read, write or serve in (ISO 639-1), in the order they are offered."""
COUNTRIES = ("LV", "FR", "IT", "PL", "RO", "AT", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "GB", "GR", "HR",
             "HU", "IE", "IS", "LI", "LT", "LU", "MD", "MT", "NL", "NO", "PT", "SE", "SI", "SK", "UA")
"""Countries an organisation may stand in (ISO 3166-1 alpha-2): the five of the project first."""
