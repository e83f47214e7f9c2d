"""The value of a group in a year, by each rule of the specification, on figures that can be added by hand."""

from decimal import Decimal

from models.enums import DataSet
from tests.world import PROVINCE, World
from tracking.series import Point, Series, SeriesReader, Way

THREE = {"a": "national", "b": "national", "c": "provincial"}
ALL = "P-all"


def read(world: World, indicator: str, place: str = ALL, **asked: object) -> Series:
    return SeriesReader(world.snapshot()).series(indicator, place, **asked)  # type: ignore[arg-type]


def at(world: World, indicator: str, year: int, place: str = ALL, **asked: object) -> Point:
    point = read(world, indicator, place, **asked).at(year)
    assert point is not None
    return point


def summed() -> World:
    world = World(THREE)
    world.statistic("output", "千元")
    world.indicator("output", "sum", "output", unit="亿元")
    return world


def test_a_sum_adds_the_zones_and_changes_the_unit() -> None:
    world = summed()
    for zone, value in (("a", 100_000), ("b", 250_000), ("c", 50_000)):  # 千元: 1, 2.5 and 0.5 亿元
        world.values("output", zone, {2020: value})
    point = at(world, "output", 2020)
    assert point.value == Decimal("4")
    assert (point.way, point.members, point.reported, point.partial) == (Way.FROM_ZONES, 3, 3, False)
    assert [each.place for each in point.inputs] == ["a", "b", "c"]


def test_a_sum_of_the_national_zones_leaves_the_provincial_one_out() -> None:
    world = summed()
    for zone in THREE:
        world.values("output", zone, {2020: 100_000})
    assert at(world, "output", 2020, "P-national").value == 2


def test_a_sum_with_a_zone_missing_is_partial_and_says_who() -> None:
    world = summed()
    for zone in ("a", "c"):
        world.values("output", zone, {2020: 100_000})
    point = at(world, "output", 2020)
    assert (point.members, point.reported, point.missing) == (3, 2, ("b",))
    assert point.partial
    assert point.provisional


def test_fewer_than_half_of_the_zones_are_no_value_of_the_group() -> None:
    world = summed()
    world.values("output", "a", {2020: 100_000})
    assert read(world, "output").points == ()


def test_years_without_a_value_stay_gaps() -> None:
    world = summed()
    for zone in THREE:
        world.values("output", zone, {2018: 1, 2021: 1})
    assert [p.year for p in read(world, "output").points] == [2018, 2021]


def test_a_preliminary_value_makes_a_point_provisional() -> None:
    world = summed()
    world.values("output", "a", {2020: 1}, state="provisional")
    point = at(world, "output", 2020, "a")
    assert (point.partial, point.provisional) == (False, True)


def test_a_published_value_goes_before_the_sum_and_the_difference_is_kept() -> None:
    world = summed()
    world.values("output", ALL, {2020: 450_000})
    for zone in THREE:
        world.values("output", zone, {2020: 100_000})
    point = at(world, "output", 2020)
    assert (point.value, point.way) == (Decimal("4.5"), Way.OBSERVED)
    assert (point.zones_value, point.zones_way) == (Decimal(3), Way.FROM_ZONES)


def test_a_partial_sum_is_not_held_against_a_published_value() -> None:
    world = summed()
    world.values("output", ALL, {2020: 450_000})
    for zone in ("a", "b"):
        world.values("output", zone, {2020: 100_000})
    assert at(world, "output", 2020).zones_value is None


def accumulating() -> World:
    world = World({"a": "national", "b": "national"})
    world.statistic("teams", "个")
    world.indicator("teams_new", "accumulated", "teams", unit="个")
    return world


def test_an_accumulated_flow_adds_the_years_from_the_plans_first_on() -> None:
    world = accumulating()
    world.values("teams", "a", {2020: 9, 2021: 1, 2022: 2})
    world.values("teams", "b", {2021: 3, 2022: 4})
    series = read(world, "teams_new", first_year=2021)
    assert {p.year: p.value for p in series.points} == {2020: 0, 2021: 4, 2022: 10}
    assert series.points[0].way is Way.DEFINITION
    assert not series.points[2].partial


def test_a_missing_year_of_one_zone_makes_an_accumulated_flow_partial() -> None:
    world = accumulating()
    world.values("teams", "a", {2021: 1, 2022: 2})
    world.values("teams", "b", {2022: 4})
    point = at(world, "teams_new", 2022, first_year=2021)
    assert (point.value, point.partial, point.reported, point.missing) == (7, True, 1, ("b",))
    assert point.missing_years == ()


def test_a_year_that_nobody_reported_is_named() -> None:
    world = accumulating()
    for zone in ("a", "b"):
        world.values("teams", zone, {2021: 1, 2023: 1})
    series = read(world, "teams_new", first_year=2021)
    assert [p.year for p in series.points] == [2020, 2021, 2023]
    point = series.points[-1]
    assert (point.value, point.partial, point.missing_years) == (4, True, (2022,))


def test_a_zone_is_not_owed_years_before_its_approval() -> None:
    world = World({"a": "national", "b": [(2022, "provincial")]})
    world.statistic("teams", "个")
    world.indicator("teams_new", "accumulated", "teams", unit="个")
    world.values("teams", "a", {2021: 1, 2022: 1})
    world.values("teams", "b", {2022: 5})
    point = at(world, "teams_new", 2022, first_year=2021)
    assert (point.value, point.partial) == (7, False)
    assert at(world, "teams_new", 2022, "b", first_year=2021).value == 5


def test_a_group_with_yearly_values_of_its_own_accumulates_these() -> None:
    world = accumulating()
    world.values("teams", ALL, {2021: 10, 2022: 11})
    world.values("teams", "a", {2021: 1, 2022: 1})
    assert at(world, "teams_new", 2022, first_year=2021).value == 21


def test_a_published_total_goes_before_the_accumulated_years() -> None:
    world = accumulating()
    world.values("teams_new", ALL, {2022: 12})
    for zone in ("a", "b"):
        world.values("teams", zone, {2021: 2, 2022: 2})
    point = at(world, "teams_new", 2022, first_year=2021)
    assert (point.value, point.way, point.zones_value) == (12, Way.OBSERVED, 8)


def test_an_accumulated_flow_without_a_first_year_has_no_value() -> None:
    world = accumulating()
    world.values("teams", "a", {2021: 1})
    assert read(world, "teams_new", "a").points == ()


def ratio() -> World:
    world = World(THREE)
    world.indicator("intensity", "ratio_of_sums", "rd", "gdp")
    return world


def test_a_ratio_of_sums_is_not_the_mean_of_the_ratios() -> None:
    world = ratio()
    for zone, rd, gdp in (("a", 10, 100), ("b", 1, 100), ("c", 1, 300)):
        world.values("rd", zone, {2020: rd})
        world.values("gdp", zone, {2020: gdp})
    assert at(world, "intensity", 2020).value == Decimal(100) * 12 / 500  # 2.4, the mean would be 3.8


def test_numerator_and_denominator_come_from_the_same_zones() -> None:
    world = ratio()
    for zone, rd in (("a", 10), ("b", 5), ("c", 1)):
        world.values("rd", zone, {2020: rd})
    for zone in ("a", "b"):
        world.values("gdp", zone, {2020: 100})
    point = at(world, "intensity", 2020)
    assert point.value == Decimal(100) * 15 / 200
    assert point.missing == ("c",)
    assert [each.place for each in point.inputs] == ["a", "b", "a", "b"]


def test_a_ratio_of_the_groups_own_parts_goes_before_that_of_its_zones() -> None:
    world = ratio()
    world.values("rd", ALL, {2020: 6})
    world.values("gdp", ALL, {2020: 100})
    for zone in THREE:
        world.values("rd", zone, {2020: 1})
        world.values("gdp", zone, {2020: 20})
    point = at(world, "intensity", 2020)
    assert (point.value, point.way) == (6, Way.FROM_PARTS)
    assert (point.zones_value, point.zones_way) == (5, Way.FROM_ZONES)


def test_a_published_ratio_goes_before_its_parts() -> None:
    world = ratio()
    world.values("intensity", ALL, {2020: "2.5"})
    world.values("rd", ALL, {2020: 6})
    world.values("gdp", ALL, {2020: 100})
    assert at(world, "intensity", 2020).value == Decimal("2.5")


def test_a_ratio_over_nothing_is_missing_not_zero() -> None:
    world = ratio()
    for zone in THREE:
        world.values("rd", zone, {2020: 1})
        world.values("gdp", zone, {2020: 0})
    assert read(world, "intensity").points == ()


def test_a_share_of_the_region_takes_the_denominator_from_the_region() -> None:
    world = World(THREE)
    world.indicator("share", "ratio_to_region", "firms", "firms")
    for zone, firms in (("a", 10), ("b", 20), ("c", 6)):
        world.values("firms", zone, {2020: firms})
    world.values("firms", PROVINCE, {2020: 144})
    point = at(world, "share", 2020)
    assert point.value == 25
    assert [each.place for each in point.inputs] == ["a", "b", "c", PROVINCE]
    assert at(world, "share", 2020, "P-national").value == Decimal(100) * 30 / 144
    assert at(world, "share", 2020, "b").value == Decimal(100) * 20 / 144


def test_a_share_of_the_region_without_the_regions_value_is_missing() -> None:
    world = World(THREE)
    world.indicator("share", "ratio_to_region", "firms", "firms")
    for zone in THREE:
        world.values("firms", zone, {2020: 1})
    assert read(world, "share").points == ()


def test_a_share_with_the_groups_own_numerator_keeps_that_of_the_zones() -> None:
    world = World(THREE)
    world.indicator("share", "ratio_to_region", "firms", "firms")
    world.values("firms", ALL, {2020: 40})
    world.values("firms", PROVINCE, {2020: 100})
    for zone in THREE:
        world.values("firms", zone, {2020: 10})
    point = at(world, "share", 2020)
    assert (point.value, point.way, point.zones_value) == (40, Way.FROM_PARTS, 30)


def counted(**other: object) -> World:
    world = World({"a": "national", "b": [(2021, "national")], "c": "provincial"}, **other)  # type: ignore[arg-type]
    world.indicator("count", "zone_count", "zones")
    world.values("zones", "elsewhere", {2020: 1, 2022: 1})  # so that the years are known
    return world


def test_zones_are_counted_in_the_register_where_it_is_complete() -> None:
    series = read(counted(register_complete_from=2021), "count", "P-national")
    assert {p.year: (p.value, p.way) for p in series.points} == {2021: (2, Way.REGISTER), 2022: (2, Way.REGISTER)}


def test_an_incomplete_register_is_not_counted() -> None:
    assert read(counted(), "count", "P-national").points == ()


def test_the_register_of_the_demonstration_set_is_complete() -> None:
    series = read(counted(data_set=DataSet.DEMONSTRATION), "count", "P-national")
    assert {p.year: p.value for p in series.points} == {2020: 1, 2021: 2, 2022: 2}


def test_a_published_count_goes_before_the_register() -> None:
    world = counted(register_complete_from=2021)
    world.values("zones", "P-national", {2021: 5})
    point = at(world, "count", 2021, "P-national")
    assert (point.value, point.way, point.zones_value, point.zones_way) == (5, Way.OBSERVED, 2, Way.REGISTER)


def past(*, strict: bool) -> World:
    world = World(THREE)
    world.statistic("output", "千元")
    other: dict = {"threshold": Decimal(1000), "threshold_unit": "亿元", "threshold_strict": strict}
    world.indicator("big", "zone_count_past_threshold", "output", **other)
    for zone, value in (
        ("a", 100_000_000),
        ("b", 100_000_001),
        ("c", 99_999_999),
    ):  # 千元; 1000 亿元 = 100,000,000 千元
        world.values("output", zone, {2020: value})
    return world


def test_zones_past_a_threshold_count_the_one_that_lies_on_it() -> None:
    assert at(past(strict=False), "big", 2020).value == 2


def test_zones_strictly_past_a_threshold_do_not() -> None:
    assert at(past(strict=True), "big", 2020).value == 1


def test_zones_past_a_threshold_with_one_missing_are_partial() -> None:
    world = past(strict=True)
    del world.observations["output", "c"]
    point = at(world, "big", 2020)
    assert (point.value, point.partial, point.missing) == (1, True, ("c",))


def covering(**other: object) -> World:
    zones = {"a": [(None, "national", "c1")], "b": [(None, "national", "c1")], "d": [(2021, "national", "c2")]}
    world = World(zones, **other)  # type: ignore[arg-type]
    world.indicator("coverage", "region_coverage", "cities_with_zone", "cities")
    world.values("cities", PROVINCE, {2020: 4, 2021: 4})
    return world


def test_region_coverage_counts_each_city_once() -> None:
    series = read(covering(register_complete_from=2000), "coverage", "P-national")
    assert {p.year: p.value for p in series.points} == {2020: 25, 2021: 50}


def test_region_coverage_from_published_counts() -> None:
    world = covering()
    world.values("cities_with_zone", "P-national", {2020: 3}, state="provisional")
    series = read(world, "coverage", "P-national")
    assert {p.year: (p.value, p.way, p.provisional) for p in series.points} == {2020: (75, Way.FROM_PARTS, True)}


def test_published_coverage_keeps_that_of_the_register_beside_it() -> None:
    world = covering(register_complete_from=2000)
    world.values("cities_with_zone", "P-national", {2021: 3})
    point = at(world, "coverage", 2021, "P-national")
    assert (point.value, point.zones_value, point.zones_way) == (75, 50, Way.REGISTER)


def test_zone_coverage_is_the_part_of_all_zones_that_say_yes() -> None:
    world = World({**THREE, "d": "provincial"})
    world.statistic("green", "是否")
    world.indicator("green_share", "zone_coverage", "green")
    for zone, yes in (("a", 1), ("b", 0), ("c", 1), ("d", 1)):
        world.values("green", zone, {2020: yes})
    assert at(world, "green_share", 2020).value == 75


def test_a_zone_that_has_not_answered_is_missing_and_does_not_count_as_yes() -> None:
    world = World({**THREE, "d": "provincial"})
    world.statistic("green", "是否")
    world.indicator("green_share", "zone_coverage", "green")
    for zone in ("a", "b", "c"):
        world.values("green", zone, {2020: 1})
    point = at(world, "green_share", 2020)
    assert (point.value, point.partial, point.missing) == (75, True, ("d",))


def test_what_each_zone_is_asked_has_no_value_of_the_group() -> None:
    world = World(THREE)
    world.statistic("industries", "个")
    world.indicator("industries_each", "each_zone", "industries", unit="个")
    for zone in THREE:
        world.values("industries", zone, {2020: 2})
    assert read(world, "industries_each").points == ()
    assert at(world, "industries_each", 2020, "b").value == 2


def test_what_stands_for_others_has_no_values_of_its_own() -> None:
    world = summed()
    world.indicator("main", "each_member")
    world.values("output", "a", {2020: 1})
    assert read(world, "main", "a").points == ()


def test_a_region_has_only_what_was_published_for_it() -> None:
    world = ratio()
    for zone in THREE:
        world.values("rd", zone, {2020: 1})
        world.values("gdp", zone, {2020: 20})
    world.values("intensity", PROVINCE, {2021: "1.75"})
    assert {p.year: p.value for p in read(world, "intensity", PROVINCE).points} == {2021: Decimal("1.75")}


def test_a_snapshot_without_any_value_has_empty_series() -> None:
    assert read(summed(), "output").points == ()
