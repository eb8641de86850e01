"""What two people typed into the same form, field by field, for the page that says somebody else was faster."""

from __future__ import annotations

from flask_babel import gettext as _

NOT_TYPED = ("csrf_token", "once", "version", "rows")


def rows(form, saved) -> list[dict]:
    """The fields in which a saved thing differs from what was typed; `saved` is the same form with what is saved."""
    found = []
    for field in form:
        if field.name in NOT_TYPED or field.type == "HiddenField":
            continue
        theirs, mine = in_words(saved[field.name]) if field.name in saved else "", in_words(field)
        if theirs != mine:
            found.append({"label": field.label.text, "theirs": theirs, "mine": mine or "–", "lang": (field.render_kw or {}).get("lang")})
    return found


def in_words(field) -> str:
    """What stands in a field of a form, as a person would say it."""
    if hasattr(field, "iter_choices"):
        return ", ".join(str(label) for _value, label, chosen, *_rest in field.iter_choices() if chosen)
    if isinstance(field.data, bool):
        return _("Yes") if field.data else _("No")
    return str(field._value()) if field.data is not None else ""
