"""The one way to the database: SQLite in WAL mode as the embedded default, PostgreSQL by one setting."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.engine import make_url
from sqlmodel import Session, create_engine

BUSY_TIMEOUT_MS = 15_000
"""How long a writer of SQLite waits for another one before it gives up."""


def make_engine(url: str) -> Engine:
    """An engine for `sqlite:///…` or `postgresql://…`; the folder of an SQLite file is made where it is missing."""
    address = make_url(url)
    if address.drivername in ("postgres", "postgresql"):
        address = address.set(drivername="postgresql+psycopg")
    if address.get_backend_name() != "sqlite":
        return create_engine(address, pool_pre_ping=True)
    if address.database and address.database != ":memory:":
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(address, connect_args={"timeout": BUSY_TIMEOUT_MS / 1000})
    event.listen(engine, "connect", _prepare_sqlite)
    return engine


@cache
def shared_engine(url: str) -> Engine:
    """The one engine of this process for a database."""
    return make_engine(url)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    for pragma in (f"busy_timeout={BUSY_TIMEOUT_MS}", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


@contextmanager
def unit_of_work(engine: Engine) -> Iterator[Session]:
    """One session for one piece of work: committed whole at the end, rolled back whole on any error."""
    with Session(engine) as session, session.begin():
        yield session
