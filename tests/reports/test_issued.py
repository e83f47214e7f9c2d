"""Reports with a number: the same one again from the same state, and what changed since the last."""

import json
from collections.abc import Iterator
from decimal import Decimal
from threading import Barrier, Event, Thread

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session

from accounts.audit import Asked as LookedFor
from accounts.audit import trail
from ledger import acts, documents
from ledger.allocation import Wanted, allocate
from ledger.record import read_desk
from models import GapReport, Submission
from models.columns import now
from models.enums import AllocationRule, DataSet, Language, Method
from models.errors import NotAllowed, UnknownId
from models.people import Grant, Person, PersonRole
from reports.formats import FORMATS
from reports.issued import Asked, draft, issue, issued, rebuild
from settings import ROOT
from storage.datafiles import DataFiles, read_data
from storage.engine import unit_of_work
from storage.load import load, raise_version
from storage.observations import Approved, append_approved
from storage.queries import data_version, read_snapshot
from targets.assessment.allocation import spread
from tests.cast import ADMIN, CLERK_B, OFFICER, REVIEWER, VIEWER
from tracking.allocation import task_of
from tracking.board import build_board

FILES: DataFiles = read_data(ROOT / "data")[0]
SHARED = "inner-mongolia-2021/rd-intensity-national"
VIEWER_OF_ALL = Person("viewer-cn", "viewer-cn", (Grant(PersonRole.VIEWER, "100000"),))
OFFICER_OF_ALL = Person("officer-cn", "officer-cn", (Grant(PersonRole.OFFICER, "100000"),))
POLICY, ZONE = "hebei-2020", "baoding"
DEMONSTRATION = Asked(POLICY, 2024, DataSet.DEMONSTRATION, Language.ZH)
REAL = Asked(POLICY, 2025, DataSet.REAL, Language.ZH)


@pytest.fixture
def loaded(engine: Engine) -> Iterator[Engine]:
    load(engine, FILES, demonstration=True)
    yield engine


def approve(engine: Engine, zone: str, year: int, **figures: int) -> None:
    """Figures of a zone as if they had been reported and approved."""
    with unit_of_work(engine) as session:
        filed = session.get(Submission, 1) or Submission(id=1, zone_code=zone, year=year)
        session.add(filed)
        session.flush()
        given = {code: Approved(Decimal(value), str(value)) for code, value in figures.items()}
        append_approved(session, zone, year, 1, given, now())
        raise_version(session)


def change_target(engine: Engine) -> None:
    officer = Person("officer", "officer", (Grant(PersonRole.OFFICER, "100000"),))
    with unit_of_work(engine) as session:
        documents.adopt(session, officer, POLICY)
        entry = next(
            each for each in read_desk(session, POLICY).entries if each.target_id.endswith("/leading-industries")
        )
        acts.change(session, officer, entry.id, entry.draft.model_copy(update={"value": Decimal(1)}), "按原文更正")


def test_a_number_makes_the_same_report_again_after_everything_has_changed(loaded: Engine) -> None:
    record = issue(loaded, VIEWER, DEMONSTRATION)
    first = rebuild(loaded, VIEWER, record.number)
    change_target(loaded)
    issue(loaded, VIEWER, DEMONSTRATION)
    again = rebuild(loaded, VIEWER, record.number)
    assert first.agrees and again.agrees
    assert again.report == first.report
    assert again.report.number == record.number == f"GR-{record.created_at.year}-000001"
    assert draft(loaded, VIEWER, DEMONSTRATION).rows != again.report.rows


@pytest.mark.parametrize("format", ["csv", "xlsx", "pdf"])
def test_its_files_are_the_same_bytes_again(loaded: Engine, format: str) -> None:
    number = issue(loaded, VIEWER, Asked(ZONE, 2024, DataSet.DEMONSTRATION, Language.EN)).number
    write = FORMATS[format].write
    assert write(rebuild(loaded, VIEWER, number).report) == write(rebuild(loaded, VIEWER, number).report)


def test_a_report_that_no_longer_says_the_same_is_told(loaded: Engine) -> None:
    record = issue(loaded, VIEWER, DEMONSTRATION)
    with unit_of_work(loaded) as session:
        session.execute(text("UPDATE place SET zh = '另名高新区' WHERE code = 'baoding'"))
        raise_version(session)
    assert not rebuild(loaded, VIEWER, record.number).agrees


def test_what_changed_is_told_with_its_causes(loaded: Engine) -> None:
    first = issue(loaded, REVIEWER, REAL)
    assert "无从比较" in rebuild(loaded, REVIEWER, first.number).report.since
    assert draft(loaded, REVIEWER, REAL).moves == ()
    approve(loaded, ZONE, 2025, leading_industries=2)
    told = draft(loaded, REVIEWER, REAL)
    (move,) = [each for each in told.moves if each.target_id == "hebei-2020/leading-industries"]
    assert (move.place, move.status_before, move.causes) == ("保定高新区", "无数据", "新数据")
    assert move.value_after == "2 个 (2025)"
    assert first.number in told.since

    second = issue(loaded, REVIEWER, REAL)
    approve(loaded, ZONE, 2025, leading_industries=3)
    (move,) = draft(loaded, REVIEWER, REAL).moves
    assert (move.status_after != move.status_before, move.causes) == (True, "数据修订")

    third = issue(loaded, REVIEWER, REAL)
    change_target(loaded)
    approve(loaded, ZONE, 2025, leading_industries=1)
    (move,) = draft(loaded, REVIEWER, REAL).moves
    assert move.causes == "目标修改、数据修订"
    assert [each.number for each in issued(loaded, POLICY, DataSet.REAL)] == [
        each.number for each in (third, second, first)
    ]
    # What the second one said was new stays what it said, whatever came after.
    assert [each.causes for each in rebuild(loaded, REVIEWER, second.number).report.moves] == ["新数据"]


def test_another_method_or_year_is_a_cause_too(loaded: Engine) -> None:
    issue(loaded, VIEWER, DEMONSTRATION)
    later = draft(loaded, VIEWER, Asked(POLICY, 2023, DataSet.DEMONSTRATION, Language.ZH))
    assert later.moves and all("评估年份不同" in each.causes for each in later.moves)
    ways = draft(loaded, VIEWER, Asked(POLICY, 2023, DataSet.DEMONSTRATION, Language.ZH, Method.CAGR))
    assert all("评判方法或规则不同" in each.causes for each in ways.moves)


def test_who_may_not_see_its_values_does_not_get_it(loaded: Engine) -> None:
    approve(loaded, ZONE, 2025, leading_industries=2)
    whole = issue(loaded, REVIEWER, REAL)
    narrow = issue(loaded, CLERK_B, REAL)
    with pytest.raises(NotAllowed):
        rebuild(loaded, CLERK_B, whole.number)
    for person in (ADMIN, Person("nobody", "nobody")):
        for act in (lambda who: issue(loaded, who, REAL), lambda who: rebuild(loaded, who, narrow.number)):
            with pytest.raises(NotAllowed):
                act(person)
    assert rebuild(loaded, REVIEWER, narrow.number).agrees, "who sees more gets what was issued, not more"
    shown = json.dumps([each.value_after for each in rebuild(loaded, CLERK_B, narrow.number).report.moves])
    assert "2 个" not in shown


@pytest.mark.parametrize("number", ["", "GR-2026-000009", "GR-1999-000001", "1", "GR-2026-00000a", "x' OR 1=1", "９"])
def test_a_number_that_there_is_not_is_refused(loaded: Engine, number: str) -> None:
    issue(loaded, VIEWER, DEMONSTRATION)
    with pytest.raises(UnknownId):
        rebuild(loaded, VIEWER, number)


def test_what_was_issued_is_never_changed(loaded: Engine) -> None:
    issue(loaded, OFFICER, DEMONSTRATION)
    for statement in ("UPDATE gapreport SET as_of = 1", "DELETE FROM gapreport"):
        with pytest.raises(DatabaseError, match="append-only"), Session(loaded) as session:
            session.execute(text(statement))
    assert [type(each) for each in issued(loaded, POLICY, DataSet.DEMONSTRATION)] == [GapReport]


def test_a_value_that_is_approved_at_the_same_moment_is_before_the_report_or_after_it(loaded: Engine) -> None:
    begun, go_on, told = Event(), Event(), list[str]()

    def approving() -> None:
        with unit_of_work(loaded) as session:
            raise_version(session)
            at = now()
            session.add(Submission(id=77, zone_code=ZONE, year=2024))
            session.flush()
            begun.set()
            go_on.wait(10)
            append_approved(session, ZONE, 2024, 77, {"rd_expenditure": Approved(Decimal(99), "")}, at)

    def issuing() -> None:
        told.append(issue(loaded, OFFICER, REAL).number)

    workers = [Thread(target=approving), Thread(target=issuing)]
    workers[0].start()
    begun.wait(10)
    workers[1].start()
    workers[1].join(0.5)
    go_on.set()
    for each in workers:
        each.join()
    assert rebuild(loaded, OFFICER, told[0]).agrees


def test_two_changes_at_once_are_counted_as_two(loaded: Engine) -> None:
    before, started = data_version(loaded), Barrier(2)

    def changing() -> None:
        started.wait(10)
        with unit_of_work(loaded) as session:
            raise_version(session)

    workers = [Thread(target=changing) for _ in range(2)]
    for each in workers:
        each.start()
    for each in workers:
        each.join()
    assert data_version(loaded) == before + 2


def test_what_zones_were_allocated_is_a_change_with_its_cause(loaded: Engine) -> None:
    asked = Asked("inner-mongolia-2021", 2024, DataSet.DEMONSTRATION, Language.ZH)
    first = issue(loaded, VIEWER_OF_ALL, asked).number

    def spread_by(rule: AllocationRule, known: int = 0) -> None:
        board = build_board(read_snapshot(loaded, DataSet.DEMONSTRATION), as_of=2024)
        task, step = task_of(board, SHARED), Decimal("0.01")
        shares = spread(rule, task.basis, task.goal, step)
        with unit_of_work(loaded) as session:
            wanted = Wanted(DataSet.DEMONSTRATION, SHARED, rule, step, task.year, task.basis, shares, known, "调整")
            allocate(session, OFFICER_OF_ALL, wanted)

    spread_by(AllocationRule.LATEST)
    moved = [each for each in draft(loaded, VIEWER_OF_ALL, asked).moves if "分解任务" in each.title]
    assert {each.place for each in moved} == {"包头稀土高新区", "呼和浩特金山高新区", "鄂尔多斯高新区"}
    assert {(each.status_before, each.causes) for each in moved} == {("", "分解方案变动")}

    second = issue(loaded, VIEWER_OF_ALL, asked).number
    spread_by(AllocationRule.EQUAL, known=1)
    again = [each for each in draft(loaded, VIEWER_OF_ALL, asked).moves if "分解任务" in each.title]
    assert again and all(each.status_before and each.causes == "分解方案变动" for each in again)
    for number in (first, second):
        assert rebuild(loaded, VIEWER_OF_ALL, number).agrees


def test_a_report_about_several_has_a_number_too(loaded: Engine) -> None:
    asked = Asked(f"{ZONE},tangshan", 2024, DataSet.DEMONSTRATION, Language.ZH)
    record = issue(loaded, VIEWER, asked)
    assert record.subject == f"{ZONE},tangshan"
    approve(loaded, ZONE, 2024, rd_expenditure=3)
    assert rebuild(loaded, VIEWER, record.number).agrees
    assert [each.number for each in issued(loaded, asked.subject, DataSet.DEMONSTRATION)] == [record.number]
    with unit_of_work(loaded) as session:
        lines = [each for each in trail(session, ADMIN, LookedFor(), 50) if each.what == "audit.report"]
        others = trail(session, CLERK_B, LookedFor(), 50)
    assert [(each.place, each.subject, each.words) for each in lines] == [(ZONE, record.subject, record.number)]
    assert not [each for each in others if each.what == "audit.report"], "one of the zones is not theirs"
