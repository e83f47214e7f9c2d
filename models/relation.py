"""The small language in which edits are written: `hte_over_10b <= hte_over_1b`, `operating_revenue >= 100000 * n`."""

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

Look = Callable[[str], Decimal | None]
"""What an item's value is, in its stored unit; None where there is none."""

ABOUT = Decimal("0.2")
"""`unlike`: further than 20 % from the other side. A unit slip hides behind the year's own growth."""

COMPARISONS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<=": operator.le,
    ">=": operator.ge,
    "<": operator.lt,
    ">": operator.gt,
    "=": operator.eq,
    "unlike": lambda left, right: abs(left - right) > ABOUT * abs(right),
}

STATES = ("given", "whole", "yes_or_no", "known")
"""`value is given`: there is one. `whole`, `yes_or_no`. `known`: within what zones have reported so far."""

LOW, HIGH = "low", "high"
"""The items that `known` lies between."""

FORMS = f"write `a <= 2 * b + c` ({' '.join(COMPARISONS)}) or `value is {'|'.join(STATES)}`"

ITEM = r"[a-z_][a-z0-9_]*(?:\.[a-z_][a-z0-9_]*)?"
TERM = re.compile(rf"(?:(-?\d+(?:\.\d+)?)(?:\s*\*\s*({ITEM}))?|({ITEM}))", re.ASCII)
SIDES = re.compile(r"(.+?)\s*(<=|>=|<|>|=|\bunlike\b)\s*(.+)", re.DOTALL)
STATE = re.compile(rf"({ITEM})\s+is\s+(\w+)", re.ASCII)


class RelationMistake(ValueError):
    """A relation that cannot be read; the message says what of it."""


@dataclass(frozen=True, slots=True)
class Term:
    """A number, an item, or a number times an item."""

    factor: Decimal
    item: str | None


@dataclass(frozen=True, slots=True)
class Relation:
    """Two sums and how they must stand to each other; or one item and what must be so of it (no right side)."""

    left: tuple[Term, ...]
    comparison: str
    right: tuple[Term, ...] = ()

    @property
    def items(self) -> tuple[str, ...]:
        """Every item once, in the order of the text."""
        return tuple(dict.fromkeys(term.item for term in self.left + self.right if term.item))

    def holds(self, look: Look) -> bool | None:
        """Whether it is so; None where an item that it needs has no value."""
        if self.comparison == "given":
            return look(self.items[0]) is not None
        left, right = _sum(self.left, look), _sum(self.right, look)
        if left is None or right is None:
            return None
        if self.comparison == "whole":
            return left == left.to_integral_value()
        if self.comparison == "yes_or_no":
            return left in (0, 1)
        if self.comparison == "known":
            low, high = look(LOW), look(HIGH)
            return None if low is None or high is None else low <= left <= high
        return COMPARISONS[self.comparison](left, right)


def _sum(terms: tuple[Term, ...], look: Look) -> Decimal | None:
    total = Decimal(0)
    for term in terms:
        value = Decimal(1) if term.item is None else look(term.item)
        if value is None:
            return None
        total += term.factor * value
    return total


@dataclass(frozen=True, slots=True)
class Demand:
    """What an edit asks: a relation that must hold wherever its condition does, of each statistic of a kind or of those
    it names. As text: `each number: value <= 1.5 * last when last > 0`."""

    each: str
    relation: Relation
    condition: tuple[Relation, ...]

    @property
    def items(self) -> tuple[str, ...]:
        """Every item once, those of the relation first."""
        return tuple(dict.fromkeys(item for part in (self.relation, *self.condition) for item in part.items))

    def broken(self, look: Look) -> bool:
        """Whether it is asked and does not hold. Silent of what is missing: the edit that asks for it tells that."""
        return all(part.holds(look) for part in self.condition) and self.relation.holds(look) is False


def demand_text(each: str, relation: str, condition: str) -> str:
    """A demand as it is kept."""
    return (f"each {each}: " if each else "") + relation + (f" when {condition}" if condition else "")


def read_demand(text: str) -> Demand:
    """Reads what `demand_text` wrote; raises RelationMistake."""
    head, colon, rest = text.partition(":")
    each, rest = (head.removeprefix("each "), rest) if colon else ("", text)
    relation, _, condition = rest.partition(" when ")
    return Demand(each, read_relation(relation), read_condition(condition))


def read_relation(text: str) -> Relation:
    """Reads one relation; raises RelationMistake."""
    text = text.strip()
    if state := STATE.fullmatch(text):
        if state[2] not in STATES:
            raise RelationMistake(f"nothing is {state[2]!r}")
        return Relation((Term(Decimal(1), state[1]),), state[2])
    sides = SIDES.fullmatch(text)
    if sides is None:
        raise RelationMistake(f"{text!r} compares nothing")
    return Relation(_terms(sides[1]), sides[2], _terms(sides[3]))


def read_condition(text: str) -> tuple[Relation, ...]:
    """Relations joined by `and`, of which all must hold; none for an empty text. Raises RelationMistake."""
    return tuple(read_relation(part) for part in re.split(r"\band\b", text)) if text.strip() else ()


def _terms(side: str) -> tuple[Term, ...]:
    return tuple(_term(part.strip()) for part in side.split("+"))


def _term(text: str) -> Term:
    match = TERM.fullmatch(text)
    if match is None:
        raise RelationMistake(f"{text!r} is neither an item nor a number times an item")
    number, times, item = match.groups()
    return Term(Decimal(number or 1), times or item)
