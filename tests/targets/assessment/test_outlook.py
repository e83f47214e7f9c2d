"""How likely a target is reached if the place goes on as it did."""

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.assessment import TargetSpec
from models.enums import Chance, Comparator, Kind
from targets.assessment import assess
from targets.assessment.outlook import Outlook, fan, in_words, outlook

GROWING = {2016: 100.0, 2017: 110.0, 2018: 118.0, 2019: 131.0, 2020: 140.0}
PERCENT = {2016: 2.0, 2017: 2.1, 2018: 2.15, 2019: 2.3, 2020: 2.4}


def looked(
    values: dict[int, float], value: float, comparator: str = ">=", *, percent: bool = False, **more: Any
) -> Outlook | None:
    reference = more.pop("reference", None)
    made = {"kind": Kind.LEVEL, "deadline": 2022, "baseline_year": 2016, **more}
    spec = TargetSpec(comparator=Comparator(comparator), value=value, **made)
    return outlook(spec, assess(spec, values, reference, as_of=max(values)), values, reference, percent=percent)


@pytest.mark.parametrize(
    "value, words",
    [(150, Chance.LIKELY), (161, Chance.OPEN), (175, Chance.UNLIKELY)],
)
def test_the_higher_the_target_the_less_likely(value: float, words: Chance) -> None:
    found = looked(GROWING, value)
    assert found is not None
    assert found.words is words
    assert found.low < found.middle < found.high
    assert (found.year, found.changes) == (2022, 4)


def test_percentages_go_on_by_points_and_amounts_between_steps_and_percent() -> None:
    points, amounts = looked(PERCENT, 2.6, percent=True), looked(GROWING, 160)
    assert points is not None and amounts is not None
    assert points.middle == pytest.approx(2.4 + 2 * 0.1)
    steps, compound = 140 + 2 * 10, 140 * 1.4 ** (2 / 4)
    assert amounts.middle == pytest.approx(math.sqrt(steps * compound))


def test_at_least_and_less_than_share_the_certainty() -> None:
    up, down = looked(GROWING, 161), looked(GROWING, 161, "<")
    assert up is not None and down is not None
    assert up.chance + down.chance == pytest.approx(100)


def test_a_range_is_as_likely_as_both_its_ends_hold() -> None:
    both = looked(GROWING, 150, "range", value_high=170)
    low, high = looked(GROWING, 150), looked(GROWING, 170, ">")
    assert both is not None and low is not None and high is not None
    assert both.chance == pytest.approx(low.chance - high.chance)


def test_a_multiple_is_looked_at_as_a_multiple() -> None:
    reference = {2016: 1.0, 2017: 1.05, 2018: 1.04, 2019: 1.15, 2020: 1.18}
    found = looked(PERCENT, 3, kind=Kind.MULTIPLE_OF_REFERENCE, reference=reference, percent=True)
    assert found is not None
    assert found.words is Chance.UNLIKELY
    assert 1.5 < found.middle < 2.5


@pytest.mark.parametrize(
    "values, more",
    [
        ({2018: 1.0, 2019: 2.0, 2020: 4.0}, {}),
        ({2016: 1.0, 2017: 2.0, 2018: 3.0, 2019: 4.0, 2020: 5.0}, {"percent": True}),
        (GROWING, {"deadline": 2020}),
        (GROWING, {"deadline": None}),
        (GROWING, {"comparator": "="}),
    ],
    ids=["two changes", "changes that do not vary", "deadline reached", "no deadline", "exactly"],
)
def test_nothing_is_said_where_nothing_can_be_said(values: dict[int, float], more: dict[str, Any]) -> None:
    assert looked(values, 10, more.pop("comparator", ">="), **more) is None


@pytest.mark.parametrize(
    "chance, words",
    [
        (0, Chance.UNLIKELY),
        (33, Chance.UNLIKELY),
        (34, Chance.OPEN),
        (66, Chance.OPEN),
        (67, Chance.LIKELY),
        (100, Chance.LIKELY),
    ],
)
def test_two_in_three_is_likely_and_one_in_three_is_not(chance: float, words: Chance) -> None:
    assert in_words(chance) is words


@given(
    st.lists(st.floats(0.01, 1e9), min_size=4, max_size=9),
    st.integers(1, 10),
    st.booleans(),
)
def test_a_chance_never_leaves_0_to_1_and_grows_with_the_limit(found: list[float], ahead: int, percent: bool) -> None:
    made = fan(dict(enumerate(found, start=2010)), 2009 + len(found), ahead, percent=percent)
    if made is not None:
        chances = [made.share_below(limit) for limit in (-1.0, 0.0, min(found), max(found), 1e12)]
        assert all(0 <= chance <= 1 for chance in chances)
        assert chances == sorted(chances)
