"""The language of edits: what it reads, what it refuses, and its silence about what is missing."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.relation import Demand, RelationMistake, demand_text, read_condition, read_demand, read_relation

FIGURES = {
    "a": Decimal(10),
    "b": Decimal(4),
    "c": Decimal(6),
    "last.a": Decimal(1),
    "half": Decimal("0.5"),
    "none": None,
}


@pytest.mark.parametrize(
    ("relation", "holds"),
    [
        ("a = b + c", True),
        ("a = b + c + 0.1", False),
        ("a<=2.5*b", True),
        ("a < 2.5 * b", False),
        ("a + -1 * b >= c", True),
        ("a unlike 10 * last.a", False),
        ("a unlike 9 * last.a", False),
        ("a unlike 7 * last.a", True),
        ("a > 0", True),
        ("a is whole", True),
        ("half is whole", False),
        ("last.a is yes_or_no", True),
        ("a is yes_or_no", False),
        ("none is given", False),
        ("a is given", True),
        ("a <= none", None),
        ("none is whole", None),
        ("a is known", None),
    ],
)
def test_a_relation_is_judged(relation: str, holds: bool | None) -> None:
    assert read_relation(relation).holds(FIGURES.get) is holds


@pytest.mark.parametrize(
    "relation", ["", "a", "a < ", "a <= b <= c", "a * b <= c", "a is tall", "a - b > 0", "1e5 < a"]
)
def test_what_is_no_relation_is_refused(relation: str) -> None:
    with pytest.raises(RelationMistake):
        read_relation(relation)


def test_a_condition_is_several_relations() -> None:
    assert [each.items for each in read_condition("a > 0 and b + c <= a")] == [("a",), ("b", "c", "a")]
    assert read_condition(" ") == ()


@pytest.mark.parametrize(("each", "condition"), [("", ""), ("number", ""), ("", "a > 0"), ("whole", "a > 0 and b > 1")])
def test_a_demand_is_read_as_it_was_written(each: str, condition: str) -> None:
    demand = read_demand(demand_text(each, "a <= 2 * b", condition))
    assert demand == Demand(each, read_relation("a <= 2 * b"), read_condition(condition))
    assert demand.broken(FIGURES.get)


@given(st.text(alphabet="ab<>=+*. 1is", max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        read_relation(text).holds(FIGURES.get)
    except RelationMistake as mistake:
        assert str(mistake)
