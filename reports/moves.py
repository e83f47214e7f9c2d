"""What changed since the last report: each verdict that is another one, with its causes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from models.catalogue import Unit
from models.enums import Language, Method, StatusClass
from storage.wording import say
from targets.assessment import CODE_VERSION
from tracking.board import BoardRow, Role
from tracking.format import with_unit
from tracking.phrases import named, title


class Cause(StrEnum):
    """Why a verdict is not the one of the last report."""

    NEW_VALUE = "new_value"
    REVISION = "revision"
    WITHDRAWN = "withdrawn"
    TARGET_CHANGED = "target_changed"
    NEW_TARGET = "new_target"
    ALLOCATION = "allocation"
    LATER_YEAR = "later_year"
    RULES = "rules"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True)
class Earlier:
    """The report that this one is held against: its number, its day, by which method, and what it judged."""

    number: str
    day: date
    as_of: int
    method: Method
    code_version: str
    rows: tuple[BoardRow, ...]


@dataclass(frozen=True, slots=True)
class Move:
    """A verdict then and now, in the reader's words. Then is empty where the target was not judged for the place."""

    target_id: str
    title: str
    place: str
    status_before: str
    value_before: str
    class_after: StatusClass
    status_after: str
    value_after: str
    causes: str


def held_against(
    earlier: Earlier | None,
    rows: Sequence[BoardRow],
    units: Mapping[str, Unit],
    language: Language,
    method: Method,
    as_of: int,
) -> tuple[str, tuple[Move, ...]]:
    """Which report the rows are held against, in words, and every row that has another status or value than in it."""
    if earlier is None:
        return say("report.moves.first", language), ()
    before = {row.key: row for row in earlier.rows}
    same_rules = (earlier.method, earlier.code_version) == (method, CODE_VERSION)
    found = []
    for row in rows:
        old = before.get(row.key)
        if old is None or (old.status, old.assessment.value) != (row.status, row.assessment.value):
            causes = _causes(old, row, later=earlier.as_of != as_of, same_rules=same_rules)
            found.append(_move(old, row, causes, units, language))
    told = {"number": earlier.number, "day": earlier.day}
    words = say("report.moves.since" if found else "report.moves.none", language, **told)
    if left := len(before.keys() - {row.key for row in rows}):
        words += say("report.moves.gone", language, number=left)
    return words, tuple(found)


def _causes(old: BoardRow | None, row: BoardRow, *, later: bool, same_rules: bool) -> list[Cause]:
    """Everything that is different in what a verdict was made from."""
    share = row.role is Role.SHARE
    if old is None:
        return [Cause.ALLOCATION if share else Cause.NEW_TARGET]
    found = [Cause.TARGET_CHANGED] if old.target.version != row.target.version else []
    if share and old.target.value != row.target.value:
        found.append(Cause.ALLOCATION)
    then, now = _inputs(old), _inputs(row)
    shared = then.keys() & now.keys()
    if now.keys() - then.keys():
        found.append(Cause.NEW_VALUE)
    if any(then[key] != now[key] for key in shared):
        found.append(Cause.REVISION)
    if then.keys() - now.keys() and old.assessment.year == row.assessment.year:
        found.append(Cause.WITHDRAWN)
    if later:
        found.append(Cause.LATER_YEAR)
    if not same_rules:
        found.append(Cause.RULES)
    return found or [Cause.ELSEWHERE]


def _inputs(row: BoardRow) -> dict[tuple[str, str, int], int]:
    """The observations that a verdict rests on, by series, place and year."""
    points = [*row.used_points(), *row.series.points]
    return {(each.series, each.place, each.year): each.id for point in points for each in point.inputs}


def _move(
    old: BoardRow | None, row: BoardRow, causes: Sequence[Cause], units: Mapping[str, Unit], language: Language
) -> Move:
    several = row.indicator.code != row.target.indicator_code
    of = named(row.indicator, language) if several else say("role.share", language) if row.role is Role.SHARE else ""
    return Move(
        target_id=row.target.id,
        title=title(row.target, language) + (f" · {of}" if of else ""),
        place=named(row.place, language),
        status_before=_status(old, language),
        value_before=_shown(old, units, language),
        class_after=row.status_class,
        status_after=_status(row, language),
        value_after=_shown(row, units, language),
        causes=say("report.moves.and", language).join(say(f"report.cause.{each.value}", language) for each in causes),
    )


def _status(row: BoardRow | None, language: Language) -> str:
    return say(f"status.{row.status.value}", language) if row else ""


def _shown(row: BoardRow | None, units: Mapping[str, Unit], language: Language) -> str:
    """The judged value with its year."""
    if row is None or row.assessment.value is None:
        return ""
    return f"{with_unit(row.assessment.value, units[row.indicator.unit], language)} ({row.assessment.year})"
