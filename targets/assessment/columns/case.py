"""The cases of all pairs: judged value, baseline, reference, direction and thresholds (targets/assessment/case.py)."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from models.assessment import Cutoffs
from models.enums import BaselineRule, Comparator, Kind
from targets.assessment.baseline import YEARS_BACK
from targets.assessment.check import DOWNWARD, UPWARD
from targets.assessment.columns.compare import Codes, Flags, Floats, at_least, more_than, same
from targets.assessment.columns.table import Matrix, Specs

RULES = list(BaselineRule)
FIRM = (RULES.index(BaselineRule.STATED), RULES.index(BaselineRule.YEAR_BEFORE_PERIOD))
NO_RULE = -1


@dataclass(frozen=True)
class Baselines:
    """Year, value and rule of each baseline; NaN and NO_RULE where there is none."""

    year: Floats
    value: Floats
    rule: Codes

    @property
    def there(self) -> Flags:
        return ~np.isnan(self.year)


@dataclass(frozen=True)
class Cases:
    """Columns of everything that the figures are made from. What a case does not have is NaN."""

    spec: Specs
    cutoffs: Cutoffs
    values: Matrix
    references: Matrix
    year: Floats
    value: Floats
    base: Baselines
    reference: Floats
    d: Floats
    threshold: Floats
    path: Floats

    def holds(self, value: Floats, limit: Floats) -> Flags:
        """Whether values hold against thresholds, by each target's comparator."""
        return holds(self.spec, value, limit, self.cutoffs)

    @cached_property
    def met(self) -> Flags:
        """y holds against T (annual growth: against its end)."""
        return ~np.isnan(self.threshold) & self.holds(self.value, self.threshold)

    @cached_property
    def at_base(self) -> Flags:
        return self.base.year == self.year

    @cached_property
    def years_left(self) -> Floats:
        return self.spec.deadline - self.year

    @cached_property
    def base_multiple(self) -> Floats:
        """The baseline as a multiple of its reference; NaN without one, or where either reference is 0."""
        then = self.references.at(self.base.year)
        return np.where((then != 0) & (self.reference != 0), self.base.value / then, np.nan)


def make_cases(spec: Specs, cutoffs: Cutoffs, values: Matrix, references: Matrix) -> Cases:
    """The case of each pair."""
    year, value = values.last(values.known & ~(values.years > spec.deadline[:, None]))
    base = find_baselines(spec, values, year)
    reference = references.at(year)
    last, path = _thresholds(spec, year, value, base, reference)
    return Cases(
        spec, cutoffs, values, references, year, value, base, reference, _direction(spec, value, base), last, path
    )


def find_baselines(spec: Specs, values: Matrix, judged: Floats) -> Baselines:
    """The baselines among the values that may be seen; none that lies after the judged year or not before the end."""
    wanted, rule = _wanted(spec)
    known, years, asked = values.known, values.years, ~np.isnan(wanted)
    first, first_value = values.first(known)
    exact = np.where(asked, values.at(wanted), np.nan)
    fixed = (rule == RULES.index(BaselineRule.STATED)) & spec.change
    before, before_value = values.last(
        known & (years < wanted[:, None]) & (years >= wanted[:, None] - YEARS_BACK) & ~fixed[:, None]
    )
    after, after_value = values.first(known & (years > wanted[:, None]) & ~fixed[:, None])
    choices = [~asked, ~np.isnan(exact), ~np.isnan(before)]
    year = np.select(choices, [first, wanted, before], after)
    value = np.select(choices, [first_value, exact, before_value], after_value)
    nearest = [RULES.index(BaselineRule.NEAREST_BEFORE), RULES.index(BaselineRule.FIRST_AFTER)]
    rules = np.select(choices, [rule, rule, nearest[0]], nearest[1])
    fits = (year <= judged) & ~(year >= spec.deadline)
    return Baselines(
        np.where(fits, year, np.nan), np.where(fits, value, np.nan), np.where(fits, rules, NO_RULE).astype(np.int64)
    )


def _wanted(spec: Specs) -> tuple[Floats, Codes]:
    choices = [~np.isnan(spec.baseline_year), ~np.isnan(spec.period_start), ~np.isnan(spec.issued)]
    year = np.select(choices, [spec.baseline_year, spec.period_start - 1, spec.issued - 1], np.nan)
    rules = (BaselineRule.STATED, BaselineRule.YEAR_BEFORE_PERIOD, BaselineRule.YEAR_BEFORE_ISSUE)
    rule = np.select(choices, [RULES.index(each) for each in rules], RULES.index(BaselineRule.FIRST_REPORTED))
    return year, rule.astype(np.int64)


def usable(spec: Specs, base: Baselines) -> Flags:
    """Whether a change can be measured from each baseline: growth cannot start at zero or below."""
    grows = spec.of_kind(Kind.GROWTH_RATE, Kind.GROWTH_MULTIPLE)
    return base.there & (~grows | (base.value > 0))


def in_range(spec: Specs, value: Floats) -> Flags:
    """A closed range; with a direction the bound on the good side does not bind."""
    above = at_least(value, spec.value) | (spec.direction == -1)
    return above & (at_least(spec.high, value) | (spec.direction == 1))


def holds(spec: Specs, value: Floats, limit: Floats, cutoffs: Cutoffs) -> Flags:
    """Follows each comparator to the letter, both sides at 9 significant digits."""
    about, ranged = spec.compares(Comparator.ABOUT), spec.compares(Comparator.RANGE)
    slack = np.where(about, cutoffs.about * np.abs(limit), 0.0)
    rising = spec.direction == 1
    upward = spec.compares(Comparator.AT_LEAST) | (about & rising)
    limit = np.where(about, np.where(rising, limit - slack, limit + slack), limit)
    alike = same(value, limit)
    found = np.select(
        [upward, spec.compares(Comparator.MORE_THAN), spec.compares(Comparator.LESS_THAN)],
        [(value > limit) | alike, (value > limit) & ~alike, (value < limit) & ~alike],
        (value < limit) | alike,
    )
    found = np.where(spec.compares(Comparator.EXACTLY), alike, found)
    return np.where(ranged, in_range(spec, value), found) if ranged.any() else found


def _direction(spec: Specs, value: Floats, base: Baselines) -> Floats:
    """+1 where the value has to rise, -1 where it has to fall, NaN where neither can be said."""
    inside = np.where(in_range(spec, value), np.nan, np.where(value < spec.value, 1.0, -1.0))
    exactly = np.where(same(base.value, spec.value), np.nan, np.where(base.value < spec.value, 1.0, -1.0))
    return np.select(
        [
            spec.compares(*UPWARD),
            spec.compares(*DOWNWARD),
            spec.compares(Comparator.ABOUT),
            spec.compares(Comparator.RANGE),
        ],
        [1.0, -1.0, spec.direction, inside],
        np.where(base.there, exactly, np.nan),
    )


def _thresholds(spec: Specs, year: Floats, value: Floats, base: Baselines, reference: Floats) -> tuple[Floats, Floats]:
    """T at the end and T(t); they differ for annual growth alone."""
    multiple = spec.of_kind(Kind.MULTIPLE_OF_REFERENCE)
    level = np.where(spec.compares(Comparator.RANGE) & more_than(value, spec.high), spec.high, spec.value)
    growth = 1 + spec.value / 100
    path = np.select(
        [
            multiple,
            spec.of_kind(Kind.GROWTH_MULTIPLE),
            spec.of_kind(Kind.CHANGE_POINTS),
            spec.annual,
            spec.of_kind(Kind.GROWTH_RATE),
        ],
        [
            spec.value * reference,
            spec.value * base.value,
            base.value + spec.value,
            base.value * growth ** (year - base.year),
            base.value * growth,
        ],
        level,
    )
    lacking = np.isnan(year) | (spec.change & ~usable(spec, base)) | (multiple & np.isnan(reference))
    path = np.where(lacking, np.nan, path)
    ends = spec.annual & ~np.isnan(spec.deadline)
    last = np.where(ends & ~lacking, base.value * growth ** (spec.deadline - base.year), path)
    return last, path
