"""Judging thousands of targets at once, with the same result for each as judging it alone."""

from typing import Any

import numpy as np
import pandas as pd

from models.assessment import FIGURES, Cutoffs
from models.enums import BaselineRule, CagrStatus, Kind, Status
from targets.assessment.columns import cagr, figures
from targets.assessment.columns.case import FIRM, Cases, make_cases
from targets.assessment.columns.compare import Codes, Flags, Floats, finite
from targets.assessment.columns.status import NO_STATUS, STATUSES, overdue, status, unjudgeable
from targets.assessment.columns.table import read_matrix, read_specs
from targets.assessment.judge import STANDARD

YEARS = frozenset({"year", "baseline_year", "reference_year"})


def assess_columns(
    targets: pd.DataFrame,
    values: pd.DataFrame,
    references: pd.DataFrame | None = None,
    *,
    cutoffs: Cutoffs = STANDARD,
) -> pd.DataFrame:
    """Judges every row of `targets` against its values; the frame has one row a target and the published figures.

    `targets`: unique index (the name of the pair), columns kind, comparator, value, as_of; where they apply also
    value_high, measure, direction, deadline, baseline_year, period_start, issued (missing: NaN or no column).
    `values`, `references`: columns pair, year, value; one line a pair and year, in the units that `assess` takes.

    Out: status, baseline_rule and cagr_status as words (categories), years as whole numbers, flags, and figures as
    floats; a figure that cannot be said is missing. Raises TargetRefused naming the row and field of a target that
    contradicts itself, and for values that belong to no target or stand twice.
    """
    specs = read_specs(targets)
    with np.errstate(all="ignore"):
        known, reference = read_matrix(values, specs, "values"), read_matrix(references, specs, "references")
        case = make_cases(specs, cutoffs, known, reference)
        return _frame(specs.names, _judge(case))


def _judge(case: Cases) -> dict[str, Any]:
    """Every published figure as a column."""
    done, over, recent = figures.progress(case), figures.elapsed(case), figures.recent_per_year(case)
    late, refused = overdue(case), unjudgeable(case)
    valued, judged = ~np.isnan(case.year), ~np.isnan(case.year) & (refused == NO_STATUS)
    verdict = judged & (late == NO_STATUS)
    needed, second = figures.needed_per_year(case), cagr.opinions(case, verdict)
    ahead = {
        "needed_per_year": needed,
        "acceleration": figures.acceleration(case, needed, recent),
        "projected": figures.projected(case, recent),
    }
    always = {
        "threshold": case.threshold,
        "gap": figures.gap(case),
        "progress": done,
        "elapsed": over,
        "lag": over - done,
        "recent_per_year": recent,
    }
    return {
        "status": _status(case, late, refused, done, over - done),
        "was_met": judged & figures.was_met(case),
        "provisional": valued & case.spec.change & case.base.there & ~np.isin(case.base.rule, FIRM),
        **_known(case, valued),
        **{name: finite(np.where(judged, each, np.nan)) for name, each in always.items()},
        **{name: finite(np.where(verdict, each, np.nan)) for name, each in ahead.items()},
        "cagr_ratio": second.ratio,
        "cagr_status": second.word,
        "cagr_score": second.score,
    }


def _status(case: Cases, late: Codes, refused: Codes, done: Floats, lag: Floats) -> Codes:
    found = np.where(refused == NO_STATUS, status(case, done, lag), refused)
    found = np.where(late == NO_STATUS, found, late)
    return np.where(np.any(case.values.known, axis=1), found, STATUSES.index(Status.NO_DATA))


def _known(case: Cases, valued: Flags) -> dict[str, Any]:
    """What can be said where there is no threshold: the value, the baseline, the reference of the year or the last."""
    multiple = valued & case.spec.of_kind(Kind.MULTIPLE_OF_REFERENCE)
    last, last_value = case.references.last(case.references.known)
    own = ~np.isnan(case.reference)
    return {
        "year": case.year,
        "value": case.value,
        "baseline_year": case.base.year,
        "baseline_value": case.base.value,
        "baseline_rule": case.base.rule,
        "reference_year": np.where(multiple, np.where(own, case.year, last), np.nan),
        "reference_value": np.where(multiple, np.where(own, case.reference, last_value), np.nan),
    }


def _frame(names: "pd.Index[Any]", columns: dict[str, Any]) -> pd.DataFrame:
    words = {
        "status": [each.value for each in Status],
        "baseline_rule": [each.value for each in BaselineRule],
        "cagr_status": [each.value for each in CagrStatus],
    }

    def column(name: str) -> Any:
        found = columns[name]
        if name in words:
            return pd.Categorical.from_codes(found, dtype=pd.CategoricalDtype(words[name]))
        if name in YEARS:
            missing = np.isnan(found)
            return pd.arrays.IntegerArray(np.where(missing, 0, found).astype(np.int64), missing)
        return found

    return pd.DataFrame({name: column(name) for name in FIGURES}, index=names)
