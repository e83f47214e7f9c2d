"""Bringing a database to the version of this product, and back. A command, never a side effect of the server."""

import os
from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from models.errors import DatabaseNewer, DatabaseRefused
from storage.engine import BEGIN, database_file, one_at_a_time

FOLDER = Path(__file__).parent / "migrations"


def _config() -> Config:
    config = Config()
    # Alembic reads a % as the start of a placeholder; the product's folder may have one in its name.
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def newest() -> str:
    """The revision that this product writes."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    assert head is not None
    return head


def current(engine: Engine) -> str | None:
    """The revision of a database; None for an empty one."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Brings a database up to a revision, all or nothing; the folder of an SQLite file is made where it is missing.

    Raises DatabaseNewer for one that a later product wrote, DatabaseRefused for one that cannot be used.
    """
    file = database_file(engine)
    if file is not None:
        _make_folder(file)
    _refuse_newer(current(engine))
    _run(engine, command.upgrade, revision)


def downgrade(engine: Engine, revision: str) -> None:
    """Takes a database back to a revision, all or nothing; `base` empties it."""
    _refuse_newer(current(engine))
    _run(engine, command.downgrade, revision)


def require_current(engine: Engine) -> None:
    """Raises DatabaseRefused unless the database is there and exactly of this product's version. It makes nothing."""
    file = database_file(engine)
    if file is not None and not os.path.exists(file):
        raise DatabaseRefused(f"There is no database {file} yet. Run `make init` (or `python cli.py init`) once.")
    found = current(engine)
    _refuse_newer(found)
    if found != newest():
        state = "is of an older version" if found else "has not been set up"
        raise DatabaseRefused(f"The database {state}. Run `make init` (or `python cli.py init`) once.")


def _make_folder(file: Path) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseRefused(
            f"The folder {file.parent} of the database cannot be made ({error.strerror}): "
            "name another file in TRACKER_DATABASE_URL."
        ) from error


def _refuse_newer(found: str | None) -> None:
    known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
    if found is not None and found not in known:
        raise DatabaseNewer(
            f"The database was written by a newer version of this product (revision {found}): "
            "install that version, or name another database in TRACKER_DATABASE_URL."
        )


def _run(engine: Engine, step: Callable[[Config, str], None], revision: str) -> None:
    config = _config()
    with engine.connect().execution_options(**{BEGIN: "BEGIN IMMEDIATE"}) as connection:
        _foreign_keys(connection, on=False)
        try:
            with connection.begin():
                one_at_a_time(connection)
                config.attributes["connection"] = connection
                step(config, revision)
                _check_foreign_keys(connection)
        finally:
            _foreign_keys(connection, on=True)


def _foreign_keys(connection: Connection, *, on: bool) -> None:
    """SQLite changes a table by making it anew, which would break the keys of its children on the way."""
    if connection.dialect.name == "sqlite":
        cursor = connection.connection.cursor()
        cursor.execute(f"PRAGMA foreign_keys={'ON' if on else 'OFF'}")
        cursor.close()


def _check_foreign_keys(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        assert not broken, f"the migration leaves rows that name no parent: {broken[:3]}"
