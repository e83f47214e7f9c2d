"""Which zones belong to a group in a year."""

from models.enums import PlaceKind, ZoneLevel
from tests.world import PROVINCE, World
from tracking.membership import cities, inside, level_of, members, province_of, region_of, standing

ZONES = {
    "old": "national",
    "upgraded": [(2010, "provincial"), (2022, "national")],
    "late": [(2021, "provincial", "c2")],
}


def test_a_zone_upgraded_in_2022_counts_as_provincial_in_2021() -> None:
    snapshot = World(ZONES).snapshot()
    assert members(snapshot, "P-provincial", 2021) == ("upgraded", "late")
    assert members(snapshot, "P-national", 2021) == ("old",)


def test_from_the_year_of_its_upgrade_on_it_is_national() -> None:
    snapshot = World(ZONES).snapshot()
    assert members(snapshot, "P-provincial", 2022) == ("late",)
    assert members(snapshot, "P-national", 2022) == ("old", "upgraded")


def test_a_zone_approved_later_is_no_member_earlier() -> None:
    snapshot = World(ZONES).snapshot()
    assert members(snapshot, "P-all", 2020) == ("old", "upgraded")
    assert members(snapshot, "P-all", 2021) == ("old", "upgraded", "late")
    assert members(snapshot, "late", 2020) == ()
    assert standing(snapshot, "late", 2020) is None
    assert level_of(snapshot, "late", 2020) is None
    assert level_of(snapshot, "late", 2021) is ZoneLevel.PROVINCIAL


def test_a_zone_that_moves_to_another_province_leaves_the_group() -> None:
    world = World({"a": [(2010, "national", "c1"), (2021, "national", "abroad")]})
    world.places["abroad"] = world.places["c1"].model_copy(update={"code": "abroad"})
    world.regions["abroad"] = world.regions[PROVINCE].model_copy(update={"code": "abroad"})
    snapshot = world.snapshot()
    assert members(snapshot, "P-all", 2020) == ("a",)
    assert members(snapshot, "P-all", 2021) == ()


def test_a_zone_has_itself_and_a_region_no_zones_of_its_own() -> None:
    snapshot = World(ZONES).snapshot()
    assert members(snapshot, "old", 2000) == ("old",)
    assert members(snapshot, PROVINCE, 2022) == ()


def test_the_region_of_a_zone_is_its_province() -> None:
    snapshot = World(ZONES).snapshot()
    assert region_of(snapshot, "late", 2022) == PROVINCE
    assert region_of(snapshot, "late", 2000) == PROVINCE
    assert region_of(snapshot, "P-national", 2022) == PROVINCE
    assert region_of(snapshot, "c2", 2022) == "c2"
    assert province_of(snapshot, "c2") == PROVINCE


def test_all_that_lies_in_a_region_a_group_or_a_zone() -> None:
    snapshot = World(ZONES).snapshot()
    assert inside(snapshot, PROVINCE) == {*snapshot.regions, *snapshot.groups, *snapshot.zones}
    assert inside(snapshot, "c2") == {"c2", "late"}
    # A zone that was provincial once has a past in the provincial group.
    assert inside(snapshot, "P-provincial") == {"P-provincial", "upgraded", "late"}
    assert inside(snapshot, "P-all") == {"P-all", "P-national", "P-provincial", *snapshot.zones}
    assert inside(snapshot, "old") == {"old"}


def test_the_cities_of_a_province() -> None:
    snapshot = World().snapshot()
    assert cities(snapshot, PROVINCE) == ("c1", "c2", "c3", "c4")
    assert all(snapshot.places[city].kind is PlaceKind.CITY for city in cities(snapshot, PROVINCE))
