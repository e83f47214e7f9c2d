"""Zones side by side on one indicator: ranks with ties, bands instead of a false order, and who is missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median, quantiles

from models.places import Place
from tracking.format import MISSING
from tracking.series import SeriesReader

FEWEST_FOR_QUARTILES = 4
"""Below this many values a quartile says nothing; only the median is given."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """One zone's place. Equal values share the ranks `first` to `last`; without a value there is no rank."""

    place: Place
    value: Decimal | None
    first: int | None
    last: int | None
    band: int | None
    """1 upper quarter, 2 middle half, 3 lower quarter; None with fewer than four values."""

    @property
    def rank(self) -> str:
        """`3`, or `3–5` for values that are equal."""
        if self.first is None:
            return MISSING
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"


@dataclass(frozen=True, slots=True)
class Ranking:
    """A ranking with its spread: best first, zones without a value last and unranked."""

    year: int
    rows: tuple[Ranked, ...]
    median: float | None
    quartiles: tuple[float, float] | None
    concealed: int = 0
    """How many zones are not in `rows` because the reader may not see their values."""
    unnamed: int = 0
    """How many of those count in ranks, median and quartiles all the same."""

    @property
    def ranked(self) -> int:
        """How many zones have a value that counts."""
        return sum(row.value is not None for row in self.rows) + self.unnamed


def ranking(reader: SeriesReader, indicator: str, zones: Sequence[str], year: int, *, whole: bool = True) -> Ranking:
    """The zones by their value of a year, the better first as the indicator has it.

    `whole`: they are a group as it is. Of zones that somebody picked no hidden one counts: by picking others, one value
    after the other could be told.
    """
    better = reader.snapshot.indicators[indicator].better
    hidden = [zone for zone in zones if reader.concealed(indicator, zone, year)]
    others = reader.unnamed(indicator, hidden, year) if whole else ()
    zones = [zone for zone in zones if zone not in hidden]
    values: dict[str, Decimal] = {}
    for zone in zones:
        point = reader.series(indicator, zone).at(year)
        if point is not None:
            values[zone] = point.value
    counted = (*values.values(), *others)
    numbers = sorted(float(v) for v in counted)
    quarters = quantiles(numbers, n=4, method="inclusive") if len(numbers) >= FEWEST_FOR_QUARTILES else None
    spread = (quarters[0], quarters[2]) if quarters else None
    order = sorted(zones, key=lambda z: (z not in values, -better * values.get(z, Decimal(0)), z))
    rows = tuple(_ranked(reader, zone, values.get(zone), counted, better, spread) for zone in order)
    return Ranking(year, rows, median(numbers) if numbers else None, spread, len(hidden), len(others))


def _ranked(
    reader: SeriesReader,
    zone: str,
    value: Decimal | None,
    counted: Sequence[Decimal],
    better: int,
    spread: tuple[float, float] | None,
) -> Ranked:
    place = reader.snapshot.places[zone]
    if value is None:
        return Ranked(place, None, None, None, None)
    ahead = sum(better * other > better * value for other in counted)
    ties = sum(other == value for other in counted)
    return Ranked(place, value, ahead + 1, ahead + ties, _band(float(value), better, spread))


def _band(value: float, better: int, spread: tuple[float, float] | None) -> int | None:
    if spread is None:
        return None
    low, high = spread
    if value > high:
        return 1 if better > 0 else 3
    if value < low:
        return 3 if better > 0 else 1
    return 2
