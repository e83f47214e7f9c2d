"""The second opinion: Eurostat's ratio of actual to required compound growth (specification, section 6)."""

from dataclasses import dataclass

from models.enums import CagrStatus, Kind
from targets.assessment.case import Case
from targets.assessment.check import ONE_SIDED, is_annual
from targets.assessment.numbers import finite, power, same

SUBSTANTIAL, MODERATE, LIMITED = 0.95, 0.60, 0.0
BEST, WORST = 5.0, -5.0


@dataclass(frozen=True, slots=True)
class CagrOpinion:
    """The ratio, its word and its score from -5 to 5; all None where the method does not apply."""

    ratio: float | None = None
    status: CagrStatus | None = None
    score: float | None = None


def opinion(case: Case) -> CagrOpinion:
    """Eurostat's verdict on a case."""
    if not applies(case):
        return CagrOpinion()
    ratio = _ratio(case)
    if case.met:
        return CagrOpinion(ratio, CagrStatus.TARGET_ACHIEVED, BEST)
    return CagrOpinion() if ratio is None else CagrOpinion(ratio, word(ratio), score(ratio))


def applies(case: Case) -> bool:
    """One-sided targets with a deadline and positive numbers; not annual growth, multiples or caps."""
    spec, base, limit = case.spec, case.baseline, case.threshold
    if spec.deadline is None or base is None or limit is None or spec.comparator not in ONE_SIDED:
        return False
    if is_annual(spec) or spec.kind is Kind.MULTIPLE_OF_REFERENCE or case.cap:
        return False
    return case.year > base.year and base.value > 0 and limit > 0 and case.value >= 0


def _ratio(case: Case) -> float | None:
    base, limit, deadline = case.baseline, case.threshold, case.spec.deadline
    assert base is not None and limit is not None and deadline is not None and case.d is not None
    required = power(limit / base.value, 1 / (deadline - base.year)) - 1
    if same(limit, base.value) or required == 0:
        return None
    actual = power(case.value / base.value, 1 / (case.year - base.year)) - 1
    return finite(case.d * actual / abs(required))


def word(ratio: float) -> CagrStatus:
    """The word for the ratio of a target that is not met yet."""
    if ratio >= SUBSTANTIAL:
        return CagrStatus.SUBSTANTIAL_PROGRESS
    if ratio >= MODERATE:
        return CagrStatus.MODERATE_PROGRESS
    return CagrStatus.LIMITED_PROGRESS if ratio >= LIMITED else CagrStatus.DETERIORATION


def score(ratio: float) -> float:
    """The score from -5 to 5, as Open SDG 2.4.0 publishes it."""
    if ratio >= MODERATE:
        return min(7.1429 * ratio - 4.2857, BEST)
    return max(4.1667 * ratio - 2.5, WORST)
