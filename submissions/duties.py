"""What waits for a person in the year's reporting: figures to type, submissions to review, and how far a round is."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from accounts.rights import may, parents_of_places
from models.calendar import day_of, today
from models.enums import RoundState, SubmissionAct, SubmissionState
from models.people import Action, Person
from submissions.acts import checked
from submissions.edits import read_rules
from submissions.record import read_record
from submissions.rounds import Round, Standing, all_rounds, standing


@dataclass(frozen=True, slots=True)
class ToReport:
    """A zone that owes its figures: until when, how much is filled in, how much is still open, and why it came back."""

    zone: str
    year: int
    due_on: date
    state: SubmissionState
    filled: int
    of: int
    open: int
    returned: str

    @property
    def days(self) -> int:
        """Days until it is due; below 0 where that day is over."""
        return (self.due_on - today()).days


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A zone that handed in its figures for a running round: how far they are, and by whose last step, when."""

    zone: str
    year: int
    state: SubmissionState
    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Waiting:
    """A submission that waits for a reviewer, since how many days."""

    zone: str
    year: int
    days: int
    late: bool


@dataclass(frozen=True)
class Progress:
    """How far the zones of a round are, in numbers: no figure of any zone is in it. None counts those not started."""

    round: Round
    counts: dict[SubmissionState | None, int]
    late: int


def to_report(session: Session, person: Person) -> list[ToReport]:
    """What a clerk or lead has to do: their zones in open rounds that are not handed in."""
    mine = _own(session, person)
    rules = read_rules(session) if mine else None
    found = []
    for each, zone in mine:
        record = read_record(session, zone, each.year)
        if rules is None or record.state not in (SubmissionState.DRAFT, SubmissionState.RETURNED):
            continue
        back = record.last(SubmissionAct.RETURN, SubmissionAct.REOPEN)
        filled = sum(record.values.get(code) is not None for code in rules.statistics)
        words = back.words if back and record.state is SubmissionState.RETURNED else ""
        still_open = checked(session, rules, record).open
        found.append(
            ToReport(zone, each.year, each.due_on, record.state, filled, len(rules.statistics), still_open, words)
        )
    return sorted(found, key=lambda each: (each.due_on, each.zone))


def handed_in(session: Session, person: Person) -> list[HandedIn]:
    """What became of the figures of a clerk's or lead's zones in open rounds, the latest step first."""
    found = []
    for each, zone in _own(session, person):
        now = standing(session, each, zone)
        if now.state in (SubmissionState.SUBMITTED, SubmissionState.APPROVED) and now.last_step is not None:
            step = now.last_step
            found.append(HandedIn(zone, each.year, now.state, step.actor, step.at))
    return sorted(found, key=lambda each: (each.at, each.zone), reverse=True)


def _own(session: Session, person: Person) -> list[tuple[Round, str]]:
    """The open rounds with each zone of theirs that a person enters figures for."""
    parents = parents_of_places(session)
    return [
        (each, zone)
        for each in all_rounds(session)
        if each.state is RoundState.OPEN
        for zone in each.zones
        if may(person, Action.EDIT_DRAFT, zone, parents)
    ]


def to_review(session: Session, person: Person) -> list[Waiting]:
    """The submissions that a reviewer decides on, the one that waits longest first."""
    parents = parents_of_places(session)
    found = []
    for each in all_rounds(session):
        for zone in each.zones:
            if not may(person, Action.REVIEW, zone, parents):
                continue
            now = standing(session, each, zone)
            if now.state is SubmissionState.SUBMITTED and now.last_step is not None:
                since = now.last_step.at if now.last_step.act is SubmissionAct.SUBMIT else now.handed_in
                days = (today() - day_of(since or now.last_step.at)).days
                found.append(Waiting(zone, each.year, days, now.late))
    return sorted(found, key=lambda each: (-each.days, each.zone))


def progress(session: Session, person: Person) -> list[Progress]:
    """How far the running rounds are that a person may hear of: of the regions whose approved values they read."""
    parents = parents_of_places(session)
    found = []
    for each in all_rounds(session):
        if each.state is RoundState.OPEN and may(person, Action.READ_APPROVED, each.region, parents):
            zones: list[Standing] = [standing(session, each, zone) for zone in each.zones]
            counts = Counter(zone.state for zone in zones)
            states = (None, *SubmissionState)
            found.append(Progress(each, {state: counts[state] for state in states}, sum(z.late for z in zones)))
    return found
