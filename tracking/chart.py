"""The chart of a target as plain values: drawn by plotly on the screen and by matplotlib on paper, with one look."""

import itertools
from dataclasses import dataclass
from statistics import pstdev

from models.catalogue import Unit
from models.enums import Comparator, Kind, Measure
from tracking.board import BoardRow

SPREAD_YEARS = 4
"""The years whose yearly changes tell how far a projection may be off; the same window as the recent pace."""


@dataclass(frozen=True, slots=True)
class ChartPoint:
    """A judged or later value. `hollow` points are provisional."""

    year: int
    value: float
    hollow: bool = False


@dataclass(frozen=True, slots=True)
class Band:
    """The projection of one year with its spread, or the two ends of a range."""

    year: int
    low: float
    middle: float
    high: float


@dataclass(frozen=True, slots=True)
class TargetChart:
    """Everything that the chart of one target for one place shows, in the indicator's unit, ascending by year."""

    unit: Unit
    values: tuple[ChartPoint, ...]
    path: tuple[ChartPoint, ...]
    threshold: tuple[ChartPoint, ...]
    threshold_high: tuple[ChartPoint, ...]
    reference: tuple[ChartPoint, ...]
    projection: tuple[Band, ...]
    deadline: int | None
    as_of: int
    breaks: tuple[tuple[int, str], ...] = ()

    @property
    def moving_threshold(self) -> bool:
        """The threshold is a line that moves with the years, not one level."""
        return len({p.value for p in self.threshold}) > 1

    @property
    def years(self) -> tuple[int, int]:
        """The first and the last year that anything stands at."""
        lines = (self.values, self.path, self.threshold, self.reference, self.projection)
        found = [p.year for line in lines for p in line] or [self.as_of]
        return min(found), max([*found, *([self.deadline] if self.deadline else [])])


def target_chart(row: BoardRow, unit: Unit, breaks: tuple[tuple[int, str], ...] = ()) -> TargetChart:
    """The chart values of one row of the board."""
    verdict = row.assessment
    values = tuple(ChartPoint(p.year, float(p.value), p.provisional) for p in row.series.points)
    shown = [p.year for p in values] + [y for y in (verdict.baseline_year, row.target.deadline) if y is not None]
    years = range(min(shown), max(shown) + 1) if shown else range(0)
    low, high = _thresholds(row, years)
    return TargetChart(
        unit=unit,
        values=values,
        path=_path(row),
        threshold=low,
        threshold_high=high,
        reference=_reference(row, years),
        projection=_projection(row),
        deadline=row.target.deadline,
        as_of=verdict.as_of or 0,
        breaks=breaks,
    )


def _thresholds(row: BoardRow, years: range) -> tuple[tuple[ChartPoint, ...], tuple[ChartPoint, ...]]:
    """The line that decides; for a range both ends; for a multiple of a reference a line that moves with it."""
    spec, verdict = row.assessment.spec, row.assessment
    if spec is None or not years:
        return (), ()
    if spec.kind is Kind.MULTIPLE_OF_REFERENCE:
        return tuple(ChartPoint(p.year, p.value * spec.value, p.hollow) for p in _reference(row, years)), ()
    if spec.comparator is Comparator.RANGE and spec.value_high is not None:
        return _level(spec.value, years), _level(spec.value_high, years)
    if _annual_growth(row):
        return _path(row), ()
    return (_level(verdict.threshold, years), ()) if verdict.threshold is not None else (_stated(row, years), ())


def _stated(row: BoardRow, years: range) -> tuple[ChartPoint, ...]:
    """The number of the policy itself, where nothing is judged yet; a change has no level of its own."""
    spec = row.assessment.spec
    plain = spec is not None and spec.kind in (Kind.LEVEL, Kind.COUNT, Kind.SHARE, Kind.RANK, Kind.COVERAGE)
    return _level(spec.value, years) if spec is not None and plain else ()


def _level(value: float, years: range) -> tuple[ChartPoint, ...]:
    return tuple(ChartPoint(year, value) for year in years)


def _reference(row: BoardRow, years: range) -> tuple[ChartPoint, ...]:
    if row.reference is None:
        return ()
    return tuple(ChartPoint(p.year, float(p.value), p.provisional) for p in row.reference.points if p.year in years)


def _annual_growth(row: BoardRow) -> bool:
    return row.target.kind is Kind.GROWTH_RATE and row.target.measure is Measure.ANNUAL


def _path(row: BoardRow) -> tuple[ChartPoint, ...]:
    """The required path from the baseline to the target: a straight line, a curve where growth compounds."""
    verdict, deadline = row.assessment, row.target.deadline
    start, first, end = verdict.baseline_year, verdict.baseline_value, verdict.threshold
    if start is None or first is None or end is None or deadline is None or deadline <= start:
        return ()
    share = {year: (year - start) / (deadline - start) for year in range(start, deadline + 1)}
    if _annual_growth(row) or row.target.kind is Kind.GROWTH_MULTIPLE:
        if first <= 0 or end <= 0:
            return ()
        return tuple(ChartPoint(year, first * (end / first) ** part) for year, part in share.items())
    return tuple(ChartPoint(year, first + (end - first) * part) for year, part in share.items())


def _projection(row: BoardRow) -> tuple[Band, ...]:
    """From the judged value on at the recent pace; the spread grows with the square root of the years ahead."""
    verdict, deadline = row.assessment, row.target.deadline
    year, value, pace = verdict.year, verdict.value, verdict.recent_per_year
    if year is None or value is None or pace is None or verdict.projected is None or deadline is None:
        return ()
    compound = _annual_growth(row) or row.target.kind is Kind.GROWTH_MULTIPLE
    spread = _spread(row, year)
    bands = []
    for ahead in range(deadline - year + 1):
        middle = value * (1 + pace / 100) ** ahead if compound else value + pace * ahead
        off = spread * ahead**0.5
        bands.append(Band(year + ahead, middle - off, middle, middle + off))
    return tuple(bands)


def _spread(row: BoardRow, year: int) -> float:
    """The standard deviation of the yearly changes of the last years: what the pace varied by, 0 for one change."""
    recent = [p for p in row.series.points if year - SPREAD_YEARS <= p.year <= year]
    changes = [
        (float(after.value) - float(before.value)) / (after.year - before.year)
        for before, after in itertools.pairwise(recent)
    ]
    return pstdev(changes) if len(changes) > 1 else 0.0
