"""Bringing the data files into the database: all or nothing, as often as one likes."""

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from sqlalchemy import Engine
from sqlmodel import Session, SQLModel, col, select, update

from models import (
    DataVersion,
    Edit,
    Indicator,
    IndicatorMember,
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
from models.enums import ObservationState, Origin, PlaceKind
from models.relation import demand_text
from storage.datafiles import DataFiles, Located, PolicyFiles, target_id
from storage.demonstration import generate
from storage.engine import one_at_a_time, unit_of_work
from storage.load_summary import LoadSummary
from storage.observations import Row, append
from storage.on_record import refuse_changed_meaning
from storage.rows import PublishedRow, RegionRow, TargetRow

T = TypeVar("T", bound=SQLModel)

STATE_ORDER = (ObservationState.PROVISIONAL, ObservationState.FINAL, ObservationState.REVISED)
"""A later state supersedes an earlier one of the same series, place and year."""

NOT_CONTENT = {"version", "current", "recorded_at", "reason", "position"}
"""Fields of a target that can differ without making another target of it."""

CHANGED_FILE = "数据文件已修改 (the data file was changed)"


def load(engine: Engine, files: DataFiles, *, demonstration: bool) -> LoadSummary:
    """Loads checked data files in one transaction. A second load of the same files changes nothing.

    What left the files is no longer current, or withdrawn; without `demonstration` the whole demonstration set is.
    Raises Refused where the files would give another meaning to what is on record.
    """
    done = LoadSummary()
    with unit_of_work(engine) as session:
        one_at_a_time(session.connection())
        refuse_changed_meaning(session, files)
        for table, rows in _catalogue(files):
            _upsert(session, table, rows, done)
            _retire(session, table, rows, done)
        _keep_only(session, SeriesBreak, list(_breaks(files)), done)
        _keep_only(session, Edit, list(_edits(files)), done)
        _keep_only(session, IndicatorMember, list(_members(files)), done)
        _standings(session, files, done)
        _policies(session, files, done)
        append(session, published(files), Origin.PUBLISHED, done)
        append(session, generate(files) if demonstration else (), Origin.DEMONSTRATION, done)
        if done.touched:
            raise_version(session)
    return done


def raise_version(session: Session) -> None:
    """Tells every reader that stored data have changed; in the transaction of the change.

    The database counts, so that two changes at once are two; the second one waits here until the first is done.
    """
    counted = update(DataVersion).values(number=col(DataVersion.number) + 1)
    if not session.exec(counted).rowcount:
        session.add(DataVersion(number=1))
        session.flush()


def hold_version(session: Session) -> None:
    """Waits for changes that are not committed yet, and lets none be made until this transaction is over."""
    session.exec(select(DataVersion).with_for_update()).first()


def _catalogue(files: DataFiles) -> Iterator[tuple[type[SQLModel], list[Any]]]:
    """The tables that are kept as the files say, parents before children."""
    yield Unit, [Unit(**each.row.model_dump()) for each in files.units]
    yield Source, [Source(**each.row.model_dump()) for each in files.sources]
    yield (
        Statistic,
        [
            Statistic(**each.row.model_dump(exclude={"synonyms"}), synonyms="|".join(each.row.synonyms), position=at)
            for at, each in enumerate(files.statistics)
        ],
    )
    yield Indicator, list(_indicators(files))
    yield Place, list(_places(files))
    yield (
        Region,
        [
            Region(code=row.code, parent_code=row.parent, register_complete_from=row.register_complete_from)
            for row in _parents_first([each.row for each in files.regions])
        ],
    )
    yield Zone, [Zone(code=each.row.code, aliases="|".join(each.row.aliases)) for each in files.zones]
    groups = [each.row for each in files.zone_groups]
    yield ZoneGroup, [ZoneGroup(code=row.code, region_code=row.region, level=row.level) for row in groups]


def _indicators(files: DataFiles) -> Iterator[Indicator]:
    for at, each in enumerate(files.indicators):
        plain = each.row.model_dump(exclude={"synonyms", "members"})
        yield Indicator(**plain, synonyms="|".join(each.row.synonyms), position=at)


def _breaks(files: DataFiles) -> Iterator[SeriesBreak]:
    for each in files.breaks:
        yield SeriesBreak(statistic_code=each.row.statistic, **each.row.model_dump(exclude={"statistic"}))


def _edits(files: DataFiles) -> Iterator[Edit]:
    for each in files.edits:
        row = each.row
        kept = row.model_dump(include={"code", "severity", "message_zh", "message_en"})
        yield Edit(**kept, relation=demand_text(row.each, row.relation, row.condition))


def _members(files: DataFiles) -> Iterator[IndicatorMember]:
    for each in files.indicators:
        for at, member in enumerate(each.row.members):
            yield IndicatorMember(indicator_code=each.row.code, member_code=member, position=at)


def _places(files: DataFiles) -> Iterator[Place]:
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


def _parents_first(regions: list[RegionRow]) -> list[RegionRow]:
    """So that each names a parent that is there already, in whatever order the file has them."""
    waiting, done = {row.code: row for row in regions}, []
    while waiting:
        ready = [row for row in waiting.values() if row.parent not in waiting]
        done += ready
        for row in ready:
            del waiting[row.code]
    return done


def _key(row: SQLModel) -> tuple[Any, ...]:
    return tuple(getattr(row, column.name) for column in row.__table__.primary_key)  # type: ignore[attr-defined]


def _upsert(session: Session, table: type[T], rows: list[T], done: LoadSummary) -> None:
    """Adds what is new, changes what is different, leaves the rest alone."""
    name = str(table.__tablename__)
    known = {_key(row): row for row in session.exec(select(table))}
    session.add_all(row for row in rows if _key(row) not in known)
    session.flush()  # New rows first: a changed one may name them.
    for row in rows:
        old = known.get(_key(row))
        changed = _differences(old, row) if old is not None else {}
        if old is not None and changed:
            old.sqlmodel_update(changed)
        (done.added if old is None else done.changed if changed else done.unchanged)[name] += 1
    session.flush()


def _retire(session: Session, table: type[T], rows: list[T], done: LoadSummary) -> None:
    """What is no longer in the files leaves the screens; its row stays, for the values and targets on record."""
    if "current" not in table.model_fields:
        return
    wanted = {_key(row) for row in rows}
    for old in session.exec(select(table).where(table.current)):  # type: ignore[attr-defined]
        if _key(old) not in wanted:
            old.current = False
            done.withdrawn[str(table.__tablename__)] += 1
    session.flush()


def _keep_only(session: Session, table: type[T], rows: list[T], done: LoadSummary) -> None:
    """For rows that nothing on record names: what is no longer in the files goes."""
    wanted = {_key(row) for row in rows}
    for old in session.exec(select(table)).all():
        if _key(old) not in wanted:
            session.delete(old)
            done.withdrawn[str(table.__tablename__)] += 1
    session.flush()
    _upsert(session, table, rows, done)


def _differences(old: SQLModel, new: SQLModel, left_out: Iterable[str] = ()) -> dict[str, Any]:
    """The fields in which a row of the files differs from the stored one. 2.50 and 2.5 are the same number."""
    skipped = set(left_out)
    return {
        name: getattr(new, name)
        for name in type(new).model_fields
        if name not in skipped and getattr(old, name) != getattr(new, name)
    }


def _standings(session: Session, files: DataFiles, done: LoadSummary) -> None:
    """Standings have no key of their own: a zone whose lines changed gets them anew, one without lines loses them."""
    wanted: dict[str, list[tuple[Any, ...]]] = {}
    for each in files.zone_standings:
        row = each.row
        wanted.setdefault(row.zone, []).append((row.valid_from, row.level, row.city, row.source, row.note))
    stored: dict[str, list[ZoneStanding]] = {}
    for held in session.exec(select(ZoneStanding).order_by(ZoneStanding.id)):  # type: ignore[arg-type]
        stored.setdefault(held.zone_code, []).append(held)
    for zone in [*wanted, *(stored.keys() - wanted.keys())]:
        lines, old = wanted.get(zone, []), stored.get(zone, [])
        if lines == [_standing_key(held) for held in old]:
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
        counted = done.added if not old else done.changed if lines else done.withdrawn
        counted["zonestanding"] += len(lines or old)
        session.flush()


def _standing_key(held: ZoneStanding) -> tuple[Any, ...]:
    return held.valid_from, held.level, held.city_code, held.source_id, held.note


def _policies(session: Session, files: DataFiles, done: LoadSummary) -> None:
    """Documents and targets. A founding policy whose folder is gone loses its targets; one that people have taken to
    the desk, or added there, is theirs and left alone."""
    theirs = set(session.exec(select(PolicyDocument.id).where(~PolicyDocument.founding)))  # type: ignore[arg-type]
    policies = [policy for policy in files.policies if policy.policy.row.id not in theirs]
    _upsert(session, PolicyDocument, [_document(policy) for policy in policies], done)
    targets = {policy.policy.row.id: list(_target_rows(policy)) for policy in policies}
    founding = select(PolicyDocument).where(PolicyDocument.founding, PolicyDocument.current)
    for document in session.exec(founding).all():
        if document.id not in targets:
            document.current = False
            done.withdrawn["policydocument"] += 1
        _targets(session, document.id, targets.get(document.id, []), done)


def _document(policy: PolicyFiles) -> PolicyDocument:
    row = policy.policy.row
    return PolicyDocument(
        **row.model_dump(exclude={"region", "sha256"}),
        region_code=row.region,
        sha256=hashlib.sha256(policy.original).hexdigest(),
        original=policy.original,
        text=policy.text,
        founding=True,
    )


def _target_rows(policy: PolicyFiles) -> Iterator[Target]:
    for position, each in enumerate(policy.targets):
        yield _target(policy.policy.row.id, position, each.row)


def _targets(session: Session, policy: str, rows: list[Target], done: LoadSummary) -> None:
    """A changed line becomes a new version; the old one stays for the reports that were made with it."""
    stored = session.exec(select(Target).where(Target.policy_id == policy).order_by(Target.version)).all()  # type: ignore[arg-type]
    current = {old.id: old for old in stored if old.current}
    latest = {old.id: old.version for old in stored}
    for new in rows:
        old = current.pop(new.id, None)
        if old is None or _differences(old, new, NOT_CONTENT):
            _new_version(session, old, new, latest.get(new.id, 0), done)
        elif old.position != new.position:
            old.position = new.position
            done.changed["target"] += 1
        else:
            done.unchanged["target"] += 1
    for gone in current.values():
        gone.retire()
        done.withdrawn["target"] += 1
    session.flush()


def _new_version(session: Session, old: Target | None, new: Target, latest: int, done: LoadSummary) -> None:
    new.version = latest + 1
    if latest:
        new.reason = new.reason or CHANGED_FILE
    if old is not None:
        old.retire()
    session.add(new)
    (done.changed if latest else done.added)["target"] += 1


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


def published(files: DataFiles) -> list[Row]:
    """The published values in stored units, earlier states before later ones."""
    units = {each.row.symbol: each.row.factor for each in files.units}
    statistics = {each.row.code: each.row.unit for each in files.statistics}
    indicators = {each.row.code: each.row.unit for each in files.indicators}

    def stored(row: PublishedRow) -> Row:
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
