"""Spreading a target: who may, what is checked, and that versions are kept, on both databases."""

from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DatabaseError

from ledger.allocation import Wanted, allocate, withdraw
from models import Allocation, AllocationShare
from models.enums import AllocationRule, DataSet, Status
from models.errors import Conflict, NotAllowed, PlanRefused, UnknownId
from models.people import Person, PersonRole
from storage.engine import unit_of_work
from storage.queries import data_version, read_snapshot
from targets.assessment.allocation import spread
from tests.cast import CLERK_A, LEAD_A, OFFICER, REVIEWER, VIEWER, somebody
from tracking.allocation import in_force, share_rows, task_of
from tracking.board import Board, Role, build_board

D = Decimal
TARGET = "inner-mongolia-2021/rd-intensity-national"
SUM = "guangxi-2018/industrial-output"
IN_CHARGE = somebody("officer-gx", PersonRole.OFFICER, "450000")


def board(engine: Engine, as_of: int = 2019) -> Board:
    return build_board(read_snapshot(engine, DataSet.REAL), as_of=as_of)


def wanted(engine: Engine, **changes: object) -> Wanted:
    task = task_of(board(engine), SUM)
    shares = spread(AllocationRule.EQUAL, task.basis, task.goal, D("0.01"))
    made = Wanted(DataSet.REAL, SUM, AllocationRule.EQUAL, D("0.01"), task.year, task.basis, shares)
    return replace(made, **changes)  # type: ignore[arg-type]


def save(engine: Engine, person: Person = IN_CHARGE, **changes: object) -> int:
    asked = wanted(engine, **changes)
    with unit_of_work(engine) as session:
        return allocate(session, person, asked)


def counts(engine: Engine) -> list[int]:
    with engine.connect() as connection:
        return [
            connection.execute(text(f"SELECT count(*) FROM {table.__tablename__}")).scalar_one()
            for table in (Allocation, AllocationShare)
        ]


def test_an_allocation_is_kept_with_who_when_and_what_it_was_made_from(loaded: Engine) -> None:
    before = data_version(loaded)
    assert save(loaded) == 1
    assert data_version(loaded) > before
    held = in_force(read_snapshot(loaded, DataSet.REAL), SUM)
    assert held is not None
    assert (held.record.actor, held.record.total, held.record.unit) == ("officer-gx", D(10000), "亿元")
    assert (held.record.rule, held.record.target_version) == (AllocationRule.EQUAL, 1)
    assert sum(share.value for share in held.shares.values()) == 10000
    assert read_snapshot(loaded, DataSet.DEMONSTRATION).allocations == {}


@pytest.mark.parametrize("person", [CLERK_A, LEAD_A, REVIEWER, VIEWER, OFFICER], ids=lambda each: each.login)
def test_nobody_but_an_officer_of_the_place_may_allocate(loaded: Engine, person: Person) -> None:
    with pytest.raises(NotAllowed, match="may not allocate in 450000-all: a officer of it may"):
        save(loaded, person)
    assert counts(loaded) == [0, 0]


def test_a_change_needs_a_reason_and_the_old_version_stays(loaded: Engine) -> None:
    save(loaded)
    with pytest.raises(PlanRefused, match="a change needs a reason"):
        save(loaded, known=1, reason="  ")
    assert save(loaded, known=1, reason="一家新升级") == 2
    versions = read_snapshot(loaded, DataSet.REAL).allocations[SUM]
    assert [(each.record.version, each.record.reason) for each in versions] == [(1, ""), (2, "一家新升级")]


def test_of_two_who_save_on_the_same_version_the_second_is_told(loaded: Engine) -> None:
    save(loaded)
    with pytest.raises(Conflict, match="version 1 of this allocation was saved meanwhile"):
        save(loaded, known=0, reason="late")
    assert counts(loaded)[0] == 1


def test_shares_that_miss_the_number_by_a_fen_are_refused(loaded: Engine) -> None:
    made = dict(wanted(loaded).shares)
    first = next(iter(made))
    with pytest.raises(PlanRefused, match=r"the shares add up to 9999\.9999999999, not to 10000"):
        save(loaded, shares={**made, first: made[first] - D("1E-10")})
    with pytest.raises(PlanRefused, match="none may be left out"):
        save(loaded, shares={zone: share for zone, share in made.items() if zone != first})
    assert counts(loaded) == [0, 0]


def test_a_target_that_cannot_be_spread_is_refused_by_the_operation_too(loaded: Engine) -> None:
    with pytest.raises(PlanRefused) as refused:
        save(loaded, target_id="guangxi-2018/zones")
    assert refused.value.kind == "counts_zones"
    with pytest.raises(UnknownId):
        save(loaded, target_id="guangxi-2018/none")


def test_an_allocation_taken_back_judges_nobody_and_stays_on_record(loaded: Engine) -> None:
    save(loaded)
    with unit_of_work(loaded) as session:
        assert withdraw(session, IN_CHARGE, DataSet.REAL, SUM, 1, "目标有误") == 2
    found = board(loaded)
    assert share_rows(found, target=SUM) == []
    assert len(found.snapshot.allocations[SUM]) == 2
    assert save(loaded, known=2, reason="again") == 3


def test_what_is_not_there_cannot_be_taken_back(loaded: Engine) -> None:
    with unit_of_work(loaded) as session, pytest.raises(PlanRefused, match="has no allocation"):
        withdraw(session, IN_CHARGE, DataSet.REAL, SUM, 0, "why")


@pytest.mark.parametrize("statement", ["UPDATE allocation SET reason = 'x'", "DELETE FROM allocationshare"])
def test_the_database_refuses_to_change_a_version(loaded: Engine, statement: str) -> None:
    save(loaded)
    with pytest.raises(DatabaseError, match="append-only"), loaded.begin() as connection:
        connection.execute(text(statement))


def test_each_zone_is_judged_on_its_own_share_and_never_among_the_policys_demands(loaded: Engine) -> None:
    before = board(loaded)
    save(loaded)
    after = board(loaded)
    assert [row.key for row in after.rows] == [row.key for row in before.rows]
    shares = share_rows(after, target=SUM)
    assert {row.role for row in shares} == {Role.SHARE}
    assert len(shares) == len(after.reader.members("450000-all", 2019))
    assert sum(row.target.value for row in shares) == 10000
    # Nothing was published for a zone by itself, and nothing is made up.
    assert {row.status for row in shares} <= {Status.NO_DATA, Status.STALE, Status.AWAITING, Status.BASELINE_ONLY}
    assert all(row.target.quote == after.snapshot.target(SUM).quote for row in shares)


def test_what_was_known_before_an_allocation_knows_nothing_of_it(loaded: Engine) -> None:
    from models.columns import now

    moment = now()
    save(loaded)
    assert read_snapshot(loaded, DataSet.REAL, known_on=moment).allocations == {}
