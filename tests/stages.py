"""Stages: states of the database built once a process and set up again for every test – empty, the cast, the things of the table."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import insert, select, text

from libri.db import db


class Stages:
    """Keeps each stage as a copied file on SQLite, as rows on PostgreSQL, with what its builder returned."""

    def __init__(self, app) -> None:
        self.app = app
        self.folder = Path(app.config["DATA_FOLDER"])
        self.kept: dict[str, tuple[object, list]] = {}
        with app.app_context():
            self.is_file = db.engine.dialect.name == "sqlite"
            db.drop_all()
            db.create_all()
        self._keep("empty", None)

    def set_up(self, name: str, build: Callable, on: str) -> object:
        """Bring the database to stage `name`, building it on stage `on` the first time; return what `build` returned."""
        if name not in self.kept:
            self.restore(on)
            with self.app.app_context():
                made = build()
                db.session.commit()
            self._keep(name, made)
        self.restore(name)
        return self.kept[name][0]

    def _keep(self, name: str, made: object) -> None:
        rows = []
        with self.app.app_context():
            if self.is_file:
                db.session.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
                db.session.remove()
                db.engine.dispose()
                shutil.copy(self.folder / "libri.sqlite", self.folder / f"{name}.sqlite")
            else:
                with db.engine.connect() as connection:
                    for table in db.metadata.sorted_tables:
                        found = connection.execute(select(table).order_by(*table.primary_key.columns)).mappings().all()
                        rows += [(table, [dict(row) for row in found])] if found else []
        if (self.folder / "files").is_dir():
            shutil.copytree(self.folder / "files", self.folder / f"{name}.files", dirs_exist_ok=True)
        self.kept[name] = (made, rows)

    def restore(self, name: str) -> None:
        """Bring the database back to a stage that was kept, with the files of its builder and nobody's letters."""
        for left in ("files", "letters"):
            shutil.rmtree(self.folder / left, ignore_errors=True)
        if (files := self.folder / f"{name}.files").is_dir():
            shutil.copytree(files, self.folder / "files")
        with self.app.app_context():
            db.session.remove()
            if self.is_file:
                db.engine.dispose()
                for leftover in ("libri.sqlite-wal", "libri.sqlite-shm"):
                    (self.folder / leftover).unlink(missing_ok=True)
                shutil.copy(self.folder / f"{name}.sqlite", self.folder / "libri.sqlite")
                return
            emptied = "; ".join(f'DELETE FROM "{table.name}"' for table in db.metadata.tables.values())
            with db.engine.begin() as connection:
                connection.exec_driver_sql(f"SET LOCAL session_replication_role = replica; {emptied}")  # neither triggers nor keys look on
                for table, rows in self.kept[name][1]:
                    connection.execute(insert(table), rows)
