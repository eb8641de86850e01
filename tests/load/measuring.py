"""Two applications, a small and a large one: what their pages cost, and how often they ask their databases.

CPU seconds of this process in interleaved rounds, small and large in turn, medians of each; machines are noisy, so as
quality.md says the figure is missed when the median misses it by more than 10 % and the best round misses it too.
"""

from __future__ import annotations

import time
from statistics import median

from sqlalchemy import event

from libri import create_app
from libri.db import db

from ..statements import Statements

ROUNDS, PAGES = 5, 6
ALLOWED, NOISE = 1.2, 1.1


def application(like, folder, address: str):
    """Another application with the settings of the tests' own, and a database that has no tables yet."""
    kept = {key: like.config[key] for key in ("SECRET_KEY", "BASE_URL", "TRUSTED_HOSTS", "SECOND_FACTOR", "DEMONSTRATION", "SMTP_URL")}
    return create_app(**kept, TESTING=True, DATA_FOLDER=str(folder), SQLALCHEMY_DATABASE_URI=address)


def cpu_of(client, address: str) -> float:
    """CPU seconds of one page."""
    begun = time.process_time()
    for _ in range(PAGES):
        assert client.get(address).status_code == 200
    return (time.process_time() - begun) / PAGES


def insist_on_equal_cost(asked: list[tuple]) -> None:
    """The page of the large one costs as much as that of the small one; `asked` is (client, address) of each."""
    rounds = [[cpu_of(client, address) for client, address in asked] for _ in range(ROUNDS)]
    ratios = [large / small for small, large in rounds]

    assert median(ratios) <= ALLOWED * NOISE or min(ratios) <= ALLOWED, f"{median(ratios):.2f} times: {rounds}"


def selects_of(app, client, address: str) -> int:
    """How many rows or sets of rows the page asks its database for."""
    with app.app_context():
        engine = db.engine
    sent = Statements()
    event.listen(engine, "before_cursor_execute", sent.note)
    client.get(address)
    event.remove(engine, "before_cursor_execute", sent.note)
    return len([sql for sql in sent if sql.startswith("SELECT")])
