"""What a group's target is spread by: its number, and each zone's latest value and weight."""

from dataclasses import dataclass
from decimal import Decimal

from models.catalogue import Indicator, Unit
from models.enums import PlaceKind
from models.errors import PlanRefused
from models.places import Place
from models.policy import Target
from models.quantity import Quantity
from storage.queries import Snapshot, StoredAllocation
from targets.assessment.allocation import WEIGHTED, Basis, Goal, goal_of, refuse_what_cannot_be_spread
from tracking.board import Board, BoardRow, series_for, spec_of
from tracking.series import SeriesReader

LOOKED_BACK = 5
"""So many years back a year is looked for in which every zone has a value."""


@dataclass(frozen=True, slots=True)
class Task:
    """A target that can be spread: what its shares have to come to, and what they are made from.

    `year` is that of the values: the latest in which every zone has one, else the latest in which any has.
    """

    target: Target
    indicator: Indicator
    place: Place
    unit: Unit
    goal: Goal
    year: int
    basis: dict[str, Basis]


def task_of(board: Board, target_id: str) -> Task:
    """How a target can be spread, as of the board's year. Raises PlanRefused where it cannot, UnknownId."""
    snapshot = board.snapshot
    target = snapshot.target(target_id)
    indicator, place = snapshot.indicators[target.indicator_code], snapshot.places[target.place_code]
    if place.kind is not PlaceKind.GROUP:
        raise PlanRefused("one_place", f"{place.en} is no group of zones: there is nothing to spread")
    spec = spec_of(snapshot, target, indicator)
    refuse_what_cannot_be_spread(spec, indicator, per_zone=target.per_zone)
    if target.deadline is not None and target.deadline < board.as_of:
        raise PlanRefused(
            "over", f"the deadline {target.deadline} is over: look from an earlier year", year=target.deadline
        )
    unit = snapshot.units[indicator.unit]
    number = Quantity(target.value, snapshot.units[target.unit]).to(unit).number
    zones = board.reader.members(place.code, board.as_of)
    refuse_closed(board.reader, indicator, zones)
    year, basis = _basis(board.reader, target, indicator, zones, board.as_of)
    return Task(target, indicator, place, unit, goal_of(number, spec, indicator), year, basis)


def refuse_closed(reader: SeriesReader, indicator: Indicator, zones: tuple[str, ...]) -> None:
    """Raises PlanRefused where a zone has values that the reader may not see."""
    if any(reader.hides(indicator.code, zone) for zone in zones):
        raise PlanRefused("closed", "what some zones reported may not be seen by you: an officer of the region may")


def _basis(
    reader: SeriesReader, target: Target, indicator: Indicator, zones: tuple[str, ...], as_of: int
) -> tuple[int, dict[str, Basis]]:
    weighted = indicator.aggregation in WEIGHTED
    values = {zone: series_for(reader, target, indicator, zone) for zone in zones}
    years = range(as_of, as_of - LOOKED_BACK - 1, -1)

    def known(year: int) -> int:
        return sum(series.at(year) is not None for series in values.values())

    year = max(years, key=lambda each: (known(each), each))
    weights = reader.bases(indicator.denominator, zones, year) if weighted else {}
    found = {}
    for zone, series in values.items():
        point = series.at(year)
        weight = weights.get(zone) if weighted else Decimal(1)
        if weight is not None:
            found[zone] = Basis(point.value if point else None, weight)
    if len(found) < len(zones):
        missing = [zone for zone in zones if zone not in found]
        raise PlanRefused(
            "unweighted", f"{', '.join(missing)} has no denominator for {year}, so its share has no weight",
            zones=missing, year=year,
        )  # fmt: skip
    return year, found


def in_force(snapshot: Snapshot, target_id: str) -> StoredAllocation | None:
    """The allocation that zones are judged on; None where there is none or it was taken back."""
    versions = snapshot.allocations.get(target_id, ())
    return versions[-1] if versions and versions[-1].zones else None


def share_rows(board: Board, *, target: str | None = None, place: str | None = None) -> list[BoardRow]:
    """The zones' shares as they are judged, of one target or one place."""
    return [row for row in board.shares if target in (None, row.target.id) and place in (None, row.place.code)]
