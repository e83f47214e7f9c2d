"""What targets are spread by, on a small world made by hand and on the founding data."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from models.enums import AllocationRule, DataSet, Origin, Status
from models.errors import PlanRefused
from storage.queries import Snapshot
from targets.assessment.allocation import spread
from tests.world import World, allocated
from tracking.allocation import in_force, share_rows, task_of
from tracking.board import Role, build_board
from tracking.sight import Sight, limited
from tracking.what_if import case_of

D = Decimal


def world() -> World:
    made = World(zones={"a": "national", "b": "national"})
    made.indicator("output", "sum", "out")
    made.indicator("intensity", "ratio_of_sums", "rd", "gdp")
    made.values("out", "a", {2022: 10, 2023: 12})
    made.values("out", "b", {2022: 30, 2023: 28})
    made.values("rd", "a", {2022: 3, 2023: 3})
    made.values("rd", "b", {2022: 3, 2023: 3})
    made.values("gdp", "a", {2022: 300, 2023: 300})
    made.values("gdp", "b", {2022: 100, 2023: 100})
    return made


def test_the_basis_is_the_latest_year_in_which_all_zones_have_a_value() -> None:
    made = world()
    made.values("out", "a", {2024: 15})
    target = made.target("output", "P-all", "count", ">=", 60)
    task = task_of(made.board(2024), target)
    assert task.year == 2023
    assert {zone: each.value for zone, each in task.basis.items()} == {"a": 12, "b": 28}
    assert spread(AllocationRule.LATEST, task.basis, task.goal, D(1)) == {"a": 18, "b": 42}


def test_the_weights_of_a_ratio_are_its_denominators() -> None:
    made = world()
    target = made.target("intensity", "P-all", "share", ">=", 2)
    task = task_of(made.board(2024), target)
    assert {zone: (each.value, each.weight / 1000) for zone, each in task.basis.items()} == {
        "a": (1, 300),
        "b": (3, 100),
    }
    assert not task.goal.additive


def test_a_zone_without_a_denominator_is_named() -> None:
    made = world()
    made.zone("c", [(None, "national")])
    target = made.target("intensity", "P-all", "share", ">=", 2)
    with pytest.raises(PlanRefused, match="c has no denominator for 2023"):
        task_of(made.board(2024), target)


def test_after_its_deadline_a_target_is_spread_no_more() -> None:
    made = world()
    target = made.target("output", "P-all", "count", ">=", 60)
    with pytest.raises(PlanRefused, match="the deadline 2025 is over"):
        task_of(made.board(2026), target)


def test_a_target_of_one_zone_is_not_spread() -> None:
    made = world()
    target = made.target("output", "a", "count", ">=", 60)
    with pytest.raises(PlanRefused, match="no group of zones"):
        task_of(made.board(2024), target)


def test_a_zone_is_judged_on_its_share_by_the_terms_of_the_target() -> None:
    made = world()
    target = made.target("output", "P-all", "count", ">=", 60)
    board = build_board(allocated(made.snapshot(), target, a=12, b=48), as_of=2023)
    found = {row.place.code: row for row in share_rows(board, target=target)}
    assert (found["a"].status, found["a"].assessment.threshold, found["a"].assessment.gap) == (Status.HOLDING, 12, 0)
    assert (found["b"].assessment.gap, found["b"].role) == (20, Role.SHARE)
    assert found["b"].key == f"{target}@b:share"
    assert [row.role for row in board.rows] == [Role.SCOPE]
    assert share_rows(board, place="a") == [found["a"]]


def test_who_may_not_see_what_a_zone_reported_sees_no_share_that_was_made_of_it() -> None:
    made = world()
    target = made.target("output", "P-all", "count", ">=", 60)
    whole = made.snapshot()
    reported = {
        key: {year: replace(each, origin=Origin.SUBMISSION) for year, each in by_year.items()}
        for key, by_year in whole.observations.items()
    }
    whole = allocated(replace(whole, observations=reported), target, a=12, b=48)
    board = build_board(limited(whole, Sight(zones=frozenset({"b"}))), as_of=2023)
    assert [row.place.code for row in share_rows(board, target=target)] == ["a"]
    held = in_force(board.snapshot, target)
    assert held is not None and (set(held.shares), held.closed, held.zones) == ({"a"}, 1, 2)
    for compute in (task_of, case_of):
        with pytest.raises(PlanRefused, match="may not be seen by you") as refused:
            compute(board, target)
        assert refused.value.kind == "closed"
    assert limited(whole, Sight(everything=True)).allocations == {}
    assert len(share_rows(build_board(whole, as_of=2023), target=target)) == 2


def test_every_founding_target_of_a_group_is_spread_or_refused_with_a_reason(
    founding: Callable[[DataSet], Snapshot],
) -> None:
    spread_ones, refused = 0, {}
    for as_of in (2019, 2024):
        board = build_board(founding(DataSet.DEMONSTRATION), as_of=as_of)
        for target in board.snapshot.targets:
            try:
                task = task_of(board, target.id)
                for rule in (AllocationRule.EQUAL, AllocationRule.LATEST, AllocationRule.ROOM):
                    made = spread(rule, task.basis, task.goal, D("0.01"))
                    came = task.goal.group(made, task.basis) - Fraction(task.goal.number)
                    assert came == 0 if task.goal.additive else 0 <= came < Fraction("0.01")
                spread_ones += 1
            except PlanRefused as why:
                refused[as_of, target.id] = why.kind
    assert spread_ones >= 15
    assert set(refused.values()) <= {
        "one_place", "over", "counts_zones", "growth", "asked_of_each", "moving_reference", "reached", "no_zones",
        "several_indicators", "range", "missing",
    }  # fmt: skip
