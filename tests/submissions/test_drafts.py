"""Drafts: saved as typed, by those who may, without losing what another saved."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from functools import partial

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from models import Submission, SubmissionEvent
from models.enums import SubmissionState
from models.errors import Conflict, NotAllowed, Refused, UnknownId
from models.people import Person
from settings import ROOT
from storage.datafiles import DataFiles, read_data
from storage.engine import unit_of_work
from storage.load import load
from submissions.drafts import read_draft, save_draft
from submissions.record import Draft, Entry
from tests.cast import CAST, CLERK_A, CLERK_B, LEAD_A, ZONE_A

YEAR = 2025
FILES: DataFiles = read_data(ROOT / "data")[0]


@pytest.fixture
def loaded(engine: Engine) -> Engine:
    load(engine, FILES, demonstration=False)
    return engine


@pytest.fixture
def session(loaded: Engine) -> Iterator[Session]:
    with unit_of_work(loaded) as opened:
        yield opened


def exports(typed: str, unit: str = "万元", explanation: str = "") -> dict[str, Entry]:
    return {"exports": Entry(typed, unit, explanation)}


def test_what_was_typed_is_saved_as_it_is_and_understood(session: Session) -> None:
    for version, (typed, value) in enumerate(
        [("1.2亿", Decimal(120000)), ("1.2.3", None), ("9" * 400, None), ("", None)]
    ):
        assert save_draft(session, CLERK_A, ZONE_A, YEAR, version, exports(typed)) == version + 1
        draft = read_draft(session, LEAD_A, ZONE_A, YEAR)
        assert draft.entries["exports"] == Entry(typed, "万元")
        assert draft.values["exports"] == value
        assert (draft.version, draft.state, draft.last_saved_by) == (version + 1, SubmissionState.DRAFT, "clerk-a")


def test_only_the_zone_itself_reads_and_saves_its_drafts(session: Session) -> None:
    save_draft(session, CLERK_A, ZONE_A, YEAR, 0, exports("5"))
    for person in CAST:
        if person in (CLERK_A, LEAD_A):
            continue
        with pytest.raises(NotAllowed):
            read_draft(session, person, ZONE_A, YEAR)
        with pytest.raises(NotAllowed):
            save_draft(session, person, ZONE_A, YEAR, 1, exports("6"))
    assert read_draft(session, CLERK_A, ZONE_A, YEAR).entries["exports"].typed == "5"


def test_a_stale_copy_is_refused_and_changes_nothing(session: Session) -> None:
    save_draft(session, CLERK_A, ZONE_A, YEAR, 0, exports("5"))
    save_draft(session, LEAD_A, ZONE_A, YEAR, 1, exports("6"))
    for version in (0, 1, 7):
        with pytest.raises(Conflict):
            save_draft(session, CLERK_A, ZONE_A, YEAR, version, exports("7"))
    draft = read_draft(session, CLERK_A, ZONE_A, YEAR)
    assert (draft.entries["exports"].typed, draft.version, draft.last_saved_by) == ("6", 2, "lead-a")


def test_each_save_is_an_event_with_what_it_changed(session: Session) -> None:
    save_draft(session, CLERK_A, ZONE_A, YEAR, 0, exports("5"))
    save_draft(session, CLERK_A, ZONE_A, YEAR, 1, exports("6", "亿元", "新厂"))
    events = session.exec(select(SubmissionEvent).order_by(col(SubmissionEvent.id))).all()
    assert [event.actor for event in events] == ["clerk-a", "clerk-a"]
    assert json.loads(events[1].changes) == {"exports": [["5", "万元", ""], ["6", "亿元", "新厂"]]}


@pytest.mark.parametrize("state", [SubmissionState.SUBMITTED, SubmissionState.APPROVED])
def test_what_was_handed_in_is_read_only(session: Session, state: SubmissionState) -> None:
    save_draft(session, CLERK_A, ZONE_A, YEAR, 0, exports("5"))
    submission = session.exec(select(Submission)).one()
    session.add(SubmissionEvent(submission_id=submission.id or 0, actor="x", to_state=state))
    session.flush()
    with pytest.raises(Refused, match=f"are {state.value}"):
        save_draft(session, CLERK_A, ZONE_A, YEAR, 1, exports("6"))


def test_odd_cells_are_refused(session: Session) -> None:
    with pytest.raises(UnknownId):
        save_draft(session, CLERK_A, ZONE_A, YEAR, 0, {"imports": Entry("5", "万元")})
    with pytest.raises(UnknownId):
        save_draft(session, CLERK_A, ZONE_A, YEAR, 0, {"regional_gdp": Entry("5", "亿元")})
    with pytest.raises(Refused, match="cannot be typed in 家"):
        save_draft(session, CLERK_A, ZONE_A, YEAR, 0, exports("5", "家"))
    with pytest.raises(Refused, match="too long"):
        save_draft(session, CLERK_A, ZONE_A, YEAR, 0, exports("5" * 3000))
    assert read_draft(session, CLERK_A, ZONE_A, YEAR) == Draft(ZONE_A, YEAR)


def test_of_many_who_save_one_copy_at_once_one_is_kept_and_the_others_are_told(loaded: Engine) -> None:
    def save(version: int, number: int) -> bool:
        person: Person = (CLERK_A, LEAD_A)[number % 2]
        try:
            with unit_of_work(loaded) as session:
                save_draft(session, person, ZONE_A, YEAR, version, exports(str(number)))
        except Conflict:
            return False
        return True

    for version in (0, 1):
        with ThreadPoolExecutor(8) as pool:
            assert sum(pool.map(partial(save, version), range(8))) == 1
    with unit_of_work(loaded) as session:
        assert read_draft(session, CLERK_A, ZONE_A, YEAR).version == 2
        with pytest.raises(NotAllowed):
            read_draft(session, CLERK_B, ZONE_A, YEAR)
