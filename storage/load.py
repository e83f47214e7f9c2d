"""Bringing the data files into the database: all or nothing, as often as one likes."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlalchemy import Engine, insert
from sqlmodel import Session, SQLModel, select

from models import (
    DataVersion,
    Indicator,
    IndicatorMember,
    Observation,
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
from models.columns import now
from models.enums import ObservationState, Origin, PlaceKind
from storage.datafiles import DataFiles, Located, PolicyFiles, target_id
from storage.demonstration import generate
from storage.engine import unit_of_work
from storage.rows import PublishedRow, TargetRow

STATE_ORDER = (ObservationState.PROVISIONAL, ObservationState.FINAL, ObservationState.REVISED)
"""A later state supersedes an earlier one of the same series, place and year."""

TARGET_LEFT_OUT = {"version", "current", "recorded_at", "reason"}
"""Fields of a target that a change of its line does not touch."""


@dataclass
class LoadSummary:
    """What a load did, by table: how many rows are new, changed, withdrawn, unchanged."""

    added: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    withdrawn: Counter[str] = field(default_factory=Counter)
    unchanged: Counter[str] = field(default_factory=Counter)

    @property
    def touched(self) -> bool:
        """Whether anything in the database is different now."""
        return any(sum(c.values()) for c in (self.added, self.changed, self.withdrawn))


def load(engine: Engine, files: DataFiles, *, demonstration: bool) -> LoadSummary:
    """Loads checked data files in one transaction. A second load of the same files changes nothing."""
    done = LoadSummary()
    with unit_of_work(engine) as session:
        for rows in _catalogue(files):
            _upsert(session, rows, done)
        _standings(session, files, done)
        _members(session, files, done)
        for policy in files.policies:
            _upsert(session, [_document(policy)], done)
            _targets(session, policy, done)
        _observations(session, _published(files), Origin.PUBLISHED, done)
        if demonstration:
            _observations(session, list(generate(files)), Origin.DEMONSTRATION, done)
        if done.touched:
            _raise_version(session)
    return done


def _raise_version(session: Session) -> None:
    version = session.get(DataVersion, 1) or DataVersion()
    version.number += 1
    session.add(version)


def _catalogue(files: DataFiles) -> Iterable[list[SQLModel]]:
    """The tables that are kept as the files say, parents before children."""
    yield [Unit(**each.row.model_dump()) for each in files.units]
    yield [Source(**each.row.model_dump()) for each in files.sources]
    yield [
        Statistic(**each.row.model_dump(exclude={"synonyms"}), synonyms="|".join(each.row.synonyms), position=at)
        for at, each in enumerate(files.statistics)
    ]
    yield [
        Indicator(
            **each.row.model_dump(exclude={"synonyms", "members"}), synonyms="|".join(each.row.synonyms), position=at
        )
        for at, each in enumerate(files.indicators)
    ]
    yield [
        SeriesBreak(statistic_code=each.row.statistic, **each.row.model_dump(exclude={"statistic"}))
        for each in files.breaks
    ]
    yield list(_places(files))
    yield [
        Region(code=r.code, parent_code=r.parent, register_complete_from=r.register_complete_from)
        for r in (each.row for each in files.regions)
    ]
    yield [Zone(code=each.row.code, aliases="|".join(each.row.aliases)) for each in files.zones]
    yield [
        ZoneGroup(code=g.code, region_code=g.region, level=g.level) for g in (each.row for each in files.zone_groups)
    ]


def _places(files: DataFiles) -> Iterable[Place]:
    kinds: list[tuple[Iterable[Located[Any]], PlaceKind | None]] = [
        (files.regions, None),
        (files.zone_groups, PlaceKind.GROUP),
        (files.zones, PlaceKind.ZONE),
    ]
    position = 0
    for located, kind in kinds:
        for each in located:
            row = each.row
            yield Place(code=row.code, kind=kind or row.kind, zh=row.zh, en=row.en, position=position)
            position += 1


def _key(row: SQLModel) -> tuple[Any, ...]:
    return tuple(getattr(row, column.name) for column in row.__table__.primary_key)  # type: ignore[attr-defined]


def _upsert(session: Session, rows: list[Any], done: LoadSummary) -> None:
    """Adds what is new, changes what is different, leaves the rest alone."""
    if not rows:
        return
    table = type(rows[0])
    name = table.__tablename__
    known = {_key(row): row for row in session.exec(select(table))}
    for row in rows:
        old = known.get(_key(row))
        if old is None:
            session.add(row)
            done.added[name] += 1
        elif changed := _differences(old, row):
            old.sqlmodel_update(changed)
            session.add(old)
            done.changed[name] += 1
        else:
            done.unchanged[name] += 1
    session.flush()


def _differences(old: SQLModel, new: SQLModel, left_out: Iterable[str] = ()) -> dict[str, Any]:
    """The fields in which a row of the files differs from the stored one. 2.50 and 2.5 are the same number."""
    skipped = set(left_out)
    return {
        name: getattr(new, name)
        for name in type(new).model_fields
        if name not in skipped and getattr(old, name) != getattr(new, name)
    }


def _standings(session: Session, files: DataFiles, done: LoadSummary) -> None:
    """Standings have no key of their own: a zone whose lines changed gets them anew."""
    wanted: dict[str, list[tuple[Any, ...]]] = {}
    for each in files.zone_standings:
        row = each.row
        wanted.setdefault(row.zone, []).append((row.valid_from, row.level, row.city, row.source, row.note))
    stored: dict[str, list[ZoneStanding]] = {}
    for held in session.exec(select(ZoneStanding)):
        stored.setdefault(held.zone_code, []).append(held)
    for zone, lines in wanted.items():
        old = stored.get(zone, [])
        if sorted(map(str, lines)) == sorted(str(_standing_key(held)) for held in old):
            done.unchanged["zonestanding"] += len(old)
            continue
        for held in old:
            session.delete(held)
        for valid_from, level, city, source, note in lines:
            session.add(
                ZoneStanding(
                    zone_code=zone, valid_from=valid_from, level=level, city_code=city, source_id=source, note=note
                )
            )
        done.changed["zonestanding"] += len(lines) if old else 0
        done.added["zonestanding"] += 0 if old else len(lines)
    session.flush()


def _standing_key(held: ZoneStanding) -> tuple[Any, ...]:
    return held.valid_from, held.level, held.city_code, held.source_id, held.note


def _members(session: Session, files: DataFiles, done: LoadSummary) -> None:
    rows = [
        IndicatorMember(indicator_code=each.row.code, member_code=member, position=at)
        for each in files.indicators
        for at, member in enumerate(each.row.members)
    ]
    wanted = {_key(row) for row in rows}
    for old in session.exec(select(IndicatorMember)).all():
        if _key(old) not in wanted:
            session.delete(old)
            done.withdrawn["indicatormember"] += 1
    _upsert(session, rows, done)


def _document(policy: PolicyFiles) -> PolicyDocument:
    row = policy.policy.row
    return PolicyDocument(
        **row.model_dump(exclude={"region"}),
        region_code=row.region,
        sha256=hashlib.sha256(policy.original).hexdigest(),
        original=policy.original,
        text=policy.text,
    )


def _targets(session: Session, policy: PolicyFiles, done: LoadSummary) -> None:
    """A changed line becomes a new version; the old one stays for the reports that were made with it."""
    stored = session.exec(select(Target).where(Target.policy_id == policy.policy.row.id)).all()
    current = {old.id: old for old in stored if old.current}
    latest = {old.id: max(t.version for t in stored if t.id == old.id) for old in stored}
    for position, each in enumerate(policy.targets):
        new = _target(policy.policy.row.id, position, each.row)
        old = current.pop(new.id, None)
        if old is not None and not _differences(old, new, TARGET_LEFT_OUT):
            done.unchanged["target"] += 1
            continue
        new.version = latest.get(new.id, 0) + 1
        if old is not None:
            old.current = False
            new.reason = new.reason or "the data file was changed"
            session.add(old)
        session.add(new)
        (done.added if new.version == 1 else done.changed)["target"] += 1
    for gone in current.values():
        gone.current = False
        session.add(gone)
        done.withdrawn["target"] += 1
    session.flush()


def _target(policy: str, position: int, row: TargetRow) -> Target:
    first, last = row.anchor
    plain = row.model_dump(exclude={"id", "anchor", "indicator", "place", "reference"})
    return Target(
        **plain,
        id=target_id(policy, row.id),
        policy_id=policy,
        position=position,
        anchor_start=first,
        anchor_end=last,
        indicator_code=row.indicator,
        place_code=row.place,
        reference_code=row.reference.indicator if row.reference else None,
        reference_place=row.reference.place if row.reference else None,
    )


def _published(files: DataFiles) -> list[dict[str, Any]]:
    """The published values in stored units, earlier states before later ones."""
    units = {each.row.symbol: each.row.factor for each in files.units}
    statistics = {each.row.code: each.row.unit for each in files.statistics}
    indicators = {each.row.code: each.row.unit for each in files.indicators}

    def stored(row: PublishedRow) -> dict[str, Any]:
        of_statistic = row.series in statistics
        unit = statistics[row.series] if of_statistic else indicators[row.series]
        return {
            "statistic_code": row.series if of_statistic else None,
            "indicator_code": None if of_statistic else row.series,
            "place_code": row.place,
            "year": row.year,
            "value": row.value * units[row.unit] / units[unit],
            "printed": f"{row.value} {row.unit}",
            "state": row.state,
            "source_id": row.source,
            "note_zh": row.note_zh,
            "note_en": row.note_en,
        }

    rows = sorted((each.row for each in files.published), key=lambda row: STATE_ORDER.index(row.state))
    return [stored(row) for row in rows]


Series = tuple[str | None, str | None, str, int]


def _observations(session: Session, rows: list[dict[str, Any]], origin: Origin, done: LoadSummary) -> None:
    """Appends what the database does not have yet; a value that left the files is withdrawn. Nothing is changed."""
    chains = _chains(session, origin)
    at, fresh = now(), []
    wanted: dict[Series, list[dict[str, Any]]] = {}
    for row in rows:
        wanted.setdefault(_series(row), []).append(row)
    for series, versions in wanted.items():
        chain = chains.get(series, [])
        known = [_content(each) for each in chain][-len(versions) :]
        if known == [_content(each) for each in versions]:
            done.unchanged["observation"] += len(versions)
            continue
        stored = {_content(each) for each in chain}
        for row in versions:
            if _content(row) in stored and row is not versions[-1]:
                continue
            fresh.append({**row, "origin": origin, "recorded_at": at, "series": series})
        (done.changed if chain else done.added)["observation"] += 1
    for series, chain in chains.items():
        if series not in wanted and chain[-1]["value"] is not None:
            fresh.append(_withdrawal(series, origin, at))
            done.withdrawn["observation"] += 1
    _append(session, fresh, chains)


def _series(row: Mapping[str, Any]) -> Series:
    return row["statistic_code"], row["indicator_code"], row["place_code"], row["year"]


def _content(row: Mapping[str, Any]) -> tuple[Any, ...]:
    """What makes an observation another one. Words beside it count too: a corrected note is a new observation."""
    value: Decimal | None = row["value"]
    return (
        value,
        row["state"],
        row.get("source_id"),
        row.get("printed", ""),
        row.get("note_zh", ""),
        row.get("note_en", ""),
    )


def _withdrawal(series: Series, origin: Origin, at: Any) -> dict[str, Any]:
    statistic, indicator, place, year = series
    return {
        "statistic_code": statistic,
        "indicator_code": indicator,
        "place_code": place,
        "year": year,
        "value": None,
        "state": ObservationState.WITHDRAWN,
        "origin": origin,
        "recorded_at": at,
        "series": series,
    }


def _chains(session: Session, origin: Origin) -> dict[Series, list[dict[str, Any]]]:
    """What is stored of an origin, by series, place and year, the oldest first."""
    columns = Observation.__table__.columns  # type: ignore[attr-defined]
    query = select(*columns).where(columns.origin == origin).order_by(columns.id)
    found: dict[Series, list[dict[str, Any]]] = {}
    for row in session.exec(query):
        plain = dict(row._mapping)
        found.setdefault(_series(plain), []).append(plain)
    return found


def _append(session: Session, rows: list[dict[str, Any]], chains: dict[Series, list[dict[str, Any]]]) -> None:
    """First rows of a series in bulk; rows that supersede another one after it, so that each names its own."""
    first = [row for row in rows if row["series"] not in chains]
    once = {row["series"] for row in first}
    bulk, later = [], []
    for row in rows:
        if row["series"] in once:
            once.discard(row["series"])
            bulk.append(_columns(row))
        else:
            later.append(row)
    if bulk:
        session.execute(insert(Observation), bulk)
    newest = {row["series"]: chains[row["series"]][-1]["id"] for row in later if row["series"] in chains}
    for row in later:
        if row["series"] not in newest:
            newest[row["series"]] = _chains_last(session, row["series"], row["origin"])
        stored = Observation(**_columns(row), supersedes_id=newest[row["series"]])
        session.add(stored)
        session.flush()
        newest[row["series"]] = stored.id


def _chains_last(session: Session, series: Series, origin: Origin) -> int:
    statistic, indicator, place, year = series
    query = (
        select(Observation.id)
        .where(Observation.statistic_code == statistic, Observation.indicator_code == indicator)
        .where(Observation.place_code == place, Observation.year == year, Observation.origin == origin)
        .order_by(Observation.id.desc())  # type: ignore[union-attr]
    )
    found = session.exec(query).first()
    assert found is not None
    return found


def _columns(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "series"}
