"""Every worked case of the specification, and the results that Open SDG published."""

import csv
import json
import math
from pathlib import Path

import pytest

from models.assessment import TargetSpec
from models.enums import Comparator, Kind
from targets.assessment import assess
from targets.assessment.cases import CaseProblem, judge_line, plain, run_cases

CASES = Path(__file__).parents[2] / "cases"
WORKED = [json.loads(line) for line in (CASES / "assessment-cases.jsonl").read_text("utf-8").splitlines()]
PUBLISHED = list(csv.DictReader((CASES / "open-sdg-progress.csv").open(encoding="utf-8")))


def assert_same(found: object, expected: object, name: str) -> None:
    if isinstance(expected, int | float) and not isinstance(expected, bool):
        assert found is not None and not isinstance(found, bool), name
        assert math.isclose(float(found), expected, rel_tol=1e-6, abs_tol=1e-9), (name, found, expected)  # type: ignore[arg-type]
    else:
        assert found == expected, (name, found, expected)


def test_all_83_worked_cases_are_here() -> None:
    assert len(WORKED) == 83


@pytest.mark.parametrize("case", WORKED, ids=lambda case: case["name"])
def test_a_worked_case_is_judged_as_written(case: dict) -> None:
    given = {key: value for key, value in case.items() if key != "expect"}
    found = plain(judge_line(json.dumps(given)))
    assert set(case["expect"]) == set(found)
    for figure, expected in case["expect"].items():
        assert_same(found[figure], expected, figure)


@pytest.mark.parametrize("row", PUBLISHED, ids=lambda row: row["series"])
def test_a_published_open_sdg_result_is_reproduced(row: dict) -> None:
    values = {}
    for which in ("base", "current"):
        if row[f"{which}_value"]:
            values[int(float(row[f"{which}_year"]))] = float(row[f"{which}_value"])
    spec = TargetSpec(
        kind=Kind.LEVEL,
        comparator=Comparator.AT_LEAST if float(row["direction"]) > 0 else Comparator.AT_MOST,
        value=float(row["target"]),
        deadline=int(float(row["target_year"])),
        baseline_year=int(float(row["base_year"])) if row["base_year"] else None,
    )
    verdict = assess(spec, values, as_of=2026)
    published = None if row["status"] == "not_available" else row["status"]
    assert verdict.cagr_status == published
    assert_same(verdict.cagr_ratio, float(row["progress_value"]) if row["progress_value"] else None, "ratio")
    assert_same(verdict.cagr_score, float(row["score"]) if row["score"] else None, "score")


GOOD = '{"target": {"kind": "level", "comparator": ">=", "value": 1}, "values": {"2020": 1}, "as_of": 2021}'


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("nonsense", "line"),
        ("[]", "line"),
        ('{"values": {}}', "target"),
        (GOOD.replace('"level"', '"heap"'), "kind"),
        (GOOD.replace('"comparator": ">=", ', ""), "comparator"),
        (GOOD.replace('">="', '"=>"'), "comparator"),
        (GOOD.replace('"value": 1', '"value": "1"'), "value"),
        (GOOD.replace('"value": 1', '"value": true'), "value"),
        (GOOD.replace('"value": 1', '"value": 1e999'), "value"),
        (GOOD.replace('"value": 1', '"value": ' + "9" * 400), "value"),
        (GOOD.replace('"value": 1', '"value": ' + "9" * 9000), "line"),
        (GOOD.replace('"value": 1', '"value": NaN'), "line"),
        (GOOD.replace('"2020": 1', '"2020": [1]'), "values.2020"),
        (GOOD.replace('"2020"', '"2020年"'), "values"),
        (GOOD.replace('"2020"', '"２０２０"'), "values"),
        (GOOD.replace(', "as_of": 2021', ', "as_of": 2021.5'), "as_of"),
        (GOOD.replace('"value": 1', '"value": 1, "deadline": 25'), "deadline"),
        (GOOD.replace('"value": 1', '"value": 1, "dead_line": 2025'), "dead_line"),
        (GOOD.replace('"value": 1', '"value": 1, "value_high": 2'), "value_high"),
        (GOOD.replace('">="', '"~"'), "direction"),
        (GOOD.replace('">="', '"range"'), "value_high"),
        (GOOD.replace('">="', '"range"').replace('"value": 1', '"value": 1, "value_high": 0'), "value_high"),
        (GOOD.replace('"level"', '"rank"'), "comparator"),
        (GOOD.replace('"level"', '"growth_multiple"'), "value"),
        (GOOD.replace('"level"', '"growth_rate"').replace('"value": 1', '"value": -100'), "value"),
        (GOOD.replace('"level"', '"growth_rate"').replace('">="', '"="'), "comparator"),
    ],
)
def test_a_bad_line_names_its_field_and_the_others_are_answered(line: str, field: str) -> None:
    first, problem, last = run_cases([GOOD, line, GOOD])
    assert isinstance(first, str) and json.loads(first)["status"] == "holding"
    assert isinstance(problem, CaseProblem) and (problem.line, problem.field) == (2, field)
    assert last == first
