"""Reporting rounds: which zones owe the figures of a year, until when, and how far they are."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from accounts.rights import lineage, may, parents_of_places, require
from models import ReportingRound, RoundEvent, RoundZone, Submission, SubmissionEvent, Zone
from models.calendar import day_of, today
from models.enums import RoundAct, RoundState, SubmissionAct, SubmissionState
from models.errors import Conflict, Refused, UnknownId
from models.people import Action, Person
from models.submission import state_of, state_of_round
from storage.load import raise_version


@dataclass(frozen=True)
class Round:
    """A round as it stands: its region and year, its days, the zones that owe, what was done to it."""

    id: int
    region: str
    year: int
    opens_on: date
    due_on: date
    state: RoundState
    zones: tuple[str, ...]
    events: tuple[RoundEvent, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a zone is in a round. `state` is None where nothing was typed yet."""

    zone: str
    state: SubmissionState | None
    version: int
    handed_in: datetime | None
    """When it was handed in for the first time: that decides whether it was on time."""
    last_step: SubmissionEvent | None
    due_on: date

    @property
    def missing(self) -> bool:
        """Whether the zone has never handed in, or has taken it back."""
        return self.handed_in is None or self.state is SubmissionState.DRAFT

    @property
    def late(self) -> bool:
        """Handed in after the day it was due, or due and not handed in."""
        handed_in = None if self.missing else self.handed_in
        return (day_of(handed_in) if handed_in else today()) > self.due_on


def open_round(
    session: Session,
    person: Person,
    region: str,
    year: int,
    opens_on: date,
    due_on: date,
    zones: Collection[str],
    words: str = "",
) -> int:
    """Asks zones of a region for the figures of a year; the id of the round comes back. Raises NotAllowed, Refused."""
    require(session, person, Action.MANAGE_ROUNDS, region)
    _require_order(opens_on, due_on)
    if not zones:
        raise Refused("Choose the zones that are asked: a round without a zone asks nobody.")
    parents = parents_of_places(session)
    known = set(session.exec(select(Zone.code)))
    for zone in zones:
        if zone not in known or region not in lineage(zone, parents):
            raise Refused(f"{zone} is no zone of {region}: choose zones of the region.")
        other = round_of_zone(session, zone, year)
        if other is not None:
            raise Refused(f"{zone} is asked for {year} already, by the round of {other.region}: leave it out here.")
    made = ReportingRound(region_code=region, year=year, opens_on=opens_on, due_on=due_on)
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError:
        raise Conflict(f"{region} has a round for {year} already: change that one.") from None
    assert made.id is not None
    session.add_all(RoundZone(round_id=made.id, zone_code=zone) for zone in zones)
    _add(session, person, made, RoundAct.OPEN, words)
    return made.id


def change_round(session: Session, person: Person, round_id: int, opens_on: date, due_on: date, words: str) -> None:
    """Gives a round other days, with a reason."""
    row, known = _begin(session, person, round_id)
    if known.state is RoundState.CLOSED:
        raise Refused("The round is closed: open it again first, then change its days.")
    _require_order(opens_on, due_on)
    if (opens_on, due_on) == (known.opens_on, known.due_on):
        raise Refused("Neither day is changed: choose another one, or leave the round as it is.")
    _require_words(words)
    row.opens_on, row.due_on = opens_on, due_on
    _add(session, person, row, RoundAct.CHANGE, words)


def close_round(session: Session, person: Person, round_id: int, words: str = "") -> None:
    """Ends a round: nobody hands in for the first time any more."""
    row, known = _begin(session, person, round_id)
    if known.state is RoundState.CLOSED:
        raise Conflict("The round is closed already.")
    _add(session, person, row, RoundAct.CLOSE, words)


def reopen_round(session: Session, person: Person, round_id: int, words: str) -> None:
    """Opens a closed round again, with a reason."""
    row, known = _begin(session, person, round_id)
    if known.state is not RoundState.CLOSED:
        raise Conflict("The round is not closed.")
    _require_words(words)
    _add(session, person, row, RoundAct.REOPEN, words)


def all_rounds(session: Session) -> list[Round]:
    """Every round, whoever asks; the latest year first."""
    rows = session.exec(select(ReportingRound).order_by(col(ReportingRound.year).desc(), col(ReportingRound.id)))
    return [_round(session, each) for each in rows]


def rounds_of(session: Session, person: Person) -> list[Round]:
    """The rounds of the regions whose submissions a person reads, and of the own zones; the latest first."""
    parents = parents_of_places(session)
    return [
        each
        for each in all_rounds(session)
        if may(person, Action.MANAGE_ROUNDS, each.region, parents)
        or any(may(person, Action.READ_DRAFTS, zone, parents) for zone in each.zones)
    ]


def round_of_zone(session: Session, zone: str, year: int) -> Round | None:
    """The round that asks a zone for its figures of a year."""
    query = select(ReportingRound).join(RoundZone).where(RoundZone.zone_code == zone, ReportingRound.year == year)
    found = session.exec(query).first()
    return _round(session, found) if found else None


def read_round(session: Session, round_id: int) -> Round:
    """A round by its id; raises UnknownId."""
    return _round(session, _row(session, round_id))


def completeness(session: Session, person: Person, round_id: int) -> list[Standing]:
    """How far every zone of a round is, in the order of their codes. Raises NotAllowed: it is the region's list."""
    found = read_round(session, round_id)
    require(session, person, Action.MANAGE_ROUNDS, found.region)
    return [standing(session, found, zone) for zone in found.zones]


def standing(session: Session, found: Round, zone: str) -> Standing:
    """How far one zone of a round is."""
    query = select(Submission).where(Submission.zone_code == zone, Submission.year == found.year)
    submission = session.exec(query).first()
    if submission is None:
        return Standing(zone, None, 0, None, None, found.due_on)
    steps = select(SubmissionEvent).where(SubmissionEvent.submission_id == submission.id)
    events = session.exec(steps.order_by(col(SubmissionEvent.id))).all()
    handed_in = next((each.at for each in events if each.act is SubmissionAct.SUBMIT), None)
    return Standing(zone, state_of(events), submission.row_version, handed_in, events[-1], found.due_on)


def _begin(session: Session, person: Person, round_id: int) -> tuple[ReportingRound, Round]:
    row = _row(session, round_id)
    require(session, person, Action.MANAGE_ROUNDS, row.region_code)
    return row, _round(session, row)


def _row(session: Session, round_id: int) -> ReportingRound:
    row = session.get(ReportingRound, round_id)
    if row is None:
        raise UnknownId("round", str(round_id))
    return row


def _round(session: Session, row: ReportingRound) -> Round:
    assert row.id is not None
    events = session.exec(select(RoundEvent).where(RoundEvent.round_id == row.id).order_by(col(RoundEvent.id))).all()
    zones = session.exec(select(RoundZone.zone_code).where(RoundZone.round_id == row.id)).all()
    state = state_of_round(events, today())
    return Round(
        row.id, row.region_code, row.year, row.opens_on, row.due_on, state, tuple(sorted(zones)), tuple(events)
    )


def _add(session: Session, person: Person, row: ReportingRound, act: RoundAct, words: str) -> None:
    assert row.id is not None
    session.add(row)
    session.add(
        RoundEvent(
            round_id=row.id,
            actor=person.login,
            act=act,
            opens_on=row.opens_on,
            due_on=row.due_on,
            words=words.strip(),
        )
    )
    raise_version(session)
    session.flush()


def _require_order(opens_on: date, due_on: date) -> None:
    if due_on < opens_on:
        raise Refused(f"The round would be due on {due_on}, before it opens on {opens_on}: change one of the days.")


def _require_words(words: str) -> None:
    if not words.strip():
        raise Refused("Say why in a few words: the zones read it.")
