"""The status: the first line that holds (specification, section 4)."""

from models.assessment import Cutoffs
from models.enums import Comparator, Status
from targets.assessment.case import Case
from targets.assessment.check import is_geometric, measures_change
from targets.assessment.figures import held, multiples
from targets.assessment.numbers import nine, same


def overdue(case_year: int | None, deadline: int | None, as_of: int) -> Status | None:
    """After the deadline, and its year has no value: awaited for a year, then unreported."""
    if deadline is None or as_of <= deadline or case_year == deadline:
        return None
    return Status.AWAITING if as_of == deadline + 1 else Status.UNREPORTED


def unjudgeable(case: Case) -> Status | None:
    """A change without a usable baseline, a multiple without the reference of the year."""
    if measures_change(case.spec) and not case.usable:
        return Status.NO_BASELINE
    if case.is_multiple and case.reference is None:
        return Status.NO_REFERENCE
    return None


def status(case: Case, progress: float | None, lag: float | None) -> Status:
    """The status of a case that can be judged."""
    at_base = case.baseline is not None and case.year == case.baseline.year
    if case.year == case.spec.deadline:
        return Status.MET if case.met else Status.MISSED
    if case.as_of - case.year > case.cutoffs.stale_years:
        return Status.STALE
    if measures_change(case.spec) and at_base:
        return Status.BASELINE_ONLY
    if case.met and not (case.cap and case.spec.deadline is not None):
        return Status.HOLDING
    if case.spec.deadline is None:
        return Status.OPEN
    if case.baseline is None or at_base:
        return Status.BASELINE_ONLY
    return _under_way(case, progress, lag)


def _under_way(case: Case, progress: float | None, lag: float | None) -> Status:
    """Between the baseline and the deadline, not holding."""
    if case.cap:
        assert case.path is not None
        return Status.ON_TRACK if case.holds(case.value, case.path) else Status.BEHIND
    if _lost(case):
        return Status.LOST
    if _overshot(case):
        return Status.OVERSHOT
    if is_geometric(case.spec) and case.value <= 0:
        return Status.FAR_BEHIND
    if progress is not None and round(progress, 9) < case.cutoffs.wrong_way:
        return Status.WRONG_WAY
    return Status.BASELINE_ONLY if lag is None else by_lag(lag, case.cutoffs)


def by_lag(lag: float, cutoffs: Cutoffs) -> Status:
    """时序进度: up to 10 points behind schedule is on track, up to 30 behind, more is far behind."""
    points = round(lag, 9)
    if points <= cutoffs.on_track_lag:
        return Status.ON_TRACK
    return Status.BEHIND if points <= cutoffs.behind_lag else Status.FAR_BEHIND


def _lost(case: Case) -> bool:
    """The baseline held already, or lay at or beyond the target."""
    base = case.baseline
    if base is None or case.threshold is None or measures_change(case.spec):
        return False
    if held(case, base.year):
        return True
    if case.spec.comparator is Comparator.RANGE:
        return False
    if case.spec.comparator is Comparator.EXACTLY:
        return same(base.value, case.threshold)
    if case.is_multiple:
        found = multiples(case)
        return found is not None and _beyond(case, found[1], case.spec.value)
    return _beyond(case, base.value, case.threshold)


def _beyond(case: Case, start: float, end: float) -> bool:
    return case.d is not None and case.d * (nine(end) - nine(start)) <= 0


def _overshot(case: Case) -> bool:
    """Past an exact target or a range, on the far side of the baseline."""
    base, limit = case.baseline, case.threshold
    if base is None or limit is None or case.spec.comparator not in (Comparator.EXACTLY, Comparator.RANGE):
        return False
    return (nine(case.value) - nine(limit)) * (nine(base.value) - nine(limit)) < 0
