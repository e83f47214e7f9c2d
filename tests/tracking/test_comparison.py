"""Zones side by side: ranks with ties, bands, and who is missing."""

from tests.world import World
from tracking.comparison import Ranking, ranking
from tracking.series import SeriesReader


def ranked(values: dict[str, object], better: int = 1) -> Ranking:
    world = World(dict.fromkeys([*values, "z"], "national"))
    world.statistic("firms", "家")
    world.indicator("firms", "sum", "firms", better=better)
    for zone, value in values.items():
        world.values("firms", zone, {2023: value})
    return ranking(SeriesReader(world.snapshot()), "firms", [*values, "z"], 2023)


def test_the_better_stands_first_and_who_is_missing_last() -> None:
    made = ranked({"a": 1, "b": 3, "c": 2})
    assert [(row.place.code, row.first, row.last) for row in made.rows] == [
        ("b", 1, 1),
        ("c", 2, 2),
        ("a", 3, 3),
        ("z", None, None),
    ]
    assert (made.ranked, made.median) == (3, 2)


def test_equal_values_share_their_ranks() -> None:
    made = ranked({"a": 2, "b": 3, "c": 2, "d": 1})
    assert [(row.place.code, row.first, row.last) for row in made.rows[:4]] == [
        ("b", 1, 1),
        ("a", 2, 3),
        ("c", 2, 3),
        ("d", 4, 4),
    ]


def test_where_less_is_better_the_smallest_stands_first() -> None:
    made = ranked({"a": 4, "b": 3, "c": 2, "d": 1}, better=-1)
    assert [row.place.code for row in made.rows][:2] == ["d", "c"]
    assert [row.band for row in made.rows] == [1, 2, 2, 3, None]


def test_bands_are_quarters() -> None:
    made = ranked({"a": 1, "b": 2, "c": 3, "d": 4, "e": 5})
    assert list(made.quartiles or ()) == [2, 4]
    assert [(row.place.code, row.band) for row in made.rows] == [
        ("e", 1),
        ("d", 2),
        ("c", 2),
        ("b", 2),
        ("a", 3),
        ("z", None),
    ]


def test_below_four_values_there_are_no_bands() -> None:
    made = ranked({"a": 1, "b": 2, "c": 3})
    assert made.quartiles is None
    assert {row.band for row in made.rows} == {None}


def test_without_any_value_there_is_no_median() -> None:
    made = ranked({})
    assert (made.median, made.quartiles, made.ranked) == (None, None, 0)
