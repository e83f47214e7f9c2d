"""What people hear of: of their own zones and regions, once, and not of what they did themselves."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from models.calendar import today
from models.columns import now
from models.people import Person
from settings import ROOT
from storage.datafiles import DataFiles, read_data
from storage.engine import unit_of_work
from storage.load import load
from submissions import acts
from submissions.notices import NoticeKind, mark_read, notices, unread
from submissions.rounds import change_round, close_round, reopen_round
from tests.cast import ADMIN, CAST, CLERK_A, CLERK_B, LEAD_A, OFFICER, REVIEWER, VIEWER, ZONE_A, ZONE_B
from tests.submissions.conftest import Reported
from tests.submissions.filled import DUE, OPENED, YEAR, handed_in, round_opened

FILES: DataFiles = read_data(ROOT / "data")[0]
K = NoticeKind


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    load(engine, FILES, demonstration=False)
    with unit_of_work(engine) as opened:
        yield opened


@pytest.fixture
def figures(reported: Reported) -> dict[str, Decimal]:
    return dict(reported[(ZONE_A, YEAR)])


def kinds(session: Session, person: Person, at: datetime | None = None) -> list[NoticeKind]:
    return [each.kind for each in reversed(notices(session, person, at))]


def test_each_step_is_told_to_the_other_side(session: Session, figures: dict[str, Decimal]) -> None:
    version = handed_in(session, figures)
    assert kinds(session, REVIEWER) == [K.HANDED_IN]
    version = acts.recall(session, LEAD_A, ZONE_A, YEAR, version)
    version = acts.submit(session, LEAD_A, ZONE_A, YEAR, version)
    version = acts.give_back(session, REVIEWER, ZONE_A, YEAR, version, "请核对", {})
    version = acts.submit(session, LEAD_A, ZONE_A, YEAR, version)
    version = acts.approve(session, REVIEWER, ZONE_A, YEAR, version)
    acts.reopen(session, REVIEWER, ZONE_A, YEAR, version, "年报更正")
    assert kinds(session, CLERK_A) == [K.ROUND_OPENED, K.RETURNED, K.APPROVED, K.REOPENED]
    assert kinds(session, LEAD_A) == kinds(session, CLERK_A)
    assert kinds(session, REVIEWER) == [K.HANDED_IN, K.RECALLED, K.HANDED_IN, K.HANDED_IN]
    assert [each.words for each in notices(session, CLERK_A)][:2] == ["年报更正", ""]
    assert kinds(session, CLERK_B) == [K.ROUND_OPENED]
    for person in (OFFICER, VIEWER, ADMIN):
        assert kinds(session, person) == []


def test_rounds_are_told_to_the_zones_that_owe(session: Session) -> None:
    number = round_opened(session)
    change_round(session, REVIEWER, number, OPENED, DUE + timedelta(days=3), "延期")
    close_round(session, REVIEWER, number)
    reopen_round(session, REVIEWER, number, "补报")
    assert kinds(session, CLERK_B) == [K.ROUND_OPENED, K.ROUND_CHANGED, K.ROUND_CLOSED, K.ROUND_OPENED]
    assert {each.zone for each in notices(session, CLERK_B)} == {ZONE_B}
    assert kinds(session, REVIEWER) == [], "the reviewer did it"


@pytest.mark.parametrize(
    ("days", "expected"),
    [(8, []), (7, [K.DUE_SOON]), (2, [K.DUE_SOON]), (1, [K.DUE_SOON] * 2), (0, [K.DUE_SOON] * 2), (-1, [K.OVERDUE])],
)
def test_what_is_due_is_told_seven_days_and_one_day_before_and_when_it_is_over(
    session: Session, days: int, expected: list[NoticeKind]
) -> None:
    round_opened(session, today() - timedelta(days=20), today() + timedelta(days=days))
    told = [each for each in kinds(session, CLERK_A) if each is not K.ROUND_OPENED]
    assert told == expected if days >= 0 else told[-1:] == expected


def test_who_has_handed_in_is_not_reminded(session: Session, figures: dict[str, Decimal]) -> None:
    handed_in(session, figures)
    later = now() + timedelta(days=9)
    assert K.DUE_SOON not in kinds(session, CLERK_A, later)
    assert K.DUE_SOON in kinds(session, CLERK_B, later)


def test_what_is_read_is_no_longer_new(session: Session) -> None:
    number = round_opened(session)
    found = notices(session, CLERK_A)
    assert unread(session, CLERK_A, found) == 1
    mark_read(session, CLERK_A, now())
    assert unread(session, CLERK_A, found) == 0
    assert unread(session, LEAD_A, notices(session, LEAD_A)) == 1, "each reads for themselves"
    change_round(session, REVIEWER, number, OPENED, DUE + timedelta(days=3), "延期")
    found = notices(session, CLERK_A)
    assert unread(session, CLERK_A, found) == 1 and found[0].kind is K.ROUND_CHANGED
    mark_read(session, CLERK_A, datetime(2020, 1, 1, tzinfo=UTC))
    assert unread(session, CLERK_A, found) == 1, "reading never goes backwards"


def test_old_notices_are_history_and_keys_are_stable(session: Session) -> None:
    round_opened(session)
    for person in CAST:
        assert [each.key for each in notices(session, person)] == [each.key for each in notices(session, person)]
        keys = [each.key for each in notices(session, person)]
        assert len(keys) == len(set(keys))
    assert K.ROUND_OPENED not in kinds(session, CLERK_A, now() + timedelta(days=91))
