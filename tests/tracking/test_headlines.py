"""The five things to know: which rows they are, and that none is told twice."""

from models.enums import StatusClass
from tests.world import World
from tracking.headlines import Topic, headlines


def world() -> World:
    """A province of two zones: intensity falls back, firms come to what is asked, exports are not known."""
    made = World(zones={"a": "national", "b": "national"}, register_complete_from=2015)
    made.indicator("intensity", "ratio_of_sums", "rd", "gdp")
    made.indicator("firms", "sum", "firms")
    made.statistic("firms", "家")
    made.indicator("sales", "sum", "exports")
    made.statistic("exports", "家")
    made.target("intensity", "P-national", "share", ">=", "4", deadline=2025, baseline_year=2020)
    made.target("firms", "P-national", "count", ">=", 20, deadline=2024, baseline_year=2020)
    made.target("sales", "P-national", "count", ">=", 9, deadline=2026)
    for zone in "ab":
        made.values("gdp", zone, dict.fromkeys((2020, 2021, 2022, 2023), 1000))
        made.values("rd", zone, {2020: 20, 2021: 25, 2022: 30, 2023: 21})
        made.values("firms", zone, {2020: 2, 2021: 5, 2022: 8, 2023: 15})
    return made


def test_each_thing_is_told_once_and_with_what_it_is_about() -> None:
    made = world()
    found = headlines(made.board(2023), made.board(2022))
    topics = [each.topic for each in found]
    assert topics == [Topic.WORSE, Topic.BETTER, Topic.UNKNOWN]
    worse, better, unknown = found
    assert worse.row and worse.before and worse.row.indicator.code == "intensity"
    assert (worse.before.status_class, worse.row.status_class) == (StatusClass.ON_TRACK, StatusClass.OFF)
    assert better.row and better.row.indicator.code == "firms"
    assert (unknown.number, unknown.of, unknown.indicator) == (1, 3, "sales")
    keys = [each.row.key for each in found if each.row]
    assert len(keys) == len(set(keys)) and len(found) <= 5


def test_what_comes_next_fills_up_to_five() -> None:
    made = World(zones={"a": "national"}, register_complete_from=2015)
    for number in range(7):
        made.statistic(f"s{number}", "家")
        made.indicator(f"i{number}", "sum", f"s{number}")
        made.target(f"i{number}", "P-national", "count", ">=", 100, deadline=2025, baseline_year=2020)
        made.values(f"s{number}", "a", {2020: 10, 2023: 12 + number})
    found = headlines(made.board(2023), made.board(2010))
    assert [each.topic for each in found] == [Topic.DUE, Topic.GRAVEST, Topic.FURTHER, Topic.FURTHER, Topic.FURTHER]
    assert len({each.row.key for each in found if each.row}) == 5
    few = headlines(made.board(2023), made.board(2010), made.board(2023).asked()[:2])
    assert [each.topic for each in few] == [Topic.DUE, Topic.GRAVEST]


def test_without_a_year_before_nothing_has_moved() -> None:
    made = world()
    found = headlines(made.board(2023), made.board(2010))
    assert Topic.WORSE not in {each.topic for each in found}
    due = next(each for each in found if each.topic is Topic.DUE)
    assert due.row and due.row.target.deadline == 2025


def test_where_nothing_is_known_only_that_is_told() -> None:
    made = World(zones={"a": "national"}, register_complete_from=2015)
    made.statistic("firms", "家")
    made.indicator("firms", "sum", "firms")
    made.target("firms", "P-national", "count", ">=", 20)
    (only,) = headlines(made.board(2023), made.board(2022))
    assert (only.topic, only.row, only.number, only.of) == (Topic.UNKNOWN, None, 1, 1)
