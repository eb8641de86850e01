"""The controlled words of the resources: codes and their labels (sample/vocabularies.json; N23)."""

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext as _pl

KINDS = {
    "guide": _pl("kind of resource", "Guide"),
    "template": _pl("kind of resource", "Template"),
    "toolkit": _pl("kind of resource", "Toolkit"),
    "report": _pl("kind of resource", "Report"),
    "presentation": _pl("kind of resource", "Presentation"),
    "checklist": _pl("kind of resource", "Checklist"),
    "worksheet": _pl("kind of resource", "Worksheet"),
    "legal_act": _pl("kind of resource", "Legal act"),
    "recording": _pl("kind of resource", "Recording"),
}
AUDIENCES = {
    "staff": _l("Library staff"),
    "partners": _l("Municipalities and partners"),
    "newcomers": _l("Newcomers"),
    "residents": _l("Local residents"),
}
LEVELS = {
    "A1": _l("A1 – single words and short phrases"),
    "A2": _l("A2 – simple everyday sentences"),
    "B1": _l("B1 – plain language"),
    "B2": _l("B2 – longer texts"),
    "C1": _l("C1 – specialist texts"),
}
"""How well one must read the language (N23), by the Common European Framework."""
LICENCES = {
    "CC-BY-4.0": _l("Creative Commons Attribution 4.0"),
    "CC-BY-SA-4.0": _l("Creative Commons Attribution-ShareAlike 4.0"),
    "CC0-1.0": _l("Public domain (CC0)"),
    "network-internal": _l("For network members only"),
    "publisher-terms": _l("See the publisher’s terms"),
}
LICENCE_PAGES = {
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
}
STATES = {"private": _pl("resource", "Private"), "published": _pl("resource", "Published")}
FORMATS = {
    "link": _pl("kind of file", "Link"),
    "picture": _pl("kind of file", "Picture"),
    "document": _pl("kind of file", "Document"),
    "slides": _pl("kind of file", "Slides"),
    "table": _pl("kind of file", "Table"),
    "text": _pl("kind of file", "Text"),
    "audio": _pl("kind of file", "Sound"),
    "video": _pl("kind of file", "Video"),
    "archive": _pl("kind of file", "ZIP archive"),
}
"""What a resource comes as."""
