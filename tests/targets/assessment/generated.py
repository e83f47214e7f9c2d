"""Targets and values made by hypothesis: every kind, comparator and measure, gaps, zeros, negative and odd numbers."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from models.assessment import Cutoffs, TargetSpec
from models.contradictions import DOWNWARD, ONE_SIDED, STATE_KINDS, UPWARD
from models.enums import Comparator, Kind, Measure

FIRST, LAST = 2014, 2028
years = st.integers(FIRST, LAST)
maybe_year = st.none() | years

round_numbers = st.sampled_from([0.0, 1.0, 2.0, 3.0, 5.0, 10.0, 15.0, 50.0, 100.0, 0.1 + 0.2, 0.3, 2.5, -1.0, -14.0])
plain_numbers = st.floats(-1000, 1000, allow_nan=False).map(lambda number: round(number, 3))
wide_numbers = st.floats(-1e12, 1e12, allow_nan=False, allow_subnormal=False).filter(lambda n: n == 0 or abs(n) > 1e-9)
numbers = round_numbers | plain_numbers | wide_numbers
positive = st.floats(0.01, 5000).map(lambda number: round(number, 3))

series = st.dictionaries(years, round_numbers | positive | plain_numbers | wide_numbers, max_size=8)
steady = st.builds(
    lambda first, start, step, holes: {first + n: round(start + step * n, 3) for n in range(8) if n not in holes},
    st.integers(FIRST, 2020),
    positive,
    st.floats(-50, 50).map(lambda number: round(number, 2)),
    st.sets(st.integers(0, 7), max_size=3),
)


@st.composite
def specs(
    draw: st.DrawFn, kinds: Sequence[Kind] = tuple(Kind), comparators: Collection[Comparator] = tuple(Comparator)
) -> TargetSpec:
    """A target that does not contradict itself."""
    kind = draw(st.sampled_from(kinds))
    comparator = draw(st.sampled_from([each for each in _comparators(kind) if each in comparators]))
    measure = draw(st.sampled_from(Measure))
    value = draw(_value(kind, measure))
    high = value + draw(positive | st.just(0.0)) if comparator is Comparator.RANGE else None
    return TargetSpec(
        kind=kind,
        comparator=comparator,
        value=value,
        value_high=high,
        measure=measure,
        direction=draw(_direction(comparator)),
        deadline=draw(maybe_year),
        baseline_year=draw(maybe_year),
        period_start=draw(maybe_year),
        issued=draw(maybe_year),
    )


def _comparators(kind: Kind) -> list[Comparator]:
    if kind is Kind.RANK:
        return [Comparator.AT_MOST]
    return list(Comparator) if kind in STATE_KINDS else sorted(ONE_SIDED)


def _value(kind: Kind, measure: Measure) -> st.SearchStrategy[float]:
    if kind is Kind.GROWTH_MULTIPLE:
        return st.sampled_from([0.5, 0.9, 1.5, 2.0, 4.0]) | positive.filter(lambda number: number != 1)
    if kind is Kind.GROWTH_RATE and measure is Measure.ANNUAL:
        return st.sampled_from([15.0, 3.0, 0.0, -5.0, -14.0, 8.5]) | st.floats(-99, 200).map(lambda n: round(n, 2))
    return round_numbers | plain_numbers | wide_numbers


def _direction(comparator: Comparator) -> st.SearchStrategy[int | None]:
    if comparator is Comparator.ABOUT:
        return st.sampled_from([1, -1])
    if comparator in UPWARD:
        return st.sampled_from([None, 1])
    if comparator in DOWNWARD:
        return st.sampled_from([None, -1])
    return st.sampled_from([None, 1, -1])


cutoffs = st.just(Cutoffs()) | st.builds(
    Cutoffs,
    on_track_lag=st.sampled_from([0.0, 5.0, 10.0]),
    behind_lag=st.sampled_from([20.0, 30.0]),
    wrong_way=st.sampled_from([-20.0, -5.0, 0.0]),
    stale_years=st.integers(0, 4),
    about=st.sampled_from([0.0, 0.05, 0.1]),
)
cases: st.SearchStrategy[tuple[Any, ...]] = st.tuples(specs(), series | steady, series | steady, years)
"""A target, its values, the reference, and the year the reader stands in."""

one_sided_levels = st.tuples(specs([Kind.LEVEL], ONE_SIDED), series | steady, st.just({}), years)


@st.composite
def ended(draw: st.DrawFn) -> tuple[Any, ...]:
    """A case whose deadline is over and has its value."""
    spec, values, reference, later = draw(cases)
    deadline = draw(years)
    values = {**values, deadline: draw(numbers)}
    return replace(spec, deadline=deadline), values, {**reference, deadline: draw(positive)}, max(later, deadline)
