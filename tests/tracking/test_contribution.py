"""Which zone contributes what to the gap of its group; the parts add up to it exactly."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from targets.assessment.groups import needed_shares, shortfalls
from tests.world import PROVINCE, World
from tracking.contribution import Contribution, contributing_rows, contributions, how_many_hold, share_of_group

THREE = {"a": "national", "b": "national", "c": "provincial"}
AMOUNTS = st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False, allow_infinity=False)
POSITIVE = st.decimals(min_value="0.01", max_value=10**9, places=2, allow_nan=False, allow_infinity=False)


def found(world: World, as_of: int = 2022, place: str = "P-all") -> Contribution:
    board = world.board(as_of)
    return contributions(board, next(row for row in board.rows if row.place.code == place))


def parts(made: Contribution) -> dict[str, Decimal | None]:
    return {part.place.code: part.gap for part in made.parts}


def ratio(comparator: str = ">=", value: object = 3) -> World:
    world = World(THREE)
    world.indicator("intensity", "ratio_of_sums", "rd", "gdp")
    world.target("intensity", "P-all", "share", comparator, value)
    # 千元: 1 亿元 is 100,000 of them. 2 %, 5 % and 1 % of 100, 100 and 200 亿元.
    for zone, rd, gdp in (("a", 2, 100), ("b", 5, 100), ("c", 2, 200)):
        world.values("rd", zone, {2022: rd * 100_000})
        world.values("gdp", zone, {2022: gdp * 100_000})
    return world


def test_the_parts_of_a_ratio_are_in_the_unit_of_its_numerator() -> None:
    made = found(ratio())
    # T/100 x denominator - numerator: 3 - 2, 3 - 5 and 6 - 2 亿元; the group lacks 12 - 9 = 3 亿元.
    assert parts(made) == {"c": 4, "a": 1, "b": -2}
    assert (made.total, made.unit.symbol) == (3, "亿元")
    assert [part.share for part in made.parts] == [Decimal(400) / 3, Decimal(100) / 3, Decimal(-200) / 3]


def test_a_zone_better_than_the_target_has_a_negative_part() -> None:
    assert parts(found(ratio()))["b"] == -2


def test_of_a_ratio_that_has_to_fall_the_excess_is_shared() -> None:
    made = found(ratio("<=", 2))
    # 9 of 400 is 2.25 %; the group is 9 - 8 = 1 亿元 over: 2 - 2, 5 - 2 and 2 - 4.
    assert parts(made) == {"b": 3, "a": 0, "c": -2}
    assert made.total == 1


def test_a_zone_that_has_not_reported_has_no_part() -> None:
    world = ratio()
    del world.observations["gdp", "b"]
    made = found(world)
    assert parts(made) == {"c": 4, "a": 1, "b": None}
    assert made.total == 5


def test_there_are_no_parts_where_there_is_no_gap() -> None:
    made = found(ratio(value=1))
    assert (made.parts, made.reason) == ((), "no_gap")


def test_there_are_no_parts_of_a_published_value_without_the_zones() -> None:
    world = ratio()
    world.values("intensity", "P-all", {2022: 2})
    del world.observations["gdp", "b"]
    assert found(world).reason == "published"


def test_a_count_past_a_threshold_cannot_be_split() -> None:
    world = World(THREE)
    world.statistic("output", "千元")
    world.indicator(
        "big", "zone_count_past_threshold", "output", threshold=Decimal(1000), threshold_unit="亿元", unit="家"
    )
    world.target("big", "P-all", "count", ">=", 2)
    for zone in THREE:
        world.values("output", zone, {2022: 1})
    assert found(world).reason == "not_additive"


def summed() -> World:
    world = World(THREE)
    world.statistic("firms", "家")
    world.indicator("firms", "sum", "firms")
    world.target("firms", "P-all", "count", ">=", 100)
    for zone, firms in (("a", 40), ("b", 20), ("c", 20)):
        world.values("firms", zone, {2022: firms})
    return world


def test_the_gap_of_a_sum_is_shared_in_proportion_to_what_each_has() -> None:
    made = found(summed())
    assert parts(made) == {"a": 10, "b": 5, "c": 5}
    assert (made.total, made.unit.symbol) == (20, "家")


def test_a_zone_with_a_target_of_its_own_has_what_it_lacks_to_it() -> None:
    world = summed()
    world.target("firms", "b", "count", ">=", 28)
    # b lacks 8 to its own target; the other 12 are shared two to one.
    assert parts(found(world)) == {"a": 8, "b": 8, "c": 4}


def test_a_share_of_the_region_is_split_by_its_numerator() -> None:
    world = World(THREE)
    world.indicator("share", "ratio_to_region", "firms", "firms")
    world.target("share", "P-all", "share", ">=", 50)
    for zone, firms in (("a", 20), ("b", 10), ("c", 10)):
        world.values("firms", zone, {2022: firms})
    world.values("firms", PROVINCE, {2022: 100})
    made = found(world)
    assert parts(made) == {"a": 5, "b": Decimal("2.5"), "c": Decimal("2.5")}  # 10 more of the region's 100
    assert made.unit.symbol == "家"


def test_annual_growth_is_split_by_what_the_path_asks_this_year() -> None:
    world = World({"a": "national", "b": "national"})
    world.statistic("firms", "家")
    world.indicator("firms", "sum", "firms")
    world.target("firms", "P-all", "growth_rate", ">=", 10, baseline_year=2020)
    for zone, then, now in (("a", 60, 66), ("b", 40, 44)):
        world.values("firms", zone, {2020: then, 2022: now})
    made = found(world)  # 100 -> 110 where 121 was due
    assert made.total is not None
    assert round(made.total, 9) == 11
    assert {zone: round(gap or 0, 9) for zone, gap in parts(made).items()} == {"a": Decimal("6.6"), "b": Decimal("4.4")}


@given(st.lists(st.tuples(AMOUNTS, POSITIVE), min_size=1, max_size=12), st.decimals(0, 100, places=3))
def test_shortfalls_add_up_to_the_groups_shortfall_exactly(
    zones: list[tuple[Decimal, Decimal]], threshold: Decimal
) -> None:
    over = {f"z{n}": each[0] for n, each in enumerate(zones)}
    under = {f"z{n}": each[1] for n, each in enumerate(zones)}
    made = shortfalls(over, under, tuple(over), threshold, Decimal(100))
    assert sum(made.values()) == threshold * sum(under.values()) / 100 - sum(over.values())


@given(st.lists(AMOUNTS, min_size=1, max_size=12), st.decimals(-(10**9), 10**9, places=2))
def test_shares_of_a_needed_increase_add_up_to_it_exactly(values: list[Decimal], gap: Decimal) -> None:
    by_zone = {f"z{n}": value for n, value in enumerate(values)}
    made = needed_shares(by_zone, tuple(by_zone), gap)
    assert set(made) == set(by_zone)
    assert sum(made.values(), Decimal(0)) == gap


@settings(max_examples=25)
@given(st.lists(st.tuples(AMOUNTS, POSITIVE), min_size=3, max_size=3), st.decimals("0.1", 99, places=2))
def test_the_parts_of_a_judged_ratio_add_up_to_its_gap(
    zones: list[tuple[Decimal, Decimal]], threshold: Decimal
) -> None:
    world = World(THREE)
    world.indicator("intensity", "ratio_of_sums", "rd", "gdp")
    world.target("intensity", "P-all", "share", ">=", threshold)
    for zone, (over, under) in zip(THREE, zones, strict=True):
        world.values("rd", zone, {2022: over})
        world.values("gdp", zone, {2022: under})
    made = found(world)
    if made.reason == "no_gap":
        assert made.total is None
        return
    wanted = threshold / 100 * sum(under for _, under in zones) - sum(over for over, _ in zones)
    assert made.total == sum(gap for gap in parts(made).values() if gap is not None)
    assert made.total == wanted / 100_000  # 千元 to 亿元


def test_a_zone_sees_its_part_of_the_groups_sum() -> None:
    board = summed().board(2022)
    (row,) = contributing_rows(board, "a")
    share = share_of_group(board.reader, row, "a")
    assert share is not None
    assert (share.value, share.group, share.percent) == (40, 80, 50)


def test_a_zone_without_a_value_has_no_part_of_the_sum() -> None:
    world = summed()
    del world.observations["firms", "c"]
    board = world.board(2022)
    (row,) = contributing_rows(board, "c")
    assert share_of_group(board.reader, row, "c") is None


def test_how_many_zones_hold_what_each_is_asked() -> None:
    world = World(THREE)
    world.statistic("industries", "个")
    world.indicator("industries_each", "each_zone", "industries", unit="个", better=-1)
    asked = world.target("industries_each", "P-all", "count", "<=", 2, per_zone=True, deadline=None)
    world.values("industries", "a", {2022: 2})
    world.values("industries", "b", {2022: 3})
    assert how_many_hold(world.board(2022), asked) == (1, 2, 3)
