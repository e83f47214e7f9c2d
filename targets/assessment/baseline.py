"""The baseline: the year that progress is counted from, and how it was found (specification, section 2)."""

from collections.abc import Mapping
from dataclasses import dataclass

from models.assessment import TargetSpec
from models.enums import BaselineRule, Kind
from targets.assessment.check import measures_change

YEARS_BACK = 2
"""A value at most this many years before the wanted year may stand for it."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """Year, value and rule of the baseline."""

    year: int
    value: float
    rule: BaselineRule


def wanted_year(spec: TargetSpec) -> tuple[int | None, BaselineRule]:
    """The year that should be the baseline: stated, before the plan, before the issue; None: the first reported."""
    if spec.baseline_year is not None:
        return spec.baseline_year, BaselineRule.STATED
    if spec.period_start is not None:
        return spec.period_start - 1, BaselineRule.YEAR_BEFORE_PERIOD
    if spec.issued is not None:
        return spec.issued - 1, BaselineRule.YEAR_BEFORE_ISSUE
    return None, BaselineRule.FIRST_REPORTED


def find_baseline(spec: TargetSpec, values: Mapping[int, float], judged_year: int) -> Baseline | None:
    """The baseline among the values that may be looked at; None where there is none before the deadline."""
    found = _pick(spec, values)
    if found is None:
        return None
    year, rule = found
    if year > judged_year or (spec.deadline is not None and year >= spec.deadline):
        return None
    return Baseline(year, values[year], rule)


def _pick(spec: TargetSpec, values: Mapping[int, float]) -> tuple[int, BaselineRule] | None:
    wanted, rule = wanted_year(spec)
    if wanted is None:
        return (min(values), rule) if values else None
    if wanted in values:
        return wanted, rule
    if rule is BaselineRule.STATED and measures_change(spec):
        return None
    before = [year for year in values if wanted - YEARS_BACK <= year < wanted]
    if before:
        return max(before), BaselineRule.NEAREST_BEFORE
    after = [year for year in values if year > wanted]
    return (min(after), BaselineRule.FIRST_AFTER) if after else None


def usable(spec: TargetSpec, baseline: Baseline | None) -> bool:
    """Whether a change can be measured from it: growth cannot start at zero or below."""
    if baseline is None:
        return False
    return spec.kind not in (Kind.GROWTH_RATE, Kind.GROWTH_MULTIPLE) or baseline.value > 0


def rests_on_a_guess(spec: TargetSpec, baseline: Baseline | None) -> bool:
    """A change measured from a year that neither the text nor its plan period names is provisional."""
    firm = (BaselineRule.STATED, BaselineRule.YEAR_BEFORE_PERIOD)
    return measures_change(spec) and baseline is not None and baseline.rule not in firm
