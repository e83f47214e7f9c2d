"""Confirmed targets as lines: a reduction is written as the policy prints it."""

from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from exchange.confirmed import _target
from models.enums import Comparator, Kind
from models.ledger import Draft


@pytest.mark.parametrize(
    ("kind", "comparator", "value", "written"),
    [
        (Kind.GROWTH_RATE, "<=", "-14", (">=", 14, "down")),
        (Kind.GROWTH_RATE, "<", "-14", (">", 14, "down")),
        (Kind.GROWTH_RATE, ">=", "-3.5", ("<=", 3.5, "down")),
        (Kind.CHANGE_POINTS, "=", "-2", ("=", 2, "down")),
        (Kind.GROWTH_RATE, ">=", "15", (">=", 15, None)),
        (Kind.LEVEL, "<=", "-1", ("<=", -1, None)),
    ],
)
def test_a_reduction_is_written_as_it_is_printed(
    kind: Kind, comparator: str, value: str, written: tuple[str, float, str | None]
) -> None:
    draft = Draft(
        start=0, end=9, anchor_start=3, anchor_end=5, indicator="能耗", scope="", kind=kind,
        comparator=Comparator(comparator), value=Decimal(value), unit="%",
    )  # fmt: skip
    entry: Any = SimpleNamespace(draft=draft, quote="能耗下降14%以上")
    found = _target(entry)
    assert (found["comparator"], found["value"], found.get("direction")) == written


@pytest.mark.parametrize("comparator", Comparator)
def test_turned_twice_it_is_the_same(comparator: Comparator) -> None:
    assert comparator.mirrored.mirrored is comparator
