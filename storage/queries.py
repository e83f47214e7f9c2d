"""What the product asks the database: everything of one data set as one frozen snapshot."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Any, TypeVar

from sqlalchemy import Engine, func
from sqlalchemy.orm import defer
from sqlmodel import Session, SQLModel, col, select

from models import (
    Allocation,
    AllocationShare,
    DataVersion,
    Indicator,
    IndicatorMember,
    Observation,
    PeersEvent,
    Place,
    PolicyDocument,
    Region,
    SeriesBreak,
    Source,
    Statistic,
    Target,
    Unit,
    Zone,
    ZoneGroup,
    ZoneStanding,
)
from models.enums import DataSet, ObservationState, Origin
from models.errors import UnknownId
from storage.engine import reading
from storage.nearest import nearest

T = TypeVar("T", bound=SQLModel)

ORIGINS = {
    DataSet.REAL: (Origin.PUBLISHED, Origin.SUBMISSION),
    DataSet.DEMONSTRATION: (Origin.DEMONSTRATION,),
}
"""Which values a data set holds. A judgement never sees both sets."""


@dataclass(frozen=True, slots=True)
class ObservedValue:
    """An observation in force. `series` is the code of its statistic or indicator; `value` is in its stored unit.

    `origin` is None for a value that a scenario assumes: it is on no record (tracking/what_if.py).
    """

    id: int
    series: str
    place: str
    year: int
    value: Decimal
    printed: str
    state: ObservationState
    origin: Origin | None
    source_id: str | None
    submission_id: int | None
    note_zh: str
    note_en: str
    recorded_at: datetime
    beneath: "ObservedValue | None" = None
    """The value of another origin that this one stands over, as a reported one over a published one."""


@dataclass(frozen=True, slots=True)
class StoredAllocation:
    """A version of how a target is spread, with its shares by zone; one that takes the allocation back has none.

    `closed` counts the shares that are not here because the reader may not see them (tracking/sight.py): a share by
    latest value would tell the value.
    """

    record: Allocation
    shares: dict[str, AllocationShare]
    closed: int = 0

    @property
    def zones(self) -> int:
        """How many zones have a share."""
        return len(self.shares) + self.closed


@dataclass(frozen=True, eq=False)
class Snapshot:
    """Everything that a board is made from, read at once and never changed.

    `observations` is keyed by (series code, place code), then by year; `allocations` by target, the latest
    version last. `peers_open` are the regions whose zones see each other's reported values. Of a snapshot that somebody
    may not see whole (tracking/sight.py), `concealed` are the values that only count in results of groups, and
    `closed_results` the places whose results are not made of them either.
    """

    version: int
    data_set: DataSet
    places: dict[str, Place]
    regions: dict[str, Region]
    zones: dict[str, Zone]
    standings: dict[str, tuple[ZoneStanding, ...]]
    groups: dict[str, ZoneGroup]
    units: dict[str, Unit]
    statistics: dict[str, Statistic]
    indicators: dict[str, Indicator]
    members: dict[str, tuple[str, ...]]
    breaks: dict[str, tuple[SeriesBreak, ...]]
    policies: dict[str, PolicyDocument]
    known_on: datetime | None
    targets: tuple[Target, ...]
    sources: dict[str, Source]
    observations: dict[tuple[str, str], dict[int, ObservedValue]]
    last_observation_id: int | None
    demonstration_available: bool
    allocations: dict[str, tuple[StoredAllocation, ...]] = field(default_factory=dict)
    peers_open: frozenset[str] = frozenset()
    concealed: dict[tuple[str, str], dict[int, ObservedValue]] = field(default_factory=dict)
    closed_results: frozenset[str] = frozenset()

    @cached_property
    def reporting(self) -> frozenset[str]:
        """The places of which a reported value is in force."""
        return frozenset(
            place
            for (_series, place), by_year in self.observations.items()
            if any(value.origin is Origin.SUBMISSION for value in by_year.values())
        )

    @cached_property
    def years(self) -> tuple[int, ...]:
        """Every year with a value, ascending."""
        known = (*self.observations.values(), *self.concealed.values())
        return tuple(sorted({year for by_year in known for year in by_year}))

    def target(self, target_id: str) -> Target:
        """A target by its id; raises UnknownId with the nearest ids."""
        found = next((t for t in self.targets if t.id == target_id), None)
        if found is None:
            raise UnknownId("target", target_id, nearest(target_id, [t.id for t in self.targets]))
        return found

    def place(self, code: str) -> Place:
        """A place by its code; raises UnknownId with the nearest codes."""
        if code not in self.places:
            raise UnknownId("place", code, nearest(code, self.places))
        return self.places[code]

    def policy(self, policy_id: str) -> PolicyDocument:
        """A policy by its id; raises UnknownId with the nearest ids."""
        if policy_id not in self.policies:
            raise UnknownId("policy", policy_id, nearest(policy_id, self.policies))
        return self.policies[policy_id]


def data_version(engine: Engine) -> int:
    """The number that rises with every change of stored data."""
    with reading(engine) as session:
        return session.exec(select(DataVersion.number)).first() or 0


def original_bytes(engine: Engine, policy_id: str) -> bytes:
    """A policy's document exactly as it was received."""
    with reading(engine) as session:
        found = session.exec(select(PolicyDocument.original).where(PolicyDocument.id == policy_id)).first()
    if found is None:
        raise UnknownId("policy", policy_id)
    return found


def read_snapshot(engine: Engine, data_set: DataSet, known_on: datetime | None = None) -> Snapshot:
    """All of one data set; with `known_on` the values and the targets as they were known at that moment.

    Names, places, indicators and the texts of policies are not versioned: they are always those of now, and for an
    earlier moment also those that were taken out since.
    """
    gone = known_on is not None
    with reading(engine) as session:
        members: dict[str, list[str]] = {}
        for each in _all(session, IndicatorMember, IndicatorMember.position):
            members.setdefault(each.indicator_code, []).append(each.member_code)
        snapshot = Snapshot(
            version=session.exec(select(DataVersion.number)).first() or 0,
            data_set=data_set,
            places={each.code: each for each in _current(session, Place, Place.position, gone)},
            regions={each.code: each for each in _of_places(session, Region, Region.code, gone)},
            zones={each.code: each for each in _of_places(session, Zone, Place.position, gone)},
            standings=_grouped(_all(session, ZoneStanding, ZoneStanding.id), "zone_code", _since),
            groups={each.code: each for each in _of_places(session, ZoneGroup, ZoneGroup.code, gone)},
            units={each.symbol: each for each in _all(session, Unit, Unit.symbol)},
            statistics={each.code: each for each in _current(session, Statistic, Statistic.position, gone)},
            indicators={each.code: each for each in _current(session, Indicator, Indicator.position, gone)},
            members={code: tuple(found) for code, found in members.items()},
            breaks=_grouped(_all(session, SeriesBreak, SeriesBreak.year), "statistic_code", lambda row: row.year),
            policies=_policies(session, gone),
            known_on=known_on,
            targets=tuple(_targets(session, known_on)),
            sources={each.id: each for each in _all(session, Source, Source.id)},
            observations=observed(session, data_set, known_on),
            last_observation_id=_last_observation(session, known_on),
            demonstration_available=_in_force(session, Origin.DEMONSTRATION),
            allocations=_allocations(session, data_set, known_on),
            peers_open=peers_open(session),
        )
        session.expunge_all()
        return snapshot


def _all(session: Session, table: type[T], order: Any) -> list[T]:
    return list(session.exec(select(table).order_by(order)))


def _current(session: Session, table: type[T], order: Any, gone: bool) -> list[T]:
    """Rows in the order asked for; those that left the data files only where `gone` says so."""
    query = select(table) if gone else select(table).where(table.current)  # type: ignore[attr-defined]
    return list(session.exec(query.order_by(order)))


def _of_places(session: Session, table: type[T], order: Any, gone: bool) -> list[T]:
    """Regions, zones or groups."""
    query = select(table).join(Place, Place.code == table.code)  # type: ignore[attr-defined]
    return list(session.exec((query if gone else query.where(Place.current)).order_by(order)))


def _policies(session: Session, gone: bool) -> dict[str, PolicyDocument]:
    """Without the original bytes, which no board needs."""
    query = select(PolicyDocument).options(defer(PolicyDocument.original)).order_by(PolicyDocument.id)  # type: ignore[arg-type]
    return {each.id: each for each in session.exec(query if gone else query.where(PolicyDocument.current))}


def _targets(session: Session, known_on: datetime | None) -> list[Target]:
    """The versions in force, by policy and in the order of the text."""
    query = select(Target).order_by(Target.policy_id, Target.position, Target.version)  # type: ignore[arg-type]
    if known_on is None:
        return list(session.exec(query.where(Target.current)))
    ended = col(Target.ended_at)
    then = session.exec(query.where(Target.recorded_at <= known_on, ended.is_(None) | (ended > known_on)))
    return list({each.id: each for each in then}.values())


def _last_observation(session: Session, known_on: datetime | None) -> int | None:
    query = select(func.max(Observation.id))
    return session.exec(query if known_on is None else query.where(Observation.recorded_at <= known_on)).first()


def _allocations(
    session: Session, data_set: DataSet, known_on: datetime | None
) -> dict[str, tuple[StoredAllocation, ...]]:
    """Every version of every target's allocation, the latest last."""
    shares: dict[int, dict[str, AllocationShare]] = {}
    for each in session.exec(select(AllocationShare)):
        shares.setdefault(each.allocation_id, {})[each.zone_code] = each
    found: dict[str, list[StoredAllocation]] = {}
    query = select(Allocation).where(Allocation.data_set == data_set).order_by(Allocation.id)  # type: ignore[arg-type]
    for record in session.exec(query):
        if known_on is None or record.at <= known_on:
            found.setdefault(record.target_id, []).append(StoredAllocation(record, shares.get(record.id or 0, {})))
    return {target: tuple(versions) for target, versions in found.items()}


def peers_open(session: Session) -> frozenset[str]:
    """The regions whose zones see each other's reported values, by the last word on each."""
    last = {each.region_code: each.opened for each in session.exec(select(PeersEvent).order_by(PeersEvent.id))}  # type: ignore[arg-type]
    return frozenset(region for region, opened in last.items() if opened)


def _in_force(session: Session, origin: Origin) -> bool:
    """Whether any value of an origin is on record that was not withdrawn since."""
    columns = Observation.__table__.columns  # type: ignore[attr-defined]
    key = (columns.statistic_code, columns.indicator_code, columns.place_code, columns.year)
    last = select(func.max(columns.id)).where(columns.origin == origin).group_by(*key)
    found = select(columns.id).where(columns.id.in_(last), columns.value.is_not(None)).limit(1)
    return session.exec(found).first() is not None


def _since(row: ZoneStanding) -> int:
    return row.valid_from or 0


def _grouped(rows: list[T], key: str, order: Any) -> dict[str, tuple[T, ...]]:
    found: dict[str, list[T]] = {}
    for row in sorted(rows, key=order):
        found.setdefault(getattr(row, key), []).append(row)
    return {name: tuple(group) for name, group in found.items()}


def observed(
    session: Session, data_set: DataSet, known_on: datetime | None = None
) -> dict[tuple[str, str], dict[int, ObservedValue]]:
    """The values in force by (series, place), then by year: of each the latest that was not withdrawn.

    What one origin withdraws says nothing of the others: a published value that is taken back leaves a reported one.
    """
    columns = Observation.__table__.columns  # type: ignore[attr-defined]
    query = select(*columns).where(columns.origin.in_(ORIGINS[data_set])).order_by(columns.id)
    if known_on is not None:
        query = query.where(columns.recorded_at <= known_on)
    last: dict[tuple[str, str, int], dict[Origin, Any]] = {}
    for row in session.exec(query):
        of_origin = last.setdefault((row.statistic_code or row.indicator_code, row.place_code, row.year), {})
        of_origin.pop(row.origin, None)  # So that the latest of all origins comes last.
        if row.value is not None:
            of_origin[row.origin] = row
    found: dict[tuple[str, str], dict[int, ObservedValue]] = {}
    for (series, place, year), of_origin in last.items():
        if of_origin:
            *under, last_said = (_value(series, each) for each in of_origin.values())
            shown = replace(last_said, beneath=under[-1]) if under else last_said
            found.setdefault((series, place), {})[year] = shown
    return found


def _value(series: str, row: Any) -> ObservedValue:
    return ObservedValue(
        id=row.id,
        series=series,
        place=row.place_code,
        year=row.year,
        value=row.value,
        printed=row.printed,
        state=row.state,
        origin=row.origin,
        source_id=row.source_id,
        submission_id=row.submission_id,
        note_zh=row.note_zh,
        note_en=row.note_en,
        recorded_at=row.recorded_at,
    )
