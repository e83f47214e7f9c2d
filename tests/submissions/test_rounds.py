"""Reporting rounds: who opens and closes them, which zones owe, who is on time, who is missing."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from models import RoundEvent, Submission, SubmissionEvent
from models.calendar import CHINA, day_of, end_of, today
from models.enums import RoundAct, RoundState, SubmissionAct, SubmissionState
from models.errors import Conflict, NotAllowed, Refused, UnknownId
from models.submission import state_of_round
from settings import ROOT
from storage.datafiles import DataFiles, read_data
from storage.engine import unit_of_work
from storage.load import load
from submissions import rounds
from submissions.drafts import save_draft
from submissions.record import Entry
from tests.cast import CAST, CLERK_A, CLERK_B, LEAD_A, OFFICER, PROVINCE, REVIEWER, ZONE_A, ZONE_B, ZONE_C
from tests.submissions.filled import DUE, OPENED, YEAR, round_opened

FILES: DataFiles = read_data(ROOT / "data")[0]


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    load(engine, FILES, demonstration=False)
    with unit_of_work(engine) as opened:
        yield opened


def event(act: RoundAct, opens_on: date) -> RoundEvent:
    return RoundEvent(id=1, round_id=1, actor="r", act=act, opens_on=opens_on, due_on=opens_on)


@pytest.mark.parametrize(
    ("act", "opens_in", "state"),
    [
        (RoundAct.OPEN, 1, RoundState.PLANNED),
        (RoundAct.OPEN, 0, RoundState.OPEN),
        (RoundAct.CHANGE, -1, RoundState.OPEN),
        (RoundAct.CLOSE, -1, RoundState.CLOSED),
        (RoundAct.CLOSE, 1, RoundState.CLOSED),
        (RoundAct.REOPEN, -1, RoundState.OPEN),
    ],
)
def test_the_state_of_a_round_follows_from_its_events_and_the_day(
    act: RoundAct, opens_in: int, state: RoundState
) -> None:
    assert state_of_round([event(act, today() + timedelta(days=opens_in))], today()) is state


def test_only_a_reviewer_of_the_region_opens_changes_and_closes(session: Session) -> None:
    for person in CAST:
        if person != REVIEWER:
            with pytest.raises(NotAllowed):
                rounds.open_round(session, person, PROVINCE, YEAR, OPENED, DUE, [ZONE_A])
    number = round_opened(session)
    for person in (*CAST[:3], OFFICER):
        for act in (
            lambda who: rounds.change_round(session, who, number, OPENED, DUE + timedelta(days=3), "延期"),
            lambda who: rounds.close_round(session, who, number),
            lambda who: rounds.reopen_round(session, who, number, "?"),
            lambda who: rounds.completeness(session, who, number),
        ):
            with pytest.raises(NotAllowed):
                act(person)


def test_a_round_is_changed_closed_and_opened_again_with_words(session: Session) -> None:
    number = round_opened(session)
    later = DUE + timedelta(days=7)
    with pytest.raises(Refused, match="Say why"):
        rounds.change_round(session, REVIEWER, number, OPENED, later, " ")
    with pytest.raises(Refused, match="Neither day"):
        rounds.change_round(session, REVIEWER, number, OPENED, DUE, "延期")
    with pytest.raises(Refused, match="before it opens"):
        rounds.change_round(session, REVIEWER, number, DUE, OPENED, "延期")
    with pytest.raises(Conflict, match="not closed"):
        rounds.reopen_round(session, REVIEWER, number, "两家漏报")
    rounds.change_round(session, REVIEWER, number, OPENED, later, "数据延后发布")
    rounds.close_round(session, REVIEWER, number)
    with pytest.raises(Conflict, match="closed already"):
        rounds.close_round(session, REVIEWER, number)
    with pytest.raises(Refused, match="open it again first"):
        rounds.change_round(session, REVIEWER, number, OPENED, DUE, "?")
    rounds.reopen_round(session, REVIEWER, number, "两家漏报")
    found = rounds.read_round(session, number)
    assert (found.due_on, found.state, found.zones) == (later, RoundState.OPEN, tuple(sorted([ZONE_A, ZONE_B])))
    told = session.exec(select(RoundEvent).order_by(col(RoundEvent.id))).all()
    assert [(each.act, each.words) for each in told] == [
        (RoundAct.OPEN, ""),
        (RoundAct.CHANGE, "数据延后发布"),
        (RoundAct.CLOSE, ""),
        (RoundAct.REOPEN, "两家漏报"),
    ]


def test_odd_rounds_are_refused(session: Session) -> None:
    def opened(zones: list[str], region: str = PROVINCE, due_on: date = DUE) -> int:
        with session.begin_nested():
            return rounds.open_round(session, REVIEWER, region, YEAR, OPENED, due_on, zones)

    for zones, words in (([], "Choose the zones"), ([ZONE_C], "is no zone"), ([PROVINCE], "is no zone")):
        with pytest.raises(Refused, match=words):
            opened(zones)
    with pytest.raises(Refused, match="before it opens"):
        opened([ZONE_A], due_on=OPENED - timedelta(days=1))
    with pytest.raises(UnknownId):
        rounds.read_round(session, 7)
    opened([ZONE_A])
    with pytest.raises(Refused, match="is asked for"):
        opened([ZONE_A, ZONE_B])
    with pytest.raises(Conflict, match="has a round"):
        opened([ZONE_B])
    with pytest.raises(Refused, match="is asked for"):
        opened([ZONE_A], region="130600")


def test_each_sees_the_rounds_that_concern_them(session: Session) -> None:
    number = rounds.open_round(session, REVIEWER, PROVINCE, YEAR, OPENED, DUE, [ZONE_A])
    seen = {person.login: [each.id for each in rounds.rounds_of(session, person)] for person in CAST}
    assert {login for login, found in seen.items() if found == [number]} == {"clerk-a", "lead-a", "reviewer"}
    assert seen[CLERK_B.login] == []


def add(session: Session, zone: str, act: SubmissionAct, state: SubmissionState, at: datetime) -> None:
    """A step as if it had been taken at another time."""
    found = session.exec(select(Submission).where(Submission.zone_code == zone)).one()
    session.add(SubmissionEvent(submission_id=found.id or 0, actor="x", act=act, to_state=state, at=at))
    session.flush()


def test_how_far_each_zone_is_and_who_is_late(session: Session) -> None:
    number = round_opened(session, today() - timedelta(days=20), today() - timedelta(days=5))
    due = today() - timedelta(days=5)
    before, after = end_of(due), end_of(due) + timedelta(seconds=1)

    def found(zone: str) -> rounds.Standing:
        return next(each for each in rounds.completeness(session, REVIEWER, number) if each.zone == zone)

    assert (found(ZONE_A).state, found(ZONE_A).missing, found(ZONE_A).late) == (None, True, True)
    save_draft(session, CLERK_A, ZONE_A, YEAR, 0, {"exports": Entry("5", "千元")})
    save_draft(session, CLERK_B, ZONE_B, YEAR, 0, {"exports": Entry("5", "千元")})
    assert (found(ZONE_A).state, found(ZONE_A).missing) == (SubmissionState.DRAFT, True)
    add(session, ZONE_A, SubmissionAct.SUBMIT, SubmissionState.SUBMITTED, before)
    add(session, ZONE_B, SubmissionAct.SUBMIT, SubmissionState.SUBMITTED, after)
    assert (found(ZONE_A).missing, found(ZONE_A).late) == (False, False)
    assert (found(ZONE_B).missing, found(ZONE_B).late) == (False, True)
    add(session, ZONE_A, SubmissionAct.RETURN, SubmissionState.RETURNED, after)
    assert (found(ZONE_A).missing, found(ZONE_A).late) == (False, False), "it was handed in on time for the first time"
    add(session, ZONE_B, SubmissionAct.RECALL, SubmissionState.DRAFT, after)
    assert (found(ZONE_B).missing, found(ZONE_B).late) == (True, True)


def test_the_list_is_in_the_order_of_the_codes(session: Session) -> None:
    number = rounds.open_round(
        session, REVIEWER, PROVINCE, YEAR, OPENED, DUE, sorted({ZONE_A, ZONE_B, "shijiazhuang", "chengde"})
    )
    assert [each.zone for each in rounds.completeness(session, REVIEWER, number)] == sorted(
        [ZONE_A, ZONE_B, "shijiazhuang", "chengde"]
    )
    assert rounds.round_of_zone(session, ZONE_A, YEAR) is not None
    assert rounds.round_of_zone(session, ZONE_A, YEAR + 1) is None


def test_a_day_ends_at_midnight_in_china() -> None:
    evening = datetime(2026, 3, 31, 23, 59, 59, tzinfo=CHINA)
    assert day_of(evening) == date(2026, 3, 31)
    assert day_of(evening + timedelta(seconds=1)) == date(2026, 4, 1)
    assert end_of(date(2026, 3, 31)) > evening
    assert day_of(end_of(date(2026, 3, 31))) == date(2026, 3, 31)


def test_a_lead_reads_the_day_that_is_due(session: Session) -> None:
    round_opened(session)
    (found,) = rounds.rounds_of(session, LEAD_A)
    assert found.due_on == DUE and found.zones == tuple(sorted([ZONE_A, ZONE_B]))
    assert len(found.events) == 1
