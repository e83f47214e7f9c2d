"""Spreading a group's number over its zones: exact, by every rule, for sums and for ratios."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from models import Indicator
from models.assessment import TargetSpec
from models.enums import Aggregation, AllocationRule, Comparator, Kind
from models.errors import PlanRefused
from targets.assessment.allocation import (
    Basis,
    Goal,
    goal_of,
    in_steps,
    refuse_shares,
    refuse_what_cannot_be_spread,
    spread,
)

D = Decimal
RULES = [AllocationRule.EQUAL, AllocationRule.LATEST, AllocationRule.ROOM]


def basis(**zones: object) -> dict[str, Basis]:
    """a=3 is a value; a=(3, 50) a value with its weight; a=None a zone that has not reported."""
    made = {}
    for zone, given_ in zones.items():
        value, weight = given_ if isinstance(given_, tuple) else (given_, 1)
        made[zone] = Basis(None if value is None else D(str(value)), D(str(weight)))
    return made


def indicator_of(aggregation: Aggregation) -> Indicator:
    made: dict[str, Any] = {"zh": "", "en": "", "definition_zh": "", "definition_en": "", "unit": "家"}
    return Indicator(code="i", aggregation=aggregation, **made)


def shares(rule: AllocationRule, found: dict[str, Basis], goal: Goal, step: str = "1") -> list[str]:
    return [str(each) for each in spread(rule, found, goal, D(step)).values()]


def test_an_equal_share_of_ten_over_three_zones_is_four_three_three() -> None:
    assert shares(AllocationRule.EQUAL, basis(a=1, b=2, c=None), Goal(D(10), True)) == ["4", "3", "3"]


def test_by_latest_value_all_zones_grow_by_the_same_percentage() -> None:
    assert shares(AllocationRule.LATEST, basis(a=10, b=30), Goal(D(60), True)) == ["15", "45"]


def test_by_room_each_zone_closes_the_same_part_of_its_distance_to_the_best() -> None:
    # Today 10 + 30 + 60 = 100; 20 are missing; the rooms are 50, 30 and 0: a quarter of each.
    assert shares(AllocationRule.ROOM, basis(a=10, b=30, c=60), Goal(D(120), True), "0.5") == ["22.5", "37.5", "60.0"]


def test_where_no_zone_is_that_far_room_ends_at_an_equal_share() -> None:
    assert shares(AllocationRule.ROOM, basis(a=1, b=3), Goal(D(100), True)) == ["50", "50"]


def test_a_ratio_is_spread_by_the_weight_of_the_denominators() -> None:
    # 1 % of 300 and 3 % of 100 are 1.5 % of 400. For 2 % each must have a third more.
    found = basis(a=(1, 300), b=(3, 100))
    made = spread(AllocationRule.LATEST, found, Goal(D(2), False), D("0.01"))
    assert made == {"a": D("1.34"), "b": D("4.00")}
    assert Goal(D(2), False).group(made, found) == Fraction("2.005")
    assert shares(AllocationRule.EQUAL, found, Goal(D(2), False), "0.01") == ["2.00", "2.00"]


def test_by_room_no_zone_of_a_ratio_is_asked_more_than_the_best_one_has() -> None:
    assert shares(AllocationRule.ROOM, basis(a=(1, 300), b=(3, 100)), Goal(D(2), False), "0.01") == ["1.67", "3.00"]


def test_a_ratio_that_has_to_fall_is_spread_downward() -> None:
    found = basis(a=(10, 1), b=(6, 2))
    goal = Goal(D(5), False, down=True)
    made = spread(AllocationRule.ROOM, found, goal, D("0.1"))
    assert made == {"a": D("5.0"), "b": D("5.0")}
    assert goal.group(spread(AllocationRule.LATEST, found, goal, D("0.1")), found) <= 5


def test_a_target_that_is_reached_has_no_room_to_spread() -> None:
    with pytest.raises(PlanRefused, match="the group is there already: no growth is left to spread"):
        spread(AllocationRule.ROOM, basis(a=5, b=6), Goal(D(10), True), D(1))


def test_a_zone_without_a_value_is_named() -> None:
    with pytest.raises(PlanRefused, match="b has no value: share equally or by hand") as refused:
        spread(AllocationRule.LATEST, basis(a=5, b=None), Goal(D(10), True), D(1))
    assert refused.value.values == {"zones": ["b"]}


def test_a_number_that_is_no_multiple_of_the_step_asks_for_a_finer_one() -> None:
    with pytest.raises(PlanRefused, match=r"10\.5 is no multiple of 1: choose a finer rounding"):
        spread(AllocationRule.EQUAL, basis(a=1), Goal(D("10.5"), True), D(1))


@pytest.mark.parametrize("values", [(0, 0), (-3, 20)])
def test_nothing_and_losses_give_no_proportion(values: tuple[int, int]) -> None:
    with pytest.raises(PlanRefused, match="give no proportion"):
        spread(AllocationRule.LATEST, basis(a=values[0], b=values[1]), Goal(D(10), True), D(1))


def test_a_group_without_zones_is_refused() -> None:
    with pytest.raises(PlanRefused, match="no zones in this year"):
        spread(AllocationRule.EQUAL, {}, Goal(D(10), True), D(1))


def test_shares_by_hand_must_add_up_exactly() -> None:
    found, goal = basis(a=1, b=1), Goal(D(10), True)
    refuse_shares({"a": D("3.3"), "b": D("6.7")}, found, goal)
    with pytest.raises(PlanRefused, match=r"add up to 9\.9999999999, not to 10: 1E-10 too little"):
        refuse_shares({"a": D("3.3"), "b": D("6.6999999999")}, found, goal)
    with pytest.raises(PlanRefused, match="add up to 11, not to 10: 1 too much"):
        refuse_shares({"a": D(4), "b": D(7)}, found, goal)


def test_shares_of_a_ratio_by_hand_must_reach_the_group_by_their_weights() -> None:
    found, goal = basis(a=(1, 300), b=(3, 100)), Goal(D(2), False)
    refuse_shares({"a": D("1.5"), "b": D("3.5")}, found, goal)
    with pytest.raises(PlanRefused, match=r"the group comes to 1\.75, which does not reach 2"):
        refuse_shares({"a": D(1), "b": D(4)}, found, goal)


@pytest.mark.parametrize(
    ("kind", "comparator", "aggregation", "per_zone", "why"),
    [
        ("count", ">=", "zone_count", False, "counts_zones"),
        ("count", ">=", "zone_count_past_threshold", False, "counts_zones"),
        ("coverage", ">=", "region_coverage", False, "growth"),
        ("count", "<=", "each_zone", True, "asked_of_each"),
        ("share", ">=", "ratio_of_sums", True, "asked_of_each"),
        ("growth_rate", ">=", "each_member", False, "several_indicators"),
        ("growth_rate", ">=", "sum", False, "growth"),
        ("multiple_of_reference", ">=", "ratio_of_sums", False, "moving_reference"),
        ("count", "range", "sum", False, "range"),
        ("share", "=", "ratio_of_sums", False, "exact_ratio"),
        ("level", ">=", "sum", False, None),
        ("level", ">=", "accumulated", False, None),
        ("share", "=", "ratio_to_region", False, None),
    ],
)
def test_what_no_zone_can_have_a_part_of_is_refused(
    kind: str, comparator: str, aggregation: str, per_zone: bool, why: str | None
) -> None:
    spec = TargetSpec(Kind(kind), Comparator(comparator), 1.0, value_high=2.0 if comparator == "range" else None)
    indicator = indicator_of(Aggregation(aggregation))
    if why is None:
        refuse_what_cannot_be_spread(spec, indicator, per_zone=per_zone)
        return
    with pytest.raises(PlanRefused) as refused:
        refuse_what_cannot_be_spread(spec, indicator, per_zone=per_zone)
    assert refused.value.kind == why


def test_the_goal_of_about_follows_its_direction() -> None:
    indicator = indicator_of(Aggregation.SUM)
    spec = TargetSpec(Kind.COUNT, Comparator.ABOUT, 5.0, direction=-1)
    assert goal_of(D(5), spec, indicator) == Goal(D(5), additive=True, down=True, kind=Kind.COUNT)


@pytest.mark.parametrize(
    ("kind", "share", "why"),
    [
        (Kind.COUNT, "-1", "counts are whole and not negative: change that of a"),
        (Kind.COUNT, "2.5", "counts are whole"),
        (Kind.SHARE, "101", "between 0 and 100 %: change that of a"),
        (Kind.SHARE, "-0.1", "between 0 and 100 %"),
        (Kind.LEVEL, "-1", None),
    ],
)
def test_a_share_that_no_zone_can_have_is_refused(kind: Kind, share: str, why: str | None) -> None:
    found, goal = basis(a=1, b=1), Goal(D(10), additive=True, kind=kind)
    given_ = {"a": D(share), "b": 10 - D(share)}
    if why is None:
        refuse_shares(given_, found, goal)
        return
    with pytest.raises(PlanRefused, match=why):
        refuse_shares(given_, found, goal)


amounts = st.decimals(0, 10**6, places=3, allow_nan=False)
weights = st.decimals(D("0.001"), 10**6, places=3, allow_nan=False)
zones = st.dictionaries(st.sampled_from("abcdefgh"), st.builds(Basis, amounts, weights), min_size=1)
steps = st.sampled_from([D(1), D("0.1"), D("0.01")])


@given(zones, st.integers(1, 10**7), steps, st.sampled_from(RULES), st.booleans())
def test_shares_of_a_sum_add_up_exactly_and_lie_within_one_step_of_the_exact_ones(
    found: dict[str, Basis], number: int, step: D, rule: AllocationRule, down: bool
) -> None:
    goal = Goal(D(number), additive=True, down=down)
    found = {zone: Basis(each.value) for zone, each in found.items()}
    try:
        made = spread(rule, found, goal, step)
    except PlanRefused:
        assume(False)
    assert sum(made.values()) == number
    refuse_shares(made, found, goal)
    assert all(share % step == 0 for share in made.values())


@given(zones, st.decimals(D("0.01"), 100, places=2), steps, st.sampled_from(RULES), st.booleans())
def test_shares_of_a_ratio_reach_the_group_and_pass_it_by_less_than_a_step(
    found: dict[str, Basis], number: D, step: D, rule: AllocationRule, down: bool
) -> None:
    goal = Goal(number, additive=False, down=down)
    try:
        made = spread(rule, found, goal, step)
    except PlanRefused:
        assume(False)
    passed = goal.group(made, found) - Fraction(number)
    assert 0 <= (-passed if down else passed) < Fraction(step)


@given(zones, st.integers(1, 10**7), steps)
def test_the_largest_remainder_moves_no_share_by_a_whole_step(found: dict[str, Basis], number: int, step: D) -> None:
    found = {zone: Basis((each.value or D(0)) + 1) for zone, each in found.items()}
    whole = sum(Fraction(each.value or 0) for each in found.values())
    exact = {zone: Fraction(each.value or 0) * number / whole for zone, each in found.items()}
    made = in_steps(exact, found, Goal(D(number), additive=True), step)
    assert sum(made.values()) == number
    assert all(abs(Fraction(made[zone]) - exact[zone]) < Fraction(step) for zone in made)


@given(zones, st.integers(1, 10**6))
def test_by_room_nobody_falls_back_and_nobody_is_asked_more_than_the_best_needs(
    found: dict[str, Basis], more: int
) -> None:
    found = {zone: Basis(each.value) for zone, each in found.items()}
    now = sum((each.value or D(0) for each in found.values()), D(0))
    goal = Goal(D(int(now) + more), additive=True)
    assume(goal.number > now)
    step = D("0.001")
    made = spread(AllocationRule.ROOM, found, goal, step)
    best = max(*(each.value or D(0) for each in found.values()), goal.number / len(found))
    assert all((found[zone].value or D(0)) - step < share <= best + step for zone, share in made.items())
