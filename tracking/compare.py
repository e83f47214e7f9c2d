"""Zones side by side on any indicator: values by year, change, rank and band; and two indicators against each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from tracking.comparison import Ranked, Ranking, ranking
from tracking.series import Point, SeriesReader

FEWEST_PAIRS = 3
"""With fewer zones two indicators say nothing about each other."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One zone: its points of the years shown, its place in the ranking of the last one, and the change between.

    `change` is from the first to the last of the years shown: in percent of the first value, or in points for a
    percentage. None where one of the two is missing.
    """

    ranked: Ranked
    points: tuple[Point | None, ...]
    change: Decimal | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """All zones on one indicator: the better first, those without a value of the last year at the end."""

    indicator: str
    years: tuple[int, ...]
    rows: tuple[Compared, ...]
    ranking: Ranking


@dataclass(frozen=True, slots=True)
class Pair:
    """One zone's values of two indicators in the same year."""

    zone: str
    across: Decimal
    up: Decimal


def compare(
    reader: SeriesReader, indicator: str, zones: Sequence[str], years: Sequence[int], *, whole: bool = True
) -> Comparison:
    """The zones on an indicator over some years, ranked by the last year in which any of them has a value.

    `whole`: they are a group as it is, and not zones that somebody picked.
    """
    known = [year for year in years if any(reader.series(indicator, zone).at(year) for zone in zones)]
    last = known[-1] if known else years[-1]
    shown = tuple(year for year in years if year <= last)
    found = ranking(reader, indicator, zones, last, whole=whole)
    percent = reader.snapshot.indicators[indicator].unit == "%"
    rows = []
    for each in found.rows:
        points = tuple(reader.series(indicator, each.place.code).at(year) for year in shown)
        rows.append(Compared(each, points, _change(points, percent=percent)))
    return Comparison(indicator, shown, tuple(rows), found)


def _change(points: Sequence[Point | None], *, percent: bool) -> Decimal | None:
    first, last = points[0], points[-1]
    if len(points) < 2 or first is None or last is None:
        return None
    if percent:
        return last.value - first.value
    return (last.value / first.value - 1) * 100 if first.value > 0 else None


def pairs(reader: SeriesReader, across: str, up: str, zones: Sequence[str], year: int) -> tuple[Pair, ...]:
    """The zones that have a value of both indicators in a year; none where they are too few."""
    found = []
    for zone in zones:
        one, other = reader.series(across, zone).at(year), reader.series(up, zone).at(year)
        if one is not None and other is not None:
            found.append(Pair(zone, one.value, other.value))
    return tuple(found) if len(found) >= FEWEST_PAIRS else ()
