"""The controlled words of the exchange: codes and their labels (sample/vocabularies.json)."""

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext as _pl

TARGET_GROUPS = {
    "newcomers_adults": _l("Adult newcomers"),
    "families_children": _l("Families with children"),
    "youth": _l("Young people"),
    "women": _l("Women"),
    "seniors": _l("Older people"),
    "temporary_protection": _l("People under temporary protection"),
    "international_protection": _l("Applicants for and beneficiaries of international protection"),
    "students_workers": _l("Foreign students and workers"),
    "host_community": _l("Local residents"),
    "library_staff": _l("Library staff"),
    "municipal_staff": _l("Municipal staff"),
}
COST_BANDS = {
    "none": _l("No extra cost"),
    "low": _l("Under 500 EUR"),
    "medium": _l("500–3,000 EUR"),
    "high": _l("3,000–10,000 EUR"),
    "very_high": _l("Over 10,000 EUR"),
}
PRACTICE_STATES = {
    "draft": _pl("practice", "Draft"),
    "submitted": _pl("practice", "Submitted for review"),
    "changes_requested": _pl("practice", "Changes requested"),
    "published": _pl("practice", "Published"),
    "archived": _pl("practice", "Archived"),
}
STATES_OF_LIFE = {
    "pilot": _l("Pilot"),
    "running": _l("Running"),
    "regular": _l("Regular service"),
    "ended": _l("Ended"),
    "did_not_work": _l("Did not work"),
}
LICENCES = {
    "CC-BY-4.0": _l("Creative Commons Attribution 4.0"),
    "CC-BY-SA-4.0": _l("Creative Commons Attribution-ShareAlike 4.0"),
    "CC0-1.0": _l("Public domain (CC0)"),
    "network-internal": _l("For network members only"),
}
ORIGINS = {
    "original": _pl("text", "Original"),
    "human": _pl("text", "Translated by a person"),
    "machine": _pl("text", "Translated by machine"),
    "reviewed": _pl("text", "Machine translation, checked by a person"),
}
WOULD_REPEAT = {
    "yes": _pl("would repeat", "Yes"),
    "with_changes": _pl("would repeat", "Yes, with changes"),
    "no": _pl("would repeat", "No"),
    "too_early": _pl("would repeat", "Too early to say"),
}
CATEGORIES = {
    "question": _l("Question"),
    "experience": _l("Experience"),
    "idea": _l("Idea"),
    "partner_search": _l("Looking for partners"),
    "announcement": _l("Announcement"),
}
TOPIC_STATES = {"open": _pl("topic", "Open"), "answered": _pl("topic", "Answered"), "closed": _pl("topic", "Closed")}
SECTIONS = {
    "title": _l("Title"),
    "summary": _l("Summary"),
    "need": _l("What was the need?"),
    "steps": _l("What we did, step by step"),
    "partners": _l("Partners"),
    "resources": _l("People, time and money"),
    "results": _l("Results"),
    "evidence": _l("How do you know?"),
    "newcomers_part": _l("The newcomers’ part in it"),
    "lessons": _l("What we learned"),
    "transferability": _l("How others can do it"),
}
