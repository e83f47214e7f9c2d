"""The board: every target, judged for every place it speaks of, with what the judgement was made from."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from models.assessment import Assessment, Cutoffs, TargetSpec
from models.catalogue import Indicator
from models.enums import (
    CHANGE_KINDS,
    STATUS_CLASS,
    Aggregation,
    Comparator,
    DataSet,
    Kind,
    PlaceKind,
    Status,
    StatusClass,
)
from models.places import Place
from models.policy import PolicyDocument, Target
from storage.queries import Snapshot
from targets.assessment import assess
from targets.assessment.check import DOWNWARD, is_annual
from targets.assessment.numbers import same
from tracking.membership import region_of
from tracking.series import Point, Series, SeriesReader

COMPARABLE = frozenset({Aggregation.RATIO_OF_SUMS})
"""Indicators whose group threshold can be held against each zone too: ratios, not sums or shares of a region."""

RATE_KINDS = frozenset({Kind.GROWTH_RATE, Kind.GROWTH_MULTIPLE, Kind.CHANGE_POINTS, Kind.MULTIPLE_OF_REFERENCE})
"""Kinds whose number (15 %, 2 倍, 5 个百分点) is not in the unit of the values that are judged."""


class Role(StrEnum):
    """Why a place is judged on a target."""

    SCOPE = "scope"
    """The place that the target names."""
    EACH = "each"
    """One zone of a target that asks every zone for itself."""
    MEMBER = "member"
    """One zone of a group, held against the group's number for orientation; the policy does not ask it of the zone."""
    SHARE = "share"
    """One zone, held against the part of the group's number that it was allocated. Not asked by the policy, and never
    among the rows of a board: `Board.shares`."""


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One target, one place, one verdict."""

    target: Target
    policy: PolicyDocument
    indicator: Indicator
    place: Place
    role: Role
    series: Series
    reference: Series | None
    assessment: Assessment
    data_set: DataSet

    @property
    def key(self) -> str:
        """`<target>@<place>`, with the indicator where a target is judged on several, with a mark for a share."""
        judged = f":{self.indicator.code}" if self.indicator.code != self.target.indicator_code else ""
        share = ":share" if self.role is Role.SHARE else ""
        return f"{self.target.id}{judged}@{self.place.code}{share}"

    @property
    def point(self) -> Point | None:
        """The judged value with its observations."""
        return self.series.at(self.assessment.year)

    @property
    def spec(self) -> TargetSpec:
        """The target as it was judged."""
        assert self.assessment.spec is not None
        return self.assessment.spec

    @property
    def status(self) -> Status:
        return self.assessment.status

    @property
    def status_class(self) -> StatusClass:
        return STATUS_CLASS[self.assessment.status]

    @property
    def over(self) -> bool:
        """Whether the value misses its target by being too much of it, not too little."""
        verdict, spec = self.assessment, self.spec
        if verdict.value is None or verdict.threshold is None:
            return False
        if spec.comparator in (Comparator.RANGE, Comparator.EXACTLY):
            return verdict.value > verdict.threshold
        return spec.comparator in DOWNWARD or (spec.comparator is Comparator.ABOUT and spec.direction == -1)

    @property
    def just_short(self) -> bool:
        """Whether the value equals a threshold that it would have to pass: no gap, and yet it does not hold."""
        verdict, strict = self.assessment, (Comparator.MORE_THAN, Comparator.LESS_THAN)
        if verdict.value is None or verdict.threshold is None or is_annual(self.spec):
            return False
        return self.spec.comparator in strict and same(verdict.value, verdict.threshold)

    @property
    def due(self) -> float | None:
        """What the judged year should have come to, in the indicator's unit: the threshold, of annual growth the path
        of that year. None where the path is passed already."""
        verdict = self.assessment
        if verdict.value is None or not is_annual(self.spec):
            return verdict.threshold
        if not verdict.gap:
            return None
        return verdict.value - verdict.gap if self.over else verdict.value + verdict.gap

    @property
    def nominal(self) -> bool:
        """Growth of money at current prices: prices have not been taken out of it."""
        return self.indicator.nominal and self.target.kind in CHANGE_KINDS and self.assessment.value is not None

    @property
    def provisional(self) -> bool:
        """The verdict may still change: a guessed baseline, a zone missing, a preliminary value or reference."""
        return self.assessment.provisional or any(p.provisional for p in self.used_points())

    def used_points(self) -> tuple[Point, ...]:
        """The judged value, the baseline and the reference, as far as there are any."""
        verdict = self.assessment
        found = [self.series.at(verdict.year), self.series.at(verdict.baseline_year)]
        if self.reference is not None:
            found.append(self.reference.at(verdict.reference_year))
        return tuple(p for p in found if p is not None)


@dataclass(frozen=True)
class Board:
    """All rows of one data set as of one year. `shares` are the zones' parts of allocated targets, kept apart from what
    the policies themselves ask."""

    snapshot: Snapshot
    reader: SeriesReader
    as_of: int
    cutoffs: Cutoffs
    rows: tuple[BoardRow, ...]
    shares: tuple[BoardRow, ...] = ()

    def of_target(self, target_id: str) -> list[BoardRow]:
        return [row for row in self.rows if row.target.id == target_id]

    def of_place(self, place: str) -> list[BoardRow]:
        return [row for row in self.rows if row.place.code == place]

    def asked(self) -> list[BoardRow]:
        """The rows that a policy really asks for: without the zones shown for orientation."""
        return [row for row in self.rows if row.role is not Role.MEMBER]


def build_board(snapshot: Snapshot, *, as_of: int, cutoffs: Cutoffs | None = None) -> Board:
    """Judges every current target of the snapshot for every place it speaks of, as of a year.

    A zone of which the reader may see nothing but has values is left out: that it has none would be false.
    """
    reader, used = SeriesReader(snapshot), cutoffs or Cutoffs()
    rows = tuple(
        _row(reader, target, indicator, place, role, as_of, used)
        for target in snapshot.targets
        for indicator in judged_indicators(snapshot, target)
        for place, role in judged_places(reader, target, indicator, as_of)
        if not reader.concealed(indicator.code, place.code)
    )
    return Board(snapshot, reader, as_of, used, rows, tuple(_shares(reader, as_of, used)))


def _shares(reader: SeriesReader, as_of: int, cutoffs: Cutoffs) -> Iterator[BoardRow]:
    """Each zone of an allocated target on its own share, by the comparator and the deadline of the target."""
    snapshot = reader.snapshot
    for target in snapshot.targets:
        versions = snapshot.allocations.get(target.id)
        if not versions:
            continue
        for zone, share in versions[-1].shares.items():
            own = Target(**{**target.model_dump(), "value": share.value, "unit": versions[-1].record.unit})
            indicator = snapshot.indicators[target.indicator_code]
            if reader.concealed(indicator.code, zone):
                continue
            yield _row(reader, own, indicator, snapshot.places[zone], Role.SHARE, as_of, cutoffs)


def judged_indicators(snapshot: Snapshot, target: Target) -> tuple[Indicator, ...]:
    """The target's indicator, or those it stands for (主要经济指标)."""
    codes = snapshot.members.get(target.indicator_code) or (target.indicator_code,)
    return tuple(snapshot.indicators[code] for code in codes)


def judged_places(
    reader: SeriesReader, target: Target, indicator: Indicator, as_of: int
) -> Iterator[tuple[Place, Role]]:
    """The place that the target names and, for ratios and targets per zone, the zones that are in it."""
    places = reader.snapshot.places
    year = min(as_of, target.deadline) if target.deadline else as_of
    zones = reader.members(target.place_code, year) if places[target.place_code].kind is PlaceKind.GROUP else ()
    if target.per_zone:
        yield from ((places[zone], Role.EACH) for zone in zones)
        return
    yield places[target.place_code], Role.SCOPE
    if indicator.aggregation in COMPARABLE:
        yield from ((places[zone], Role.MEMBER) for zone in zones)


def spec_of(snapshot: Snapshot, target: Target, indicator: Indicator) -> TargetSpec:
    """The target as the arithmetic takes it, its number in the unit of the indicator."""
    policy = snapshot.policies[target.policy_id]
    units = snapshot.units
    scale = Decimal(1) if target.kind in RATE_KINDS else units[target.unit].factor / units[indicator.unit].factor
    return TargetSpec(
        kind=target.kind,
        comparator=target.comparator,
        value=float(target.value * scale),
        value_high=None if target.value_high is None else float(target.value_high * scale),
        measure=target.measure,
        direction=target.direction,
        deadline=target.deadline,
        baseline_year=target.baseline_year,
        period_start=target.period_start or policy.period_start,
        issued=policy.issued,
    )


def series_for(reader: SeriesReader, target: Target, indicator: Indicator, place: str) -> Series:
    """The values that a target is judged on for a place. The region of a zone's share is the policy's own."""
    policy = reader.snapshot.policies[target.policy_id]
    alone = reader.snapshot.places[target.place_code].kind is PlaceKind.ZONE
    region = policy.region_code if alone else region_of(reader.snapshot, target.place_code, 0)
    first = target.period_start or policy.period_start or policy.issued
    return reader.series(indicator.code, place, region=region, first_year=first)


def _row(
    reader: SeriesReader, target: Target, indicator: Indicator, place: Place, role: Role, as_of: int, cutoffs: Cutoffs
) -> BoardRow:
    series = series_for(reader, target, indicator, place.code)
    reference = None
    if target.reference_code and target.reference_place:
        reference = reader.series(target.reference_code, target.reference_place)
    spec = spec_of(reader.snapshot, target, indicator)
    verdict = assess(spec, series.numbers(), reference.numbers() if reference else None, as_of=as_of, cutoffs=cutoffs)
    policy = reader.snapshot.policies[target.policy_id]
    return BoardRow(target, policy, indicator, place, role, series, reference, verdict, reader.snapshot.data_set)
