"""Which rows a board has, and what stands behind each."""

from models.enums import Status
from tests.world import PROVINCE, World
from tracking.board import Role, spec_of

ZONES = {"a": "national", "b": [(2010, "provincial"), (2023, "national")], "c": [(2024, "national")]}


def ratio(**other: object) -> World:
    world = World(ZONES)
    world.indicator("intensity", "ratio_of_sums", "rd", "gdp")
    world.target("intensity", "P-national", "share", ">=", 3, **other)
    return world


def test_a_ratio_of_a_group_is_held_against_each_of_its_zones_for_orientation() -> None:
    rows = ratio().board(2023).rows
    assert [(row.place.code, row.role) for row in rows] == [
        ("P-national", Role.SCOPE),
        ("a", Role.MEMBER),
        ("b", Role.MEMBER),
    ]


def test_what_is_for_orientation_is_not_asked() -> None:
    assert [row.place.code for row in ratio().board(2023).asked()] == ["P-national"]


def test_the_zones_are_those_of_the_year_that_is_looked_at() -> None:
    assert [row.place.code for row in ratio().board(2022).rows] == ["P-national", "a"]


def test_after_the_deadline_the_zones_are_those_of_the_deadline() -> None:
    assert [row.place.code for row in ratio(deadline=2023).board(2026).rows] == ["P-national", "a", "b"]


def test_a_sum_is_not_held_against_single_zones() -> None:
    world = World(ZONES)
    world.statistic("firms", "家")
    world.indicator("firms", "sum", "firms")
    world.target("firms", "P-all", "count", ">=", 10)
    assert [row.place.code for row in world.board(2024).rows] == ["P-all"]


def test_a_target_of_each_zone_has_a_row_for_each_and_none_for_the_group() -> None:
    world = World(ZONES)
    world.statistic("industries", "个")
    world.indicator("industries_each", "each_zone", "industries", unit="个")
    world.target("industries_each", "P-all", "count", "<=", 2, per_zone=True)
    assert [(row.place.code, row.role) for row in world.board(2023).rows] == [("a", Role.EACH), ("b", Role.EACH)]


def test_a_target_of_several_indicators_is_judged_on_each() -> None:
    world = World(ZONES)
    for code in ("revenue", "output"):
        world.statistic(code)
        world.indicator(code, "sum", code, unit="亿元", nominal=True)
    world.indicator("main", "each_member", unit="亿元")
    world.members["main"] = ("revenue", "output")
    asked = world.target("main", "a", "growth_rate", ">=", 15, baseline_year=2020)
    world.values("revenue", "a", {2020: 100, 2021: 120})
    rows = world.board(2021).rows
    assert [row.key for row in rows] == [f"{asked}:revenue@a", f"{asked}:output@a"]
    assert [row.status for row in rows] == [Status.ON_TRACK, Status.NO_DATA]
    # Growth of money at current prices is marked, where there is any.
    assert [row.nominal for row in rows] == [True, False]


def test_a_multiple_is_judged_against_the_reference_of_the_same_year() -> None:
    world = ratio()
    world.targets.clear()
    reference = {"reference_code": "intensity", "reference_place": PROVINCE}
    world.target("intensity", "P-national", "multiple_of_reference", ">=", 3, **reference)
    world.values("intensity", "P-national", {2021: 4, 2023: 5})
    world.values("intensity", PROVINCE, {2021: 1, 2022: 2, 2023: 2})
    row = world.row(2023, "P-national")
    assert (row.assessment.threshold, row.assessment.gap, row.assessment.reference_value) == (6, 1, 2)


def test_the_number_of_a_target_is_turned_into_the_unit_of_its_indicator() -> None:
    world = World(ZONES)
    world.statistic("revenue")
    world.indicator("revenue", "sum", "revenue", unit="亿元")
    world.target("revenue", "P-all", "level", ">=", "1.5", unit="万亿元")
    snapshot = world.snapshot()
    assert spec_of(snapshot, snapshot.targets[0], snapshot.indicators["revenue"]).value == 15_000


def test_a_zone_missing_makes_the_verdict_provisional() -> None:
    world = World({"a": "national", "b": "national"})
    world.statistic("firms", "家")
    world.indicator("firms", "sum", "firms")
    world.target("firms", "P-all", "count", ">=", 10, deadline=2022)
    world.values("firms", "a", {2022: 20})
    row = world.row(2022)
    assert (row.status, row.provisional) == (Status.MET, True)
    world.values("firms", "b", {2022: 1})
    assert world.row(2022).provisional is False


def test_a_guessed_baseline_of_a_change_makes_the_verdict_provisional() -> None:
    world = World({"a": "national"})
    world.statistic("firms", "家")
    world.indicator("firms", "sum", "firms")
    world.target("firms", "a", "growth_rate", ">=", 10)
    world.values("firms", "a", {2020: 10, 2022: 12})
    assert world.row(2022).provisional
    world.targets.clear()
    world.target("firms", "a", "growth_rate", ">=", 10, baseline_year=2020)
    assert not world.row(2022).provisional


def test_an_accumulated_flow_begins_at_zero_the_year_before_the_plan() -> None:
    world = World({"a": "national"})
    world.statistic("teams", "个")
    world.indicator("teams_new", "accumulated", "teams", unit="个")
    world.target("teams_new", "a", "count", ">=", 10, period_start=2021)
    world.values("teams", "a", {2020: 7, 2021: 1, 2022: 2})
    verdict = world.row(2022).assessment
    assert (verdict.value, verdict.baseline_year, verdict.baseline_value) == (3, 2020, 0)
    assert (verdict.progress, verdict.elapsed) == (30, 40)


def test_a_plan_that_nothing_is_reported_for_has_no_data() -> None:
    world = World({"a": "national"})
    world.statistic("teams", "个")
    world.indicator("teams_new", "accumulated", "teams", unit="个")
    world.target("teams_new", "a", "count", ">=", 10, period_start=2021)
    world.values("elsewhere", "a", {2020: 1, 2023: 1})
    assert world.row(2022).status is Status.NO_DATA
