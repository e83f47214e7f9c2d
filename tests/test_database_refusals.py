"""Every command, and the start of the server, with a database that cannot be used: one sentence, no traceback."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

import cli
import storage.engine
from scripts import serve
from settings import get_settings
from storage.engine import make_engine
from storage.migrate import downgrade, upgrade

NEEDS_DATA = {
    "evaluate": ["evaluate", "--format", "csv"],
    "report": ["report", "hebei-2020", "--out", "report.csv"],
}
COMMANDS = {**NEEDS_DATA, "init": ["init"]}

Made = Callable[[Path], str]


def nothing(at: Path) -> str:
    return f"sqlite:///{at}"


def folder(at: Path) -> str:
    at.mkdir()
    return f"sqlite:///{at}"


def below_a_file(at: Path) -> str:
    at.write_bytes(b"")
    return f"sqlite:///{at}/t.db"


def no_database(at: Path) -> str:
    at.write_bytes(b"this is a letter and no database at all, and it is long enough to be taken for one\n" * 50)
    return f"sqlite:///{at}"


def empty(at: Path) -> str:
    at.write_bytes(b"")
    return f"sqlite:///{at}"


def another_program(at: Path) -> str:
    with sqlite3.connect(at) as made:
        made.execute("CREATE TABLE theirs (x)")
    made.close()
    return f"sqlite:///{at}"


def set_up(at: Path, revision: str = "") -> str:
    engine = make_engine(f"sqlite:///{at}")
    upgrade(engine)
    if revision == "older":
        downgrade(engine, "0001")
    engine.dispose()
    if revision == "newer":
        with sqlite3.connect(at) as made:
            made.execute("UPDATE alembic_version SET version_num = '9999'")
        made.close()
    return f"sqlite:///{at}"


def newer(at: Path) -> str:
    return set_up(at, "newer")


def older(at: Path) -> str:
    return set_up(at, "older")


def unreachable(at: Path) -> str:
    return "postgresql://user:secret@127.0.0.1:1/tracker"


def no_address(at: Path) -> str:
    return "postgresql://user:secret@host:port/tracker"


EVERY_COMMAND: list[tuple[Made, str]] = [
    (folder, "cannot be opened"),
    (no_database, "is not an SQLite database: name another file"),
    (newer, "written by a newer version of this product (revision 9999): install that version"),
    (unreachable, "see that it runs and that TRACKER_DATABASE_URL names it"),
    (no_address, "is no address of a database: give sqlite:///FILE or postgresql://"),
]

WHAT_READS: list[tuple[Made, str]] = [
    (nothing, "yet. Run `make init`"),
    (below_a_file, "yet. Run `make init`"),
    (empty, "has not been set up. Run `make init`"),
    (another_program, "has not been set up. Run `make init`"),
    (older, "is of an older version. Run `make init`"),
]


@pytest.fixture(autouse=True)
def _short_of_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage.engine, "BUSY_TIMEOUT_MS", 100)


def run(command: list[str], url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The one sentence that a command refuses with."""
    monkeypatch.setenv("TRACKER_DATABASE_URL", url)
    get_settings.cache_clear()
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(cli.app, command)
    assert isinstance(result.exception, SystemExit), result.exception
    assert (result.exit_code, result.stdout) == (2, "")
    assert not (tmp_path / "report.csv").exists()
    sentence = result.stderr.removesuffix("\n")
    assert "\n" not in sentence
    assert "secret" not in sentence
    return sentence


@pytest.mark.parametrize(("made", "said"), EVERY_COMMAND, ids=lambda part: getattr(part, "__name__", ""))
@pytest.mark.parametrize("command", COMMANDS)
def test_a_database_that_cannot_be_used_is_one_sentence(
    command: str, made: Made, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert said in run(COMMANDS[command], made(tmp_path / "t.db"), tmp_path, monkeypatch)


@pytest.mark.parametrize(("made", "said"), WHAT_READS, ids=lambda part: getattr(part, "__name__", ""))
@pytest.mark.parametrize("command", NEEDS_DATA)
def test_what_only_reads_asks_for_init_and_makes_nothing(
    command: str, made: Made, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = made(tmp_path / "t.db")
    before = {file.name for file in tmp_path.iterdir()} - {"t.db-wal", "t.db-shm"}
    assert said in run(COMMANDS[command], url, tmp_path, monkeypatch)
    assert {file.name for file in tmp_path.iterdir()} - {"t.db-wal", "t.db-shm"} == before


def test_init_cannot_make_a_folder_in_the_place_of_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = below_a_file(tmp_path / "t.db")
    assert "cannot be made" in run(["init"], url, tmp_path, monkeypatch)


def test_init_waits_for_a_locked_database_and_then_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = set_up(tmp_path / "t.db")
    holder = sqlite3.connect(tmp_path / "t.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    assert "is in use by another program: wait until that one is done" in run(["init"], url, tmp_path, monkeypatch)
    holder.close()


def test_a_writer_does_not_keep_readers_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACKER_DATABASE_URL", set_up(tmp_path / "t.db"))
    get_settings.cache_clear()
    holder = sqlite3.connect(tmp_path / "t.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    result = CliRunner().invoke(cli.app, ["evaluate", "--format", "csv"])
    assert result.exit_code == 0, result.stderr
    holder.close()


@pytest.mark.parametrize(
    ("made", "said"), [*EVERY_COMMAND, *WHAT_READS], ids=lambda part: getattr(part, "__name__", "")
)
def test_the_server_does_not_start_on_it(
    made: Made, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRACKER_DATABASE_URL", made(tmp_path / "t.db"))
    monkeypatch.setattr(serve, "require_free", lambda *_: None)
    monkeypatch.setattr(serve.os, "execv", lambda *_: pytest.fail("the server was started"))
    get_settings.cache_clear()
    with pytest.raises(SystemExit) as stopped:
        serve.main()
    assert said in str(stopped.value.code)
    assert "\n" not in str(stopped.value.code)
