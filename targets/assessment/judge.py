"""Judging one target for one place: the whole specification in one call."""

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from models.assessment import Assessment, Cutoffs, TargetSpec
from models.enums import Status
from targets.assessment.baseline import rests_on_a_guess
from targets.assessment.cagr import CagrOpinion, opinion
from targets.assessment.case import Case, make_case
from targets.assessment.check import check_spec
from targets.assessment.figures import acceleration, elapsed, progress, projected, recent_per_year, was_met
from targets.assessment.gap import gap, needed_per_year
from targets.assessment.numbers import finite
from targets.assessment.status import overdue, status, unjudgeable

CODE_VERSION = "1"
"""Rises with every change of the arithmetic, so that a stored assessment tells which rules made it."""

STANDARD = Cutoffs()


def assess(
    spec: TargetSpec,
    values: Mapping[int, float],
    reference: Mapping[int, float] | None = None,
    *,
    as_of: int,
    cutoffs: Cutoffs = STANDARD,
) -> Assessment:
    """The verdict on a target for one place, as of a year.

    `values` and `reference` are by year, in the target's unit (growth kinds: the indicator's unit); a missing year
    is left out, years after `as_of` are not looked at. Raises TargetRefused for a target that contradicts itself.
    """
    check_spec(spec)
    known = {year: value for year, value in values.items() if year <= as_of and math.isfinite(value)}
    references = {year: value for year, value in (reference or {}).items() if year <= as_of and math.isfinite(value)}
    made: dict[str, Any] = {"spec": spec, "as_of": as_of, "cutoffs": cutoffs, "code_version": CODE_VERSION}
    if not known:
        return Assessment(Status.NO_DATA, **made)
    case = make_case(spec, known, references, as_of, cutoffs)
    late = overdue(case.year if case else None, spec.deadline, as_of)
    if case is None:
        assert late is not None
        return Assessment(late, **made)
    refused = unjudgeable(case)
    if refused is not None:
        return replace(_known(case), status=late or refused, **made)
    found = _figures(case, verdict=late is None)
    return replace(found, status=late or found.status, **made)


def _known(case: Case) -> Assessment:
    """What can be said where there is no threshold: the value, the baseline, the last reference."""
    base = case.baseline
    year, value = _last_reference(case)
    return Assessment(
        status=Status.NO_DATA,
        provisional=rests_on_a_guess(case.spec, base),
        year=case.year,
        value=case.value,
        baseline_year=base.year if base else None,
        baseline_value=base.value if base else None,
        baseline_rule=base.rule if base else None,
        reference_year=year,
        reference_value=value,
    )


def _last_reference(case: Case) -> tuple[int | None, float | None]:
    """The reference of the judged year, else the latest one known."""
    if not case.is_multiple or not case.references:
        return None, None
    year = case.year if case.year in case.references else max(case.references)
    return year, case.references[year]


def _figures(case: Case, *, verdict: bool) -> Assessment:
    """Every figure of a case with a threshold; without a verdict nothing that looks ahead."""
    done, over = progress(case), elapsed(case)
    lag = None if done is None or over is None else over - done
    recent = recent_per_year(case)
    needed = needed_per_year(case) if verdict else None
    second = opinion(case) if verdict else CagrOpinion()
    figures: dict[str, Any] = {
        "was_met": was_met(case),
        "threshold": finite(case.threshold),
        "gap": finite(gap(case)),
        "progress": finite(done),
        "elapsed": over,
        "lag": finite(lag),
        "needed_per_year": finite(needed),
        "recent_per_year": finite(recent),
        "acceleration": finite(acceleration(case, needed, recent)),
        "projected": finite(projected(case, recent)) if verdict else None,
        "cagr_ratio": second.ratio,
        "cagr_status": second.status,
        "cagr_score": second.score,
    }
    return replace(_known(case), status=status(case, done, lag), **figures)
