"""Saving the figures of a zone and year as they are typed. Every operation: right, rules, version, state, event."""

from collections.abc import Collection, Iterable, Mapping

from sqlmodel import Session

from accounts.rights import require
from models import Submission, SubmissionValue
from models.enums import Severity, SubmissionAct, SubmissionState
from models.errors import Refused, UnknownId
from models.people import Action, Person
from submissions.edits import EditFailure, Rules, read_rules
from submissions.figures import FigureProblem, Typed, offered
from submissions.record import Draft, Entry, add_step, claimed, number, read_record, state_now, understood

OPEN = frozenset([SubmissionState.DRAFT, SubmissionState.RETURNED])
"""The states in which the zone may still change its figures."""

LONGEST_KEPT = 2000
"""Characters of a cell that are kept as they were typed, whatever they are."""


def read_draft(session: Session, person: Person, zone: str, year: int) -> Draft:
    """What is saved of a zone and year; an empty draft where nothing is. Raises NotAllowed."""
    require(session, person, Action.READ_DRAFTS, zone)
    return read_record(session, zone, year)


def save_draft(
    session: Session, person: Person, zone: str, year: int, version: int, changes: Mapping[str, Entry]
) -> int:
    """Saves cells as they were typed, and their values as far as they are understood; returns the new version.

    `version` is that of the draft they were typed into. Raises NotAllowed, Refused where the zone may not change its
    figures now, UnknownId, and Conflict where somebody else has saved meanwhile; then nothing is saved.
    """
    require(session, person, Action.EDIT_DRAFT, zone)
    rules = read_rules(session)
    for code, entry in changes.items():
        _check_entry(rules, code, entry)
    submission = claimed(session, zone, year, version)
    state = state_now(session, submission)
    if state not in OPEN:
        raise Refused(
            f"The figures of {zone} for {year} are {state.value}: recall them, or ask the reviewer to return them."
        )
    done = {
        code: (_write(session, submission, code, entry, understood(rules, code, entry)), entry)
        for code, entry in changes.items()
    }
    add_step(session, person, submission, SubmissionAct.SAVE, state, changes=done)
    return version + 1


def excused(rules: Rules, draft: Draft) -> list[str]:
    """Statistics that were left empty, or marked by a dash, with a reason."""
    return [
        code
        for code, each in draft.entries.items()
        if code in rules.statistics and each.explanation.strip() and understood(rules, code, each) == Typed(None)
    ]


def unreadable(rules: Rules, draft: Draft) -> dict[str, FigureProblem]:
    """Cells whose figure was not understood, with why."""
    meant = {code: understood(rules, code, draft.entries[code]) for code in rules.statistics if code in draft.entries}
    return {code: each.problem for code, each in meant.items() if each.problem is not None}


def unexplained(failures: Iterable[EditFailure], entries: Mapping[str, Entry]) -> list[EditFailure]:
    """What is still to be seen to: hard edits, and soft ones without an explanation beside the cell."""
    return [
        each
        for each in failures
        if each.severity is Severity.HARD or not entries.get(each.statistics[0], Entry()).explanation.strip()
    ]


def _check_entry(rules: Rules, code: str, entry: Entry) -> None:
    if code not in rules.statistics:
        raise UnknownId("statistic", code)
    units: Collection[str] = [unit.symbol for unit in offered(rules.statistics[code], rules.units)]
    if entry.unit not in units:
        raise Refused(f"{code} cannot be typed in {entry.unit}: choose one of {', '.join(units)}.")
    if max(len(entry.typed), len(entry.explanation)) > LONGEST_KEPT:
        raise Refused(f"The text for {code} is too long to be kept: write at most {LONGEST_KEPT} characters.")


def _write(session: Session, submission: Submission, code: str, entry: Entry, meant: Typed) -> Entry:
    """Puts a cell in its place and returns what stood there."""
    row = session.get(SubmissionValue, (submission.id, code))
    before = Entry(unit=entry.unit) if row is None else Entry(row.typed, row.unit, row.explanation)
    if row is None:
        row = SubmissionValue(submission_id=number(submission), statistic_code=code, unit=entry.unit)
    row.typed, row.unit, row.explanation, row.value = entry.typed, entry.unit, entry.explanation, meant.value
    session.add(row)
    return before
