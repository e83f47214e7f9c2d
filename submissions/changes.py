"""What is different in reported figures, cell by cell, against what was approved or returned before."""

from dataclasses import dataclass
from decimal import Decimal

from models import SubmissionEvent
from models.enums import SubmissionAct
from submissions.edits import Rules
from submissions.record import Draft, Entry, entries_at, understood


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell before and after, with what each means in the stored unit."""

    code: str
    before: Entry
    after: Entry
    value_before: Decimal | None
    value_after: Decimal | None


def since(rules: Rules, draft: Draft, *acts: SubmissionAct) -> list[CellChange] | None:
    """What changed since the last step of some kinds, in the order of the form; None where there was no such step."""
    step = _last(draft.events, acts)
    if step is None:
        return None
    before = entries_at(draft.events[: step + 1])
    found = []
    for code in rules.statistics:
        unit = (draft.entries.get(code) or before.get(code) or Entry(unit=rules.statistics[code].unit)).unit
        old, new = before.get(code, Entry(unit=unit)), draft.entries.get(code, Entry(unit=unit))
        if old != new:
            values = [understood(rules, code, each).value for each in (old, new)]
            found.append(CellChange(code, old, new, values[0], values[1]))
    return found


def _last(events: tuple[SubmissionEvent, ...], acts: tuple[SubmissionAct, ...]) -> int | None:
    return max((at for at, each in enumerate(events) if each.act in acts), default=None)
