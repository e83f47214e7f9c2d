"""Notices: what happened, or is due, that a person should hear of. They follow from events and rounds; only up to when
somebody has read them is kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from sqlmodel import Session, col, select

from accounts.rights import Parents, may, parents_of_places
from models import NoticesRead, RoundEvent, Submission, SubmissionEvent
from models.calendar import CHINA
from models.columns import now
from models.enums import RoundAct, RoundState, SubmissionAct, SubmissionState
from models.people import Action, Person
from submissions.rounds import Round, all_rounds, standing

KEPT = timedelta(days=90)
"""Older ones are history: the thread of a submission and the audit trail have them."""

DUE_BEFORE = (7, 1)
"""So many days before it is due a zone is reminded."""


class NoticeKind(StrEnum):
    """What a notice is about."""

    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    RETURNED = "returned"
    APPROVED = "approved"
    REOPENED = "reopened"
    HANDED_IN = "handed_in"
    RECALLED = "recalled"
    ROUND_OPENED = "round_opened"
    ROUND_CHANGED = "round_changed"
    ROUND_CLOSED = "round_closed"


OF_ZONE = {
    SubmissionAct.RETURN: NoticeKind.RETURNED,
    SubmissionAct.APPROVE: NoticeKind.APPROVED,
    SubmissionAct.REOPEN: NoticeKind.REOPENED,
}
OF_REVIEWER = {SubmissionAct.SUBMIT: NoticeKind.HANDED_IN, SubmissionAct.RECALL: NoticeKind.RECALLED}
OF_ROUND = {
    RoundAct.OPEN: NoticeKind.ROUND_OPENED,
    RoundAct.REOPEN: NoticeKind.ROUND_OPENED,
    RoundAct.CHANGE: NoticeKind.ROUND_CHANGED,
    RoundAct.CLOSE: NoticeKind.ROUND_CLOSED,
}


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to hear of. `key` is the same whenever it is asked: it says whether it was mailed already."""

    key: str
    kind: NoticeKind
    at: datetime
    zone: str
    year: int
    actor: str = ""
    words: str = ""
    due_on: date | None = None


def notices(session: Session, person: Person, at: datetime | None = None) -> list[Notice]:
    """What a person should hear of, the latest first: of the own zones, and for reviewers of their regions.

    Nobody is told of what they did themselves.
    """
    moment = at or now()
    parents = parents_of_places(session)
    found = [
        *_of_submissions(session, person, parents, moment),
        *_of_rounds(session, person, parents, moment),
    ]
    recent = [each for each in found if moment - KEPT <= each.at <= moment and each.actor != person.login]
    return sorted(recent, key=lambda each: (each.at, each.key), reverse=True)


def unread(session: Session, person: Person, found: list[Notice]) -> int:
    """How many of them are newer than what the person has read."""
    read = session.get(NoticesRead, person.login)
    return sum(read is None or each.at > read.until for each in found)


def mark_read(session: Session, person: Person, until: datetime) -> None:
    """The person has read everything up to a moment."""
    read = session.get(NoticesRead, person.login)
    if read is None:
        session.add(NoticesRead(login=person.login, until=until))
    elif read.until < until:
        read.until = until
    session.flush()


def _of_submissions(session: Session, person: Person, parents: Parents, moment: datetime) -> Iterator[Notice]:
    query = select(SubmissionEvent, Submission).join(Submission).where(SubmissionEvent.at >= moment - KEPT)
    told = [*OF_ZONE, *OF_REVIEWER]
    for event, filed in session.exec(query.where(col(SubmissionEvent.act).in_(told))):
        asked = Action.EDIT_DRAFT if event.act in OF_ZONE else Action.REVIEW
        if may(person, asked, filed.zone_code, parents):
            kind = OF_ZONE.get(event.act) or OF_REVIEWER[event.act]
            key = f"submission-{event.id}"
            yield Notice(key, kind, event.at, filed.zone_code, filed.year, event.actor, event.words)


def _of_rounds(session: Session, person: Person, parents: Parents, moment: datetime) -> Iterator[Notice]:
    for found in all_rounds(session):
        mine = [zone for zone in found.zones if may(person, Action.EDIT_DRAFT, zone, parents)]
        for event in found.events:
            yield from (_of_round_event(found, event, zone) for zone in mine)
        if found.state is RoundState.OPEN:
            for zone in mine:
                yield from _due(session, found, zone, moment)


def _of_round_event(found: Round, event: RoundEvent, zone: str) -> Notice:
    return Notice(
        f"round-{event.id}-{zone}",
        OF_ROUND[event.act],
        event.at,
        zone,
        found.year,
        event.actor,
        event.words,
        event.due_on,
    )


def _due(session: Session, found: Round, zone: str, moment: datetime) -> Iterator[Notice]:
    """Reminders whose day has come, while the zone has not handed in."""
    now_is = standing(session, found, zone)
    if now_is.state not in (None, SubmissionState.DRAFT, SubmissionState.RETURNED):
        return
    for days in DUE_BEFORE:
        yield _reminder(found, zone, NoticeKind.DUE_SOON, found.due_on - timedelta(days=days))
    yield _reminder(found, zone, NoticeKind.OVERDUE, found.due_on + timedelta(days=1))


def _reminder(found: Round, zone: str, kind: NoticeKind, day: date) -> Notice:
    morning = datetime.combine(day, time(0), CHINA)
    return Notice(f"{kind}-{found.id}-{zone}-{day}", kind, morning, zone, found.year, due_on=found.due_on)
