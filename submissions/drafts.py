"""Saving the figures of a zone and year as they are typed. Every operation: right, rules, version, state, event."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from accounts.rights import require
from models import Submission, SubmissionEvent, SubmissionValue
from models.enums import Severity, SubmissionState
from models.errors import Conflict, Refused, UnknownId
from models.people import Action, Person
from models.submission import state_of
from submissions.edits import EditFailure, Rules, read_rules
from submissions.figures import FigureProblem, Typed, offered, parse

OPEN = frozenset([SubmissionState.DRAFT, SubmissionState.RETURNED])
"""The states in which the zone may still change its figures."""

LONGEST_KEPT = 2000
"""Characters of a cell that are kept as they were typed, whatever they are."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One cell of the form: what was typed, in which unit, and the explanation beside it."""

    typed: str = ""
    unit: str = ""
    explanation: str = ""


@dataclass(frozen=True)
class Draft:
    """The figures of one zone and year as they are saved. `version` counts saves; 0 where there is none yet."""

    zone: str
    year: int
    version: int = 0
    state: SubmissionState = SubmissionState.DRAFT
    entries: dict[str, Entry] = field(default_factory=dict)
    values: dict[str, Decimal | None] = field(default_factory=dict)
    last_saved_by: str = ""


def read_draft(session: Session, person: Person, zone: str, year: int) -> Draft:
    """What is saved of a zone and year; an empty draft where nothing is. Raises NotAllowed."""
    require(session, person, Action.READ_DRAFTS, zone)
    found = _submission(session, zone, year)
    if found is None:
        return Draft(zone, year)
    rows = session.exec(select(SubmissionValue).where(SubmissionValue.submission_id == found.id)).all()
    events = _events(session, found)
    return Draft(
        zone,
        year,
        found.row_version,
        state_of(events),
        {row.statistic_code: Entry(row.typed, row.unit, row.explanation) for row in rows},
        {row.statistic_code: row.value for row in rows},
        events[-1].actor if events else "",
    )


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
    submission = _claimed(session, zone, year, version)
    state = state_of(_events(session, submission))
    if state not in OPEN:
        raise Refused(
            f"The figures of {zone} for {year} are {state.value}: recall them, or ask the reviewer to return them."
        )
    before = {
        code: _write(session, submission, code, entry, understood(rules, code, entry))
        for code, entry in changes.items()
    }
    told = {code: [_plain(before[code]), _plain(entry)] for code, entry in changes.items() if before[code] != entry}
    session.add(
        SubmissionEvent(
            submission_id=_id(submission),
            actor=person.login,
            to_state=state,
            changes=json.dumps(told, ensure_ascii=False, sort_keys=True),
        )
    )
    session.flush()
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


def understood(rules: Rules, code: str, entry: Entry) -> Typed:
    """What a cell means: its value in the stored unit, or why it has none."""
    statistic = rules.statistics[code]
    return parse(entry.typed, statistic, rules.units[entry.unit], rules.units)


def _check_entry(rules: Rules, code: str, entry: Entry) -> None:
    if code not in rules.statistics:
        raise UnknownId("statistic", code)
    units = [unit.symbol for unit in offered(rules.statistics[code], rules.units)]
    if entry.unit not in units:
        raise Refused(f"{code} cannot be typed in {entry.unit}: choose one of {', '.join(units)}.")
    if max(len(entry.typed), len(entry.explanation)) > LONGEST_KEPT:
        raise Refused(f"The text for {code} is too long to be kept: write at most {LONGEST_KEPT} characters.")


def _submission(session: Session, zone: str, year: int) -> Submission | None:
    return session.exec(select(Submission).where(Submission.zone_code == zone, Submission.year == year)).first()


def _id(submission: Submission) -> int:
    assert submission.id is not None
    return submission.id


def _events(session: Session, submission: Submission) -> list[SubmissionEvent]:
    query = select(SubmissionEvent).where(SubmissionEvent.submission_id == submission.id)
    return list(session.exec(query.order_by(col(SubmissionEvent.id))))


def _claimed(session: Session, zone: str, year: int, version: int) -> Submission:
    """The submission, its version raised in the same step that sees whether it is still the one that was read."""
    if version == 0:
        try:
            with session.begin_nested():
                made = Submission(zone_code=zone, year=year)
                session.add(made)
        except IntegrityError:
            raise _stale(zone, year) from None
        return made
    claim = (
        update(Submission)
        .where(col(Submission.zone_code) == zone, col(Submission.year) == year, col(Submission.row_version) == version)
        .values(row_version=version + 1)
    )
    if session.execute(claim).rowcount != 1:  # type: ignore[attr-defined]
        raise _stale(zone, year)
    found = _submission(session, zone, year)
    assert found is not None
    return found


def _stale(zone: str, year: int) -> Conflict:
    return Conflict(
        f"The figures of {zone} for {year} were changed by somebody else meanwhile, so nothing was saved: "
        "look at what changed, then save again."
    )


def _write(session: Session, submission: Submission, code: str, entry: Entry, meant: Typed) -> Entry:
    """Puts a cell in its place and returns what stood there."""
    row = session.get(SubmissionValue, (submission.id, code))
    before = Entry(unit=entry.unit) if row is None else Entry(row.typed, row.unit, row.explanation)
    if row is None:
        row = SubmissionValue(submission_id=_id(submission), statistic_code=code, unit=entry.unit)
    row.typed, row.unit, row.explanation, row.value = entry.typed, entry.unit, entry.explanation, meant.value
    session.add(row)
    return before


def _plain(entry: Entry) -> list[str]:
    return [entry.typed, entry.unit, entry.explanation]
