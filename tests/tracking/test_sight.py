"""What is left of a snapshot for somebody who may not see all of it."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.enums import Origin
from storage.queries import Snapshot
from tests.world import World
from tracking.board import build_board
from tracking.comparison import ranking
from tracking.series import SeriesReader
from tracking.sight import Sight, limited

GROUP = "P-all"


def reported(levels: dict[str, str] | None = None, /, **values: dict[int, object]) -> Snapshot:
    """Zones with their reported R&D by year; the product of each is ten times 1. They are national but for `levels`."""
    world = World(zones=dict.fromkeys(values, "national") | (levels or {}))
    world.statistic("rd", "千元")
    world.statistic("gdp", "千元")
    world.indicator("total", "sum", "rd", unit="千元")
    world.indicator("intensity", "ratio_of_sums", "rd", "gdp")
    for zone, by_year in values.items():
        world.values("rd", zone, by_year)
        world.values("gdp", zone, dict.fromkeys(by_year, 10))
    world.target("intensity", GROUP, "share", ">=", 1)
    whole = world.snapshot()
    observations = {
        key: {year: replace(value, origin=Origin.SUBMISSION) for year, value in by_year.items()}
        for key, by_year in whole.observations.items()
    }
    return replace(whole, observations=observations)


def closed(snapshot: Snapshot, *zones: str, results: tuple[str, ...] = ()) -> SeriesReader:
    return SeriesReader(limited(snapshot, Sight(frozenset(zones), frozenset(results))))


@pytest.mark.parametrize("indicator", ["total", "intensity"])
def test_of_two_zones_neither_can_subtract_the_other(indicator: str) -> None:
    reader = closed(reported(a={2024: 3}, b={2024: 7}), "b")
    assert reader.series(indicator, "a").at(2024) is not None
    assert reader.series(indicator, "b").points == ()
    assert reader.series(indicator, GROUP).points == ()
    assert reader.concealed(indicator, GROUP) and reader.concealed(indicator, "b")
    assert not reader.concealed(indicator, "a")


@pytest.mark.parametrize("indicator", ["total", "intensity"])
def test_with_two_hidden_zones_the_group_has_its_whole_value(indicator: str) -> None:
    snapshot = reported(a={2024: 3}, b={2024: 7}, c={2024: 2})
    point, whole = (each.series(indicator, GROUP).at(2024) for each in (closed(snapshot, "b", "c"), closed(snapshot)))
    assert point is not None and whole is not None
    assert (point.value, point.reported, point.partial) == (whole.value, 3, False)
    assert {each.place for each in point.inputs} == {"a"}
    assert len(point.inputs) + point.unlisted == len(whole.inputs)


@pytest.mark.parametrize("indicator", ["total", "intensity"])
def test_the_results_of_groups_within_a_group_cannot_be_subtracted(indicator: str) -> None:
    values = {zone: {2024: at} for at, zone in enumerate("abcd", 2)}
    snapshot = reported({"d": "provincial"}, **values)  # type: ignore[arg-type]
    reader = closed(snapshot, "b", "c", "d")
    shown = {group: bool(reader.series(indicator, group).points) for group in ("P-all", "P-national", "P-provincial")}
    assert shown == {"P-all": False, "P-national": True, "P-provincial": False}, "all less national would be d"
    assert all(closed(snapshot, "b", "c").series(indicator, group).points for group in shown)


LETTERS = "abcdefg"


@given(
    st.lists(st.sampled_from(["national", "provincial"]), min_size=7, max_size=7),
    st.sets(st.sampled_from(LETTERS)),
    st.sets(st.sampled_from(LETTERS)),
)
def test_nobody_can_work_out_what_one_hidden_zone_reported(
    levels: list[str], hidden: set[str], silent: set[str]
) -> None:
    values = {zone: ({} if zone in silent else {2024: 1}) for zone in LETTERS}
    snapshot = reported(dict(zip(LETTERS, levels, strict=True)), **values)  # type: ignore[arg-type]
    reader = closed(snapshot, *hidden)
    unseen = sorted(hidden - silent)
    results = [group for group in snapshot.groups if reader.series("total", group).points]
    rows = [[Fraction(zone in reader.members(group, 2024)) for zone in unseen] for group in results]
    for at, zone in enumerate(unseen):
        alone = [Fraction(each == at) for each in range(len(unseen))]
        assert rank([*rows, alone]) > rank(rows), f"{zone} follows from {results}"


def rank(rows: list[list[Fraction]]) -> int:
    """How many of the rows say something of their own."""
    left, found = [list(row) for row in rows], 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((row for row in left if row[column]), None)
        if pivot is not None:
            left.remove(pivot)
            found += 1
            left = [[a - b * row[column] / pivot[column] for a, b in zip(row, pivot, strict=True)] for row in left]
    return found


def test_each_year_is_looked_at_by_itself() -> None:
    snapshot = reported(a={2023: 1, 2024: 3}, b={2023: 2, 2024: 7}, c={2024: 2})
    assert [point.year for point in closed(snapshot, "b", "c").series("total", GROUP).points] == [2024]


def test_the_result_of_a_closed_group_is_not_made_of_what_is_hidden() -> None:
    snapshot = reported(a={2024: 3}, b={2024: 7}, c={2024: 2})
    assert closed(snapshot, "b", "c", results=(GROUP,)).series("total", GROUP).points == ()
    assert closed(snapshot, results=(GROUP,)).series("total", GROUP).at(2024) is not None


def test_a_board_says_nothing_of_what_cannot_be_shown() -> None:
    snapshot = reported(a={2024: 3}, b={2024: 7})
    whole, own = (build_board(each, as_of=2024) for each in (snapshot, closed(snapshot, "b").snapshot))
    assert {row.place.code for row in whole.rows} == {GROUP, "a", "b"}
    assert {row.place.code for row in own.rows} == {"a"}


def test_of_everything_that_is_closed_nothing_is_left() -> None:
    nothing = limited(reported(a={2024: 3}), Sight(everything=True))
    assert (nothing.observations, nothing.concealed, nothing.years) == ({}, {}, ())


FIVE: dict[str, dict[int, object]] = {"a": {2024: 3}, "b": {2024: 7}, "c": {2024: 2}, "d": {2024: 5}, "e": {2024: 1}}


def test_own_rank_and_median_count_those_who_are_not_named() -> None:
    found = ranking(closed(reported(**FIVE), "b", "c", "d", "e"), "total", "abcde", 2024)
    assert [(row.place.code, row.rank) for row in found.rows] == [("a", "3")]
    assert (found.ranked, found.concealed, found.unnamed, found.median) == (5, 4, 4, 3.0)


def test_of_so_few_that_one_could_be_told_none_counts() -> None:
    found = ranking(closed(reported(**FIVE), "b", "c", "d"), "total", "abcde", 2024)
    assert (found.ranked, found.concealed, found.unnamed) == (2, 3, 0)


def test_of_zones_that_somebody_picked_none_that_is_hidden_counts() -> None:
    found = ranking(closed(reported(**FIVE), "b", "c", "d", "e"), "total", "abcde", 2024, whole=False)
    assert (found.ranked, found.concealed, found.unnamed, found.median) == (1, 4, 0, 3.0)


def test_where_the_results_of_the_region_are_closed_none_counts() -> None:
    found = ranking(closed(reported(**FIVE), "b", "c", "d", "e", results=("P",)), "total", "abcde", 2024)
    assert (found.ranked, found.unnamed) == (1, 0)
