"""What goes into a judgement and what comes out of it, as frozen values. The arithmetic is in targets/assessment."""

from dataclasses import dataclass, field

from models.enums import BaselineRule, CagrStatus, Comparator, Kind, Measure, Status


@dataclass(frozen=True, slots=True)
class TargetSpec:
    """A target as the arithmetic sees it. Percentages are percent (2.5 is 2.5 %), reductions are negative."""

    kind: Kind
    comparator: Comparator
    value: float
    value_high: float | None = None
    measure: Measure = Measure.ANNUAL
    direction: int | None = None
    deadline: int | None = None
    baseline_year: int | None = None
    period_start: int | None = None
    issued: int | None = None


@dataclass(frozen=True, slots=True)
class Cutoffs:
    """The settings a judgement is made with; every stored or printed assessment carries them.

    Lags are points of schedule (时序进度), `wrong_way` is percent of progress, `stale_years` years, `about` a share.
    """

    on_track_lag: float = 10.0
    behind_lag: float = 30.0
    wrong_way: float = -5.0
    stale_years: int = 2
    about: float = 0.05


@dataclass(frozen=True, slots=True)
class Assessment:
    """The verdict on one target for one place, with every figure of it and the inputs it was made from.

    Gap, threshold and needed_per_year are in the unit of the judged values; progress and elapsed in percent;
    lag in points; for geometric kinds the yearly rates are percent a year. None means "cannot be said".
    """

    status: Status
    was_met: bool = False
    provisional: bool = False
    year: int | None = None
    value: float | None = None
    baseline_year: int | None = None
    baseline_value: float | None = None
    baseline_rule: BaselineRule | None = None
    threshold: float | None = None
    reference_year: int | None = None
    reference_value: float | None = None
    gap: float | None = None
    progress: float | None = None
    elapsed: float | None = None
    lag: float | None = None
    needed_per_year: float | None = None
    recent_per_year: float | None = None
    acceleration: float | None = None
    projected: float | None = None
    cagr_ratio: float | None = None
    cagr_status: CagrStatus | None = None
    cagr_score: float | None = None
    spec: TargetSpec | None = field(default=None, compare=False)
    as_of: int | None = field(default=None, compare=False)
    cutoffs: Cutoffs = field(default_factory=Cutoffs, compare=False)
    code_version: str = field(default="", compare=False)


FIGURES = (
    "status was_met provisional year value baseline_year baseline_value baseline_rule threshold reference_year "
    "reference_value gap progress elapsed lag needed_per_year recent_per_year acceleration projected cagr_ratio "
    "cagr_status cagr_score"
).split()
"""The published keys of an assessment, in the order they are printed in."""
