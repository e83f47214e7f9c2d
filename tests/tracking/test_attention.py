"""What asks somebody to act, the gravest first."""

from models.enums import Status, StatusClass
from tests.world import World
from tracking.attention import GRAVITY, counts, needs_attention

LEVELS = {"a": {2020: 10, 2023: 9}, "b": {2020: 10, 2023: 11}, "c": {2020: 10, 2023: 14}, "d": {2020: 10, 2023: 25}}


def world() -> World:
    """Of 20 by 2025: the wrong way, far behind, behind, holding."""
    made = World(dict.fromkeys(LEVELS, "national"))
    made.statistic("firms", "家")
    made.indicator("firms", "sum", "firms")
    for zone, values in LEVELS.items():
        made.target("firms", zone, "count", ">=", 20, baseline_year=2020)
        made.values("firms", zone, values)
    return made


def test_the_gravest_stands_first_and_what_is_well_is_left_out() -> None:
    rows = needs_attention(reversed(world().board(2023).rows))
    assert [row.status for row in rows] == [Status.WRONG_WAY, Status.FAR_BEHIND, Status.BEHIND]


def test_of_equal_status_the_furthest_behind_stands_first() -> None:
    made = world()
    made.values("firms", "a", {2023: 10})
    rows = needs_attention(made.board(2023).rows)
    assert [(row.place.code, row.status) for row in rows[:2]] == [
        ("a", Status.FAR_BEHIND),
        ("b", Status.FAR_BEHIND),
    ]


def test_no_more_than_asked_for() -> None:
    assert len(needs_attention(world().board(2023).rows, most=1)) == 1


def test_every_class_is_counted_also_where_there_is_none() -> None:
    found = counts(world().board(2023).rows)
    assert set(found) == set(StatusClass)
    assert (found[StatusClass.OFF], found[StatusClass.BEHIND], found[StatusClass.MET]) == (2, 1, 1)
    assert found[StatusClass.MISSED] == 0


def test_nothing_that_is_well_or_has_no_data_asks_for_action() -> None:
    assert not {Status.MET, Status.HOLDING, Status.ON_TRACK, Status.NO_DATA, Status.BASELINE_ONLY} & set(GRAVITY)
