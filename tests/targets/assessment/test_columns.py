"""The column form says of thousands what the scalar form says of one."""

import json
import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.assessment import FIGURES, Cutoffs, TargetSpec
from models.enums import Comparator, Kind, Measure, Status
from models.errors import TargetRefused
from targets.assessment import assess
from targets.assessment.cases import judge_line, plain
from targets.assessment.columns import assess_columns, compare
from targets.assessment.numbers import nine
from tests.targets.assessment.frames import Case, judged_together, long_frame, targets_frame
from tests.targets.assessment.generated import cases, cutoffs, numbers

WORKED = [
    json.loads(line)
    for line in (Path(__file__).parents[2] / "cases" / "assessment-cases.jsonl").read_text("utf-8").splitlines()
]
ONE = {"kind": ["level"], "comparator": [">="], "value": [1.0], "as_of": [2024]}
GOOD = TargetSpec(kind=Kind.LEVEL, comparator=Comparator.AT_LEAST, value=1.0)


def assert_alike(found: dict[str, Any], expected: dict[str, Any], case: object) -> None:
    assert list(found) == list(FIGURES)
    for name, wanted in expected.items():
        if isinstance(wanted, float):
            assert found[name] is not None, (name, found[name], wanted, case)
            assert math.isclose(found[name], wanted, rel_tol=1e-9, abs_tol=1e-9), (name, found[name], wanted, case)
        else:
            assert found[name] == wanted, (name, found[name], wanted, case)


def as_case(worked: dict[str, Any]) -> Case:
    verdict = judge_line(json.dumps({key: value for key, value in worked.items() if key != "expect"}))
    assert verdict.spec is not None and verdict.as_of is not None
    values = {int(year): value for year, value in worked["values"].items() if value is not None}
    reference = {int(year): value for year, value in (worked.get("reference") or {}).items() if value is not None}
    return verdict.spec, values, reference, verdict.as_of


@given(st.lists(cases, min_size=1, max_size=12), cutoffs)
@settings(max_examples=400, deadline=None)
def test_every_figure_is_that_of_the_scalar_form(drawn: list[Case], cut: Cutoffs) -> None:
    together = judged_together(drawn, cut)
    for found, (spec, values, reference, as_of) in zip(together, drawn, strict=True):
        alone = plain(assess(spec, values, reference, as_of=as_of, cutoffs=cut))
        assert_alike(found, alone, (spec, values, reference, as_of, cut))


def test_all_worked_cases_at_once() -> None:
    together = judged_together([as_case(worked) for worked in WORKED], Cutoffs())
    for found, worked in zip(together, WORKED, strict=True):
        expected = worked["expect"]
        figures = {k: float(v) if type(v) is int and not k.endswith("year") else v for k, v in expected.items()}
        for name, wanted in figures.items():
            if isinstance(wanted, float):
                assert math.isclose(found[name], wanted, rel_tol=1e-6, abs_tol=1e-9), (worked["name"], name)
            else:
                assert found[name] == wanted, (worked["name"], name)


def test_the_worked_cases_reach_every_status() -> None:
    together = judged_together([as_case(worked) for worked in WORKED], Cutoffs())
    assert {found["status"] for found in together} == {status.value for status in Status}


@given(st.lists(st.tuples(numbers, numbers, st.sampled_from([0.0, 1e-9, -1e-9, 3e-10, 1e-12])), min_size=1))
def test_columns_compare_as_single_numbers_do(drawn: list[tuple[float, float, float]]) -> None:
    a = np.array([x for x, _, _ in drawn] + [x * (1 + off) for x, _, off in drawn])
    b = np.array([y for _, y, _ in drawn] + [x for x, _, _ in drawn])
    pairs = list(zip(a, b, strict=True))
    assert compare.same(a, b).tolist() == [nine(x) == nine(y) for x, y in pairs]
    assert compare.at_least(a, b).tolist() == [nine(x) >= nine(y) for x, y in pairs]
    assert compare.more_than(a, b).tolist() == [nine(x) > nine(y) for x, y in pairs]


@given(st.lists(st.floats(-200, 200) | st.sampled_from([10 + 4e-10, 10 + 6e-10, 10 - 4e-10, 10.0]), min_size=1))
def test_cutoffs_are_met_at_nine_decimals(drawn: list[float]) -> None:
    figures = np.array(drawn)
    assert compare.up_to(figures, 10.0).tolist() == [round(each, 9) <= 10 for each in drawn]
    assert compare.below(figures, 10.0).tolist() == [round(each, 9) < 10 for each in drawn]


def test_nothing_in_gives_nothing_out() -> None:
    assert judged_together([], Cutoffs()) == []


def test_a_target_without_a_value_has_no_data() -> None:
    found = assess_columns(targets_frame([(GOOD, {}, {}, 2024)]), long_frame([{}]))
    assert found["status"].tolist() == ["no_data"]
    assert found.drop(columns=["status", "was_met", "provisional"]).isna().all(axis=None)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"value": math.nan}, "value"),
        ({"value": math.inf}, "value"),
        ({"value_high": 2.0}, "value_high"),
        ({"comparator": Comparator.RANGE}, "value_high"),
        ({"comparator": Comparator.RANGE, "value_high": 0.5}, "value_high"),
        ({"comparator": Comparator.RANGE, "value_high": math.inf}, "value_high"),
        ({"comparator": Comparator.ABOUT}, "direction"),
        ({"direction": 2}, "direction"),
        ({"direction": -1}, "direction"),
        ({"kind": Kind.RANK}, "comparator"),
        ({"kind": Kind.GROWTH_RATE, "comparator": Comparator.EXACTLY}, "comparator"),
        ({"kind": Kind.MULTIPLE_OF_REFERENCE, "comparator": Comparator.RANGE, "value_high": 2.0}, "comparator"),
        ({"kind": Kind.GROWTH_MULTIPLE}, "value"),
        ({"kind": Kind.GROWTH_MULTIPLE, "value": -2.0}, "value"),
        ({"kind": Kind.GROWTH_RATE, "value": -100.0}, "value"),
    ],
)
def test_what_contradicts_itself_is_refused_by_both_forms(change: dict[str, Any], field: str) -> None:
    odd = replace(GOOD, **change)
    with pytest.raises(TargetRefused) as alone:
        assess(odd, {}, as_of=2024)
    frame = targets_frame([(GOOD, {}, {}, 2024), (odd, {}, {}, 2024)])
    frame.index = pd.Index(["good", "odd"])
    with pytest.raises(TargetRefused) as together:
        assess_columns(frame, long_frame([]))
    assert together.value.field == alone.value.field == field
    assert str(together.value) == f"odd: {alone.value}"


def test_a_decline_of_all_in_total_is_no_contradiction() -> None:
    spec = replace(GOOD, kind=Kind.GROWTH_RATE, measure=Measure.TOTAL, comparator=Comparator.AT_MOST, value=-100.0)
    spec = replace(spec, deadline=2022, baseline_year=2020)
    assert judged_together([(spec, {2020: 5.0, 2022: 0.0}, {}, 2022)], Cutoffs())[0]["status"] == "met"


@pytest.mark.parametrize(
    ("targets", "values", "field"),
    [
        ({key: ONE[key] for key in ("kind", "comparator", "value")}, {}, "as_of"),
        ({**ONE, "kind": ["heap"]}, {}, "kind"),
        ({**ONE, "comparator": ["=>"]}, {}, "comparator"),
        ({**ONE, "comparator": [None]}, {}, "comparator"),
        ({**ONE, "as_of": [None]}, {}, "as_of"),
        (ONE, {"pair": [7], "year": [2020], "value": [1.0]}, "values"),
        (ONE, {"pair": [0, 0], "year": [2020, 2020], "value": [1.0, 2.0]}, "values"),
    ],
)
def test_a_frame_that_cannot_be_read_names_the_column(
    targets: dict[str, Any], values: dict[str, Any], field: str
) -> None:
    with pytest.raises(TargetRefused) as refused:
        assess_columns(pd.DataFrame(targets), pd.DataFrame(values, columns=["pair", "year", "value"]))
    assert refused.value.field == field
