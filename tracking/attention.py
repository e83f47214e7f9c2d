"""What needs attention, the gravest first; which figures a leader reads before all others."""

from collections import Counter
from collections.abc import Iterable

from models.enums import Status, StatusClass
from tracking.board import BoardRow

GRAVITY = (
    Status.LOST,
    Status.WRONG_WAY,
    Status.FAR_BEHIND,
    Status.OVERSHOT,
    Status.BEHIND,
    Status.MISSED,
    Status.UNREPORTED,
    Status.STALE,
    Status.AWAITING,
)
"""The statuses that ask somebody to act, the gravest first; what is missed for good comes after what can be mended."""


def counts(rows: Iterable[BoardRow]) -> dict[StatusClass, int]:
    """How many rows stand in each of the six classes; classes without a row count 0."""
    found = Counter(row.status_class for row in rows)
    return {each: found[each] for each in StatusClass}


def needs_attention(rows: Iterable[BoardRow], most: int = 8) -> list[BoardRow]:
    """The rows that ask for action, the gravest and then the furthest behind first."""
    grave = [row for row in rows if row.status in GRAVITY]
    return sorted(grave, key=_gravity)[:most]


def _gravity(row: BoardRow) -> tuple[int, float, str]:
    return GRAVITY.index(row.status), -(row.assessment.lag or 0.0), row.key
