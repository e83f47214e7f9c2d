"""Fixtures for all tests: settings of their own, and databases of both kinds."""

import os
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import Engine

import settings
from models.enums import DataSet
from storage.queries import Snapshot
from tests.databases import Databases, PostgresDatabases, SqliteDatabases

KINDS: dict[str, Callable[[], Databases]] = {"sqlite": SqliteDatabases, "postgresql": PostgresDatabases}
BOTH = [pytest.param("sqlite"), pytest.param("postgresql", marks=pytest.mark.postgres)]


@pytest.fixture(autouse=True)
def _settings_of_their_own(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No test sees the TRACKER_ variables or the .env file of the person who runs it."""
    for name in list(os.environ):
        if name.upper().startswith(settings.PREFIX):
            monkeypatch.delenv(name)
    monkeypatch.setattr(settings, "ENV_FILE", Path("no such file"))
    settings.get_settings.cache_clear()
    yield
    settings.get_settings.cache_clear()


@pytest.fixture(scope="session")
def _databases_of() -> Iterator[Callable[[str], Databases]]:
    """Places that give out databases; each is opened when the first test asks for it."""
    opened: dict[str, Databases] = {}

    def of(kind: str) -> Databases:
        if kind not in opened:
            opened[kind] = KINDS[kind]()
        return opened[kind]

    yield of
    for databases in opened.values():
        databases.close()


@pytest.fixture(scope="session")
def founding(founding_database: str) -> Callable[[DataSet], Snapshot]:
    """The snapshot of one data set of the founding database."""
    from storage.engine import make_engine
    from storage.queries import read_snapshot

    engine = make_engine(founding_database)
    return cache(lambda data_set: read_snapshot(engine, data_set))


@pytest.fixture
def settings_of_founding(founding_database: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The product's own settings name the founding database."""
    monkeypatch.setenv("TRACKER_DATABASE_URL", founding_database)
    settings.get_settings.cache_clear()
    yield founding_database
    settings.get_settings.cache_clear()


@pytest.fixture
def own_database(founding_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A copy of the founding database to write to; the product's own settings name it."""
    file = tmp_path / "tracker.db"
    shutil.copy(founding_database.removeprefix("sqlite:///"), file)
    monkeypatch.setenv("TRACKER_DATABASE_URL", f"sqlite:///{file}")
    settings.get_settings.cache_clear()
    yield f"sqlite:///{file}"
    settings.get_settings.cache_clear()


@pytest.fixture(params=BOTH)
def databases(request: pytest.FixtureRequest, _databases_of: Callable[[str], Databases]) -> Databases:
    """SQLite, then PostgreSQL: a test that asks for this, or for what follows, runs on both."""
    return _databases_of(request.param)


@pytest.fixture
def database_url(databases: Databases) -> Iterator[str]:
    """The address of a new, empty database."""
    url = databases.empty()
    yield url
    databases.drop(url)


@pytest.fixture
def engine(databases: Databases) -> Iterator[Engine]:
    """An engine for a new database with all tables and no rows."""
    from storage.engine import make_engine

    url = databases.migrated()
    made = make_engine(url)
    yield made
    made.dispose()
    databases.drop(url)


@pytest.fixture(scope="session")
def founding_database(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of an SQLite database with the founding data and the demonstration set, made once, for reading."""
    from storage.datafiles import read_data
    from storage.engine import make_engine
    from storage.load import load
    from storage.migrate import upgrade

    url = f"sqlite:///{tmp_path_factory.mktemp('founding') / 'tracker.db'}"
    files, problems = read_data(settings.ROOT / "data")
    assert problems == []
    engine = make_engine(url)
    upgrade(engine)
    load(engine, files, demonstration=True)
    engine.dispose()
    return url
