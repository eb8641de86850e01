"""Answers to choose from, the way WTForms wants them."""

from __future__ import annotations

from collections.abc import Iterable

from wtforms.fields.choices import SelectChoice


def offered(pairs: Iterable[tuple[str, object]], group: str | None = None) -> list[SelectChoice]:
    """Choices from (code, label), under the heading `group` if there is one."""
    return [SelectChoice(value=value, label=label, optgroup=group) for value, label in pairs]  # type: ignore[arg-type]
