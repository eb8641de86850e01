"""What the exchange does once a day."""

from __future__ import annotations

from collections.abc import Callable

from ..notices.models import Notice  # noqa: F401  (every table is known to the worker)
from . import models  # noqa: F401

DAILY: dict[str, Callable[[], int]] = {}
"""Name of a chore → what does it and returns how many rows it touched."""
