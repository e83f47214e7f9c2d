"""The state of the data on an earlier day: values, targets, verdicts, reports as they were then."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from ledger import acts, documents
from ledger.record import read_desk
from models import Target
from models.calendar import day_of
from models.enums import DataSet, Language
from models.people import Grant, Person, PersonRole
from reports.gap_report import Subject, build_report
from settings import ROOT
from storage.datafiles import DataFiles, read_data
from storage.engine import unit_of_work
from storage.load import load
from storage.queries import Snapshot, read_snapshot
from targets.assessment import CODE_VERSION
from tracking.board import build_board
from tracking.current import differing

FILES: DataFiles = read_data(ROOT / "data")[0]
OFFICER = Person("officer", "officer", (Grant(PersonRole.OFFICER, "100000"),))
POLICY, TARGET = "hebei-2020", "hebei-2020/rd-intensity"


@pytest.fixture
def loaded(engine: Engine) -> Iterator[Engine]:
    load(engine, FILES, demonstration=False)
    yield engine


def then(engine: Engine, moment: datetime) -> Snapshot:
    return read_snapshot(engine, DataSet.REAL, moment)


def now() -> datetime:
    return datetime.now(UTC)


def plain(snapshot: Snapshot) -> list[tuple[object, ...]]:
    rows = build_board(snapshot, as_of=2025).rows
    return [(row.key, row.target.version, row.status, row.assessment.value, row.assessment.gap) for row in rows]


def change_target(engine: Engine) -> None:
    """A policy officer takes the policy to the desk and corrects one number, with a reason."""
    with unit_of_work(engine) as session:
        documents.adopt(session, OFFICER, POLICY)
        entry = next(each for each in read_desk(session, POLICY).entries if each.target_id == TARGET)
        acts.change(session, OFFICER, entry.id, entry.draft.model_copy(update={"deadline": 2024}), "按原文更正")


def test_the_state_of_now_is_the_state_without_a_day(loaded: Engine) -> None:
    current, same = read_snapshot(loaded, DataSet.REAL), then(loaded, now() + timedelta(seconds=1))
    assert plain(current) == plain(same)
    assert differing(current, same) == 0
    assert current.last_observation_id == same.last_observation_id


def test_before_the_first_value_nothing_was_known(loaded: Engine) -> None:
    early = then(loaded, now() - timedelta(days=1))
    assert early.observations == {} and early.targets == () and early.last_observation_id is None


def test_a_target_that_was_changed_is_shown_as_it_was(loaded: Engine) -> None:
    before = read_snapshot(loaded, DataSet.REAL)
    moment = now()
    change_target(loaded)
    after = read_snapshot(loaded, DataSet.REAL)
    was, known = before.target(TARGET), then(loaded, moment)
    assert after.target(TARGET).deadline == 2024 != was.deadline
    assert (known.target(TARGET).version, known.target(TARGET).deadline) == (was.version, was.deadline)
    assert plain(known) == plain(before)
    assert differing(after, known) == 1
    assert len(known.targets) == len(before.targets), "a version that is replaced is not there twice"


def test_a_target_that_was_taken_out_is_still_there_on_the_day_before(loaded: Engine) -> None:
    moment = now()
    with unit_of_work(loaded) as session:
        documents.withdraw(session, OFFICER, POLICY, "废止")
    assert POLICY not in {each.policy_id for each in read_snapshot(loaded, DataSet.REAL).targets}
    known = then(loaded, moment)
    assert known.target(TARGET).policy_id == POLICY
    assert POLICY in known.policies
    assert len(plain(known)) > 0


def test_what_the_files_took_out_is_still_there_on_the_day_before(loaded: Engine) -> None:
    moment = now()
    fewer = replace(FILES, policies=[each for each in FILES.policies if each.policy.row.id != POLICY])
    load(loaded, fewer, demonstration=False)
    assert then(loaded, moment).target(TARGET).policy_id == POLICY


def test_a_report_of_a_day_says_so_and_has_the_same_content_later(loaded: Engine) -> None:
    moment = now()
    first = build_report(then(loaded, moment), subject(loaded), 2025, Language.ZH, known_day=day_of(moment))
    change_target(loaded)
    second = build_report(then(loaded, moment), subject(loaded), 2025, Language.ZH, known_day=day_of(moment))
    assert first == second
    assert "已知的数据编制" in first.mark
    assert build_report(read_snapshot(loaded, DataSet.REAL), subject(loaded), 2025, Language.ZH).mark == ""
    assert CODE_VERSION in " ".join(first.notes)


def subject(engine: Engine) -> Subject:
    return Subject.find(read_snapshot(engine, DataSet.REAL), POLICY)


def test_old_versions_have_an_end(loaded: Engine) -> None:
    change_target(loaded)
    with unit_of_work(loaded) as session:
        old = session.exec(select(Target).where(col(Target.current).is_(False))).all()
        assert len(old) == 1 and all(each.ended_at is not None for each in old)
