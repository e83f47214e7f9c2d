"""Migrations in both directions, on both databases."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, inspect, text
from sqlmodel import SQLModel

import models  # noqa: F401  (registers the tables)
from models.errors import DatabaseNewer, DatabaseRefused
from storage.datafiles import DataFiles
from storage.engine import make_engine
from storage.load import load
from storage.migrate import current, downgrade, newest, require_current, upgrade


@pytest.fixture
def empty_engine(database_url: str) -> Iterator[Engine]:
    made = make_engine(database_url)
    yield made
    made.dispose()


def triggers(engine: Engine) -> set[str]:
    asked = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }
    with engine.connect() as connection:
        return set(connection.execute(text(asked[engine.dialect.name])).scalars())


def rows(engine: Engine) -> dict[str, int]:
    with engine.connect() as connection:
        tables = inspect(connection).get_table_names()
        return {t: connection.execute(text(f'SELECT count(*) FROM "{t}"')).scalar_one() for t in tables}


def test_up_down_and_up_again_ends_where_it_began(empty_engine: Engine) -> None:
    upgrade(empty_engine)
    first = sorted(inspect(empty_engine).get_table_names()), triggers(empty_engine)
    downgrade(empty_engine, "base")
    assert inspect(empty_engine).get_table_names() == ["alembic_version"]
    assert triggers(empty_engine) == set()
    assert current(empty_engine) is None
    upgrade(empty_engine)
    assert (sorted(inspect(empty_engine).get_table_names()), triggers(empty_engine)) == first
    assert current(empty_engine) == newest()


def test_migrations_make_exactly_the_tables_of_the_models(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []


def test_a_column_that_is_missing_would_be_noticed(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE source DROP COLUMN note"))
    with engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection), SQLModel.metadata)
        assert [change[0] for change in found] == ["add_column"]


@pytest.mark.parametrize("revision", ["0001", "0002"])
def test_rows_survive_every_step_down_and_up(engine: Engine, founding_files: DataFiles, revision: str) -> None:
    load(engine, founding_files, demonstration=False)
    before = rows(engine)
    downgrade(engine, revision)
    assert current(engine) == revision
    assert rows(engine).items() <= before.items()  # A table of a later revision goes with it.
    upgrade(engine)
    assert rows(engine) == before
    # Nothing lost, nothing doubled, nothing to mend: the files find the database as they left it.
    assert not load(engine, founding_files, demonstration=False).touched


def test_upgrading_twice_is_upgrading_once(engine: Engine) -> None:
    upgrade(engine)
    assert current(engine) == newest()


def test_a_migration_that_fails_leaves_nothing_half_done(empty_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    from alembic.operations import Operations

    made = Operations.create_table

    def broken(self: Operations, name: str, *columns: object, **options: object) -> object:
        if name == "target":
            raise RuntimeError("the power is gone")
        return made(self, name, *columns, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(Operations, "create_table", broken)
    with pytest.raises(RuntimeError):
        upgrade(empty_engine)
    assert inspect(empty_engine).get_table_names() == []
    monkeypatch.undo()
    upgrade(empty_engine)
    assert current(empty_engine) == newest()


def set_revision(engine: Engine, revision: str) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision})


@pytest.mark.parametrize("act", [require_current, upgrade, lambda engine: downgrade(engine, "base")])
def test_a_database_of_a_newer_version_is_refused(engine: Engine, act: Callable[[Engine], None]) -> None:
    set_revision(engine, "9999")
    with pytest.raises(DatabaseNewer, match="newer version of this product \\(revision 9999\\): install that version"):
        act(engine)
    assert current(engine) == "9999"


def test_a_database_of_an_older_version_is_told_to_run_init(engine: Engine) -> None:
    downgrade(engine, "0001")
    with pytest.raises(DatabaseRefused, match=r"is of an older version\. Run `make init`"):
        require_current(engine)


def test_an_empty_database_is_told_to_run_init(empty_engine: Engine) -> None:
    with pytest.raises(DatabaseRefused, match="Run `make init`"):
        require_current(empty_engine)


def test_asking_for_a_database_does_not_make_one(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "t.db"
    with pytest.raises(DatabaseRefused, match=r"There is no database .*t\.db yet"):
        require_current(make_engine(f"sqlite:///{file}"))
    assert list(tmp_path.iterdir()) == []


def test_the_folder_of_a_new_database_is_made(tmp_path: Path) -> None:
    made = make_engine(f"sqlite:///{tmp_path / 'deep' / 't.db'}")
    upgrade(made)
    require_current(made)
    made.dispose()
