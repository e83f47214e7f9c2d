"""One target for one place with everything that its figures are made from."""

from collections.abc import Mapping
from dataclasses import dataclass

from models.assessment import Cutoffs, TargetSpec
from models.enums import Kind
from targets.assessment.baseline import Baseline, find_baseline, usable
from targets.assessment.check import is_annual, is_cap, measures_change
from targets.assessment.threshold import direction, holds, threshold


@dataclass(frozen=True, slots=True)
class Case:
    """The judged value y of year t, its baseline, reference, direction d and thresholds.

    `threshold` is T at the deadline for annual growth, else T(t); `path` is T(t). Both are None where a change has
    no usable baseline or a multiple no reference in year t.
    """

    spec: TargetSpec
    cutoffs: Cutoffs
    values: Mapping[int, float]
    references: Mapping[int, float]
    as_of: int
    year: int
    value: float
    baseline: Baseline | None
    d: int | None
    threshold: float | None
    path: float | None

    def holds(self, value: float, limit: float) -> bool:
        """Whether a value holds against a threshold, by this target's comparator."""
        return holds(self.spec, value, limit, self.cutoffs)

    @property
    def met(self) -> bool:
        """y holds against T (annual growth: against its end)."""
        return self.threshold is not None and self.holds(self.value, self.threshold)

    @property
    def cap(self) -> bool:
        return is_cap(self.spec)

    @property
    def usable(self) -> bool:
        """Whether there is a baseline that a change can be measured from."""
        return usable(self.spec, self.baseline)

    @property
    def reference(self) -> float | None:
        """r(t)."""
        return self.references.get(self.year)

    @property
    def is_multiple(self) -> bool:
        return self.spec.kind is Kind.MULTIPLE_OF_REFERENCE

    @property
    def years_left(self) -> int | None:
        return None if self.spec.deadline is None else self.spec.deadline - self.year

    def own_threshold(self, year: int, value: float) -> float | None:
        """What a value of another year had to hold against then; None for changes and without a reference."""
        if measures_change(self.spec) or (self.is_multiple and year not in self.references):
            return None
        return threshold(self.spec, value, year, self.baseline, self.references.get(year))


def judged_year(spec: TargetSpec, values: Mapping[int, float]) -> int | None:
    """The latest year with a value that does not lie past the deadline."""
    return max((year for year in values if spec.deadline is None or year <= spec.deadline), default=None)


def make_case(
    spec: TargetSpec, values: Mapping[int, float], references: Mapping[int, float], as_of: int, cutoffs: Cutoffs
) -> Case | None:
    """The case of the judged value; None where no value lies at or before the deadline."""
    year = judged_year(spec, values)
    if year is None:
        return None
    value, baseline = values[year], find_baseline(spec, values, year)
    last, path = _thresholds(spec, value, year, baseline, references.get(year))
    d = direction(spec, value, baseline)
    return Case(spec, cutoffs, values, references, as_of, year, value, baseline, d, last, path)


def _thresholds(
    spec: TargetSpec, value: float, year: int, baseline: Baseline | None, reference: float | None
) -> tuple[float | None, float | None]:
    """T at the end and T(t); they differ for annual growth alone."""
    lacking_base = measures_change(spec) and not usable(spec, baseline)
    lacking_reference = spec.kind is Kind.MULTIPLE_OF_REFERENCE and reference is None
    if lacking_base or lacking_reference:
        return None, None
    path = threshold(spec, value, year, baseline, reference)
    if is_annual(spec) and spec.deadline is not None:
        return threshold(spec, value, spec.deadline, baseline, reference), path
    return path, path
