"""What is said of the outlook of a row of the board."""

from collections.abc import Mapping

import pytest

from models.enums import Language
from tests.world import World
from tracking.outlook import outlook_of, outlook_words


def world(target: float, values: Mapping[int, object]) -> World:
    made = World({"a": "national"})
    made.statistic("firms", "家")
    made.indicator("firms", "sum", "firms")
    made.target("firms", "a", "count", ">=", target, baseline_year=2016)
    made.values("firms", "a", values)
    return made


VALUES = {2016: 100, 2017: 112, 2018: 119, 2019: 134, 2020: 141, 2021: 150}


@pytest.mark.parametrize(
    "target, zh",
    [
        (120, "有望达成（可能性 99% 以上；"),
        (195, "尚不明朗（可能性约"),
        (400, "难以达成（可能性不足 1%；"),
    ],
)
def test_it_is_said_with_its_chance_and_never_as_certain(target: float, zh: str) -> None:
    made = world(target, VALUES)
    unit = made.snapshot().units["家"]
    words = outlook_words(made.row(2021), unit, Language.ZH)
    assert words.startswith(zh), words
    assert "2025 年八成可能在 170 家至 222 家之间" in words
    assert "in 2025 with a probability of 80%" in outlook_words(made.row(2021), unit, Language.EN)


def test_values_after_the_year_it_is_seen_from_are_not_looked_at() -> None:
    seen = outlook_of(world(185, {**VALUES, 2022: 400}).row(2021))
    assert seen == outlook_of(world(185, VALUES).row(2021))


def test_nothing_is_said_after_the_deadline() -> None:
    made = world(100, {**VALUES, 2025: 200})
    assert outlook_words(made.row(2025), made.snapshot().units["家"], Language.ZH) == ""
