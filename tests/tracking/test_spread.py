"""Labels that would lie over each other are moved apart, as little as possible."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracking.chart import spread

heights = st.lists(st.floats(0, 100, allow_nan=False), max_size=8)


@pytest.mark.parametrize(
    ("wanted", "placed"),
    [
        ([], []),
        ([50.0], [50.0]),
        ([20.0, 80.0], [20.0, 80.0]),
        ([50.0, 50.0], [45.0, 55.0]),
        ([52.0, 48.0], [55.0, 45.0]),
        ([0.0, 0.0], [0.0, 10.0]),
        ([100.0, 99.0], [100.0, 90.0]),
        ([50.0, 50.0, 50.0], [40.0, 50.0, 60.0]),
        ([50.0, 53.0, 90.0], [46.5, 56.5, 90.0]),
    ],
)
def test_labels_are_placed(wanted: list[float], placed: list[float]) -> None:
    assert spread(wanted, 10, 0, 100) == pytest.approx(placed)


@given(heights)
def test_labels_keep_their_distance_their_order_and_the_picture(wanted: list[float]) -> None:
    found = spread(wanted, 10, 0, 100)
    assert all(0 <= height <= 100 + 1e-9 for height in found)
    assert all(above - below >= 10 - 1e-9 for below, above in pairwise(sorted(found)))
    pairs = [(a, b, x, y) for a, x in zip(wanted, found, strict=True) for b, y in zip(wanted, found, strict=True)]
    assert all(x < y for a, b, x, y in pairs if a < b)


@given(st.lists(st.integers(0, 9), unique=True, max_size=8))
def test_labels_that_do_not_touch_stay_where_they_are(tens: list[int]) -> None:
    wanted = [10.0 * ten for ten in tens]
    assert spread(wanted, 10, 0, 100) == pytest.approx(wanted)
