"""Reports with a number: making one, and making the same one again from the state of the data it was made from."""

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, SQLModel, col, select

from accounts.rights import require_somewhere
from models import GapReport
from models.calendar import day_of
from models.columns import now
from models.enums import DataSet, Language, Method
from models.errors import NotAllowed, UnknownId
from models.people import Action, Person
from reports.gap_report import Report, Subject, allocated_rows, build_report, rows_of
from reports.moves import Earlier
from storage.engine import reading, unit_of_work
from storage.load import hold_version
from storage.queries import Snapshot
from targets.assessment import CODE_VERSION
from tracking.board import build_board
from tracking.current import current_snapshot
from tracking.sight import Sight, limited, sight_of


@dataclass(frozen=True, slots=True)
class Asked:
    """What a report is asked for.

    `known_day` is the earlier day whose knowledge is wanted; `known_on` the moment whose data it is made from, None for
    those of now.
    """

    subject: str
    as_of: int
    data_set: DataSet
    language: Language
    method: Method = Method.LINEAR
    known_day: date | None = None
    known_on: datetime | None = None


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """A numbered report, made again. `agrees`: it says word for word what it said when it was issued."""

    record: GapReport
    report: Report
    agrees: bool


def draft(engine: Engine, person: Person, asked: Asked) -> Report:
    """The report without a number, as the person may see it, held against the last one that was issued."""
    require_somewhere(person, Action.EXPORT)
    snapshot = current_snapshot(engine, asked.data_set, asked.known_on)
    sight = sight_of(snapshot, person)
    with reading(engine) as session:
        last = _last(session, asked.subject, asked.data_set)
    return _built(engine, asked, sight, "", last)


def issue(engine: Engine, person: Person, asked: Asked) -> GapReport:
    """Gives the report of this moment a number. Raises NotAllowed for whoever may not export, UnknownId."""
    require_somewhere(person, Action.EXPORT)
    with unit_of_work(engine) as session:
        hold_version(session)
        at = now()
        fixed = replace(asked, known_on=asked.known_on or at)
        last = _last(session, asked.subject, asked.data_set)
        snapshot = current_snapshot(engine, fixed.data_set, fixed.known_on)
        sight = sight_of(snapshot, person)
        report = _built(engine, fixed, sight, "", last)
        record = GapReport(
            subject=report.subject.code,
            as_of=fixed.as_of,
            data_set=fixed.data_set,
            method=fixed.method,
            language=fixed.language,
            last_observation_id=snapshot.last_observation_id,
            content_sha256=digest(report),
            code_version=CODE_VERSION,
            created_at=at,
            known_on=fixed.known_on or at,
            issued_by=person.login,
            closed=_dumped(sight),
            previous_id=last.id if last else None,
        )
        session.add(record)
        session.flush()
        session.refresh(record)
        session.expunge(record)
    return record


def rebuild(engine: Engine, person: Person, number: str) -> Rebuilt:
    """The report of a number, made again.

    Raises UnknownId, and NotAllowed for whoever may not see everything that is in it.
    """
    require_somewhere(person, Action.EXPORT)
    with reading(engine) as session:
        record = _record(session, number)
        previous = session.get(GapReport, record.previous_id) if record.previous_id else None
    day = day_of(record.known_on)
    asked = Asked(
        record.subject,
        record.as_of,
        record.data_set,
        record.language,
        record.method,
        day if day < day_of(record.created_at) else None,
        record.known_on,
    )
    sight, own = _loaded(record.closed), sight_of(current_snapshot(engine, record.data_set, record.known_on), person)
    if own.everything or not (own.zones <= sight.zones and own.results <= sight.results):
        raise NotAllowed(person.login, Action.EXPORT.value, record.subject, ["reviewer", "officer", "viewer"])
    report = _built(engine, asked, sight, record.number, previous)
    return Rebuilt(record, report, digest(report) == record.content_sha256)


def issued(engine: Engine, subject: str, data_set: DataSet) -> list[GapReport]:
    """The numbered reports of a subject, the latest first."""
    with reading(engine) as session:
        return list(session.exec(_of(subject, data_set)))


def digest(report: Report) -> str:
    """The SHA-256 of everything that a report says, without its number.

    What a report has none of is not said: those from before there was any, shares or several subjects, keep their sum.
    """
    said: dict[str, Any] = asdict(report) | {"number": ""}
    if not report.allocated:
        del said["allocated"]
    if not report.subject.parts:
        del said["subject"]["parts"]
    return hashlib.sha256(json.dumps(said, default=_plain, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _plain(value: object) -> object:
    """A record by its fields, whose order is not the same in every process; anything else as it is written."""
    return value.model_dump() if isinstance(value, SQLModel) else str(value)


def _of(subject: str, data_set: DataSet) -> Any:
    query = select(GapReport).where(GapReport.subject == subject, GapReport.data_set == data_set)
    return query.order_by(col(GapReport.id).desc())


def _last(session: Session, subject: str, data_set: DataSet) -> GapReport | None:
    return session.exec(_of(subject, data_set).limit(1)).first()


def _record(session: Session, number: str) -> GapReport:
    given = number.strip().upper().rpartition("-")[2]
    found = session.get(GapReport, int(given)) if given.isascii() and given.isdigit() and len(given) < 10 else None
    if found is None or found.number != number.strip().upper():
        raise UnknownId("report", number)
    return found


def _built(engine: Engine, asked: Asked, sight: Sight, number: str, previous: GapReport | None) -> Report:
    snapshot = limited(current_snapshot(engine, asked.data_set, asked.known_on), sight)
    subject = Subject.find(snapshot, asked.subject)
    earlier = _earlier(engine, previous, subject, sight) if previous else None
    return build_report(
        snapshot,
        subject,
        asked.as_of,
        asked.language,
        asked.method,
        number=number,
        known_day=asked.known_day,
        earlier=earlier,
    )


def _earlier(engine: Engine, record: GapReport, subject: Subject, sight: Sight) -> Earlier:
    """The rows of an earlier report, as they are seen by whoever reads the present one."""
    snapshot: Snapshot = limited(current_snapshot(engine, record.data_set, record.known_on), sight)
    board = build_board(snapshot, as_of=record.as_of)
    rows = [*rows_of(board, subject), *allocated_rows(board, subject)]
    day = day_of(record.created_at)
    return Earlier(record.number, day, record.as_of, record.method, record.code_version, tuple(rows))


def _dumped(sight: Sight) -> str:
    return json.dumps({"zones": sorted(sight.zones), "results": sorted(sight.results), "everything": sight.everything})


def _loaded(text: str) -> Sight:
    found = json.loads(text)
    return Sight(frozenset(found["zones"]), frozenset(found["results"]), bool(found["everything"]))
