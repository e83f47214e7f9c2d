"""The status of all pairs: for each the first line that holds (targets/assessment/status.py)."""

import numpy as np

from models.enums import Comparator, Kind, Status
from targets.assessment.columns.case import Cases, usable
from targets.assessment.columns.compare import Codes, Flags, Floats, below, same, up_to
from targets.assessment.columns.figures import held

STATUSES = list(Status)
NO_STATUS = -1
Line = tuple[Flags, Status]


def first_that_holds(lines: list[Line], otherwise: Codes) -> Codes:
    """The code of the first status whose condition holds in each row."""
    codes = [np.int64(STATUSES.index(status)) for _, status in lines]
    return np.select([flags for flags, _ in lines], codes, otherwise)


def overdue(case: Cases) -> Codes:
    """After the deadline, and its year has no value: awaited for a year, then unreported. Else NO_STATUS."""
    deadline, as_of = case.spec.deadline, case.spec.as_of
    late = (as_of > deadline) & (case.year != deadline)
    lines = [(late & (as_of == deadline + 1), Status.AWAITING), (late, Status.UNREPORTED)]
    return first_that_holds(lines, np.full(len(late), NO_STATUS))


def unjudgeable(case: Cases) -> Codes:
    """A change without a usable baseline, a multiple without the reference of the year. Else NO_STATUS."""
    multiple = case.spec.of_kind(Kind.MULTIPLE_OF_REFERENCE)
    lines = [
        (case.spec.change & ~usable(case.spec, case.base), Status.NO_BASELINE),
        (multiple & np.isnan(case.reference), Status.NO_REFERENCE),
    ]
    return first_that_holds(lines, np.full(len(multiple), NO_STATUS))


def status(case: Cases, progress: Floats, lag: Floats) -> Codes:
    """The status of the cases that can be judged."""
    spec, cut, endless = case.spec, case.cutoffs, np.isnan(case.spec.deadline)
    ended, cap = case.year == spec.deadline, spec.cap
    lines = [
        (ended & case.met, Status.MET),
        (ended, Status.MISSED),
        (spec.as_of - case.year > cut.stale_years, Status.STALE),
        (spec.change & case.at_base, Status.BASELINE_ONLY),
        (case.met & ~(cap & ~endless), Status.HOLDING),
        (endless, Status.OPEN),
        (~case.base.there | case.at_base, Status.BASELINE_ONLY),
        (cap & case.holds(case.value, case.path), Status.ON_TRACK),
        (cap, Status.BEHIND),
        (_lost(case), Status.LOST),
        (_overshot(case), Status.OVERSHOT),
        (spec.geometric & (case.value <= 0), Status.FAR_BEHIND),
        (below(progress, cut.wrong_way), Status.WRONG_WAY),
        (np.isnan(lag), Status.BASELINE_ONLY),
        (up_to(lag, cut.on_track_lag), Status.ON_TRACK),
        (up_to(lag, cut.behind_lag), Status.BEHIND),
    ]
    return first_that_holds(lines, np.full(len(cap), STATUSES.index(Status.FAR_BEHIND)))


def _lost(case: Cases) -> Flags:
    """The baseline held already, or lay at or beyond the target."""
    spec, base = case.spec, case.base
    multiple, exactly = spec.of_kind(Kind.MULTIPLE_OF_REFERENCE), spec.compares(Comparator.EXACTLY)
    start = np.where(multiple, case.base_multiple, base.value)
    end = np.where(multiple, spec.value, case.threshold)
    alike = same(start, end)
    beyond = np.where(exactly, alike, (case.d * (end - start) <= 0) | (alike & ~np.isnan(case.d)))
    beyond &= ~spec.compares(Comparator.RANGE)
    there = base.there & ~np.isnan(case.threshold) & ~spec.change
    return there & (held(case, base.value, base.year) | beyond)


def _overshot(case: Cases) -> Flags:
    """Past an exact target or a range, on the far side of the baseline."""
    value, start, limit = case.value, case.base.value, case.threshold
    opposite = ((value > limit) & (start < limit)) | ((value < limit) & (start > limit))
    two_sided = case.spec.compares(Comparator.EXACTLY, Comparator.RANGE)
    return two_sided & opposite & ~same(value, limit) & ~same(start, limit)
