"""The least effort: it reaches the gap exactly, and nothing that reaches it too is less."""

from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from targets.assessment.effort import effort, least_effort

F = Fraction
fractions = st.fractions(-1000, 1000, max_denominator=1000)
effects_of_zones = st.dictionaries(st.sampled_from("abcdefgh"), fractions, min_size=1)


def moved(effects: dict[str, Fraction], changes: dict[str, Fraction]) -> Fraction:
    return sum((effects[zone] * changes[zone] for zone in effects), F(0))


def test_two_equal_zones_share_the_effort() -> None:
    assert least_effort(F(10), {"a": F(1), "b": F(1)}) == {"a": 5, "b": 5}


def test_a_zone_that_moves_three_times_as_much_is_asked_three_times_as_much() -> None:
    assert least_effort(F(20), {"a": F(3), "b": F(1)}) == {"a": 6, "b": 2}


def test_where_nothing_moves_there_is_no_plan() -> None:
    assert least_effort(F(5), {"a": F(0)}) == {} and least_effort(F(5), {}) == {}


@given(fractions, effects_of_zones)
def test_the_gap_is_closed_exactly(gap: Fraction, effects: dict[str, Fraction]) -> None:
    assume(any(effects.values()))
    assert moved(effects, least_effort(gap, effects)) == gap


@given(fractions, effects_of_zones, st.data())
def test_no_other_plan_that_closes_the_gap_is_less_effort(
    gap: Fraction, effects: dict[str, Fraction], data: st.DataObject
) -> None:
    assume(any(effects.values()))
    best = least_effort(gap, effects)
    # Any plan that closes the gap: a random one, moved back onto the gap along one zone that has an effect.
    other = {zone: data.draw(fractions, label=zone) for zone in effects}
    pivot = next(zone for zone, each in effects.items() if each)
    other[pivot] += (gap - moved(effects, other)) / effects[pivot]
    assert moved(effects, other) == gap
    assert effort(best) <= effort(other)
    assert (effort(best) == effort(other)) is (best == other)
