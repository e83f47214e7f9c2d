"""A number keeps its unit."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import Unit
from models.errors import UnitMismatch
from models.quantity import Quantity


def unit(symbol: str, dimension: str, factor: int) -> Unit:
    return Unit(symbol=symbol, dimension=dimension, factor=Decimal(factor), zh=symbol, en="")


YI = unit("亿元", "money", 10**8)
QIAN = unit("千元", "money", 1000)
JIA = unit("家", "count", 1)
PERCENT = unit("%", "percent", 1)


def test_units_of_one_dimension_are_converted_in_sums() -> None:
    both = Quantity(Decimal("1.5"), YI) + Quantity(Decimal(50), QIAN)
    assert both == Quantity(Decimal("1.5005"), YI)
    assert both - Quantity(Decimal(50), QIAN) == Quantity(Decimal("1.5"), YI)


@pytest.mark.parametrize("other", [JIA, PERCENT])
def test_units_of_two_dimensions_do_not_meet(other: Unit) -> None:
    money, foreign = Quantity(Decimal(1), YI), Quantity(Decimal(1), other)
    for act in (lambda: money + foreign, lambda: money - foreign, lambda: money.to(other)):
        with pytest.raises(UnitMismatch, match="one cannot be written as the other"):
            act()


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=4))
def test_there_and_back_again_is_the_same(number: Decimal) -> None:
    assert Quantity(number, YI).to(QIAN).to(YI) == Quantity(number, YI)


@pytest.mark.parametrize(("number", "words"), [("1.50", "1.5 亿元"), ("1000", "1000 亿元"), ("0", "0 亿元")])
def test_it_is_written_without_idle_digits(number: str, words: str) -> None:
    assert str(Quantity(Decimal(number), YI)) == words
