"""The grade of the values that a verdict rests on, dimension by dimension."""

from decimal import Decimal
from typing import Any

import pytest

from models.catalogue import SeriesBreak
from models.enums import Grade, Language, QualityDimension
from tests.world import World
from tracking.quality import Quality, quality_of

ZONES = {"a": "national", "b": "national", "c": "national", "d": "national", "e": "national"}


def graded(as_of: int = 2022, *, reported: int = 5, last: int = 2022, state: str = "final", **target: Any) -> Quality:
    world = World(ZONES)
    world.statistic("firms", "家")
    world.indicator("firms", "sum", "firms")
    world.target("firms", "P-national", "count", ">=", 900, **{"baseline_year": 2020, **target})
    for zone in list(ZONES)[:reported]:
        world.values("firms", zone, {2020: 10})
        world.values("firms", zone, {last: 20}, state)
    found = quality_of(world.snapshot(), world.row(as_of))
    assert found is not None
    return found


def grades(found: Quality) -> str:
    return "".join(finding.grade.value for finding in found.findings)


@pytest.mark.parametrize(
    "given, expected",
    [
        ({}, "AAAA"),
        ({"state": "provisional"}, "BAAA"),
        ({"reported": 4}, "ABAA"),
        ({"reported": 3}, "ACAA"),
        ({"as_of": 2023}, "AAAA"),
        ({"as_of": 2024}, "AAAB"),
        ({"as_of": 2025}, "AAAC"),
        ({"as_of": 2026, "deadline": 2030}, "AAAD"),
        ({"as_of": 2026, "deadline": 2024}, "AAAB"),
        ({"baseline_year": 2018}, "AACA"),
    ],
)
def test_each_dimension_has_its_grade(given: dict[str, Any], expected: str) -> None:
    assert grades(graded(**given)) == expected


def test_the_weakest_dimension_is_the_grade() -> None:
    assert graded().grade is Grade.A
    assert graded(reported=3, as_of=2024).grade is Grade.C


def test_a_change_of_definition_between_baseline_and_value_is_told() -> None:
    world = World({"a": "national"})
    world.statistic("firms", "家")
    world.indicator("firms", "sum", "firms")
    world.target("firms", "a", "count", ">=", 900, baseline_year=2020)
    world.values("firms", "a", {2020: Decimal(10), 2022: Decimal(20)})
    snapshot = world.snapshot()
    for year, expected in ((2021, "AACA"), (2020, "AAAA"), (2023, "AAAA")):
        snapshot.breaks["firms"] = (SeriesBreak(statistic_code="firms", year=year, note_zh="", note_en=""),)
        found = quality_of(snapshot, world.row(2022))
        assert found is not None
        assert grades(found) == expected


def test_without_a_value_there_is_nothing_to_grade() -> None:
    world = World({"a": "national"})
    world.indicator("firms", "sum", "firms")
    world.target("firms", "a", "count", ">=", 900)
    assert quality_of(world.snapshot(), world.row(2022)) is None


def test_every_reason_is_said_in_both_languages() -> None:
    found = graded(state="provisional", reported=4, as_of=2024)
    words = {each.dimension: each.words(Language.ZH) for each in found.findings}
    assert words[QualityDimension.SOURCE] == "8 个数据点中有 4 个为初步数"
    assert words[QualityDimension.COVERAGE] == "2022 年 5 家高新区中 4 家有数据"
    assert words[QualityDimension.TIMELINESS] == "距评估年份 2 年"
    assert [each.words(Language.EN) for each in found.findings][1] == "4 of 5 zones reported for 2022"
