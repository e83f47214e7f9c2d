"""Zones side by side: years, ranks, changes, and two indicators against each other."""

from collections.abc import Mapping
from decimal import Decimal

from tests.world import World
from tracking.compare import compare, pairs
from tracking.series import SeriesReader

ZONES = ("a", "b", "c", "d")


def reader(values: Mapping[str, Mapping[int, object]], *, share: bool = False) -> SeriesReader:
    world = World(dict.fromkeys(ZONES, "national"))
    world.statistic("firms", "家")
    world.indicator("firms", "sum", "firms", **({"unit": "%"} if share else {}))
    for zone, by_year in values.items():
        world.values("firms", zone, by_year)
    return SeriesReader(world.snapshot())


def test_zones_are_ranked_by_the_last_year_that_any_of_them_has() -> None:
    found = compare(reader({"a": {2020: 5, 2021: 9}, "b": {2021: 12}}), "firms", ZONES, range(2019, 2024))
    assert found.years == (2019, 2020, 2021)
    assert [row.ranked.place.code for row in found.rows][:2] == ["b", "a"]
    assert [row.ranked.rank for row in found.rows] == ["1", "2", "—", "—"]
    assert [[p.value if p else None for p in row.points] for row in found.rows][:2] == [
        [None, None, Decimal(12)],
        [None, Decimal(5), Decimal(9)],
    ]


def test_a_change_is_told_between_the_ends_of_the_years_shown_or_not_at_all() -> None:
    values = {"a": {2020: 10, 2022: 15}, "b": {2021: 10, 2022: 20}, "c": {2020: 0, 2022: 3}}
    found = compare(reader(values), "firms", ZONES, range(2020, 2023))
    assert {row.ranked.place.code: row.change for row in found.rows} == {
        "a": Decimal(50),
        "b": None,
        "c": None,
        "d": None,
    }


def test_a_change_of_a_percentage_is_in_points() -> None:
    world = World({"a": "national", "b": "national"})
    world.statistic("rd", "千元")
    world.statistic("gdp", "千元")
    world.indicator("intensity", "ratio_of_sums", "rd", "gdp")
    world.values("rd", "a", {2020: 2, 2021: 3})
    world.values("gdp", "a", {2020: 100, 2021: 100})
    (first, _) = compare(SeriesReader(world.snapshot()), "intensity", ("a", "b"), (2020, 2021)).rows
    assert first.change == Decimal(1)


def test_without_any_value_nothing_is_ranked() -> None:
    found = compare(reader({}), "firms", ZONES, range(2020, 2023))
    assert (found.ranking.ranked, found.ranking.median) == (0, None)
    assert found.years == (2020, 2021, 2022)


def test_two_indicators_are_paired_zone_by_zone_where_both_are_known() -> None:
    values = {"a": {2020: 1}, "b": {2020: 2}, "c": {2020: 3}}
    made = pairs(reader(values), "firms", "firms", ZONES, 2020)
    assert [(each.zone, each.across, each.up) for each in made] == [("a", 1, 1), ("b", 2, 2), ("c", 3, 3)]
    assert pairs(reader({"a": {2020: 1}}), "firms", "firms", ZONES, 2020) == ()
