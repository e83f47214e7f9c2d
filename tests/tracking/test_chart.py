"""The chart of a target as plain values, for every kind of target."""

import pytest

from tests.world import PROVINCE, World
from tracking.chart import ChartPoint, TargetChart, spread, target_chart

VALUES = {2020: 10, 2021: 11, 2022: 14}


def chart(
    kind: str, comparator: str, value: object, values: dict | None = None, as_of: int = 2022, **other: object
) -> TargetChart:
    world = World({"a": "national"})
    world.statistic("firms", "家")
    world.indicator("firms", "sum", "firms", **({"unit": "%"} if kind == "change_points" else {}))
    world.target("firms", "a", kind, comparator, value, **{"baseline_year": 2020, **other})
    world.values("firms", "a", VALUES if values is None else values)
    return drawn(world, as_of)


def drawn(world: World, as_of: int, breaks: tuple[tuple[int, str], ...] = ()) -> TargetChart:
    row = world.row(as_of)
    return target_chart(row, world.snapshot().units[row.indicator.unit], breaks)


def numbers(points: tuple[ChartPoint, ...]) -> dict[int, float]:
    return {point.year: round(point.value, 6) for point in points}


def test_a_level_has_a_straight_path_and_one_line() -> None:
    made = chart("count", ">=", 20)
    assert numbers(made.values) == VALUES
    assert numbers(made.path) == {2020: 10, 2021: 12, 2022: 14, 2023: 16, 2024: 18, 2025: 20}
    assert numbers(made.threshold) == dict.fromkeys(range(2020, 2026), 20)
    assert (made.threshold_high, made.reference, made.moving_threshold) == ((), (), False)
    assert (made.deadline, made.years) == (2025, (2020, 2025))


@pytest.mark.parametrize("kind", ["level", "count", "share", "rank", "coverage"])
def test_the_number_of_the_policy_is_a_line_also_before_anything_is_known(kind: str) -> None:
    made = chart(kind, "<=", 20, values={})
    assert made.values == made.path == made.projection == ()
    assert numbers(made.threshold) == {2025: 20}


def test_annual_growth_is_a_curve_that_is_path_and_threshold_at_once() -> None:
    made = chart("growth_rate", ">=", 10, deadline=2023)
    assert numbers(made.path) == {2020: 10, 2021: 11, 2022: 12.1, 2023: 13.31}
    assert made.threshold == made.path
    assert made.moving_threshold


def test_annual_growth_without_a_deadline_is_drawn_to_the_judged_year() -> None:
    made = chart("growth_rate", ">=", 10, deadline=None)
    assert numbers(made.threshold) == {2020: 10, 2021: 11, 2022: 12.1}
    assert made.deadline is None


def test_total_growth_is_a_straight_path_to_a_level() -> None:
    made = chart("growth_rate", ">=", 50, measure="total")
    assert numbers(made.path)[2025] == 15
    assert numbers(made.path)[2021] == 11
    assert set(numbers(made.threshold).values()) == {15}


def test_doubling_is_a_curve_to_twice_the_baseline() -> None:
    made = chart("growth_multiple", ">=", 2, deadline=2022)
    assert numbers(made.path) == {2020: 10, 2021: 14.142136, 2022: 20}
    assert set(numbers(made.threshold).values()) == {20}


def test_a_rise_in_points_is_a_level_above_the_baseline() -> None:
    made = chart("change_points", ">=", 5)
    assert set(numbers(made.threshold).values()) == {15}
    assert numbers(made.path)[2025] == 15


def test_a_change_without_a_baseline_has_no_line_of_its_own() -> None:
    made = chart("growth_multiple", ">=", 2, baseline_year=2015)
    assert made.threshold == made.path == ()


def test_a_range_has_two_ends() -> None:
    made = chart("count", "range", 16, value_high=18)
    assert set(numbers(made.threshold).values()) == {16}
    assert set(numbers(made.threshold_high).values()) == {18}


def multiple() -> World:
    world = World({"a": "national"})
    world.indicator("intensity", "ratio_of_sums", "rd", "gdp")
    reference = {"reference_code": "intensity", "reference_place": PROVINCE}
    world.target("intensity", "a", "multiple_of_reference", ">=", 3, baseline_year=2020, **reference)
    world.values("intensity", "a", {2020: 4, 2022: 5})
    world.values("intensity", PROVINCE, {2020: 1, 2021: 2, 2022: 2, 2023: 3})
    return world


def test_a_multiple_of_a_reference_is_a_line_that_moves_with_it() -> None:
    made = drawn(multiple(), 2022)
    assert numbers(made.reference) == {2020: 1, 2021: 2, 2022: 2}
    assert numbers(made.threshold) == {2020: 3, 2021: 6, 2022: 6}
    assert made.moving_threshold
    assert numbers(made.path) == {2020: 4, 2021: 4.4, 2022: 4.8, 2023: 5.2, 2024: 5.6, 2025: 6}


def test_gaps_stay_gaps() -> None:
    assert numbers(chart("count", ">=", 20, {2018: 9, 2020: 10, 2022: 12}).values) == {2018: 9, 2020: 10, 2022: 12}


def test_values_later_than_the_year_it_is_seen_from_are_not_drawn() -> None:
    assert numbers(chart("count", ">=", 20, as_of=2021).values) == {2020: 10, 2021: 11}


def test_values_after_the_deadline_are_drawn() -> None:
    assert numbers(chart("count", ">=", 20, deadline=2021).values) == VALUES


def test_a_projection_goes_on_at_the_recent_pace_to_the_deadline_and_widens() -> None:
    made = chart("count", ">=", 20)  # 10, 11, 14: 2 a year; yearly changes 1 and 3, so one deviates by 1
    assert [(band.year, band.middle) for band in made.projection] == [(2022, 14), (2023, 16), (2024, 18), (2025, 20)]
    assert [round(band.high - band.middle, 6) for band in made.projection] == [0, 1, 1.414214, 1.732051]
    assert all(band.middle - band.low == pytest.approx(band.high - band.middle) for band in made.projection)


def test_a_projection_of_growth_compounds_and_ends_at_the_projected_value() -> None:
    world = World({"a": "national"})
    world.statistic("firms", "家")
    world.indicator("firms", "sum", "firms")
    world.target("firms", "a", "growth_rate", ">=", 20, baseline_year=2020)
    world.values("firms", "a", {2020: 100, 2021: 110, 2022: 121})
    made = drawn(world, 2022)
    assert [round(band.middle, 6) for band in made.projection] == [121, 133.1, 146.41, 161.051]
    assert made.projection[-1].middle == pytest.approx(world.row(2022).assessment.projected)


def test_one_value_has_no_projection_and_two_have_one_without_spread() -> None:
    assert chart("count", ">=", 20, {2022: 10}).projection == ()
    made = chart("count", ">=", 20, {2021: 10, 2022: 12})
    assert made.projection[-1].low == made.projection[-1].high == 18


def test_after_the_deadline_there_is_no_projection() -> None:
    assert chart("count", ">=", 20, deadline=2022).projection == ()


def test_provisional_values_are_hollow() -> None:
    world = World({"a": "national", "b": "national"})
    world.statistic("firms", "家")
    world.indicator("firms", "sum", "firms")
    world.target("firms", "P-all", "count", ">=", 20)
    world.values("firms", "a", {2020: 1, 2021: 1})
    world.values("firms", "b", {2020: 1})
    assert [(p.year, p.hollow) for p in drawn(world, 2022).values] == [(2020, False), (2021, True)]


def test_a_change_of_definition_is_a_break() -> None:
    world = multiple()
    assert drawn(world, 2022, ((2021, "new class"),)).breaks == ((2021, "new class"),)


def test_the_axis_begins_at_zero_where_the_lowest_is_near_it() -> None:
    assert chart("count", ">=", 20, {2020: 1, 2021: 2}).extent[0] == 0
    assert chart("count", ">=", 20).extent == (10, pytest.approx(21.732051))


def test_labels_that_would_lie_over_each_other_are_moved_apart() -> None:
    assert spread([1, 5, 9], gap=2, low=0, high=10) == [1, 5, 9]
    assert spread([5, 5, 5], gap=2, low=0, high=10) == [3, 5, 7]
    assert spread([9.5, 10], gap=2, low=0, high=10) == [8, 10]
