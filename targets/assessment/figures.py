"""Progress, elapsed time and the recent pace (specification, section 5)."""

import math
from collections.abc import Mapping

from models.enums import Kind
from targets.assessment.case import Case
from targets.assessment.check import is_annual, is_geometric
from targets.assessment.numbers import nine, power, rate

RECENT_YEARS = 4
"""The recent pace is taken from the earliest value of so many years before the judged one."""


def progress(case: Case) -> float | None:
    """How much of the way from the baseline to the target is done, in percent."""
    if case.baseline is None or case.threshold is None or case.d is None or case.cap:
        return None
    if is_geometric(case.spec):
        return _geometric_progress(case)
    if case.is_multiple:
        return _multiple_progress(case)
    start, end = case.baseline.value, case.threshold
    if case.d * nine(end) <= case.d * nine(start) or end == start:
        return None
    return (case.value - start) / (end - start) * 100


def _geometric_progress(case: Case) -> float | None:
    assert case.baseline is not None
    if case.value <= 0:
        return None
    done = math.log(case.value / case.baseline.value)
    if case.spec.kind is Kind.GROWTH_MULTIPLE:
        return done / math.log(case.spec.value) * 100
    years = (case.year if case.spec.deadline is None else case.spec.deadline) - case.baseline.year
    return done / (years * math.log(1 + case.spec.value / 100)) * 100 if years else None


def multiples(case: Case) -> tuple[float, float] | None:
    """The value as a multiple of its reference, now and at the baseline: m and m0."""
    if case.baseline is None:
        return None
    now, then = case.reference, case.references.get(case.baseline.year)
    return (case.value / now, case.baseline.value / then) if now and then else None


def _multiple_progress(case: Case) -> float | None:
    found = multiples(case)
    if found is None or case.d is None:
        return None
    m, start = found
    wanted = case.spec.value
    if case.d * nine(wanted) <= case.d * nine(start) or wanted == start:
        return None
    return (m - start) / (wanted - start) * 100


def elapsed(case: Case) -> float | None:
    """How much of the time from the baseline to the deadline is over, in percent."""
    if case.baseline is None or case.spec.deadline is None:
        return None
    return (case.year - case.baseline.year) / (case.spec.deadline - case.baseline.year) * 100


def recent_start(values: Mapping[int, float], year: int) -> int | None:
    """The year that the recent pace is counted from: the earliest with a value of the four before the judged one."""
    return min((each for each in values if year - RECENT_YEARS <= each < year), default=None)


def recent_per_year(case: Case) -> float | None:
    """The yearly change lately, in the unit of the values; for geometric kinds the yearly rate in percent."""
    first = recent_start(case.values, case.year)
    if first is None:
        return None
    years = case.year - first
    if not is_geometric(case.spec):
        return (case.value - case.values[first]) / years
    if case.value <= 0 or case.values[first] <= 0:
        return None
    return rate(case.value, case.values[first], years)


def acceleration(case: Case, needed: float | None, recent: float | None) -> float | None:
    """How many times the recent pace is needed from here."""
    if needed is None or recent is None or case.d is None or case.cap or case.d * recent <= 0:
        return None
    return (case.d * needed if is_geometric(case.spec) else needed) / (case.d * recent)


def projected(case: Case, recent: float | None) -> float | None:
    """The value at the deadline if the recent pace goes on."""
    years = case.years_left
    if years is None or years <= 0 or recent is None:
        return None
    if is_geometric(case.spec):
        return case.value * power(1 + recent / 100, years)
    return case.value + recent * years


def was_met(case: Case) -> bool:
    """An earlier year from the baseline on held against its own threshold, and the judged one does not."""
    if case.baseline is None or case.threshold is None or is_annual(case.spec) or case.met:
        return False
    between = (year for year in case.values if case.baseline.year <= year < case.year)
    return any(held(case, year) for year in between)


def held(case: Case, year: int) -> bool:
    """Whether the value of a year held against the threshold of that year; a change has none of its own."""
    limit = case.own_threshold(year, case.values[year])
    return limit is not None and case.holds(case.values[year], limit)
