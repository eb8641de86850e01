"""The network's glossary of legal and everyday terms about people, for those who translate (N8)."""

from __future__ import annotations

LANGUAGES = ("lv", "en", "ru", "uk")
TERMS = (
    ("trešo valstu valstspiederīgie", "third-country nationals", "граждане третьих стран", "громадяни третіх країн"),
    ("starptautiskā aizsardzība", "international protection", "международная защита", "міжнародний захист"),
    ("pagaidu aizsardzība", "temporary protection", "временная защита", "тимчасовий захист"),
    ("Ukrainas civiliedzīvotāji", "Ukrainian civilians", "гражданские жители Украины", "цивільні жителі України"),
    ("cilvēki ar migrācijas pieredzi", "people with experience of migration", "люди с опытом миграции", "люди з досвідом міграції"),
    ("iebraucēji", "newcomers", "недавно приехавшие", "новоприбулі"),
    ("vietējie iedzīvotāji", "local residents", "местные жители", "місцеві мешканці"),
    ("integrācija", "integration", "интеграция", "інтеграція"),
    ("iekļaušana", "inclusion", "инклюзия", "інклюзія"),
)
"""One term a line, in the order of LANGUAGES; the words are those of the network's glossary."""


def beside(original: str, language: str) -> tuple[str, list[tuple[str, str]]]:
    """The language of the left words, and pairs of a term there and in `language`; English stands for a language without terms."""
    if language not in LANGUAGES:
        return original, []
    known = original if original in LANGUAGES else "en" if language != "en" else "lv"
    left, right = LANGUAGES.index(known), LANGUAGES.index(language)
    return known, [(term[left], term[right]) for term in TERMS]
