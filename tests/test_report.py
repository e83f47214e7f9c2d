"""The command that writes a gap report: formats, language, and what it refuses."""

import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner, Result

import cli
from settings import ROOT, get_settings
from storage.wording import wording

Report = Callable[..., Result]


@pytest.fixture
def report(settings_of_founding: str, monkeypatch: pytest.MonkeyPatch) -> Report:
    """Runs `cli.py report` on the founding data: report("hebei-2020", "--out", "r.csv", TRACKER_LANGUAGE="en")."""

    def run(*words: str, **variables: str) -> Result:
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        get_settings.cache_clear()
        return CliRunner().invoke(cli.app, ["report", *words, "--data", "demonstration", "--as-of", "2024"])

    return run


def first_words(file: Path) -> str:
    return file.read_text("utf-8-sig").split(",")[0]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_report_is_in_the_language_of_the_settings(report: Report, tmp_path: Path, language: str) -> None:
    file = tmp_path / "report.csv"
    assert report("hebei-2020", "--out", str(file), TRACKER_LANGUAGE=language).exit_code == 0
    assert first_words(file) == wording()["report.column.number"][language]


def test_a_language_that_is_asked_for_wins(report: Report, tmp_path: Path) -> None:
    file = tmp_path / "report.csv"
    assert report("hebei-2020", "--out", str(file), "--language", "en", TRACKER_LANGUAGE="zh").exit_code == 0
    assert first_words(file) == wording()["report.column.number"]["en"]


def test_the_ending_says_the_format_in_capitals_too(report: Report, tmp_path: Path) -> None:
    file = tmp_path / "REPORT.XLSX"
    assert report("130000", "--out", str(file)).exit_code == 0
    assert file.read_bytes().startswith(b"PK")


def test_a_zip_holds_every_format_and_a_bar_tells_how_far_it_is(report: Report, tmp_path: Path) -> None:
    file = tmp_path / "report.zip"
    result = report("hebei-2020", "--out", str(file))
    assert result.exit_code == 0
    with zipfile.ZipFile(file) as folder:
        assert [Path(name).suffix for name in folder.namelist()] == [".pdf", ".docx", ".xlsx", ".csv"]
        assert folder.read(folder.namelist()[0]).startswith(b"%PDF")
    assert "Formats" in result.stderr


@pytest.mark.parametrize("name", ["report.pptx", "report", ".csv"])
def test_another_format_is_refused_with_those_there_are(report: Report, tmp_path: Path, name: str) -> None:
    result = report("hebei-2020", "--out", str(tmp_path / name))
    assert result.exit_code == cli.REFUSED
    assert result.stderr.strip() == f"{name}: a gap report is written as .pdf or .docx or .xlsx or .csv or .zip."
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_refused_in_one_sentence(report: Report, tmp_path: Path) -> None:
    result = report("hebei-2020", "--out", str(tmp_path / "nowhere" / "report.csv"))
    assert result.exit_code == cli.REFUSED
    assert "cannot be written" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_an_unknown_subject_is_refused_with_the_nearest(report: Report, tmp_path: Path) -> None:
    result = report("hebei-2002", "--out", str(tmp_path / "report.csv"))
    assert result.exit_code == cli.REFUSED
    assert "Did you mean: hebei-2020" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_each_sheet_of_the_workbook_is_headed_by_what_it_holds(report: Report, tmp_path: Path) -> None:
    file = tmp_path / "report.xlsx"
    assert report("baotou-rare-earth", "--out", str(file), "--language", "en").exit_code == 0
    sheets = openpyxl.load_workbook(file)
    # The first line is the mark of the demonstration set.
    heads = {sheet.title: [cell.value for cell in sheet[2]] for sheet in sheets.worksheets[1:]}
    assert heads["Evidence"][:6] == ["Row", "Used as", "Statistic", "Place", "Year", "Figure"]
    assert heads["Sources"] == ["Source", "Address", "Published", "Note"]
    assert heads["Targets"][:3] == ["No.", "Target", "Place"]


def test_a_report_as_known_on_a_day(report: Report, tmp_path: Path) -> None:
    file = tmp_path / "report.csv"
    assert report("hebei-2020", "--out", str(file), "--known-on", "2001-01-01").exit_code == 0
    assert len(file.read_text("utf-8-sig").splitlines()) == 1, "the head alone: no target was on record"
    for given in ("2999-01-01", "01.03.2026", "never"):
        refused = report("hebei-2020", "--out", str(tmp_path / "no.csv"), "--known-on", given)
        assert refused.exit_code == 2 and not (tmp_path / "no.csv").exists()


def test_a_number_makes_the_same_file_again_in_any_process(own_database: str, tmp_path: Path) -> None:
    def run(*words: str, seed: int) -> str:
        about = {"TRACKER_DATABASE_URL": own_database, "PYTHONHASHSEED": str(seed)}
        done = subprocess.run(
            [sys.executable, "cli.py", "report", *words],
            cwd=ROOT,
            env=os.environ | about,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    first, again = tmp_path / "first.xlsx", tmp_path / "again.xlsx"
    asked = ("hebei-2020", "--data", "demonstration", "--as-of", "2024")
    said = run(*asked, "--issue", "--out", str(first), seed=1)
    number = next(word.rstrip(",") for word in said.split() if word.startswith("GR-"))
    run("--number", number, "--out", str(again), seed=2)
    assert first.read_bytes() == again.read_bytes()


@pytest.mark.parametrize("words", [(), ("hebei-2020", "--number", "GR-2026-000001"), ("--number", "GR-1-1")])
def test_neither_a_subject_nor_a_number_or_one_that_is_none_is_refused(
    report: Report, tmp_path: Path, words: tuple[str, ...]
) -> None:
    refused = report(*words, "--out", str(tmp_path / "no.csv"))
    assert refused.exit_code == 2 and not (tmp_path / "no.csv").exists()
    assert len(refused.stderr.strip().splitlines()) == 1
