"""The steps of a submission after it was typed. One shape each: on record? permitted? latest copy? right state? append.

draft -> submitted -> approved; submitted -> returned -> submitted; approved -> returned by reopening.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from sqlmodel import Session, col, select

from accounts.rights import require
from models import Submission, SubmissionEvent
from models.columns import now
from models.enums import RoundState, Severity, SubmissionAct, SubmissionState
from models.errors import Conflict, Refused
from models.people import Action, Person
from models.submission import state_of
from storage.load import raise_version
from storage.observations import Approved, append_approved
from submissions.drafts import excused, unexplained, unreadable
from submissions.edits import EditFailure, Rules, check, read_background, read_rules
from submissions.record import (
    Draft,
    Entry,
    add_step,
    claimed,
    entries_at,
    events_of,
    found,
    number,
    read_record,
    understood,
)
from submissions.rounds import round_of_zone

State: TypeAlias = SubmissionState
Act: TypeAlias = SubmissionAct
RIGHT = {
    Act.SUBMIT: Action.SUBMIT,
    Act.RECALL: Action.SUBMIT,
    Act.OPEN: Action.REVIEW,
    Act.RETURN: Action.REVIEW,
    Act.APPROVE: Action.REVIEW,
    Act.REOPEN: Action.REVIEW,
}
"""The right that each step asks for."""

FROM = {
    Act.SUBMIT: frozenset([State.DRAFT, State.RETURNED]),
    Act.RECALL: frozenset([State.SUBMITTED]),
    Act.OPEN: frozenset([State.SUBMITTED]),
    Act.RETURN: frozenset([State.SUBMITTED]),
    Act.APPROVE: frozenset([State.SUBMITTED]),
    Act.REOPEN: frozenset([State.APPROVED]),
}
"""The states that each step may be taken in."""


@dataclass(frozen=True)
class Checked:
    """Figures with everything the rules say of them: what blocks, and what was explained."""

    draft: Draft
    failures: tuple[EditFailure, ...]
    unread: frozenset[str]

    @property
    def flags(self) -> tuple[EditFailure, ...]:
        """Soft edits that fail: what a reviewer looks at."""
        return tuple(each for each in self.failures if each.severity is Severity.SOFT)

    @property
    def open(self) -> int:
        """How many cells are still to be corrected or explained."""
        return len(self.unread) + len(unexplained(self.failures, self.draft.entries))


def checked(session: Session, rules: Rules, draft: Draft) -> Checked:
    """Holds figures against the edits, last year's values and what zones have reported."""
    background = read_background(session, rules, draft.zone, draft.year)
    failures = check(rules, draft.values, background.last_year, background.ranges, excused(rules, draft))
    return Checked(draft, tuple(failures), frozenset(unreadable(rules, draft)))


def read_submitted(session: Session, person: Person, zone: str, year: int) -> Draft:
    """The figures as they were last handed in; what the zone types since then is not shown. Raises NotAllowed, and
    Refused where nothing is handed in."""
    require(session, person, Action.READ_SUBMITTED, zone)
    record = read_record(session, zone, year)
    if record.state in (State.SUBMITTED, State.APPROVED):
        return record
    handed_in = record.last(Act.SUBMIT)
    if handed_in is None or record.state is State.DRAFT:
        raise Refused(f"{zone} has not handed in its figures for {year}: there is nothing to review yet.")
    rules, until = read_rules(session), record.events.index(handed_in) + 1
    entries = {code: each for code, each in entries_at(record.events[:until]).items() if code in rules.statistics}
    values = {code: understood(rules, code, each).value for code, each in entries.items()}
    return Draft(zone, year, record.version, record.state, entries, values, record.events)


def latest_submission(session: Session, person: Person, zone: str) -> Draft | None:
    """The zone's submission of the latest year that was handed in; None where there is none yet. Raises NotAllowed."""
    require(session, person, Action.READ_SUBMITTED, zone)
    years = select(Submission.year).where(Submission.zone_code == zone).order_by(col(Submission.year).desc())
    records = (read_record(session, zone, year) for year in session.exec(years).all())
    return next((each for each in records if each.last(Act.SUBMIT)), None)


def submit(session: Session, person: Person, zone: str, year: int, version: int, words: str = "") -> int:
    """Hands the figures in; the new version comes back.

    Raises NotAllowed, Conflict, and Refused where something is still to be corrected or explained, or no round that
    the zone belongs to is open. What was returned may be handed in again after the round is closed.
    """
    submission, events = _begin(session, person, Act.SUBMIT, zone, year, version)
    if state_of(events) is State.DRAFT:
        _require_round(session, zone, year)
    draft = read_record(session, zone, year)
    waiting = checked(session, read_rules(session), draft).open
    if waiting:
        raise Refused(
            f"{waiting} cells are still to be filled in, corrected or explained: "
            "see the list, each line leads to its cell."
        )
    before = entries_at(_until(events, Act.SUBMIT))
    changes = {code: (before.get(code, Entry(unit=each.unit)), each) for code, each in draft.entries.items()}
    add_step(session, person, submission, Act.SUBMIT, State.SUBMITTED, words=words.strip(), changes=changes)
    return version + 1


def recall(session: Session, person: Person, zone: str, year: int, version: int) -> int:
    """Takes the figures back to go on typing, as long as no reviewer has opened them."""
    submission, events = _begin(session, person, Act.RECALL, zone, year, version)
    if events[-1].act is Act.OPEN:
        raise Refused(
            f"{events[-1].actor} has opened the figures of {zone} for {year} to review them: "
            "ask them to return what is to be changed."
        )
    before = state_of(_until(events, Act.SUBMIT)[:-1])
    add_step(session, person, submission, Act.RECALL, before)
    return version + 1


def open_for_review(session: Session, person: Person, zone: str, year: int, version: int) -> int:
    """Notes that a reviewer looks at the figures now, which ends the time for a recall; once is enough."""
    submission, _ = _begin(session, person, Act.OPEN, zone, year, version)
    add_step(session, person, submission, Act.OPEN, State.SUBMITTED)
    return version + 1


def give_back(
    session: Session, person: Person, zone: str, year: int, version: int, words: str, reasons: Mapping[str, str]
) -> int:
    """Returns the figures with reasons: in `words` for all of them, in `reasons` for single cells. One is needed."""
    submission, _ = _begin(session, person, Act.RETURN, zone, year, version)
    said = _reasons(session, words, reasons)
    add_step(session, person, submission, Act.RETURN, State.RETURNED, words=words.strip(), reasons=said)
    return version + 1


def approve(session: Session, person: Person, zone: str, year: int, version: int, words: str = "") -> int:
    """Approves the figures: they become observations, and every screen judges by them. Who handed them in may not."""
    # First of all: what is approved at the same time, or put into a numbered report, has its moment before or after.
    raise_version(session)
    submission, events = _begin(session, person, Act.APPROVE, zone, year, version)
    handed_in = next(each for each in reversed(events) if each.act is Act.SUBMIT)
    if handed_in.actor == person.login:
        raise Refused(f"{person.login} has handed these figures in and cannot approve them too: another reviewer may.")
    rules, draft, at = read_rules(session), read_record(session, zone, year), now()
    figures = {
        code: Approved(draft.values.get(code), _printed(rules, draft.entries.get(code))) for code in rules.statistics
    }
    add_step(session, person, submission, Act.APPROVE, State.APPROVED, at=at, words=words.strip())
    append_approved(session, zone, year, number(submission), figures, at)
    return version + 1


def reopen(session: Session, person: Person, zone: str, year: int, version: int, words: str) -> int:
    """Sends approved figures back with a reason. Their values stay in force until a revision is approved."""
    submission, _ = _begin(session, person, Act.REOPEN, zone, year, version)
    said = _reasons(session, words, {})
    add_step(session, person, submission, Act.REOPEN, State.RETURNED, words=words.strip(), reasons=said)
    return version + 1


def approve_unflagged(session: Session, person: Person, year: int, versions: Mapping[str, int]) -> None:
    """Approves the figures of several zones, given with the version that was looked at, all of them or none.

    Raises Refused where one of them has something flagged: that one is looked at by itself.
    """
    rules = read_rules(session)
    for zone, version in versions.items():
        require(session, person, Action.REVIEW, zone)
        flags = checked(session, rules, read_record(session, zone, year)).flags
        if flags:
            raise Refused(f"{zone} has {len(flags)} explained edits for {year}: look at them and approve it by itself.")
        approve(session, person, zone, year, version)


def _begin(
    session: Session, person: Person, act: Act, zone: str, year: int, version: int
) -> tuple[Submission, list[SubmissionEvent]]:
    """What every step begins with: the right, a submission on record, the latest copy, a state that fits."""
    require(session, person, RIGHT[act], zone)
    found(session, zone, year)
    submission = claimed(session, zone, year, version)
    events = events_of(session, submission)
    state = state_of(events)
    if state not in FROM[act]:
        raise Conflict(
            f"The figures of {zone} for {year} are {state.value} by now, so this cannot be done: look at them again."
        )
    return submission, events


def _until(events: list[SubmissionEvent], act: Act) -> list[SubmissionEvent]:
    """The events up to the last one of a kind; none where it never happened."""
    at = max((position for position, each in enumerate(events) if each.act is act), default=-1)
    return events[: at + 1]


def _require_round(session: Session, zone: str, year: int) -> None:
    round_ = round_of_zone(session, zone, year)
    if round_ is None:
        raise Refused(
            f"No reporting round asks {zone} for its figures of {year}: the reviewer of the region opens one."
        )
    if round_.state is RoundState.PLANNED:
        raise Refused(f"The reporting round for {year} opens on {round_.opens_on}: hand the figures in from that day.")
    if round_.state is RoundState.CLOSED:
        raise Refused(f"The reporting round for {year} is closed: ask the reviewer of the region to open it again.")


def _reasons(session: Session, words: str, reasons: Mapping[str, str]) -> dict[str, str]:
    """What is said of single cells; raises Refused where nothing at all is said, or of a cell that is none."""
    said = {code: each.strip() for code, each in reasons.items() if each.strip()}
    if not said and not words.strip():
        raise Refused("Say why it goes back: of all figures, or of single cells.")
    unknown = sorted(said.keys() - read_rules(session).statistics.keys())
    if unknown:
        raise Refused(f"There is no statistic {unknown[0]} in the form: give a reason for one of its cells.")
    return said


def _printed(rules: Rules, entry: Entry | None) -> str:
    """A figure as it was typed, with its unit."""
    if entry is None or not entry.typed.strip():
        return ""
    return f"{entry.typed.strip()} {rules.units[entry.unit].zh}".strip()
