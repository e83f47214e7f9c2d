"""cli.py evaluate: every option, and evidence from which each verdict can be made again."""

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from typer.testing import CliRunner, Result

import cli
from cli import EVALUATED, app
from models.assessment import FIGURES, Cutoffs
from models.enums import DataSet
from settings import ROOT
from storage.queries import Snapshot
from targets.assessment.cases import judge_line, plain
from tests.world import PROVINCE, World
from tracking.board import build_board
from tracking.record import record_of

Evaluate = Callable[..., Result]


@pytest.fixture
def evaluate(settings_of_founding: str) -> Evaluate:
    return lambda *options: CliRunner().invoke(app, ["evaluate", *map(str, options)])


def rows(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


def table(result: Result) -> list[dict[str, str]]:
    assert result.exit_code == 0, result.stderr
    return list(csv.DictReader(io.StringIO(result.stdout)))


def rebuilt(record: dict[str, Any]) -> dict[str, Any]:
    """The figures again, from what was written out and nothing else."""
    evidence = record["evidence"]
    return plain(judge_line(json.dumps(evidence["case"]), Cutoffs(**evidence["cutoffs"])))


@pytest.mark.parametrize("data", ["real", "demonstration"])
@pytest.mark.parametrize("as_of", [2018, 2021, 2023, 2026])
def test_every_verdict_can_be_made_again_from_what_is_written_out(evaluate: Evaluate, data: str, as_of: int) -> None:
    found = rows(evaluate("--data", data, "--as-of", as_of))
    assert len(found) > 140
    for record in found:
        again = rebuilt(record)
        # The board adds what makes a verdict provisional beyond the arithmetic: a zone missing, a preliminary value.
        points = {each["year"]: each["provisional"] for each in record["evidence"]["points"]}
        reference = {each["year"]: each["provisional"] for each in record["evidence"]["reference_points"]}
        again["provisional"] |= points.get(again["year"], False) or points.get(again["baseline_year"], False)
        again["provisional"] |= reference.get(again["reference_year"], False)
        assert again == {name: record[name] for name in FIGURES}, record["target"]


def test_the_other_cut_offs_go_along_with_the_verdict(founding: Callable[[DataSet], Snapshot]) -> None:
    snapshot = founding(DataSet.DEMONSTRATION)
    strict = Cutoffs(on_track_lag=0, behind_lag=1, stale_years=1)
    default, judged = (build_board(snapshot, as_of=2023, cutoffs=each).rows for each in (Cutoffs(), strict))
    assert [row.status for row in default] != [row.status for row in judged]
    for row in judged:
        record = json.loads(json.dumps(record_of(snapshot, row, cli.Method.LINEAR)))
        assert rebuilt(record)["status"] == row.status.value


def test_a_number_leads_to_its_observations_their_address_and_the_quote(evaluate: Evaluate) -> None:
    found = rows(evaluate("--policy", "inner-mongolia-2021", "--as-of", 2023))
    record = next(each for each in found if each["place"] == "150000-all")
    evidence = record["evidence"]
    quote = evidence["quote"]
    assert (quote["policy"], quote["start"], quote["end"]) == ("inner-mongolia-2021", 1169, 1197)
    assert quote["words"].endswith("45%以上")
    assert evidence["age"] == 1
    value = next(each for each in evidence["inputs"] if each["part"] == "value")
    assert (value["value"], value["printed"], value["state"], value["origin"]) == (
        "31.36",
        "31.36 %",
        "final",
        "published",
    )
    assert value["address"].startswith("http")
    assert evidence["points"] == [
        {
            "year": 2022,
            "value": "31.36",
            "way": "observed",
            "provisional": False,
            "members": 0,
            "reported": 0,
            "missing": [],
            "missing_years": [],
            "zones_value": None,
            "observations": [value["observation"]],
        }
    ]


def test_every_input_of_a_group_and_of_its_reference_is_listed() -> None:
    world = World({"a": "national", "b": "national", "c": "national"})
    world.indicator("intensity", "ratio_of_sums", "rd", "gdp")
    reference = {"reference_code": "intensity", "reference_place": PROVINCE}
    world.target("intensity", "P-national", "multiple_of_reference", ">=", 3, baseline_year=2020, **reference)
    for year in (2020, 2021, 2023):
        for zone in ("a", "b"):
            world.values("rd", zone, {year: 4})
            world.values("gdp", zone, {year: 100})
        world.values("intensity", PROVINCE, {year: 2})
    snapshot = world.snapshot()
    row = world.row(2023, "P-national")
    evidence = record_of(snapshot, row, cli.Method.LINEAR)["evidence"]
    used = [(each["part"], each["series"], each["place"], each["year"]) for each in evidence["inputs"]]
    four = [("rd", "a"), ("rd", "b"), ("gdp", "a"), ("gdp", "b")]
    assert used == [
        *(("value", *each, 2023) for each in four),
        *(("baseline", *each, 2020) for each in four),
        *(("recent", *each, 2020) for each in four),
        ("reference", "intensity", PROVINCE, 2023),
        ("reference_baseline", "intensity", PROVINCE, 2020),
    ]
    assert [each["missing"] for each in evidence["points"]] == [["c"], ["c"], ["c"]]


def test_without_options_every_published_target_is_judged_as_of_this_year(evaluate: Evaluate) -> None:
    found = rows(evaluate())
    assert len({each["target"] for each in found}) == 53
    assert {each["data"] for each in found} == {"real"}
    assert {each["as_of"] for each in found} == {cli._this_year()}


def test_a_policy_alone(evaluate: Evaluate) -> None:
    found = rows(evaluate("--policy", "lincang-2019", "--data", "demonstration"))
    assert {each["target"].split("/")[0] for each in found} == {"lincang-2019"}
    assert len(found) == 13  # nine targets, one of them judged on five indicators


def test_a_place_with_all_that_lies_in_it(evaluate: Evaluate) -> None:
    region = rows(evaluate("--place", "130000", "--data", "demonstration", "--as-of", 2023))
    assert {"130000-all", "130000-national", "tangshan"} <= {each["place"] for each in region}
    assert all(each["target"].startswith("hebei-2020/") for each in region)
    zone = rows(evaluate("--place", "tangshan", "--data", "demonstration", "--as-of", 2023))
    assert {each["place"] for each in zone} == {"tangshan"}


def test_a_place_that_nothing_is_asked_of_gives_an_empty_answer(evaluate: Evaluate) -> None:
    assert rows(evaluate("--place", "zhongguancun")) == []
    assert table(evaluate("--place", "zhongguancun", "--format", "csv")) == []


def test_the_year_one_stands_in_decides(evaluate: Evaluate) -> None:
    asked = ("--policy", "inner-mongolia-2021", "--place", "150000-national")
    statuses = {
        year: next(
            each["status"] for each in rows(evaluate(*asked, "--as-of", year)) if each["target"].endswith("al-zones")
        )
        for year in (2021, 2023, 2026, 2027)
    }
    assert statuses == {2021: "baseline_only", 2023: "far_behind", 2026: "awaiting", 2027: "unreported"}


def test_the_other_method_stands_first_and_both_are_given(evaluate: Evaluate) -> None:
    asked = ("--data", "demonstration", "--as-of", 2023, "--policy", "inner-mongolia-2021")
    linear, cagr = rows(evaluate(*asked)), rows(evaluate(*asked, "--method", "cagr"))
    assert all(each["verdict"] == each["status"] for each in linear)
    assert all(each["verdict"] == each["cagr_status"] for each in cagr)
    assert [each["status"] for each in linear] == [each["status"] for each in cagr]
    assert {each["evidence"]["method"] for each in cagr} == {"cagr"}


def test_the_table_has_the_figures_of_the_lines(evaluate: Evaluate) -> None:
    asked = ("--data", "demonstration", "--as-of", 2023, "--place", "150000")
    lines, found = rows(evaluate(*asked)), table(evaluate(*asked, "--format", "csv"))
    assert list(found[0]) == EVALUATED
    assert len(found) == len(lines)
    for line, row in zip(lines, found, strict=True):
        for name in ("target", "place", "status", "quote_start"):
            expected = line["evidence"]["quote"]["start"] if name == "quote_start" else line[name]
            assert row[name] == str(expected)
        assert row["gap"] == ("" if line["gap"] is None else str(line["gap"]))
        assert row["observations"].split("|") == [str(each["observation"]) for each in line["evidence"]["inputs"]] or (
            row["observations"] == "" and line["evidence"]["inputs"] == []
        )


@pytest.mark.parametrize("format", ["json", "csv"])
def test_the_same_state_is_printed_the_same_and_in_the_order_of_the_policies(evaluate: Evaluate, format: str) -> None:
    asked = ("--data", "demonstration", "--as-of", 2023, "--format", format)
    assert evaluate(*asked).stdout == evaluate(*asked).stdout
    if format == "json":
        policies = [each["target"].split("/")[0] for each in rows(evaluate(*asked))]
        assert policies == sorted(policies)


def test_a_text_that_a_spreadsheet_would_run_is_made_inert(monkeypatch: pytest.MonkeyPatch) -> None:
    world = World({"a": "national"})
    world.statistic("firms", "家")
    world.indicator("firms", "sum", "firms")
    world.target("firms", "a", "count", ">=", -3)
    world.values("firms", "a", {2022: -5, 2023: -5})
    world.places["a"].zh = "=HYPERLINK(1)"
    world.targets[0].quote = "@SUM(1+1)"
    monkeypatch.setattr(cli, "_snapshot", lambda data, known_on: world.snapshot())
    result = CliRunner().invoke(app, ["evaluate", "--format", "csv", "--as-of", "2023"])
    (row,) = table(result)
    assert (row["place_name"], row["quote"]) == ("'=HYPERLINK(1)", "'@SUM(1+1)")
    assert row["value"] == "-5.0"  # a number stays a number


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--policy", "hebei-2021"), "There is no policy with the id 'hebei-2021'. Did you mean: hebei-2020?"),
        (("--place", "tangshang"), "There is no place with the id 'tangshang'. Did you mean: tangshan"),
        (("--place", ""), "There is no place with the id ''"),
        (("--policy", ""), "There is no policy with the id ''"),
        (("--format", "xml"), "There is no format 'xml'; use csv or json."),
    ],
)
def test_what_is_unknown_is_refused_in_one_sentence_with_the_nearest(
    evaluate: Evaluate, options: tuple[str, str], words: str
) -> None:
    result = evaluate(*options)
    assert (result.exit_code, result.stdout) == (2, "")
    assert words in result.stderr
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    "options", [("--as-of", "next"), ("--as-of", "20222"), ("--as-of", "-1"), ("--method", "x"), ("--data", "x")]
)
def test_an_option_that_cannot_be_read_is_refused(evaluate: Evaluate, options: tuple[str, str]) -> None:
    result = evaluate(*options)
    assert (result.exit_code, result.stdout) == (2, "")
    assert options[0] in result.stderr


def test_what_is_printed_is_utf_8_whatever_the_terminal_believes(founding_database: str) -> None:
    result = subprocess.run(
        [sys.executable, "cli.py", "evaluate", "--policy", "lincang-2019", "--format", "csv"],
        cwd=ROOT,
        env=os.environ | {"TRACKER_DATABASE_URL": founding_database, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=True,
    )
    assert "临沧高新区" in result.stdout.decode("utf-8")
