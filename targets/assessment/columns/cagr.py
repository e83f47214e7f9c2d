"""Eurostat's second opinion of all pairs (targets/assessment/cagr.py)."""

from dataclasses import dataclass

import numpy as np

from models.enums import CagrStatus, Kind
from targets.assessment.cagr import BEST, LIMITED, MODERATE, SUBSTANTIAL, WORST
from targets.assessment.check import ONE_SIDED
from targets.assessment.columns.case import Cases
from targets.assessment.columns.compare import Codes, Flags, Floats, finite, same

WORDS = list(CagrStatus)
NO_WORD = -1


@dataclass(frozen=True)
class Opinions:
    """Ratio, word (a code into WORDS) and score; NaN and NO_WORD where the method does not apply."""

    ratio: Floats
    word: Codes
    score: Floats


def opinions(case: Cases, wanted: Flags) -> Opinions:
    """Eurostat's verdict on the cases that want one."""
    applies = wanted & _applies(case)
    ratio = np.where(applies, _ratio(case), np.nan)
    achieved = applies & case.met
    lines = [
        (achieved, CagrStatus.TARGET_ACHIEVED),
        (ratio >= SUBSTANTIAL, CagrStatus.SUBSTANTIAL_PROGRESS),
        (ratio >= MODERATE, CagrStatus.MODERATE_PROGRESS),
        (ratio >= LIMITED, CagrStatus.LIMITED_PROGRESS),
        (ratio < LIMITED, CagrStatus.DETERIORATION),
    ]
    word = np.select([flags for flags, _ in lines], [WORDS.index(each) for _, each in lines], NO_WORD)
    score = np.where(
        ratio >= MODERATE, np.minimum(7.1429 * ratio - 4.2857, BEST), np.maximum(4.1667 * ratio - 2.5, WORST)
    )
    return Opinions(ratio, word.astype(np.int64), np.where(achieved, BEST, score))


def _applies(case: Cases) -> Flags:
    spec, base, limit = case.spec, case.base, case.threshold
    fits = spec.compares(*ONE_SIDED) & ~spec.annual & ~spec.of_kind(Kind.MULTIPLE_OF_REFERENCE) & ~spec.cap
    ahead = ~np.isnan(spec.deadline) & (case.year > base.year)
    return fits & ahead & (base.value > 0) & (limit > 0) & (case.value >= 0)


def _ratio(case: Cases) -> Floats:
    base, limit = case.base, case.threshold
    required = (limit / base.value) ** (1 / (case.spec.deadline - base.year)) - 1
    actual = (case.value / base.value) ** (1 / (case.year - base.year)) - 1
    none = same(limit, base.value) | (required == 0)
    return finite(np.where(none, np.nan, case.d * actual / np.abs(required)))
