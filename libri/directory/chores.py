"""What the worker does for the directory once a day: asks contact persons, empties ended appointments."""

from __future__ import annotations

from collections.abc import Callable

DAILY: dict[str, Callable[[], int]] = {}
