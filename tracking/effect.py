"""What a set of values would change: the same board, once with them and once without."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from models.enums import ObservationState, Origin
from storage.queries import ObservedValue, Snapshot
from tracking.board import BoardRow, build_board

NOT_ON_RECORD = 0
"""The id of a value that nobody has approved yet."""


@dataclass(frozen=True, slots=True)
class Effect:
    """A verdict before and after. `before` is None where the place was not judged on the target."""

    before: BoardRow | None
    after: BoardRow

    @property
    def moved(self) -> bool:
        """Whether the status is another one."""
        return self.before is None or self.before.status is not self.after.status


def with_values(
    snapshot: Snapshot, place: str, year: int, values: Mapping[str, Decimal | None], at: datetime
) -> Snapshot:
    """The snapshot as it would be with the figures of a place and year, by statistic, in stored units.

    None takes a reported value back; a published one stays in force.
    """
    observations = dict(snapshot.observations)
    for series, value in values.items():
        by_year = dict(observations.get((series, place), {}))
        known = by_year.get(year)
        if value is None:
            if known is not None and known.origin is Origin.SUBMISSION:
                del by_year[year]
        elif known is None or known.value != value:
            by_year[year] = _value(series, place, year, value, known, at)
        observations[(series, place)] = by_year
    return replace(snapshot, observations=observations)


def _value(
    series: str, place: str, year: int, value: Decimal, known: ObservedValue | None, at: datetime
) -> ObservedValue:
    return ObservedValue(
        id=NOT_ON_RECORD,
        series=series,
        place=place,
        year=year,
        value=value,
        printed="",
        state=ObservationState.REVISED if known else ObservationState.FINAL,
        origin=Origin.SUBMISSION,
        source_id=None,
        submission_id=None,
        note_zh="",
        note_en="",
        recorded_at=at,
    )


def effects(before: Iterable[BoardRow], snapshot: Snapshot, *, as_of: int) -> list[Effect]:
    """The verdicts that are another status or value on a changed snapshot: status moves first, then by row."""
    known = {row.key: row for row in before}
    found = [Effect(known.get(row.key), row) for row in build_board(snapshot, as_of=as_of).rows]
    changed = [each for each in found if each.moved or _value_of(each.before) != _value_of(each.after)]
    return sorted(changed, key=lambda each: not each.moved)


def _value_of(row: BoardRow | None) -> tuple[float | None, int | None] | None:
    return (row.assessment.value, row.assessment.year) if row else None
