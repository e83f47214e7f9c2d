"""What kind of target it is: growth along a path, a change that needs a baseline, a cap."""

from models.assessment import TargetSpec
from models.contradictions import DOWNWARD, ONE_SIDED, UPWARD, check_spec, problems
from models.enums import CHANGE_KINDS, Kind, Measure

__all__ = [
    "DOWNWARD",
    "ONE_SIDED",
    "UPWARD",
    "check_spec",
    "is_annual",
    "is_cap",
    "is_geometric",
    "measures_change",
    "problems",
]


def is_annual(spec: TargetSpec) -> bool:
    """Annual growth: the threshold is a path, not a level."""
    return spec.kind is Kind.GROWTH_RATE and spec.measure is Measure.ANNUAL


def is_geometric(spec: TargetSpec) -> bool:
    """Kinds whose yearly figures are rates in percent."""
    return is_annual(spec) or spec.kind is Kind.GROWTH_MULTIPLE


def measures_change(spec: TargetSpec) -> bool:
    """Kinds that cannot be judged without a usable baseline."""
    return spec.kind in CHANGE_KINDS


def is_cap(spec: TargetSpec) -> bool:
    """A cap on change (at most 3 % a year) can only be met at the end."""
    if not measures_change(spec):
        return False
    sign = 1 if spec.comparator in UPWARD else -1
    change = spec.value - 1 if spec.kind is Kind.GROWTH_MULTIPLE else spec.value
    return sign * change <= 0
