"""What is on record of a submission, and the one way in which a step is added to it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from models import Submission, SubmissionEvent, SubmissionValue
from models.enums import SubmissionAct, SubmissionState
from models.errors import Conflict, UnknownId
from models.people import Person
from models.submission import state_of
from submissions.edits import Rules
from submissions.figures import Typed, parse


@dataclass(frozen=True, slots=True)
class Entry:
    """One cell of the form: what was typed, in which unit, and the explanation beside it."""

    typed: str = ""
    unit: str = ""
    explanation: str = ""

    @property
    def plain(self) -> list[str]:
        """As an event keeps it."""
        return [self.typed, self.unit, self.explanation]


@dataclass(frozen=True)
class Draft:
    """The figures of one zone and year. `version` counts saves and steps; 0 where there is nothing yet."""

    zone: str
    year: int
    version: int = 0
    state: SubmissionState = SubmissionState.DRAFT
    entries: dict[str, Entry] = field(default_factory=dict)
    values: dict[str, Decimal | None] = field(default_factory=dict)
    events: tuple[SubmissionEvent, ...] = ()

    @property
    def last_saved_by(self) -> str:
        """The login of whoever typed last."""
        return next((each.actor for each in reversed(self.events) if each.act is SubmissionAct.SAVE), "")

    def last(self, *acts: SubmissionAct) -> SubmissionEvent | None:
        """The last step of some kinds."""
        return next((each for each in reversed(self.events) if each.act in acts), None)


def read_record(session: Session, zone: str, year: int) -> Draft:
    """All that is saved of a zone and year, whoever asks; an empty draft where nothing is."""
    found = find(session, zone, year)
    if found is None:
        return Draft(zone, year)
    rows = session.exec(select(SubmissionValue).where(SubmissionValue.submission_id == found.id)).all()
    events = events_of(session, found)
    return Draft(
        zone,
        year,
        found.row_version,
        state_of(events),
        {row.statistic_code: Entry(row.typed, row.unit, row.explanation) for row in rows},
        {row.statistic_code: row.value for row in rows},
        tuple(events),
    )


def entries_at(events: Iterable[SubmissionEvent]) -> dict[str, Entry]:
    """The cells as some first events left them."""
    found: dict[str, Entry] = {}
    for event in events:
        found |= {code: Entry(*after) for code, (_, after) in json.loads(event.changes).items()}
    return found


def understood(rules: Rules, code: str, entry: Entry) -> Typed:
    """What a cell means: its value in the stored unit, or why it has none."""
    statistic = rules.statistics[code]
    return parse(entry.typed, statistic, rules.units[entry.unit], rules.units)


def find(session: Session, zone: str, year: int) -> Submission | None:
    """The submission of a zone and year, if there is one."""
    return session.exec(select(Submission).where(Submission.zone_code == zone, Submission.year == year)).first()


def found(session: Session, zone: str, year: int) -> Submission:
    """The submission of a zone and year; raises UnknownId."""
    known = find(session, zone, year)
    if known is None:
        raise UnknownId("submission", f"{zone}/{year}")
    return known


def number(submission: Submission) -> int:
    """The id of a submission that is on record."""
    assert submission.id is not None
    return submission.id


def events_of(session: Session, submission: Submission) -> list[SubmissionEvent]:
    """Its steps, in the order they happened."""
    query = select(SubmissionEvent).where(SubmissionEvent.submission_id == submission.id)
    return list(session.exec(query.order_by(col(SubmissionEvent.id))))


def state_now(session: Session, submission: Submission) -> SubmissionState:
    """The state that its last step left it in: without reading all that were before."""
    query = select(SubmissionEvent).where(SubmissionEvent.submission_id == submission.id)
    last = session.exec(query.order_by(col(SubmissionEvent.id).desc()).limit(1)).all()
    return state_of(last)


def claimed(session: Session, zone: str, year: int, version: int) -> Submission:
    """The submission, its version raised in the same step that sees whether it is still the one that was read.

    Raises Conflict where it is not; of several who come at once, one goes on.
    """
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
    return found(session, zone, year)


def _stale(zone: str, year: int) -> Conflict:
    return Conflict(
        f"The figures of {zone} for {year} were changed by somebody else meanwhile, so nothing was saved: "
        "look at what changed, then save again."
    )


def add_step(
    session: Session,
    person: Person,
    submission: Submission,
    act: SubmissionAct,
    to_state: SubmissionState,
    *,
    at: datetime | None = None,
    words: str = "",
    changes: Mapping[str, tuple[Entry, Entry]] | None = None,
    reasons: Mapping[str, str] | None = None,
) -> None:
    """Appends an event. `changes` holds the cells before and after."""
    told = {code: [before.plain, after.plain] for code, (before, after) in (changes or {}).items() if before != after}
    event = SubmissionEvent(
        submission_id=number(submission),
        actor=person.login,
        act=act,
        to_state=to_state,
        words=words,
        changes=json.dumps(told, ensure_ascii=False, sort_keys=True),
        reasons=json.dumps(dict(reasons or {}), ensure_ascii=False, sort_keys=True),
    )
    if at is not None:
        event.at = at
    session.add(event)
    session.flush()
