"""The SQL statements that were sent to the database, for tests that insist on how many a page needs."""

from __future__ import annotations

from libri.db import db


class Statements(list):
    """What was sent since the test began or `clear()` was called, but for BEGIN and PRAGMA."""

    def note(self, _connection, _cursor, statement: str, *_rest) -> None:
        """Hear `before_cursor_execute` of an engine."""
        if not statement.startswith(("BEGIN", "PRAGMA")):
            self.append(statement)

    def of(self, browser, address: str, only: str = "") -> int:
        """How many statements a page needs, or only those that begin with a word."""
        db.session.commit()  # what the test prepared is written before the page is counted
        self.clear()
        browser.get(address)
        return len([sql for sql in self if sql.startswith(only)])
