"""The one way to the database: its settings, its transactions, its refusals."""

import os
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError, ProgrammingError
from sqlmodel import select

import storage.engine
from models import Place, Source
from models.enums import PlaceKind
from models.errors import DatabaseRefused
from storage.engine import make_engine, reading, shared_engine, unit_of_work
from tests.databases import Databases


def source(name: str) -> Source:
    return Source(id=name, title="t")


def sources(engine: Engine) -> list[str]:
    with reading(engine) as session:
        return sorted(session.exec(select(Source.id)))


def test_sqlite_is_opened_as_it_must_be(tmp_path: Path) -> None:
    made = make_engine(f"sqlite:///{tmp_path / 't.db'}")
    with made.connect() as connection:

        def asked(pragma: str) -> object:
            return connection.execute(text(f"PRAGMA {pragma}")).scalar()

        assert asked("journal_mode") == "wal"
        assert asked("foreign_keys") == 1
        assert asked("synchronous") == 2
        assert asked("recursive_triggers") == 1
        assert asked("busy_timeout") == storage.engine.BUSY_TIMEOUT_MS
    made.dispose()


def test_a_row_that_names_no_parent_is_refused(engine: Engine) -> None:
    with pytest.raises(IntegrityError), unit_of_work(engine) as session:
        session.exec(text("INSERT INTO zone (code, aliases) VALUES ('nowhere', '')"))  # type: ignore[call-overload]


def test_a_parent_that_is_named_cannot_be_deleted(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        session.add(Place(code="a", kind=PlaceKind.ZONE, zh="甲", en="A"))
        session.flush()
        session.exec(text("INSERT INTO zone (code, aliases) VALUES ('a', '')"))  # type: ignore[call-overload]
    with pytest.raises(IntegrityError), unit_of_work(engine) as session:
        session.exec(text("DELETE FROM place"))  # type: ignore[call-overload]


def test_a_piece_of_work_is_kept_whole(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        session.add(source("a"))
        session.add(source("b"))
    assert sources(engine) == ["a", "b"]


def test_a_piece_of_work_that_fails_leaves_nothing(engine: Engine) -> None:
    with pytest.raises(RuntimeError), unit_of_work(engine) as session:
        session.add(source("a"))
        session.flush()
        raise RuntimeError
    assert sources(engine) == []


def test_a_reader_sees_one_state_while_somebody_writes(engine: Engine) -> None:
    with reading(engine) as session:
        assert list(session.exec(select(Source.id))) == []
        with unit_of_work(engine) as writer:
            writer.add(source("late"))
        assert list(session.exec(select(Source.id))) == []
    assert sources(engine) == ["late"]


def test_a_writer_waits_for_another_one(engine: Engine) -> None:
    """Both read before they write: without a lock from the beginning, one would be refused at once on SQLite."""
    inside, order = threading.Event(), []

    def first() -> None:
        with unit_of_work(engine) as session:
            session.exec(select(Source.id)).all()
            inside.set()
            session.add(source("first"))
            order.append("first")

    def second() -> None:
        inside.wait(30)
        with unit_of_work(engine) as session:
            session.exec(select(Source.id)).all()
            session.add(source("second"))
            order.append("second")

    threads = [threading.Thread(target=first), threading.Thread(target=second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sources(engine) == ["first", "second"]
    assert order == ["first", "second"]


def test_a_process_has_one_engine_for_a_database(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 't.db'}"
    assert shared_engine(url) is shared_engine(url)
    assert shared_engine(url) is not shared_engine(f"sqlite:///{tmp_path / 'u.db'}")


def use(url: str) -> str:
    """What is said when the database of an address is used."""
    with pytest.raises(DatabaseRefused) as refused, make_engine(url).connect() as connection:
        connection.execute(text("CREATE TABLE t (x INTEGER)"))
    return str(refused.value)


def folder(at: Path) -> str:
    at.mkdir()
    return f"sqlite:///{at}"


def no_database(at: Path) -> str:
    at.write_bytes(b"PK\x03\x04 surely no database, and long enough to have a header of a hundred bytes" * 3)
    return f"sqlite:///{at}"


def cut_off(at: Path) -> str:
    with sqlite3.connect(at) as made:
        made.execute("CREATE TABLE t (x)")
        made.executemany("INSERT INTO t VALUES (?)", [("x" * 2000,)] * 20)
    made.close()
    with at.open("r+b") as file:
        file.seek(4096)
        file.write(os.urandom(40000))
    return f"sqlite:///{at}"


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (folder, "cannot be opened"),
        (no_database, "is not an SQLite database"),
        (lambda at: f"sqlite:///{at}/no/folder/t.db", "cannot be opened"),
    ],
)
def test_a_file_that_is_no_database_is_said_in_one_sentence(
    tmp_path: Path, made: Callable[[Path], str], said: str
) -> None:
    message = use(made(tmp_path / "t.db"))
    assert said in message
    assert "t.db" in message
    assert "\n" not in message


def test_a_damaged_database_is_said_to_be_damaged(tmp_path: Path) -> None:
    made = make_engine(cut_off(tmp_path / "t.db"))
    with pytest.raises(DatabaseRefused, match="is damaged: restore it"), made.connect() as connection:
        connection.execute(text("SELECT count(*) FROM t WHERE x LIKE 'y%'")).all()


def test_a_locked_database_is_refused_after_a_while(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage.engine, "BUSY_TIMEOUT_MS", 50)
    made = make_engine(f"sqlite:///{tmp_path / 't.db'}")
    with made.begin() as connection:
        connection.execute(text("CREATE TABLE t (x INTEGER)"))
    holder = sqlite3.connect(tmp_path / "t.db", isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    with pytest.raises(DatabaseRefused, match="is in use by another program: wait"), unit_of_work(made) as session:
        session.exec(text("INSERT INTO t VALUES (1)"))  # type: ignore[call-overload]
    holder.close()


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://user:secret@127.0.0.1:1/tracker",
        "postgresql://user:secret@no-such-host.invalid/tracker",
        "postgresql://user:secret@127.0.0.1:1/tracker?no_such_option=1",
    ],
)
def test_a_server_that_does_not_answer_is_one_sentence_without_the_password(url: str) -> None:
    message = use(url)
    assert message.startswith("The database postgresql://user:***@")
    assert "see that it runs and that TRACKER_DATABASE_URL names it" in message
    assert "secret" not in message
    assert "\n" not in message


@pytest.mark.parametrize("url", ["postgresql://user:secret@host:port/d", "nonsense"])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(DatabaseRefused, match="is no address of a database: give sqlite:///FILE") as refused:
        make_engine(url)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_spelling_of_postgresql_takes_our_driver(scheme: str) -> None:
    assert make_engine(f"{scheme}://h/d").url.drivername == "postgresql+psycopg"


@pytest.mark.postgres
def test_a_database_that_the_server_does_not_have_is_refused(_databases_of: Callable[[str], Databases]) -> None:
    url = _databases_of("postgresql").empty()
    assert "does not exist" in use(url.replace("/test_", "/no_such_"))


def test_a_wrong_statement_stays_an_error(engine: Engine) -> None:
    """A bug is no refusal: it must be seen as what it is."""
    with pytest.raises((ProgrammingError, Exception)) as raised, engine.connect() as connection:
        connection.execute(text("SELECT no_such_column FROM place"))
    assert not isinstance(raised.value, DatabaseRefused)
