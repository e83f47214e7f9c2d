"""The threshold, the direction, and whether a value holds against it (specification, section 3)."""

from models.assessment import Cutoffs, TargetSpec
from models.enums import Comparator, Kind
from targets.assessment.baseline import Baseline
from targets.assessment.check import DOWNWARD, UPWARD, is_annual
from targets.assessment.numbers import nine, power, same


def holds(spec: TargetSpec, value: float, threshold: float, cutoffs: Cutoffs) -> bool:
    """Follows the comparator to the letter, both sides at 9 significant digits. A range looks at its own bounds."""
    y, limit = nine(value), nine(threshold)
    match spec.comparator:
        case Comparator.AT_LEAST:
            return y >= limit
        case Comparator.MORE_THAN:
            return y > limit
        case Comparator.AT_MOST:
            return y <= limit
        case Comparator.LESS_THAN:
            return y < limit
        case Comparator.EXACTLY:
            return y == limit
        case Comparator.ABOUT:
            tolerance = cutoffs.about * abs(threshold)
            return y >= nine(threshold - tolerance) if spec.direction == 1 else y <= nine(threshold + tolerance)
        case Comparator.RANGE:
            return in_range(spec, value)


def in_range(spec: TargetSpec, value: float) -> bool:
    """A closed range; with a direction the bound on the good side does not bind."""
    above = nine(value) >= nine(spec.value) or spec.direction == -1
    below = nine(value) <= nine(upper(spec)) or spec.direction == 1
    return above and below


def upper(spec: TargetSpec) -> float:
    """The upper end of a range."""
    return spec.value if spec.value_high is None else spec.value_high


def direction(spec: TargetSpec, value: float, baseline: Baseline | None) -> int | None:
    """+1 where the value has to rise, -1 where it has to fall, None where neither can be said."""
    if spec.comparator in UPWARD:
        return 1
    if spec.comparator in DOWNWARD:
        return -1
    if spec.comparator is Comparator.ABOUT:
        return spec.direction
    if spec.comparator is Comparator.RANGE:
        if in_range(spec, value):
            return None
        return 1 if value < spec.value else -1
    if baseline is None or same(baseline.value, spec.value):
        return None
    return 1 if baseline.value < spec.value else -1


def threshold(spec: TargetSpec, value: float, year: int, baseline: Baseline | None, reference: float | None) -> float:
    """T(year). A change needs the baseline, a multiple the reference of that year; both are given by the caller."""
    if spec.kind is Kind.MULTIPLE_OF_REFERENCE:
        assert reference is not None
        return spec.value * reference
    if spec.kind in (Kind.GROWTH_MULTIPLE, Kind.CHANGE_POINTS, Kind.GROWTH_RATE):
        assert baseline is not None
        return _changed(spec, baseline, year)
    if spec.comparator is Comparator.RANGE:
        return upper(spec) if nine(value) > nine(upper(spec)) else spec.value
    return spec.value


def _changed(spec: TargetSpec, baseline: Baseline, year: int) -> float:
    if spec.kind is Kind.GROWTH_MULTIPLE:
        return spec.value * baseline.value
    if spec.kind is Kind.CHANGE_POINTS:
        return baseline.value + spec.value
    if is_annual(spec):
        return baseline.value * power(1 + spec.value / 100, year - baseline.year)
    return baseline.value * (1 + spec.value / 100)
