"""What is missing: the gap now, and what is needed a year from here (specification, section 5)."""

from models.enums import Comparator
from targets.assessment.case import Case
from targets.assessment.check import is_geometric
from targets.assessment.numbers import rate, same


def gap(case: Case) -> float | None:
    """How far the value is from the threshold of its own year, in the unit of the values; 0 where it holds, and where
    it equals a threshold that it would have to pass.

    Annual growth is measured against the path of that year, not against its end.
    """
    if case.path is None:
        return None
    if case.holds(case.value, case.path) or same(case.value, case.path):
        return 0.0
    if case.spec.comparator is Comparator.EXACTLY:
        return abs(case.path - case.value)
    return None if case.d is None else case.d * (case.path - case.value)


def needed_per_year(case: Case) -> float | None:
    """The yearly step from the judged value to the threshold at the deadline; a rate in percent for geometric kinds.

    For a cap on change it is what is still allowed a year.
    """
    years = case.years_left
    if years is None or years <= 0 or case.threshold is None:
        return None
    if case.cap:
        return _rate_to(case, years) if is_geometric(case.spec) else (case.threshold - case.value) / years
    if case.holds(case.value, case.threshold):
        return 0.0
    if is_geometric(case.spec):
        return _rate_to(case, years)
    return None if case.d is None else max(0.0, case.d * (case.threshold - case.value)) / years


def _rate_to(case: Case, years: int) -> float | None:
    if case.value <= 0 or case.threshold is None:
        return None
    return rate(case.threshold, case.value, years)
