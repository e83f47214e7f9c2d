"""What approving figures would do to the verdicts, against what it does."""

from decimal import Decimal

from models.enums import Status
from tests.world import PROVINCE, RECORDED, World
from tracking.effect import effects, with_values


def world() -> World:
    """A province with two zones whose R&D intensity is to be 2.5 % by 2023."""
    made = World(zones={"a": "national", "b": "national"}, register_complete_from=2015)
    made.indicator("intensity", "ratio_of_sums", "rd", "gdp")
    made.target("intensity", "P-national", "level", ">=", "2.5", deadline=2023)
    made.values("rd", "a", {2022: 20, 2023: 20})
    made.values("gdp", "a", {2022: 1000, 2023: 1000})
    made.values("rd", "b", {2022: 20})
    made.values("gdp", "b", {2022: 1000})
    return made


def test_the_effect_is_what_the_board_says_once_the_values_are_in() -> None:
    before, after = world(), world()
    values = {"rd": Decimal(60), "gdp": Decimal(1000)}
    after.values("rd", "b", {2023: 60})
    after.values("gdp", "b", {2023: 1000})
    found = effects(before.board(2023).rows, with_values(before.snapshot(), "b", 2023, values, RECORDED), as_of=2023)
    expected = {row.key: row.status for row in after.board(2023).rows}
    assert {each.after.key: each.after.status for each in found if each.moved}
    for each in found:
        assert each.after.status is expected[each.after.key]
        assert "@a" not in each.after.key, "zone a is not touched"
    group = next(each for each in found if each.after.place.code == "P-national")
    assert (group.after.status, group.after.assessment.value) == (Status.MET, 4.0)


def test_values_that_are_in_already_change_nothing() -> None:
    made = world()
    same = with_values(made.snapshot(), "a", 2023, {"rd": Decimal(20), "gdp": None}, RECORDED)
    assert effects(made.board(2023).rows, same, as_of=2023) == []
    assert same.observations[("gdp", "a")][2023].value == 1000, "a published value stays"


def test_the_snapshot_itself_stays_as_it_was() -> None:
    made = world()
    snapshot = made.snapshot()
    with_values(snapshot, "b", 2023, {"rd": Decimal(60)}, RECORDED)
    assert 2023 not in snapshot.observations[("rd", "b")]
    assert PROVINCE in snapshot.places
