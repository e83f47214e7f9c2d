"""What if: the same arithmetic on a snapshot that goes on as somebody assumes. Nothing here is ever on record.

An assumed value has no origin: it stands in a snapshot of its own, which holds what one target is judged on up to the
year looked from, and the assumed years after it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import ceil, floor

from models.assessment import Assessment
from models.catalogue import Indicator, Statistic
from models.enums import Aggregation, Comparator, Kind, ObservationState, PlaceKind, Status, ValueType
from models.errors import PlanRefused
from models.places import Place
from models.policy import Target
from models.quantity import Quantity
from storage.queries import ObservedValue, Snapshot
from targets.assessment.allocation import AMOUNTS, Basis, Goal, in_steps
from targets.assessment.effort import least_effort
from targets.assessment.figures import recent_start
from targets.assessment.numbers import rate
from tracking.allocation import refuse_closed
from tracking.board import Board, BoardRow, Role, build_board, series_for
from tracking.series import Point, Series, SeriesReader

COMPUTED = frozenset(
    {
        Aggregation.SUM,
        Aggregation.ACCUMULATED,
        Aggregation.RATIO_OF_SUMS,
        Aggregation.RATIO_TO_REGION,
        Aggregation.ZONE_COUNT_PAST_THRESHOLD,
    }
)
"""The group's value is made of what zones report, so other values of theirs make another one."""

NO_ID = 0
HOLDING = frozenset({Status.MET, Status.HOLDING})
AHEAD_WITHOUT_DEADLINE = 3
ONE_PERCENT = Decimal("1.01")
MOST_YEARS = 15
SMALLEST, LARGEST = Decimal(-100), Decimal(1000)
"""A yearly growth in percent lies between these."""

Key = tuple[str, str]
"""A statistic and a place."""

Paths = Mapping[Key, Mapping[int, Decimal]]
"""Assumed values by year, in the stored unit of the statistic."""


@dataclass(frozen=True, slots=True)
class Lever:
    """Something that an assumption is made of: a statistic of a zone (`main`: the numerator), its denominator, or the
    indicator that the target is a multiple of.

    `base` is the latest value, in the stored unit; `recent` its yearly growth lately, in percent, 0 where unknown.
    """

    statistic: Statistic | Indicator
    place: Place
    main: bool
    year: int
    base: Decimal
    recent: Decimal
    reference: bool = False
    """Whether it is what the target is a multiple of."""

    @property
    def key(self) -> Key:
        return self.statistic.code, self.place.code


@dataclass(frozen=True, slots=True)
class Case:
    """One target, from the year looked from to its horizon: its deadline."""

    board: Board
    target: Target
    indicator: Indicator
    horizon: int
    levers: tuple[Lever, ...]
    missing: tuple[str, ...]

    @property
    def mains(self) -> tuple[Lever, ...]:
        """The levers that zones are asked to move."""
        return tuple(each for each in self.levers if each.main)


@dataclass(frozen=True, slots=True)
class Step:
    """What a zone needs in the plan of least effort.

    `needed` and `assumed` are values of the horizon, `yearly` is the yearly change from the latest value, all in the
    stored unit; `change` is in percent of the assumed value, `growth` in percent a year (None: nothing to grow from).
    """

    lever: Lever
    assumed: Decimal
    needed: Decimal
    change: Decimal
    yearly: Decimal
    growth: Decimal | None


@dataclass(frozen=True, slots=True)
class Least:
    """The plan of least effort: the steps, the paths that lead there, and the verdict on them."""

    steps: tuple[Step, ...]
    paths: Paths
    row: BoardRow


def case_of(board: Board, target_id: str) -> Case:
    """A target with everything that can be assumed for it. Raises PlanRefused where nothing can, UnknownId."""
    snapshot = board.snapshot
    target = snapshot.target(target_id)
    indicator = snapshot.indicators[target.indicator_code]
    if snapshot.places[target.place_code].kind is not PlaceKind.GROUP:
        raise PlanRefused("one_place", "this target is not one of a group of zones: there is nothing to compare")
    if target.per_zone or indicator.aggregation not in COMPUTED:
        raise PlanRefused("not_computed", "the group's value is not computed from values of its zones")
    if target.deadline is not None and target.deadline <= board.as_of:
        raise PlanRefused(
            "over", f"no year is left to {target.deadline}: look from an earlier year", year=target.deadline
        )
    horizon = target.deadline or board.as_of + AHEAD_WITHOUT_DEADLINE
    if horizon - board.as_of > MOST_YEARS:
        raise PlanRefused("too_far", f"{horizon} is more than {MOST_YEARS} years ahead", year=horizon)
    refuse_closed(board.reader, indicator, board.reader.members(target.place_code, horizon))
    reference = _reference(board, target)
    if reference is None and target.kind is Kind.MULTIPLE_OF_REFERENCE:
        raise PlanRefused("no_reference", "nothing is known of the value that this target is a multiple of")
    levers = (*_levers(board, target, indicator, horizon), *([reference] if reference else []))
    mains = {each.place.code for each in levers if each.main}
    zones = board.reader.members(target.place_code, horizon)
    if not mains:
        raise PlanRefused("nothing_known", "no zone has a value to go on from")
    return Case(board, target, indicator, horizon, levers, tuple(each for each in zones if each not in mains))


def _levers(board: Board, target: Target, indicator: Indicator, horizon: int) -> Iterator[Lever]:
    zones = board.reader.members(target.place_code, horizon)
    for zone in zones:
        yield from _lever(board, indicator.numerator, zone, main=True)
        if indicator.aggregation is Aggregation.RATIO_OF_SUMS:
            yield from _lever(board, indicator.denominator, zone, main=False)
    if indicator.aggregation is Aggregation.RATIO_TO_REGION:
        region = board.reader.region(target.place_code, horizon)
        yield from _lever(board, indicator.denominator, region, main=False)


def _reference(board: Board, target: Target) -> Lever | None:
    """What the target is a multiple of; None where it is of nothing, or nothing is known of it."""
    if not target.reference_code or not target.reference_place:
        return None
    series = board.reader.series(target.reference_code, target.reference_place)
    known = {point.year: point.value for point in series.points if point.year <= board.as_of}
    if not known:
        return None
    snapshot, year = board.snapshot, max(known)
    # An assumed value stands where an observed one would: under the statistic of that name, in its unit.
    measured = snapshot.statistics.get(series.indicator.code, series.indicator)
    base = Quantity(known[year], snapshot.units[series.indicator.unit]).to(snapshot.units[measured.unit]).number
    place = snapshot.places[target.reference_place]
    return Lever(measured, place, False, year, base, _recent(known, year), reference=True)


def _lever(board: Board, statistic: str | None, place: str, *, main: bool) -> Iterator[Lever]:
    """The lever of a statistic and place; none where there is no value up to the year looked from."""
    known = {year: each.value for year, each in board.reader.observed(statistic, place).items() if year <= board.as_of}
    if statistic is None or not known:
        return
    year = max(known)
    snapshot = board.snapshot
    yield Lever(snapshot.statistics[statistic], snapshot.places[place], main, year, known[year], _recent(known, year))


def _recent(known: Mapping[int, Decimal], year: int) -> Decimal:
    """The yearly growth of the last years in percent, to a tenth; 0 where it cannot be said."""
    first = recent_start({each: float(value) for each, value in known.items()}, year)
    if first is None or known[first] <= 0 or known[year] <= 0:
        return Decimal(0)
    grown = Decimal(str(rate(float(known[year]), float(known[first]), year - first)))
    return min(LARGEST, grown.quantize(Decimal("0.1"), ROUND_HALF_UP))


def grown(lever: Lever, growth: Decimal, horizon: int) -> dict[int, Decimal]:
    """Values from the year after the latest one up to the horizon, growing by so many percent a year."""
    if not SMALLEST < growth <= LARGEST:
        raise PlanRefused("growth_out_of_range", f"a yearly growth lies between -100 and 1000 %, not at {growth}")
    factor = 1 + growth / 100
    return {year: lever.base * factor ** (year - lever.year) for year in range(lever.year + 1, horizon + 1)}


def growth_to(lever: Lever, value: Decimal, horizon: int) -> Decimal:
    """The yearly growth in percent that leads to a value at the horizon: so fine that no verdict turns by its rounding.

    Raises PlanRefused where nothing can grow to it: from nothing, or to it.
    """
    if lever.base <= 0 or value <= 0:
        raise PlanRefused("no_growth", "no growth leads from or to nothing: type the value")
    exact = Decimal(str(rate(float(value), float(lever.base), horizon - lever.year)))
    return exact.quantize(Decimal("1E-8"), ROUND_HALF_UP)


def led_to(lever: Lever, value: Decimal, horizon: int) -> dict[int, Decimal]:
    """Values in equal yearly steps from the latest one to a value at the horizon."""
    step = (value - lever.base) / (horizon - lever.year)
    between = {year: lever.base + step * (year - lever.year) for year in range(lever.year + 1, horizon)}
    return {**between, horizon: value}


def as_before(case: Case) -> Paths:
    """Everything goes on as lately."""
    return {each.key: grown(each, each.recent, case.horizon) for each in case.levers}


def assumed(case: Case, paths: Paths) -> Snapshot:
    """What the target is judged on, with the assumed years: a snapshot of its own."""
    snapshot = case.board.snapshot
    series = {code for each in _judged(case) for code in (each.code, each.numerator, each.denominator)}
    observations = {
        key: {year: each for year, each in by_year.items() if year <= case.board.as_of}
        for key, by_year in snapshot.observations.items()
        if key[0] in series
    }
    for key, values in paths.items():
        later = {year: _assumed_value(key, year, value) for year, value in values.items()}
        observations[key] = {**later, **observations.get(key, {})}
    return replace(snapshot, observations=observations, targets=(case.target,), allocations={}, concealed={})


def _judged(case: Case) -> tuple[Indicator, ...]:
    """The indicator of the target, and the one that it is a multiple of."""
    reference = case.target.reference_code
    return (case.indicator, *([case.board.snapshot.indicators[reference]] if reference else []))


def _assumed_value(key: Key, year: int, value: Decimal) -> ObservedValue:
    series, place = key
    return ObservedValue(
        id=NO_ID, series=series, place=place, year=year, value=value, printed="", state=ObservationState.PROVISIONAL,
        origin=None, source_id=None, submission_id=None, note_zh="", note_en="", recorded_at=datetime.now(UTC),
    )  # fmt: skip


def outcome(case: Case, paths: Paths) -> BoardRow:
    """The group judged at the horizon as if the assumptions had come true."""
    board = build_board(assumed(case, paths), as_of=case.horizon, cutoffs=case.board.cutoffs)
    return next(row for row in board.rows if row.role is Role.SCOPE)


def group_at(case: Case, paths: Paths) -> Point | None:
    """The group's value at the horizon."""
    return course(case, paths).at(case.horizon)


def course(case: Case, paths: Paths) -> Series:
    """The group's values, known and assumed."""
    reader = SeriesReader(assumed(case, paths))
    return series_for(reader, case.target, case.indicator, case.target.place_code)


def effects(case: Case, paths: Paths) -> dict[str, Decimal]:
    """What one percent more of each zone, in all assumed years, adds to the group's value: largest effect first."""
    before = group_at(case, paths)
    if before is None:
        return {}
    found = {}
    for lever in case.mains:
        more = {year: value * ONE_PERCENT for year, value in paths[lever.key].items()}
        after = group_at(case, {**paths, lever.key: more})
        if after is not None:
            found[lever.place.code] = after.value - before.value
    return dict(sorted(found.items(), key=lambda each: -abs(each[1])))


def wanted(case: Case, verdict: Assessment) -> Decimal | None:
    """What the group has to come to at the horizon, in the indicator's unit; None where that cannot be said."""
    units = case.board.snapshot.units
    if case.target.kind in AMOUNTS:
        return Quantity(case.target.value, units[case.target.unit]).to(units[case.indicator.unit]).number
    return None if verdict.threshold is None else Decimal(str(verdict.threshold))


def least(case: Case, paths: Paths) -> Least:
    """The plan of least effort beyond what is assumed, in whole stored units, checked by judging it.

    Raises PlanRefused where the group gets there anyway, or no zone's effort moves its value smoothly.
    """
    row, before = outcome(case, paths), group_at(case, paths)
    goal = wanted(case, row.assessment)
    if before is None or goal is None:
        raise PlanRefused("no_value", "no value of the group can be computed: too few zones have one")
    if row.status in HOLDING:
        raise PlanRefused("no_effort", "the group gets there as it is assumed: nothing more is needed")
    if case.indicator.aggregation is Aggregation.ZONE_COUNT_PAST_THRESHOLD:
        raise PlanRefused("counts_zones", "this target counts zones: a small step of each moves nothing")
    gap = _beyond(case, goal) - Fraction(before.value)
    changes = least_effort(gap, {zone: Fraction(each) for zone, each in effects(case, paths).items()})
    if not changes:
        raise PlanRefused("nothing_moves", "no zone's effort moves the group's value")
    made = {**paths, **_needed(case, paths, changes, up=gap > 0)}
    return Least(tuple(_step(case, each, paths, made) for each in case.mains), made, outcome(case, made))


def _beyond(case: Case, goal: Decimal) -> Fraction:
    """The number to be reached; where more (or less) than a number is asked, a millionth beyond it."""
    over = {Comparator.MORE_THAN: 1, Comparator.LESS_THAN: -1}.get(case.target.comparator, 0)
    return Fraction(goal) + over * (abs(Fraction(goal)) or Fraction(1)) / 1_000_000


def _needed(case: Case, paths: Paths, changes: Mapping[str, Fraction], *, up: bool) -> dict[Key, dict[int, Decimal]]:
    """The zones' changed paths in whole stored units (or thousandths of one), which still get there.

    What the zones come to together is rounded outward once, and parted by the largest remainder: a count of twelve
    zones does not become twelve too many. Of what adds up over the years each year is rounded by itself.
    """
    exact = {
        each.place.code: {year: _more(value, changes[each.place.code]) for year, value in paths[each.key].items()}
        for each in case.mains
    }
    moved = case.mains[0].statistic
    whole = isinstance(moved, Statistic) and moved.value_type is ValueType.WHOLE
    step = Decimal(1) if whole else Decimal("0.001")
    outward = ceil if up else floor
    if case.indicator.aggregation is Aggregation.ACCUMULATED:
        return {
            each.key: {year: outward(v / Fraction(step)) * step for year, v in exact[each.place.code].items()}
            for each in case.mains
        }
    last = {zone: path[case.horizon] for zone, path in exact.items()}
    together = outward(sum(last.values(), Fraction(0)) / Fraction(step)) * step
    parted = in_steps(last, {zone: Basis(None) for zone in last}, Goal(together, additive=True, down=not up), step)
    return {each.key: led_to(each, parted[each.place.code], case.horizon) for each in case.mains}


def _more(value: Decimal, change: Fraction) -> Fraction:
    return Fraction(value) * (1 + change / 100)


def _step(case: Case, lever: Lever, paths: Paths, made: Paths) -> Step:
    before, after = paths[lever.key][case.horizon], made[lever.key][case.horizon]
    years = case.horizon - lever.year
    growth = None
    if lever.base > 0 and after > 0:
        growth = Decimal(str(rate(float(after), float(lever.base), years)))
    change = 100 * (after - before) / before if before else Decimal(0)
    return Step(lever, before, after, change, (after - lever.base) / years, growth)
