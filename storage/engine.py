"""The one way to the database: SQLite in WAL mode as the embedded default, PostgreSQL by one setting."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import URL, ExceptionContext, make_url
from sqlalchemy.exc import ArgumentError
from sqlmodel import Session, create_engine

from models.errors import DatabaseRefused

FILE = "sqlite:///"
BUSY_TIMEOUT_MS = 15_000
"""How long a writer waits for another one before it gives up."""

WAITING_S = 60
"""How long a writer waits for the others of its own process, each of whom is done in a moment."""

LOCK = 5_207_301
"""The number that PostgreSQL knows our lock of a whole load by."""

BEGIN = "begin"
"""The execution option that holds how SQLite begins a transaction."""


def make_engine(url: str) -> Engine:
    """An engine for `sqlite:///…` or `postgresql://…`. Nothing is opened or made yet.

    Whatever goes wrong with the database itself is raised as DatabaseRefused, in one sentence.
    """
    try:
        # The name of a file is taken as it is: parsed, it would end at a question mark.
        address = URL.create("sqlite", database=url.removeprefix(FILE)) if url.startswith(FILE) else make_url(url)
    except (ArgumentError, ValueError):
        raise DatabaseRefused(
            f"TRACKER_DATABASE_URL ({url.split('://')[0]}://…) is no address of a database: "
            "give sqlite:///FILE or postgresql://USER:PASSWORD@HOST/DATABASE."
        ) from None
    if address.get_backend_name() == "sqlite":
        engine = create_engine(address, connect_args={"timeout": BUSY_TIMEOUT_MS / 1000})
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        engine = create_engine(address.set(drivername="postgresql+psycopg"), pool_pre_ping=True)
    event.listen(engine, "handle_error", _refuse)
    return engine


@cache
def shared_engine(url: str) -> Engine:
    """The one engine of this process for a database."""
    return make_engine(url)


def database_file(engine: Engine) -> Path | None:
    """The file of an SQLite database; None for one in memory and for PostgreSQL."""
    name = engine.url.database
    return Path(name) if engine.dialect.name == "sqlite" and name and name != ":memory:" else None


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # The driver would begin transactions late and not for every statement.
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout={BUSY_TIMEOUT_MS}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "recursive_triggers=ON",  # Else INSERT OR REPLACE deletes a row past the triggers that refuse it.
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get(BEGIN, "BEGIN"))


@contextmanager
def unit_of_work(engine: Engine) -> Iterator[Session]:
    """One session for one piece of work that writes: committed whole at the end, rolled back whole on any error.

    SQLite takes its write lock at the beginning: a transaction that read first and writes later could not wait.
    """
    with _turn(engine), Session(engine.execution_options(**{BEGIN: "BEGIN IMMEDIATE"})) as session, session.begin():
        yield session


@contextmanager
def _turn(engine: Engine) -> Iterator[None]:
    """Lets the writers of this process to an SQLite file wait for each other in turn.

    Its own lock is asked for again and again by all who wait, and some would go empty-handed for longer than they may.
    Raises DatabaseRefused after WAITING_S.
    """
    if engine.dialect.name != "sqlite":
        yield
        return
    turn = _lock(str(engine.url))
    if not turn.acquire(timeout=WAITING_S):
        raise DatabaseRefused(f"The database {engine.url.database} {SQLITE_SENTENCES['database is locked']}.")
    try:
        yield
    finally:
        turn.release()


@cache
def _lock(_url: str) -> Lock:
    """One lock for each database of this process."""
    return Lock()


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """One session that sees one state of the data, however many questions it asks and whoever writes meanwhile."""
    if engine.dialect.name == "postgresql":
        engine = engine.execution_options(isolation_level="REPEATABLE READ")
    with Session(engine, expire_on_commit=False) as session:
        yield session


def one_at_a_time(connection: Connection) -> None:
    """Waits, within a transaction, until no other process migrates or loads. On SQLite the write lock does it."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{BUSY_TIMEOUT_MS}ms'")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")


OF_THE_SERVER = ("08", "28", "3D", "42501", "53", "55P03", "57", "58", "25006")
"""What PostgreSQL's states begin with when the database cannot be used: link, sign-in, rights, room, locks."""

SQLITE_SENTENCES = {
    "unable to open database file": "cannot be opened: see that its folder is there, that it is a file and may be read",
    "database is locked": "is in use by another program: wait until that one is done, then try again",
    "file is not a database": "is not an SQLite database: name another file in TRACKER_DATABASE_URL",
    "readonly database": "may not be written: give the right to write it and its folder",
    "disk is full": "has no room left: make room on the disk, then try again",
    "malformed": "is damaged: restore it from a backup",
}


def _refuse(context: ExceptionContext) -> None:
    """Turns what goes wrong with the database into a refusal, and leaves what is wrong with a statement alone."""
    error = context.original_exception
    state = getattr(error, "sqlstate", None) or ""
    url = context.engine.url if context.engine else None
    if context.dialect.name == "sqlite":
        sentence = next((said for words, said in SQLITE_SENTENCES.items() if words in str(error)), None)
        if sentence and url is not None:
            raise DatabaseRefused(f"The database {url.database} {sentence}.") from error
    elif url is not None and (context.connection is None or state.startswith(OF_THE_SERVER)):
        raise DatabaseRefused(_of_postgres(url, error, state)) from error


def _of_postgres(url: URL, error: BaseException, state: str) -> str:
    where = url.render_as_string(hide_password=True).replace("postgresql+psycopg", "postgresql")
    if state == "55P03":
        return f"The database {where} is being loaded by another process: wait until that one is done, then try again."
    said = " ".join(str(error).split()).rstrip(".") or type(error).__name__
    return f"The database {where} cannot be used ({said}): see that it runs and that TRACKER_DATABASE_URL names it."
