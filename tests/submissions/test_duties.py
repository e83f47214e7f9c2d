"""What waits for whom, and how far the rounds are."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from models.calendar import today
from models.enums import SubmissionState
from settings import ROOT
from storage.datafiles import DataFiles, read_data
from storage.engine import unit_of_work
from storage.load import load
from submissions import acts, duties
from submissions.drafts import save_draft
from submissions.duties import progress, to_report, to_review
from submissions.record import Entry
from submissions.rounds import close_round
from tests.cast import ADMIN, CAST, CLERK_A, CLERK_B, LEAD_A, OFFICER, REVIEWER, VIEWER, ZONE_A, ZONE_B
from tests.submissions.conftest import Reported
from tests.submissions.filled import DUE, YEAR, handed_in, round_opened

FILES: DataFiles = read_data(ROOT / "data")[0]


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    load(engine, FILES, demonstration=False)
    with unit_of_work(engine) as opened:
        yield opened


@pytest.fixture
def figures(reported: Reported) -> dict[str, Decimal]:
    return dict(reported[(ZONE_A, YEAR)])


def test_a_clerk_is_told_of_the_own_zone_alone(session: Session) -> None:
    assert to_report(session, CLERK_A) == []
    round_opened(session)
    save_draft(session, CLERK_A, ZONE_A, YEAR, 0, {"exports": Entry("5", "千元"), "enterprises": Entry("1.5", "家")})
    for person in (CLERK_A, LEAD_A):
        (duty,) = to_report(session, person)
        assert (duty.zone, duty.year, duty.due_on, duty.days) == (ZONE_A, YEAR, DUE, (DUE - today()).days)
        assert (duty.filled, duty.of, duty.open, duty.state) == (2, 45, 44, SubmissionState.DRAFT)
    (other,) = to_report(session, CLERK_B)
    assert (other.zone, other.filled) == (ZONE_B, 0)
    for person in (REVIEWER, OFFICER, VIEWER, ADMIN):
        assert to_report(session, person) == []


def test_what_is_handed_in_waits_for_the_reviewer_and_comes_back_with_its_words(
    session: Session, figures: dict[str, Decimal]
) -> None:
    version = handed_in(session, figures)
    assert to_report(session, LEAD_A) == []
    (done,) = duties.handed_in(session, CLERK_A)
    assert (done.zone, done.year, done.state, done.who) == (ZONE_A, YEAR, SubmissionState.SUBMITTED, "lead-a")
    assert [duties.handed_in(session, person) for person in (CLERK_B, REVIEWER, VIEWER)] == [[], [], []]
    (waiting,) = to_review(session, REVIEWER)
    assert (waiting.zone, waiting.year, waiting.days, waiting.late) == (ZONE_A, YEAR, 0, False)
    for person in CAST:
        if person != REVIEWER:
            assert to_review(session, person) == []
    acts.give_back(session, REVIEWER, ZONE_A, YEAR, version, "请核对", {})
    (duty,) = to_report(session, LEAD_A)
    assert (duty.state, duty.returned) == (SubmissionState.RETURNED, "请核对")
    assert to_review(session, REVIEWER) == []
    assert duties.handed_in(session, LEAD_A) == []


def test_how_far_a_round_is_is_told_in_numbers_to_those_of_the_region(
    session: Session, figures: dict[str, Decimal]
) -> None:
    handed_in(session, figures)
    for person in (REVIEWER, OFFICER, VIEWER):
        (found,) = progress(session, person)
        assert found.counts == {
            None: 1,
            SubmissionState.DRAFT: 0,
            SubmissionState.SUBMITTED: 1,
            SubmissionState.RETURNED: 0,
            SubmissionState.APPROVED: 0,
        }
        assert found.late == 0
    for person in (CLERK_A, LEAD_A, CLERK_B, ADMIN):
        assert progress(session, person) == []


def test_a_round_that_is_closed_or_over_is_told_as_such(session: Session) -> None:
    number = round_opened(session, today() - timedelta(days=9), today() - timedelta(days=2))
    (duty,) = to_report(session, CLERK_A)
    assert duty.days == -2
    assert progress(session, REVIEWER)[0].late == 2
    close_round(session, REVIEWER, number)
    assert to_report(session, CLERK_A) == [] and progress(session, REVIEWER) == []
