"""Bringing a database to the version of this product, and back. A command, never a side effect of the server."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect

from models.errors import DatabaseNewer, Refused

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
    """Brings a database up to a revision. Raises DatabaseNewer for one that a later product wrote."""
    _refuse_newer(current(engine))
    _run(engine, command.upgrade, revision)


def downgrade(engine: Engine, revision: str) -> None:
    """Takes a database back to a revision; `base` empties it."""
    _refuse_newer(current(engine))
    _run(engine, command.downgrade, revision)


def require_current(engine: Engine) -> None:
    """Raises Refused unless the database is exactly of this product's version."""
    found = current(engine)
    _refuse_newer(found)
    if found != newest():
        state = "is of an older version" if inspect(engine).get_table_names() else "is empty"
        raise Refused(f"The database {state}. Run `make init` (or `python cli.py init`) once, then start again.")


def _refuse_newer(found: str | None) -> None:
    known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
    if found is not None and found not in known:
        raise DatabaseNewer(
            f"The database was written by a newer version of this product (revision {found}): "
            "install that version, or name another database in TRACKER_DATABASE_URL."
        )


def _run(engine: Engine, step: object, revision: str) -> None:
    config = _config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        step(config, revision)  # type: ignore[operator]
