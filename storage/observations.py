"""Appending values: what the files say now goes behind what is on record. Nothing is changed, nothing is deleted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import func, insert
from sqlmodel import Session, select

from models import Observation
from models.columns import now
from models.enums import ObservationState, Origin
from storage.load_summary import LoadSummary

Row = dict[str, Any]
Series = tuple[str | None, str | None, str, int]
"""Statistic or indicator, place, year: what one line of versions belongs to, for each origin."""


def append(session: Session, rows: Iterable[Row], origin: Origin, done: LoadSummary) -> None:
    """Appends what is not on record yet, and withdraws what is in force but no longer among the rows of its origin.

    Rows of one series, place and year are its versions, the one in force last. Values are in stored units.
    """
    chains = _chains(session, origin)
    what, at = f"{origin.value} value", now()
    wanted: dict[Series, list[Row]] = {}
    for row in rows:
        wanted.setdefault(_series(row), []).append(row)
    fresh: list[Row] = []
    for series, versions in wanted.items():
        chain = chains.get(series, [])
        missing = _missing(chain, versions)
        fresh += [{**row, "origin": origin, "recorded_at": at} for row in missing]
        counted = done.unchanged if not missing else done.changed if chain else done.added
        counted[what] += 1
    for series in chains.keys() - wanted.keys():
        if chains[series][-1]["value"] is not None:
            fresh.append(_withdrawal(series, origin, at))
            done.withdrawn[what] += 1
    _insert(session, fresh, origin)


def _missing(chain: list[Row], versions: list[Row]) -> list[Row]:
    """The versions to append so that all are on record and the last one is in force."""
    on_record = [_content(each) for each in chain]
    earlier = [row for row in versions[:-1] if _content(row) not in on_record]
    in_force = bool(on_record) and on_record[-1] == _content(versions[-1])
    return [] if in_force and not earlier else [*earlier, versions[-1]]


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


def _withdrawal(series: Series, origin: Origin, at: datetime) -> Row:
    statistic, indicator, place, year = series
    return {
        "statistic_code": statistic,
        "indicator_code": indicator,
        "place_code": place,
        "year": year,
        "value": None,
        "printed": "",
        "state": ObservationState.WITHDRAWN,
        "source_id": None,
        "note_zh": "",
        "note_en": "",
        "origin": origin,
        "recorded_at": at,
    }


_COLUMNS = Observation.__table__.columns  # type: ignore[attr-defined]
_KEY = (_COLUMNS.statistic_code, _COLUMNS.indicator_code, _COLUMNS.place_code, _COLUMNS.year)


def _chains(session: Session, origin: Origin) -> dict[Series, list[Row]]:
    """What is on record of an origin, by series, place and year, the oldest first."""
    query = select(*_COLUMNS).where(_COLUMNS.origin == origin).order_by(_COLUMNS.id)
    found: dict[Series, list[Row]] = {}
    for row in session.exec(query):
        plain = dict(row._mapping)
        found.setdefault(_series(plain), []).append(plain)
    return found


def _insert(session: Session, rows: list[Row], origin: Origin) -> None:
    """In bulk. A row names the one it supersedes, so a second one of a series waits until the first has its id."""
    while rows:
        newest = _newest(session, origin)
        turn: dict[Series, Row] = {}
        later: list[Row] = []
        for row in rows:
            if _series(row) in turn:
                later.append(row)
            else:
                turn[_series(row)] = {**row, "supersedes_id": newest.get(_series(row))}
        session.execute(insert(Observation), list(turn.values()))
        rows = later


def _newest(session: Session, origin: Origin) -> dict[Series, int]:
    """The id of the last observation of each series, place and year."""
    query = select(*_KEY, func.max(_COLUMNS.id)).where(_COLUMNS.origin == origin).group_by(*_KEY)  # type: ignore[call-overload]
    return {tuple(row[:4]): row[4] for row in session.exec(query)}


@dataclass(frozen=True, slots=True)
class Approved:
    """A figure that was approved: in the stored unit, and as it was typed. None where there is none."""

    value: Decimal | None
    printed: str = ""


def append_approved(
    session: Session, place: str, year: int, submission_id: int, figures: Mapping[str, Approved], at: datetime
) -> int:
    """Appends what a zone reported and the region approved, by statistic; returns how many values changed.

    The first value is final, a later one that differs is a revision; one that is left out now is withdrawn.
    """
    origin = Origin.SUBMISSION
    query = select(Observation).where(Observation.origin == origin, _COLUMNS.place_code == place, _COLUMNS.year == year)
    newest = {each.statistic_code: each for each in session.exec(query.order_by(_COLUMNS.id))}
    fresh: list[Row] = []
    for statistic, figure in figures.items():
        before = newest.get(statistic)
        if figure.value == (before.value if before else None):
            continue
        series = (statistic, None, place, year)
        row = _withdrawal(series, origin, at)
        if figure.value is not None:
            state = ObservationState.REVISED if before else ObservationState.FINAL
            row |= {"value": figure.value, "printed": figure.printed, "state": state}
        fresh.append({**row, "submission_id": submission_id})
    _insert(session, fresh, origin)
    return len(fresh)
