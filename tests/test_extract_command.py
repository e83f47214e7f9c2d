"""cli.py extract: lines for programs, rows for people, and what it refuses."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import cli
from exchange.candidates import COLUMNS
from settings import get_settings

TEXT = "到2025年，全省高新技术企业达到5000家以上，研发投入强度超过3%。"


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    file = tmp_path / "plan.txt"
    file.write_bytes(TEXT.encode("gb18030"))
    (tmp_path / "plan.json").write_text(json.dumps({"title": "实施意见", "region": "河北省", "issued": 2020}), "utf-8")
    return file


def extract(*words: object) -> Result:
    return CliRunner().invoke(cli.app, ["extract", *map(str, words)])


def test_each_candidate_is_a_line_whose_quote_stands_in_the_file(plan: Path) -> None:
    lines = [json.loads(line) for line in extract(plan).stdout.splitlines()]
    assert len(lines) == 2
    for line in lines:
        assert list(line) == ["file", *COLUMNS]
        assert line["file"] == str(plan)
        assert TEXT[line["start"] : line["end"]] == line["quote"]
        assert TEXT[line["anchor"][0] : line["anchor"][1]] in line["quote"]
    first, second = lines
    assert (first["comparator"], first["value"], first["unit"], first["deadline"]) == (">=", 5000, "家", 2025)
    assert (first["scope"], first["kind"], first["tier"]) == ("河北省", "count", "high")
    assert (second["comparator"], second["value"], second["unit"]) == (">", 3, "%")


def test_the_same_file_gives_the_same_bytes(plan: Path) -> None:
    assert extract(plan).stdout == extract(plan).stdout


def test_people_get_rows_with_reasons_and_rules(plan: Path) -> None:
    shown = extract(plan, "--format", "table", "--explain").stdout
    assert "高新技术企业数量 >= 5000 家" in shown
    assert "deadline 2025 from the clause" in shown or "deadline 2025 from the sentence" in shown
    assert "reach.more_than" in shown


def test_a_file_that_cannot_be_read_does_not_stop_the_others(plan: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    data = tmp_path / "data.txt"
    data.write_text("3家、" * 11_000, "utf-8")
    result = extract(empty, plan, tmp_path / "nowhere.txt", data)
    assert result.exit_code == cli.REFUSED
    assert len(result.stdout.splitlines()) == 2
    told = result.stderr.splitlines()
    assert len(told) == 3
    assert str(data) in told[2] and "more than 10,000 numbers" in told[2]
    assert str(empty) in told[0] and "empty" in told[0]
    assert "nowhere.txt" in told[1] and "exists" in told[1]


@pytest.mark.parametrize("beside", ["{", "[1]"])
def test_a_description_that_is_no_json_object_is_refused(plan: Path, beside: str) -> None:
    plan.with_suffix(".json").write_text(beside, "utf-8")
    result = extract(plan)
    assert result.exit_code == cli.REFUSED and "plan.json" in result.stderr


def test_another_format_is_refused_with_those_there_are(plan: Path) -> None:
    result = extract(plan, "--format", "xml")
    assert result.exit_code == cli.REFUSED and "jsonl or table" in result.stderr


def test_a_model_that_is_not_set_is_refused(plan: Path) -> None:
    result = extract(plan, "--model")
    assert result.exit_code == cli.REFUSED
    assert "TRACKER_MODEL_URL" in result.stderr


def test_a_model_that_does_not_answer_leaves_the_rules_result(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = extract(plan).stdout
    monkeypatch.setenv("TRACKER_MODEL_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("TRACKER_MODEL_NAME", "m")
    get_settings.cache_clear()
    result = extract(plan, "--model")
    assert (result.exit_code, result.stdout) == (0, before)
    assert "did not answer" in result.stderr
