"""Spreading a group's number over its zones (目标分解), exactly: docs/planning.md tells the rules with an example.

A share is what one zone is asked. Where the group's value is a sum (or the zones' part of a region), shares add up to
the group's number. Where it is a ratio of sums, a share is a ratio too, and the zones' shares, weighted by their
denominators, come to the group's number. Both are one equation, sum(weight x share) = goal, with weights of 1 for sums.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor

from models.assessment import TargetSpec
from models.catalogue import Indicator
from models.enums import Aggregation, AllocationRule, Comparator, Kind
from models.errors import PlanRefused
from targets.assessment.check import DOWNWARD

ADDITIVE = frozenset({Aggregation.SUM, Aggregation.ACCUMULATED, Aggregation.RATIO_TO_REGION})
"""The group's value is the sum of its zones' values."""

WEIGHTED = frozenset({Aggregation.RATIO_OF_SUMS})
"""The group's value is the mean of its zones' values, weighted by their denominators."""

AMOUNTS = frozenset({Kind.LEVEL, Kind.COUNT, Kind.SHARE})
"""Kinds whose number is a value of the indicator itself."""


@dataclass(frozen=True, slots=True)
class Basis:
    """What a zone's share is made from: its latest value in the indicator's unit, and its weight."""

    value: Decimal | None
    weight: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Goal:
    """What is to be spread: the group's number in the indicator's unit, how zones make it up, and which way is good."""

    number: Decimal
    additive: bool
    down: bool = False
    kind: Kind = Kind.LEVEL

    def total(self, basis: Mapping[str, Basis]) -> Fraction:
        """What the weighted shares have to come to."""
        if self.additive:
            return Fraction(self.number)
        return Fraction(self.number) * sum((Fraction(each.weight) for each in basis.values()), Fraction(0))

    def group(self, shares: Mapping[str, Decimal], basis: Mapping[str, Basis]) -> Fraction:
        """The group's value that follows from the zones' shares, in the unit of the number."""
        made = _weighted({zone: Fraction(share) for zone, share in shares.items()}, basis)
        return made if self.additive else made / sum((Fraction(each.weight) for each in basis.values()), Fraction(0))


def refuse_what_cannot_be_spread(spec: TargetSpec, indicator: Indicator, *, per_zone: bool) -> None:
    """Raises PlanRefused for a target that no zone can have a part of; the sentence says why."""
    kind = _why_not(spec, indicator, per_zone)
    if kind:
        raise PlanRefused(kind, f"this target cannot be spread over zones ({kind.replace('_', ' ')})")


def _why_not(spec: TargetSpec, indicator: Indicator, per_zone: bool) -> str:
    if per_zone or indicator.aggregation is Aggregation.EACH_ZONE:
        return "asked_of_each"
    if indicator.aggregation is Aggregation.EACH_MEMBER:
        return "several_indicators"
    if spec.kind is Kind.MULTIPLE_OF_REFERENCE:
        return "moving_reference"
    if spec.kind not in AMOUNTS:
        return "growth"
    if indicator.aggregation not in ADDITIVE | WEIGHTED:
        return "counts_zones"
    if spec.comparator is Comparator.RANGE:
        return "range"
    return "exact_ratio" if spec.comparator is Comparator.EXACTLY and indicator.aggregation in WEIGHTED else ""


def goal_of(number: Decimal, spec: TargetSpec, indicator: Indicator) -> Goal:
    """What is to be spread of a target, its number given in the indicator's unit."""
    down = spec.comparator in DOWNWARD or (spec.comparator is Comparator.ABOUT and spec.direction == -1)
    return Goal(number, indicator.aggregation in ADDITIVE, down, spec.kind)


def spread(rule: AllocationRule, basis: Mapping[str, Basis], goal: Goal, step: Decimal) -> dict[str, Decimal]:
    """Each zone's share by a rule, in whole steps, coming to the goal.

    Raises PlanRefused where the rule needs a value that is missing, or cannot be kept to. By hand begins as equal.
    """
    refuse_basis(rule, basis, goal, step)
    total = goal.total(basis)
    heavy = sum((Fraction(each.weight) for each in basis.values()), Fraction(0))
    mean = total / heavy
    rules = {AllocationRule.LATEST: _by_latest, AllocationRule.ROOM: _by_room}
    made = rules.get(rule, _equal)(basis, mean, goal)
    return in_steps(made, basis, goal, step)


def refuse_basis(rule: AllocationRule, basis: Mapping[str, Basis], goal: Goal, step: Decimal) -> None:
    """Raises PlanRefused for a group without zones, a step that the number is no multiple of, or a missing value."""
    if not basis:
        raise PlanRefused("no_zones", "the group has no zones in this year: choose another group or year")
    if not sum(each.weight for each in basis.values()) > 0:
        raise PlanRefused("no_weights", "the denominators of the zones come to nothing: they cannot weigh the shares")
    if goal.additive and Fraction(goal.number) % Fraction(step):
        raise PlanRefused("step", f"{goal.number} is no multiple of {step}: choose a finer rounding", step=step)
    missing = [zone for zone, each in basis.items() if each.value is None]
    if rule in (AllocationRule.LATEST, AllocationRule.ROOM) and missing:
        said = ", ".join(missing)
        raise PlanRefused(
            "missing", f"{said} has no value: share equally or by hand, or have it reported", zones=missing
        )


def _values(basis: Mapping[str, Basis]) -> dict[str, Fraction]:
    return {zone: Fraction(each.value) for zone, each in basis.items() if each.value is not None}


def _weighted(values: Mapping[str, Fraction], basis: Mapping[str, Basis]) -> Fraction:
    return sum((values[zone] * Fraction(basis[zone].weight) for zone in values), Fraction(0))


def _equal(basis: Mapping[str, Basis], mean: Fraction, goal: Goal) -> dict[str, Fraction]:
    """The same of each zone."""
    return dict.fromkeys(basis, mean)


def _by_latest(basis: Mapping[str, Basis], mean: Fraction, goal: Goal) -> dict[str, Fraction]:
    """In proportion to what each zone has: all grow by the same percentage."""
    values = _values(basis)
    now = _weighted(values, basis)
    if now <= 0 or min(values.values()) < 0:
        raise PlanRefused("no_proportion", "values of nothing or below it give no proportion: share equally or by hand")
    wanted = mean * sum((Fraction(each.weight) for each in basis.values()), Fraction(0))
    return {zone: value * wanted / now for zone, value in values.items()}


def _by_room(basis: Mapping[str, Basis], mean: Fraction, goal: Goal) -> dict[str, Fraction]:
    """Each zone closes the same part of its room: its distance to the best zone, or to an equal share of the number
    where no zone is that far yet. No zone is asked more than the best one has, and none less than it has itself."""
    values = _values(basis)
    heavy = sum((Fraction(each.weight) for each in basis.values()), Fraction(0))
    now = _weighted(values, basis) / heavy
    if now <= mean if goal.down else now >= mean:
        raise PlanRefused("reached", "the group is there already: no growth is left to spread; share by latest value")
    best = min(*values.values(), mean) if goal.down else max(*values.values(), mean)
    part = (mean - now) / (best - now)
    return {zone: value + part * (best - value) for zone, value in values.items()}


def in_steps(
    exact: Mapping[str, Fraction], basis: Mapping[str, Basis], goal: Goal, step: Decimal
) -> dict[str, Decimal]:
    """Shares in whole steps by the largest remainder: all are cut to whole steps, then those that lost most get one
    more until the goal is reached. A sum is met exactly; a ratio is passed by less than one step of one zone.
    Of equal remainders the first zone comes first."""
    sign = -1 if goal.down else 1
    in_units = {zone: sign * share / Fraction(step) for zone, share in exact.items()}
    whole = {zone: floor(each) for zone, each in in_units.items()}
    wanted = sign * goal.total(basis) / Fraction(step)
    come_to = sum((whole[zone] * Fraction(basis[zone].weight) for zone in whole), Fraction(0))
    for zone in sorted(in_units, key=lambda each: whole[each] - in_units[each]):
        if come_to >= wanted:
            break
        whole[zone] += 1
        come_to += Fraction(basis[zone].weight)
    return {zone: sign * number * step for zone, number in whole.items()}


def refuse_shares(shares: Mapping[str, Decimal], basis: Mapping[str, Basis], goal: Goal) -> None:
    """Raises PlanRefused where the shares do not come to the group's number: too little or too much of a sum, too
    little of a ratio; and for a share that no zone can have. Exact; nothing is rounded."""
    _refuse_odd(shares, goal.kind)
    made, wanted = goal.group(shares, basis), Fraction(goal.number)
    if goal.additive and made != wanted:
        kind = "too_little" if made < wanted else "too_much"
        apart, came = _decimal(abs(made - wanted)), _decimal(made)
        message = f"the shares add up to {came}, not to {goal.number}: {apart} {kind.replace('_', ' ')}"
        raise PlanRefused(kind, message, sum=came, total=goal.number, apart=apart)
    if not goal.additive and (made > wanted if goal.down else made < wanted):
        came = _decimal(made)
        message = f"with these shares the group comes to {came}, which does not reach {goal.number}"
        raise PlanRefused("not_reached", message, sum=came, total=goal.number)


def _refuse_odd(shares: Mapping[str, Decimal], kind: Kind) -> None:
    """Nobody has minus two enterprises, two and a half, or 120 % of a whole."""
    odd = [
        zone
        for zone, share in shares.items()
        if (kind is Kind.COUNT and (share < 0 or share % 1)) or (kind is Kind.SHARE and not 0 <= share <= 100)
    ]
    if odd:
        what = "counts are whole and not negative" if kind is Kind.COUNT else "a share lies between 0 and 100 %"
        raise PlanRefused(
            "odd_count" if kind is Kind.COUNT else "odd_share", f"{what}: change that of {', '.join(odd)}", zones=odd
        )


def _decimal(exact: Fraction) -> Decimal:
    """For sentences; sums of decimals are told exactly."""
    return Decimal(exact.numerator) / Decimal(exact.denominator)
