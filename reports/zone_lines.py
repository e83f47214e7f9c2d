"""What a gap report says of zones within their groups: what they add, what they lack, and what they were allocated."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from models.calendar import day_of
from models.enums import Language, StatusClass
from storage.wording import say
from tracking.allocation import in_force
from tracking.board import Board, BoardRow
from tracking.contribution import contributing_rows, contributions, share_of_group
from tracking.evidence import inputs_of
from tracking.phrases import named, target_words, title


@dataclass(frozen=True, slots=True)
class ShareLine:
    """A group's target that a zone adds to: its own value and its part of the group's."""

    target_id: str
    title: str
    group: str
    year: int
    value: Decimal
    group_value: Decimal
    unit: str
    percent: float | None
    group_status: str
    observations: str
    """Ids of what the zone's own value was made from, separated by a bar."""


@dataclass(frozen=True, slots=True)
class PartLine:
    """One zone's part in the gap of its group's target, with its own value; the largest parts first."""

    row: int
    place: str
    value: Decimal | None
    unit: str
    gap: Decimal | None
    gap_unit: str
    percent: float | None


@dataclass(frozen=True, slots=True)
class AllocatedLine:
    """A zone on the share (分解任务) of its group's target that it was allocated; the policy asks it of the group.

    `version` is that of the allocation that the share is from, `allocation` says so with its day; `quote` is what the
    policy asks of the group.
    """

    target_id: str
    title: str
    group: str
    place_code: str
    place: str
    asked: str
    deadline: int | None
    year: int | None
    value: Decimal | None
    unit: str
    gap: float | None
    gap_unit: str
    verdict: str
    status_class: StatusClass
    version: int
    allocation: str
    observations: str
    quote: str


def shares_of(board: Board, zone: str, language: Language, *, named_too: bool = False) -> tuple[ShareLine, ...]:
    """The groups' targets that a zone adds to; `named_too`: the zone stands beside the target, as one of several."""
    found = []
    of = f" · {named(board.snapshot.places[zone], language)}" if named_too else ""
    for row in contributing_rows(board, zone):
        share = share_of_group(board.reader, row, zone)
        if share is None or row.assessment.year is None:
            continue
        unit = board.snapshot.units[row.indicator.unit]
        found.append(
            ShareLine(
                row.target.id,
                title(row.target, language) + of,
                named(row.place, language),
                row.assessment.year,
                share.value,
                share.group,
                named(unit, language) or unit.symbol,
                None if share.percent is None else float(share.percent),
                say(f"status.{row.status.value}", language),
                _ids(each.id for each in share.point.inputs),
            )
        )
    return tuple(found)


def parts_of(board: Board, number: int, row: BoardRow, language: Language) -> Iterator[PartLine]:
    """Who lacks what to the group's target; nothing where the parts cannot be told."""
    found = contributions(board, row)
    own = board.snapshot.units[row.indicator.unit]
    for part in found.parts:
        yield PartLine(
            row=number,
            place=named(part.place, language),
            value=part.value,
            unit=named(own, language) or own.symbol,
            gap=part.gap,
            gap_unit=named(found.unit, language) or found.unit.symbol,
            percent=None if part.share is None else float(part.share),
        )


def allocated_lines(board: Board, rows: Iterable[BoardRow], language: Language) -> Iterator[AllocatedLine]:
    """Zones on their shares; `rows` are those of the board's `shares` that the report is about."""
    for row in rows:
        snapshot, verdict, point = board.snapshot, row.assessment, row.point
        unit, held = snapshot.units[row.indicator.unit], in_force(board.snapshot, row.target.id)
        assert held is not None, "a share without an allocation"
        words, target = named(unit, language), snapshot.target(row.target.id)
        said = say("share.version", language, version=held.record.version, day=day_of(held.record.at))
        if held.record.target_version != target.version:
            said += say("report.colon", language) + say("share.changed", language)
        points = say("report.points", language) if unit.symbol == "%" else words
        yield AllocatedLine(
            target_id=target.id,
            title=title(target, language),
            group=named(snapshot.places[target.place_code], language),
            place_code=row.place.code,
            place=named(row.place, language),
            asked=target_words(snapshot, row.target, language),
            deadline=target.deadline,
            year=verdict.year,
            value=point.value if point else None,
            unit=words or unit.symbol,
            gap=verdict.gap,
            gap_unit="" if verdict.gap is None else points,
            verdict=say(f"status.{row.status.value}", language),
            status_class=row.status_class,
            version=held.record.version,
            allocation=said,
            observations=_ids(each.observation_id for each in inputs_of(snapshot, point)) if point else "",
            quote=target.quote,
        )


def _ids(found: Iterable[int]) -> str:
    return "|".join(str(each) for each in found)
