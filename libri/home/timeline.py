"""The timeline of the project: content in four languages, with dates no more exact than they are known."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from markupsafe import Markup

from .. import i18n
from ..i18n import Localized


@dataclass(frozen=True)
class Milestone:
    """One step: from when to when ("2024", "2024-06" or "2024-12-20"), a title and details in four languages."""

    start: str
    end: str
    title: Localized
    details: tuple[Localized, ...]
    is_ongoing: bool

    @property
    def when(self) -> Markup | str:
        """The dates in words, as exact as they are given: `June 2024 – October 2024`."""
        return _said(self.start) if self.start == self.end else Markup("{} – {}").format(_said(self.start), _said(self.end))


@cache
def milestones() -> tuple[Milestone, ...]:
    """All steps in their order, what goes on all the time last."""
    rows = json.loads(Path(__file__).with_name("timeline.json").read_text("utf-8"))["milestones"]
    steps = [Milestone(row["start"], row["end"], Localized(row["title"]), tuple(map(Localized, row["details"])), row["kind"] == "ongoing")
             for row in sorted(rows, key=lambda row: row["order"])]
    return tuple(sorted(steps, key=lambda step: step.is_ongoing))


def _said(day: str) -> Markup | str:
    parts = [int(part) for part in day.split("-")]
    return i18n.date(date(*parts)) if len(parts) == 3 else i18n.month(*parts)
