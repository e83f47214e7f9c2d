"""The outlook: how likely a target is reached if the place goes on as it did, told from how much its pace varied.

The value of a later year is taken as normally distributed. Its middle is where the recent pace leads: for percentages
the yearly points, for amounts midway (in logarithms) between the same yearly amount and the same yearly percent, since
series of zones grow slower than by the one and faster than by the other. Its deviation is that of the yearly changes
of the last years, grown with the years ahead and with what so few changes leave uncertain. docs/outlook.md shows how
often it came true.
"""

import itertools
import math
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import NormalDist, stdev

from models.assessment import Assessment, TargetSpec
from models.enums import Chance, Comparator, Kind
from targets.assessment.check import DOWNWARD
from targets.assessment.figures import recent_start
from targets.assessment.threshold import upper

WINDOW = 8
"""The yearly changes of so many years tell how much the pace varies."""

LEAST_CHANGES = 3
"""Fewer changes tell nothing about how much they vary."""

WIDEN = 1.2
"""Changes of few years understate what can happen: with this factor 80 of 100 intervals held in the back-test."""

LIKELY, UNLIKELY = 200 / 3, 100 / 3
"""From two in three on it is likely, up to one in three unlikely."""

INTERVAL = 0.8
NORMAL = NormalDist()


@dataclass(frozen=True, slots=True)
class Fan:
    """A later value: its middle and deviation, both of its logarithm where `log` says so."""

    centre: float
    deviation: float
    log: bool

    def share_below(self, limit: float) -> float:
        """The chance, 0 to 1, that the value stays below a limit."""
        if self.log and limit <= 0:
            return 0.0
        return NORMAL.cdf(((math.log(limit) if self.log else limit) - self.centre) / self.deviation)

    def value(self, share: float) -> float:
        """The value that is not exceeded with this chance."""
        at = self.centre + self.deviation * NORMAL.inv_cdf(share)
        return math.exp(at) if self.log else at


@dataclass(frozen=True, slots=True)
class Outlook:
    """The chance in percent that a target holds at its deadline, in words, with the value and its 80 % interval there.

    Of a multiple of a reference `middle`, `low` and `high` are multiples.
    """

    chance: float
    words: Chance
    year: int
    middle: float
    low: float
    high: float
    changes: int


def outlook(
    spec: TargetSpec,
    verdict: Assessment,
    values: Mapping[int, float],
    reference: Mapping[int, float] | None = None,
    *,
    percent: bool,
) -> Outlook | None:
    """The outlook of a judged target whose deadline is still ahead; None where too little is known to say.

    `values` and `reference` are those that were judged; `percent` says that they are percentages.
    """
    year, deadline = verdict.year, spec.deadline
    if year is None or deadline is None or deadline <= year or verdict.threshold is None:
        return None
    multiple = spec.kind is Kind.MULTIPLE_OF_REFERENCE
    judged = _multiples(values, reference or {}) if multiple else values
    found = fan(judged, year, deadline - year, percent=percent and not multiple)
    if found is None or spec.comparator is Comparator.EXACTLY:
        return None
    chance = 100 * _holding(spec, found, spec.value if multiple else verdict.threshold, verdict.cutoffs.about)
    low, high = found.value((1 - INTERVAL) / 2), found.value((1 + INTERVAL) / 2)
    return Outlook(
        chance, in_words(chance), deadline, found.value(0.5), low, high, len(_changes(judged, year, found.log))
    )


def in_words(chance: float) -> Chance:
    """What a chance in percent is called."""
    if chance >= LIKELY:
        return Chance.LIKELY
    return Chance.UNLIKELY if chance <= UNLIKELY else Chance.OPEN


def fan(values: Mapping[int, float], year: int, ahead: int, *, percent: bool) -> Fan | None:
    """Where a series may stand so many years after a year; None where its changes are too few or do not vary."""
    known = {each: value for each, value in values.items() if each <= year}
    window = [value for each, value in known.items() if year - WINDOW <= each]
    first = recent_start(known, year)
    if first is None or year not in known:
        return None
    log = not percent and min(window) > 0
    changes = _changes(known, year, log)
    if len(changes) < LEAST_CHANGES:
        return None
    varied = stdev(changes)
    if varied < 1e-9 * max(abs(known[year]), 1e-9):
        return None
    deviation = varied * math.sqrt(ahead + ahead**2 / len(changes)) * WIDEN
    return Fan(_centre(known[first], known[year], year - first, ahead, log), deviation, log)


def _changes(values: Mapping[int, float], year: int, log: bool) -> list[float]:
    """The yearly changes of the window; over a gap the mean of its years."""
    points = sorted((each, value) for each, value in values.items() if year - WINDOW <= each <= year)
    form = math.log if log else float
    return [(form(b) - form(a)) / (after - before) for (before, a), (after, b) in itertools.pairwise(points)]


def _centre(first: float, last: float, years: int, ahead: int, log: bool) -> float:
    steady = last + (last - first) / years * ahead
    if not log:
        return steady
    compound = math.log(last) + (math.log(last) - math.log(first)) / years * ahead
    # A falling series does not fall below nothing.
    return (compound + math.log(max(steady, last / 100))) / 2


def _multiples(values: Mapping[int, float], reference: Mapping[int, float]) -> dict[int, float]:
    return {year: value / reference[year] for year, value in values.items() if reference.get(year)}


def _holding(spec: TargetSpec, found: Fan, limit: float, about: float) -> float:
    """The chance, 0 to 1, that the comparator holds."""
    if spec.comparator is Comparator.RANGE:
        below = 0.0 if spec.direction == -1 else found.share_below(spec.value)
        return (1.0 if spec.direction == 1 else found.share_below(upper(spec))) - below
    down = spec.comparator in DOWNWARD or (spec.comparator is Comparator.ABOUT and spec.direction == -1)
    off = about * abs(limit) if spec.comparator is Comparator.ABOUT else 0.0
    return found.share_below(limit + off) if down else 1 - found.share_below(limit - off)
