"""Which targets contradict themselves. What is refused here never reaches the ledger, nor a judgement."""

import math
from collections.abc import Iterator

from models.assessment import TargetSpec
from models.enums import Comparator, Kind, Measure
from models.errors import TargetRefused

UPWARD = frozenset({Comparator.AT_LEAST, Comparator.MORE_THAN})
DOWNWARD = frozenset({Comparator.AT_MOST, Comparator.LESS_THAN})
ONE_SIDED = UPWARD | DOWNWARD
STATE_KINDS = frozenset({Kind.LEVEL, Kind.COUNT, Kind.SHARE, Kind.COVERAGE})
"""Kinds that a target may also meet exactly, about, or within a range."""


def check_spec(spec: TargetSpec) -> None:
    """Raises TargetRefused, naming the field, for a target that contradicts itself."""
    for field, message in problems(spec):
        raise TargetRefused(field, message)


def problems(spec: TargetSpec) -> Iterator[tuple[str, str]]:
    """Every contradiction of a target as (field, sentence)."""
    yield from _numbers(spec)
    yield from _comparator(spec)
    yield from _direction(spec)
    yield from _change(spec)


def _numbers(spec: TargetSpec) -> Iterator[tuple[str, str]]:
    for field in ("value", "value_high"):
        number = getattr(spec, field)
        if number is not None and not math.isfinite(number):
            yield field, f"{number} is not a finite number; give the number that the policy states"
    ranged = spec.comparator is Comparator.RANGE
    if ranged and spec.value_high is None:
        yield "value_high", "a range needs its upper end in value_high"
    if not ranged and spec.value_high is not None:
        yield "value_high", f"only a range has an upper end; the comparator is {spec.comparator.value}"
    if ranged and spec.value_high is not None and spec.value_high < spec.value:
        yield "value_high", f"the upper end {spec.value_high:g} lies below the lower end {spec.value:g}"


def _comparator(spec: TargetSpec) -> Iterator[tuple[str, str]]:
    if spec.comparator not in ONE_SIDED and spec.kind not in STATE_KINDS:
        yield (
            "comparator",
            f"{spec.comparator.value} goes with level, count, share and coverage only, not with {spec.kind.value}",
        )
    elif spec.kind is Kind.RANK and spec.comparator is not Comparator.AT_MOST:
        yield "comparator", f"a rank counts downwards, so its comparator is <=, not {spec.comparator.value}"


def _direction(spec: TargetSpec) -> Iterator[tuple[str, str]]:
    if spec.direction is None:
        if spec.comparator is Comparator.ABOUT:
            yield "direction", "~ needs a direction: 1 where more is better, -1 where less is"
        return
    if spec.direction not in (1, -1):
        yield "direction", f"a direction is 1 (more is better) or -1 (less is better), not {spec.direction}"
    elif spec.comparator in ONE_SIDED and (spec.direction == 1) != (spec.comparator in UPWARD):
        yield "direction", f"the direction {spec.direction} contradicts the comparator {spec.comparator.value}"


def _change(spec: TargetSpec) -> Iterator[tuple[str, str]]:
    if spec.kind is Kind.GROWTH_MULTIPLE and (spec.value <= 0 or spec.value == 1):
        yield "value", f"{spec.value:g} times the baseline is no growth target; a doubling (翻一番) is 2"
    annual = spec.kind is Kind.GROWTH_RATE and spec.measure is Measure.ANNUAL
    if annual and spec.value <= -100:
        yield "value", f"nothing can shrink by {-spec.value:g} % a year; the rate lies above -100"
