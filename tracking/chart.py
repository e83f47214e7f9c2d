"""The chart of a target as plain values: drawn by plotly on the screen and by matplotlib on paper, with one look."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import pstdev

from models.catalogue import Unit
from models.enums import Comparator, Kind, Language
from storage.queries import Snapshot
from targets.assessment.check import is_annual, is_geometric
from tracking.board import BoardRow
from tracking.series import Series

SPREAD_YEARS = 4
"""The years whose yearly changes tell how far a projection may be off; the same window as the recent pace."""

NEAR_ZERO = 0.4
"""An axis begins at zero where the lowest value is below this part of the highest: cut off, it would exaggerate."""


@dataclass(frozen=True, slots=True)
class ChartPoint:
    """A value of one year. `hollow` points are provisional."""

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

    @property
    def extent(self) -> tuple[float, float]:
        """The lowest and the highest value that anything stands at; from zero where the lowest is near it."""
        lines = (self.values, self.path, self.threshold, self.threshold_high, self.reference)
        found = [p.value for line in lines for p in line]
        found += [end for band in self.projection for end in (band.low, band.middle, band.high)]
        low, high = min(found, default=0.0), max(found, default=1.0)
        if low == high:
            return min(0.0, low), max(0.0, high) or 1.0
        return (0.0 if 0 <= low < NEAR_ZERO * high else low), high


def target_chart(row: BoardRow, unit: Unit, breaks: tuple[tuple[int, str], ...] = ()) -> TargetChart:
    """The chart values of one row of the board; what is later than the year it is seen from is not looked at."""
    verdict = row.assessment
    values = _known(row, row.series)
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


def breaks_of(snapshot: Snapshot, row: BoardRow, language: Language) -> tuple[tuple[int, str], ...]:
    """The changes of definition of what a row is judged on: the year each begins in, and what it is."""
    used = (row.indicator.numerator, row.indicator.denominator)
    found = [each for code in used for each in snapshot.breaks.get(code or "", ())]
    return tuple((each.year, each.note_zh if language is Language.ZH else each.note_en) for each in found)


def _thresholds(row: BoardRow, years: range) -> tuple[tuple[ChartPoint, ...], tuple[ChartPoint, ...]]:
    """The line that decides; for a range both ends; for a multiple of a reference a line that moves with it."""
    spec, verdict = row.assessment.spec, row.assessment
    if spec is None or not years:
        return (), ()
    if spec.kind is Kind.MULTIPLE_OF_REFERENCE:
        return tuple(ChartPoint(p.year, p.value * spec.value, p.hollow) for p in _reference(row, years)), ()
    if spec.comparator is Comparator.RANGE and spec.value_high is not None:
        return _level(spec.value, years), _level(spec.value_high, years)
    if is_annual(spec):
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
    return tuple(point for point in _known(row, row.reference) if point.year in years)


def _known(row: BoardRow, series: Series) -> tuple[ChartPoint, ...]:
    """The values that the judgement could see."""
    as_of = row.assessment.as_of
    seen = (p for p in series.points if as_of is None or p.year <= as_of)
    return tuple(ChartPoint(p.year, float(p.value), p.provisional) for p in seen)


def _path(row: BoardRow) -> tuple[ChartPoint, ...]:
    """The required path from the baseline to the target: a straight line, a curve where growth compounds.

    Growth without a deadline has to be kept up to the judged year.
    """
    verdict = row.assessment
    open_end = verdict.year if is_annual(row.spec) else None
    start, first, last = verdict.baseline_year, verdict.baseline_value, row.target.deadline or open_end
    end = verdict.threshold
    if start is None or first is None or end is None or last is None or last <= start:
        return ()
    share = {year: (year - start) / (last - start) for year in range(start, last + 1)}
    if not is_geometric(row.spec):
        return tuple(ChartPoint(year, first + (end - first) * part) for year, part in share.items())
    if first <= 0 or end <= 0:
        return ()
    return tuple(ChartPoint(year, first * (end / first) ** part) for year, part in share.items())


def _projection(row: BoardRow) -> tuple[Band, ...]:
    """From the judged value on at the recent pace; the spread grows with the square root of the years ahead."""
    verdict, deadline = row.assessment, row.target.deadline
    year, value, pace = verdict.year, verdict.value, verdict.recent_per_year
    if year is None or value is None or pace is None or verdict.projected is None or deadline is None:
        return ()
    compound = is_geometric(row.spec)
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


def spread(heights: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Where to write labels that belong to `heights`: as near as can be, `gap` apart, within `low` to `high`.

    Labels that would lie over each other become a block around their mean, and blocks that touch become one.
    """
    order = sorted(range(len(heights)), key=lambda at: heights[at])
    blocks: list[list[float]] = []
    for step, at in enumerate(order):
        blocks.append([heights[at] - step * gap])
        while len(blocks) > 1 and _mean(blocks[-2]) > _mean(blocks[-1]):
            blocks[-2:] = [blocks[-2] + blocks[-1]]
    top = max(low, high - gap * (len(heights) - 1))
    placed = [min(max(_mean(block), low), top) for block in blocks for _ in block]
    found = [0.0] * len(heights)
    for step, at in enumerate(order):
        found[at] = placed[step] + step * gap
    return found


def _mean(numbers: Sequence[float]) -> float:
    return sum(numbers) / len(numbers)
