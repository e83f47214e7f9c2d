"""What holds for every target, whatever its values."""

import math
from dataclasses import replace
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from models.assessment import Assessment, Cutoffs, TargetSpec
from models.enums import CHANGE_KINDS, BaselineRule, Comparator, Kind, Status
from targets.assessment import assess
from targets.assessment.case import make_case
from targets.assessment.numbers import same
from tests.targets.assessment.frames import Case
from tests.targets.assessment.generated import cases, ended, one_sided_levels

LATE = (Status.AWAITING, Status.UNREPORTED)
ENDED = (Status.MET, Status.MISSED)
WITHOUT_FIGURES = (Status.NO_DATA, Status.NO_BASELINE, Status.NO_REFERENCE)


def judged(case: Case, **changes: Any) -> Assessment:
    spec, values, reference, as_of = case
    return assess(replace(spec, **changes), values, reference, as_of=as_of)


@given(cases)
@settings(deadline=None)
def test_the_gap_is_nothing_just_where_the_value_holds(case: Case) -> None:
    spec, values, reference, as_of = case
    verdict = judged(case)
    made = make_case(
        spec,
        {year: value for year, value in values.items() if year <= as_of},
        {year: value for year, value in reference.items() if year <= as_of},
        as_of,
        Cutoffs(),
    )
    assume(verdict.gap is not None and made is not None and made.path is not None)
    assert made is not None and made.path is not None
    assert (verdict.gap == 0) is (made.holds(made.value, made.path) or same(made.value, made.path))
    assert verdict.gap is not None and verdict.gap >= 0


@given(cases)
@settings(deadline=None)
def test_met_and_missed_are_said_of_the_deadline_year_alone(case: Case) -> None:
    verdict = judged(case)
    if verdict.status in ENDED:
        assert verdict.year == case[0].deadline
    elif verdict.year is not None and verdict.year == case[0].deadline:
        assert verdict.status in WITHOUT_FIGURES


@given(ended(), st.integers(0, 6))
@settings(deadline=None)
def test_later_years_never_change_a_final_verdict(case: Case, later: int) -> None:
    first = judged(case)
    assert first.status in (*ENDED, Status.NO_BASELINE)
    spec, values, reference, as_of = case
    assert assess(spec, values, reference, as_of=as_of + later).status is first.status


@given(cases)
@settings(deadline=None)
def test_values_after_the_year_of_the_reader_are_not_looked_at(case: Case) -> None:
    spec, values, reference, as_of = case
    seen = {year: value for year, value in values.items() if year <= as_of}
    known = {year: value for year, value in reference.items() if year <= as_of}
    assert assess(spec, seen, known, as_of=as_of) == judged(case)


@given(cases)
@settings(deadline=None)
def test_the_judged_value_is_one_that_was_given(case: Case) -> None:
    verdict, (_, values, _, as_of) = judged(case), case
    if verdict.year is None:
        assert verdict.status in (Status.NO_DATA, *LATE)
        assert verdict.value is None and verdict.gap is None
        return
    assert values[verdict.year] == verdict.value and verdict.year <= as_of
    if verdict.baseline_year is not None:
        assert values[verdict.baseline_year] == verdict.baseline_value
        assert verdict.baseline_year <= verdict.year


@given(cases)
@settings(deadline=None)
def test_a_stated_baseline_of_a_change_is_not_replaced(case: Case) -> None:
    verdict, spec = judged(case), case[0]
    if spec.kind in CHANGE_KINDS and spec.baseline_year is not None and verdict.baseline_year is not None:
        assert verdict.baseline_year == spec.baseline_year
        assert verdict.baseline_rule is BaselineRule.STATED


@given(cases)
@settings(deadline=None)
def test_progress_elapsed_and_lag_belong_together(case: Case) -> None:
    verdict = judged(case)
    if verdict.lag is not None:
        assert verdict.progress is not None and verdict.elapsed is not None
        assert math.isclose(verdict.lag, verdict.elapsed - verdict.progress, abs_tol=1e-9)


@given(cases)
@settings(deadline=None)
def test_before_the_end_nothing_looks_ahead_once_the_deadline_is_over(case: Case) -> None:
    verdict = judged(case)
    if verdict.status in (*LATE, *WITHOUT_FIGURES, *ENDED):
        assert verdict.needed_per_year is None and verdict.projected is None and verdict.acceleration is None
    if verdict.status in (*LATE, *WITHOUT_FIGURES):
        assert verdict.cagr_status is None and verdict.cagr_ratio is None


@given(cases, st.sampled_from([0.001, 0.1, 10.0, 10_000.0]))
@settings(deadline=None)
def test_another_unit_changes_no_verdict(case: Case, scale: float) -> None:
    spec, values, reference, as_of = case
    stated = spec.kind in (Kind.LEVEL, Kind.COUNT, Kind.SHARE, Kind.COVERAGE, Kind.CHANGE_POINTS)
    other = replace(
        spec,
        value=spec.value * scale if stated else spec.value,
        value_high=None if spec.value_high is None else spec.value_high * scale,
    )
    assume(spec.kind is not Kind.RANK)
    first = judged(case)
    second = assess(
        other, {y: v * scale for y, v in values.items()}, {y: v * scale for y, v in reference.items()}, as_of=as_of
    )
    # Float noise may move a figure that lies exactly on a cut-off; everything else is the same.
    near = first.lag is not None and any(abs(first.lag - cut) < 1e-6 for cut in (10.0, 30.0))
    assume(not near and not (first.progress is not None and abs(first.progress + 5) < 1e-6))
    assert second.status is first.status
    if first.gap is not None and second.gap is not None:
        assert math.isclose(second.gap, first.gap * scale, rel_tol=1e-6, abs_tol=1e-6 * scale)


@given(one_sided_levels)
@settings(deadline=None)
def test_a_target_downwards_is_the_mirror_of_one_upwards(case: Case) -> None:
    spec, values, _, as_of = case
    mirror = {
        Comparator.AT_LEAST: Comparator.AT_MOST,
        Comparator.MORE_THAN: Comparator.LESS_THAN,
        Comparator.AT_MOST: Comparator.AT_LEAST,
        Comparator.LESS_THAN: Comparator.MORE_THAN,
    }
    turned = replace(
        spec,
        comparator=mirror[spec.comparator],
        value=-spec.value,
        direction=None if spec.direction is None else -spec.direction,
    )
    first, second = judged(case), assess(turned, {year: -value for year, value in values.items()}, as_of=as_of)
    assert second.status is first.status
    assert second.gap == first.gap and second.lag == first.lag and second.was_met == first.was_met


def test_a_value_that_equals_a_strict_threshold_but_for_noise_has_no_gap() -> None:
    """A billion and one, against more than a billion: at nine digits they are one number, on either side of it."""
    for value in (1_000_000_001.0, 999_999_999.9):
        spec = TargetSpec(kind=Kind.SHARE, comparator=Comparator.MORE_THAN, value=1e9, deadline=2025)
        verdict = assess(spec, {2024: value}, as_of=2024)
        assert verdict.gap == 0
