"""Broken data files: `check` and `init` name file, line and field and what would be right, and nothing is loaded.

Each case of tests/storage/broken.py breaks one thing in a copy of data/. Nothing but that may be told, so that a person
finds the fault and not its consequences.
"""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from typer.testing import CliRunner

import cli
from settings import ROOT, get_settings
from storage.engine import make_engine
from storage.migrate import upgrade
from tests.storage.broken import CASES, Case
from tests.storage.files import change, everything


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("broken")


@pytest.fixture(scope="module")
def untouched(folder: Path) -> Iterator[Engine]:
    """A database that is set up and empty; no case may put anything into it."""
    made = make_engine(f"sqlite:///{folder / 'tracker.db'}")
    upgrade(made)
    yield made
    made.dispose()


def run(*words: str, data: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> tuple[int, str, list[str]]:
    """Exit status, standard output and the lines of standard error of one command."""
    monkeypatch.setenv("TRACKER_DATABASE_URL", engine.url.render_as_string(hide_password=False))
    monkeypatch.setenv("TRACKER_DATA_DIR", str(data))
    get_settings.cache_clear()
    result = CliRunner().invoke(cli.app, list(words))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr.splitlines()


def assert_told(lines: list[str], wanted: tuple[tuple[str, ...], ...]) -> None:
    *problems, last = lines
    assert last == f"{len(problems)} problem(s); nothing was loaded."
    for words in wanted:
        assert any(all(word in line for word in words) for line in problems), (words, problems)
    assert len(problems) == len(wanted), problems
    for line in problems:
        assert re.match(r"data/[\w./-]+(, line \d+)?(, [\w.-]+)?: .+; .+", line), line


@pytest.mark.parametrize("broken", CASES, ids=lambda broken: broken.name)
def test_a_fault_is_named_with_what_would_be_right_and_nothing_else(
    broken: Case, tmp_path: Path, untouched: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = Path(shutil.copytree(ROOT / "data", tmp_path / "data"))
    broken.breaks(data)
    before = everything(untouched)
    for command in ("check", "init"):
        status, out, lines = run(command, data=data, engine=untouched, monkeypatch=monkeypatch)
        assert (status, out) == (2, "")
        assert_told(lines, broken.told)
    assert everything(untouched) == before


COMBINED = [
    "a year that is none",
    "an unknown unit",
    "an unknown region",
    "a unit that stands twice",
    "a target that is a word",
    "a quote that is nowhere",
    "a region that lies in itself",
    "a share that is not times a hundred",
    "a plan that ends before it begins",
    "an unknown source",
    "years outside the set",
    "a brace that is not closed",
]


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path, untouched: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    data = Path(shutil.copytree(ROOT / "data", tmp_path / "data"))
    cases = [broken for broken in CASES if broken.name in COMBINED]
    assert len(cases) == len(COMBINED)
    for broken in cases:
        broken.breaks(data)
    # The two lines of published.csv stand for one series, place and year, so that is a thirteenth fault.
    twice = (", year: rd_intensity/130000/2001/final stands already in line ", "keep one of them")
    status, _, lines = run("check", data=data, engine=untouched, monkeypatch=monkeypatch)
    assert status == 2
    assert_told(lines, (*(told for broken in cases for told in broken.told), twice))
    assert lines[:-1] == sorted(lines[:-1], key=lambda line: line.split(":")[0].split(",")[0])


def test_a_broken_table_is_no_fault_of_those_that_name_its_lines(
    tmp_path: Path, untouched: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without units.csv every other table names units that are not there; one fault is told, not a thousand."""
    data = Path(shutil.copytree(ROOT / "data", tmp_path / "data"))
    (data / "units.csv").unlink()
    change(data / "zones.csv", "wuhai,乌海高新区,", "wuhai,,")
    status, _, lines = run("check", data=data, engine=untouched, monkeypatch=monkeypatch)
    assert status == 2
    told = (("data/units.csv: the file is missing",), ("data/zones.csv, line 6, zh: it is missing",))
    assert_told(lines, told)


def test_what_is_in_order_is_not_complained_of(
    tmp_path: Path, untouched: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Spreadsheets add a byte order mark, Windows line ends and lines of nothing but commas."""
    data = Path(shutil.copytree(ROOT / "data", tmp_path / "data"))
    for file in data.glob("*.csv"):
        content = file.read_text("utf-8")
        columns = content.split("\n", 1)[0].count(",")
        file.write_bytes(("\ufeff" + content + "," * columns + "\n").replace("\n", "\r\n").encode("utf-8"))
    (data / "policies" / ".hidden").mkdir()
    (data / "policies" / "notes.txt").write_text("ours", "utf-8")
    status, out, lines = run("check", data=data, engine=untouched, monkeypatch=monkeypatch)
    assert (status, lines) == (0, [])
    assert out.startswith("No problems: 5 policies, 53 targets, ")


def test_without_the_demonstration_set_its_parameters_are_not_asked_for(
    tmp_path: Path, untouched: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = Path(shutil.copytree(ROOT / "data", tmp_path / "data"))
    shutil.rmtree(data / "demonstration")
    status, _, lines = run("check", data=data, engine=untouched, monkeypatch=monkeypatch)
    assert (status, len(lines)) == (2, 6)
    monkeypatch.setenv("TRACKER_DEMONSTRATION", "false")
    status, _, lines = run("check", data=data, engine=untouched, monkeypatch=monkeypatch)
    assert (status, lines) == (0, [])


@pytest.mark.parametrize("named", ["nowhere", "cli.py"])
def test_a_folder_that_is_none_is_said(named: str, untouched: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    status, _, lines = run("check", named, data=ROOT / "data", engine=untouched, monkeypatch=monkeypatch)
    assert status == 2
    assert "there is no such folder; name the one that holds units.csv" in lines[0]
