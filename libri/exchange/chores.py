"""What the exchange does once a day."""

from __future__ import annotations

from collections.abc import Callable

from .. import machine
from ..db import db, write_tx
from ..notices.models import Notice  # noqa: F401  (every table is known to the worker)
from . import adopting, models, watching  # noqa: F401
from .models import Adoption
from .queries import adoptions as adopted
from .queries import practices


def ask_adopters() -> int:
    """Ask those who tried a practice 30 and 90 days ago what came of it, until a result stands (N6); return how many people were asked."""
    numbers = list(db.session.scalars(adopted.to_ask().with_only_columns(Adoption.id)))
    return sum(_ask_one(number) for number in numbers)


def _ask_one(adoption_id: int) -> int:
    with write_tx() as session:
        adoption = session.scalar(adopted.to_ask().where(Adoption.id == adoption_id).with_for_update(of=Adoption))
        if adoption is None:
            return 0
        practice = session.scalars(practices.one(adoption.practice_id)).one()
        return adopting.ask_for_result(adoption, practice)


DAILY: dict[str, Callable[[], int]] = {
    "watch_questions": watching.watch,
    "ask_adopters": ask_adopters,
    "forget_machine_translations": machine.forget,
}
"""Name of a chore → what does it and returns how many rows it touched."""
