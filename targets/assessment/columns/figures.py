"""The figures of all pairs (targets/assessment/figures.py and gap.py). Missing is NaN."""

import numpy as np

from models.enums import Comparator, Kind
from targets.assessment.columns.case import Cases
from targets.assessment.columns.compare import Flags, Floats, same
from targets.assessment.figures import RECENT_YEARS


def gap(case: Cases) -> Floats:
    """How far each value is from the threshold of its own year; 0 where it holds or equals it."""
    short = case.d * (case.path - case.value)
    short = np.where(case.spec.compares(Comparator.EXACTLY), np.abs(case.path - case.value), short)
    there = case.holds(case.value, case.path) | same(case.value, case.path)
    return np.where(np.isnan(case.path), np.nan, np.where(there, 0.0, short))


def progress(case: Cases) -> Floats:
    """How much of the way from the baseline to the target is done, in percent."""
    spec, base, d = case.spec, case.base, case.d
    multiple, geometric = spec.of_kind(Kind.MULTIPLE_OF_REFERENCE), spec.geometric
    start = np.where(multiple, case.base_multiple, base.value)
    end = np.where(multiple, spec.value, case.threshold)
    now = np.where(multiple, case.value / case.reference, case.value)
    ahead = (d * (end - start) > 0) & ~same(end, start)
    found = np.where(ahead, (now - start) / (end - start) * 100, np.nan)
    if geometric.any():
        found = np.where(geometric, _geometric(case), found)
    none = ~base.there | np.isnan(case.threshold) | np.isnan(d) | spec.cap
    return np.where(none, np.nan, found)


def _geometric(case: Cases) -> Floats:
    spec = case.spec
    done = np.where(case.value > 0, np.log(case.value / case.base.value), np.nan)
    end = np.where(np.isnan(spec.deadline), case.year, spec.deadline)
    way = np.where(spec.annual, (end - case.base.year) * np.log(1 + spec.value / 100), np.log(spec.value))
    return np.where(spec.annual & (end == case.base.year), np.nan, done / way * 100)


def elapsed(case: Cases) -> Floats:
    """How much of the time from the baseline to the deadline is over, in percent."""
    return (case.year - case.base.year) / (case.spec.deadline - case.base.year) * 100


def needed_per_year(case: Cases) -> Floats:
    """The yearly step to the threshold at the deadline; for a cap what is still allowed a year."""
    years, limit = case.years_left, case.threshold
    step = np.maximum(0.0, case.d * (limit - case.value)) / years
    step = np.where(case.spec.cap, (limit - case.value) / years, step)
    step = np.where(case.spec.geometric, _rate(limit, case.value, years), step)
    step = np.where(case.met & ~case.spec.cap, 0.0, step)
    return np.where((years > 0) & ~np.isnan(limit), step, np.nan)


def _rate(end: Floats, start: Floats, years: Floats) -> Floats:
    """The yearly rate in percent that leads from start > 0 to end; NaN from elsewhere."""
    return np.where(start > 0, ((end / start) ** (1 / years) - 1) * 100, np.nan)


def recent_per_year(case: Cases) -> Floats:
    """The yearly change lately; for geometric kinds the yearly rate in percent."""
    years, judged = case.values.years, case.year[:, None]
    first, then = case.values.first(case.values.known & (years < judged) & (years >= judged - RECENT_YEARS))
    span = case.year - first
    rate = np.where(case.value > 0, _rate(case.value, then, span), np.nan)
    return np.where(case.spec.geometric, rate, (case.value - then) / span)


def acceleration(case: Cases, needed: Floats, recent: Floats) -> Floats:
    """How many times the recent pace is needed from here."""
    found = np.where(case.spec.geometric, case.d * needed, needed) / (case.d * recent)
    return np.where((case.d * recent > 0) & ~case.spec.cap, found, np.nan)


def projected(case: Cases, recent: Floats) -> Floats:
    """The value at the deadline if the recent pace goes on."""
    years = case.years_left
    compound = case.value * (1 + recent / 100) ** years
    return np.where(years > 0, np.where(case.spec.geometric, compound, case.value + recent * years), np.nan)


def was_met(case: Cases) -> Flags:
    """An earlier year from the baseline on held against its own threshold, and the judged one does not."""
    asked = case.base.there & ~np.isnan(case.threshold) & ~case.spec.change & ~case.met
    found = np.zeros(len(asked), dtype=bool)
    years = case.values.years
    for column in range(years.size):
        between = asked & case.values.known[:, column] & (case.base.year <= years[column]) & (years[column] < case.year)
        if between.any():
            found |= between & held(case, case.values.values[:, column], np.full(len(asked), years[column]))
    return found


def held(case: Cases, value: Floats, year: Floats) -> Flags:
    """Whether the value of a year held against the threshold of that year; a change has none of its own."""
    spec = case.spec
    multiple = spec.of_kind(Kind.MULTIPLE_OF_REFERENCE)
    limit = np.where(multiple, spec.value * case.references.at(year), spec.value) if multiple.any() else spec.value
    return ~spec.change & ~np.isnan(limit) & case.holds(value, limit)
