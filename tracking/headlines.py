"""The five things to know: what moved for the worse, what is due next and not met, what lags most, what went well, and
how much of it rests on values at all."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from models.enums import StatusClass
from tracking.attention import needs_attention
from tracking.board import Board, BoardRow, Role

RANK = {
    StatusClass.MET: 0,
    StatusClass.ON_TRACK: 1,
    StatusClass.BEHIND: 2,
    StatusClass.OFF: 3,
    StatusClass.MISSED: 4,
}
"""From good to bad; what is not judged has no place in it."""


MOST = 5
"""So many things are told: a leader keeps no more in mind."""


class Topic(StrEnum):
    """What a headline is about."""

    WORSE = "worse"
    DUE = "due"
    GRAVEST = "gravest"
    BETTER = "better"
    FURTHER = "further"
    """What comes next in gravity, or holds, where the other topics leave room."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Headline:
    """One thing to know: the row it is about, or for what is unknown how many of how many, and what lacks most."""

    topic: Topic
    row: BoardRow | None = None
    before: BoardRow | None = None
    number: int = 0
    of: int = 0
    indicator: str = ""
    """The indicator that lacks values most often."""


def headlines(now: Board, before: Board, asked: Iterable[BoardRow] | None = None) -> list[Headline]:
    """At most five, each of another row, in the order in which they are told; as many as there is something to say of.

    `before` is the board of a year ago. `asked` are the rows that concern the reader; without it all that policies ask.
    """
    rows = [row for row in (now.asked() if asked is None else asked) if row.role is not Role.MEMBER]
    then = {row.key: row for row in before.rows}
    told: set[str] = set()
    found: list[Headline] = []
    for topic, candidates in (
        (Topic.WORSE, _moved(rows, then, worse=True)),
        (Topic.DUE, _due(rows, now.as_of)),
        (Topic.GRAVEST, needs_attention(rows, len(rows))),
        (Topic.BETTER, [*_moved(rows, then, worse=False), *_good(rows)]),
    ):
        row = next((each for each in candidates if each.key not in told), None)
        if row is not None:
            told.add(row.key)
            found.append(Headline(topic, row, then.get(row.key)))
    unknown = [row for row in rows if row.assessment.value is None]
    further = (row for row in (*needs_attention(rows, len(rows)), *_good(rows)) if row.key not in told)
    room = MOST - len(found) - bool(unknown)
    found += [Headline(Topic.FURTHER, row, then.get(row.key)) for row in islice(further, room)]
    if unknown:
        code, _ = Counter(row.indicator.code for row in unknown).most_common(1)[0]
        found.append(Headline(Topic.UNKNOWN, number=len(unknown), of=len(rows), indicator=code))
    return found


def _moved(rows: Iterable[BoardRow], then: dict[str, BoardRow], *, worse: bool) -> list[BoardRow]:
    """The rows that moved down, or up, in a year: the longest way first, of equals the worst or the best."""
    sign = 1 if worse else -1
    steps = [(_step(then.get(row.key), row) * sign, row) for row in rows]
    moved = [(step, RANK[row.status_class] * sign, row) for step, row in steps if step > 0]
    return [row for _, _, row in sorted(moved, key=lambda each: (-each[0], -each[1], each[2].key))]


def _step(old: BoardRow | None, row: BoardRow) -> int:
    if old is None or old.status_class not in RANK or row.status_class not in RANK:
        return 0
    return RANK[row.status_class] - RANK[old.status_class]


def _due(rows: Iterable[BoardRow], as_of: int) -> list[BoardRow]:
    """What is behind before its deadline: the nearest first, of one year the one that lags most."""
    behind = (StatusClass.BEHIND, StatusClass.OFF)
    open_ones = [row for row in rows if (row.target.deadline or 0) >= as_of and row.status_class in behind]
    return sorted(open_ones, key=lambda row: (row.target.deadline or 0, -(row.assessment.lag or 0.0), row.key))


def _good(rows: Iterable[BoardRow]) -> list[BoardRow]:
    """What holds, with the most room first."""
    good = [row for row in rows if row.status_class is StatusClass.MET]
    return sorted(good, key=lambda row: (-(row.assessment.progress or 0.0), row.key))
