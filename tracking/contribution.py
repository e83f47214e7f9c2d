"""Which zone contributes what: to the gap of its group, and to the group's value."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from models.catalogue import Unit
from models.enums import Aggregation, Status
from models.places import Place
from targets.assessment.groups import needed_shares, shortfalls
from tracking.board import Board, BoardRow, Role
from tracking.series import Point, SeriesReader, Way

HOLDING = frozenset({Status.MET, Status.HOLDING})


@dataclass(frozen=True, slots=True)
class Part:
    """One zone's own value (in the indicator's unit) and its part of the group's gap, with its share in percent.

    `value` is None for a zone that has not reported; it has no part then.
    """

    place: Place
    value: Decimal | None
    gap: Decimal | None
    share: Decimal | None


@dataclass(frozen=True, slots=True)
class Contribution:
    """The parts of all zones, the largest first. `total` is their sum, in `unit`; `reason` says why there is none."""

    parts: tuple[Part, ...]
    unit: Unit
    total: Decimal | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Share:
    """A zone's value within its group's, both in the indicator's unit; `percent` of a sum."""

    value: Decimal
    group: Decimal
    percent: Decimal | None
    point: Point


def contributions(board: Board, row: BoardRow) -> Contribution:
    """The zones' parts in the gap of a group's row. They add up to `total` exactly."""
    unit = _unit(board, row)
    point = row.point
    if point is None or row.due is None or not row.assessment.gap:
        return Contribution((), unit, None, "no_gap")
    if row.indicator.aggregation not in (Aggregation.RATIO_OF_SUMS, Aggregation.SUM, Aggregation.RATIO_TO_REGION):
        return Contribution((), unit, None, "not_additive")
    zones = board.reader.members(row.place.code, point.year)
    if any(board.reader.hides(row.indicator.code, zone) for zone in zones):
        return Contribution((), unit, None, "concealed")
    own = _own_values(board.reader, row, zones, point.year)
    if point.way is not Way.FROM_ZONES and (point.zones_value is None or len(own) < len(zones)):
        return Contribution((), unit, None, "published")
    if row.indicator.aggregation is Aggregation.RATIO_OF_SUMS:
        gaps = _ratio_parts(board.reader, row, zones, point.year)
    else:
        gaps = _sum_parts(board, row, zones, point.year)
    return _ordered(board, zones, own, gaps, unit)


def _unit(board: Board, row: BoardRow) -> Unit:
    """Parts of a ratio are in the unit its numerator is shown in, parts of a sum in the indicator's own."""
    statistic = board.snapshot.statistics.get(row.indicator.numerator or "")
    ratio = row.indicator.aggregation in (Aggregation.RATIO_OF_SUMS, Aggregation.RATIO_TO_REGION)
    return board.snapshot.units[statistic.display_unit if ratio and statistic else row.indicator.unit]


def _own_values(reader: SeriesReader, row: BoardRow, zones: tuple[str, ...], year: int) -> dict[str, Decimal]:
    region = board_region(reader, row)
    points = {zone: reader.series(row.indicator.code, zone, region=region).at(year) for zone in zones}
    return {zone: point.value for zone, point in points.items() if point is not None}


def board_region(reader: SeriesReader, row: BoardRow) -> str:
    """The region whose own value is the denominator of a share."""
    return reader.region(row.place.code, row.assessment.year or 0)


def _wanted(row: BoardRow) -> Decimal:
    """What the judged year should have come to, exactly as it is shown."""
    assert row.due is not None
    return Decimal(str(row.due))


def _ratio_parts(reader: SeriesReader, row: BoardRow, zones: tuple[str, ...], year: int) -> dict[str, Decimal]:
    """T / factor x denominator - numerator, in the unit that the numerator is shown in; of a ratio that has to fall
    the other way round."""
    over = reader.bases(row.indicator.numerator, zones, year)
    under = reader.bases(row.indicator.denominator, zones, year)
    parts = shortfalls(over, under, zones, _wanted(row), row.indicator.factor)
    return _shown(reader, row, {zone: -part if row.over else part for zone, part in parts.items()})


def _sum_parts(board: Board, row: BoardRow, zones: tuple[str, ...], year: int) -> dict[str, Decimal]:
    """The needed increase of a sum, in proportion to what each zone has. A share is turned into its numerator first."""
    reader, point = board.reader, row.point
    assert point is not None
    over = reader.bases(row.indicator.numerator, zones, year)
    gap = abs(_wanted(row) - point.value)
    if row.indicator.aggregation is Aggregation.RATIO_TO_REGION:
        region = reader.base_of(row.indicator.denominator, board_region(reader, row), year)
        if region is None:
            return {}
        return _shown(reader, row, needed_shares(over, zones, gap * region / row.indicator.factor))
    own = _allocated(board, row, zones, year)
    others = tuple(zone for zone in zones if zone not in own)
    return {**own, **needed_shares(over, others, gap - sum(own.values(), Decimal(0)))}


def _allocated(board: Board, row: BoardRow, zones: tuple[str, ...], year: int) -> dict[str, Decimal]:
    """What zones lack to targets of their own: the same indicator, the same deadline, asked of the zone itself."""
    found = {}
    for own in board.rows:
        asked = own.indicator.code == row.indicator.code and own.target.deadline == row.target.deadline
        value = own.series.at(year)
        if asked and own.role is Role.SCOPE and own.place.code in zones and own.due is not None and value is not None:
            part = Decimal(str(own.due)) - value.value
            found[own.place.code] = -part if row.over else part
    return found


def _shown(reader: SeriesReader, row: BoardRow, parts: Mapping[str, Decimal]) -> dict[str, Decimal]:
    statistic = reader.snapshot.statistics[row.indicator.numerator or ""]
    factor = reader.snapshot.units[statistic.display_unit].factor
    return {zone: part / factor for zone, part in parts.items()}


def _ordered(
    board: Board, zones: tuple[str, ...], own: Mapping[str, Decimal], gaps: Mapping[str, Decimal], unit: Unit
) -> Contribution:
    total = sum(gaps.values(), Decimal(0))
    parts = [
        Part(
            board.snapshot.places[zone],
            own.get(zone),
            gaps.get(zone),
            100 * gaps[zone] / total if zone in gaps and total else None,
        )
        for zone in zones
    ]
    parts.sort(key=lambda part: (part.gap is None, -(part.gap or Decimal(0))))
    return Contribution(tuple(parts), unit, total)


def share_of_group(reader: SeriesReader, row: BoardRow, zone: str) -> Share | None:
    """A zone's part of a group's sum or share in the judged year; None where either is missing."""
    year = row.assessment.year
    if year is None or row.point is None:
        return None
    own = reader.series(row.indicator.code, zone, region=board_region(reader, row)).at(year)
    if own is None:
        return None
    whole = row.point.value
    return Share(own.value, whole, 100 * own.value / whole if whole else None, own)


def contributing_rows(board: Board, zone: str) -> list[BoardRow]:
    """The groups' targets that a zone adds to without being asked itself: sums and shares of the region."""
    additive = (Aggregation.SUM, Aggregation.RATIO_TO_REGION)
    return [
        row
        for row in board.rows
        if row.role is Role.SCOPE
        and row.indicator.aggregation in additive
        and row.place.code != zone
        and zone in board.reader.members(row.place.code, row.assessment.year or board.as_of)
    ]


def how_many_hold(board: Board, target_id: str) -> tuple[int, int, int]:
    """Of a target that asks each zone: how many hold it, how many have a value, how many are asked."""
    rows = [row for row in board.of_target(target_id) if row.role is Role.EACH]
    judged = [row for row in rows if row.assessment.value is not None]
    return sum(row.status in HOLDING for row in judged), len(judged), len(rows)
