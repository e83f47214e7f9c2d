"""The register of zones: where each lies, and since when at which level."""

import pytest

from models.enums import PlaceKind, ZoneLevel
from storage.datafiles import DataFiles
from storage.rows import StandingRow


def standings(files: DataFiles) -> dict[str, list[StandingRow]]:
    found: dict[str, list[StandingRow]] = {}
    for each in files.zone_standings:
        found.setdefault(each.row.zone, []).append(each.row)
    return found


def level(files: DataFiles, zone: str, year: int) -> ZoneLevel | None:
    held = [row for row in standings(files)[zone] if row.valid_from is None or row.valid_from <= year]
    return held[-1].level if held else None


def test_there_are_forty_zones_each_with_a_standing(files: DataFiles) -> None:
    assert len(files.zones) == 40
    assert standings(files).keys() == {each.row.code for each in files.zones}


@pytest.mark.parametrize(
    ("zone", "year", "wanted"),
    [
        ("baotou-rare-earth", 1989, None),
        ("baotou-rare-earth", 1991, "provincial"),
        ("baotou-rare-earth", 1992, "national"),
        ("ordos", 2016, "provincial"),
        ("ordos", 2017, "national"),
        ("alxa", 2015, None),
        ("alxa", 2016, "provincial"),
        ("liuzhou", 2009, "provincial"),
        ("liuzhou", 2010, "national"),
        ("chengde", 2012, "national"),
        ("lianyungang", 2014, "provincial"),
        ("lianyungang", 2015, "national"),
        ("lincang", 2016, None),
        ("lincang", 2017, "provincial"),
        ("xiongan", 2025, None),
        ("xiongan", 2026, "national"),
    ],
)
def test_a_zone_is_what_it_was_in_that_year(files: DataFiles, zone: str, year: int, wanted: str | None) -> None:
    found = level(files, zone, year)
    assert (found.value if found else None) == wanted


def test_a_standing_without_a_year_says_why(files: DataFiles) -> None:
    for rows in standings(files).values():
        for row in rows:
            assert row.valid_from is not None or row.note, row


def test_every_province_with_a_policy_has_its_three_groups(files: DataFiles) -> None:
    groups = {(each.row.region, each.row.level.value if each.row.level else "all") for each in files.zone_groups}
    for region in ("130000", "150000", "320000", "450000", "530000", "320700"):
        assert {(region, "all"), (region, "national"), (region, "provincial")} <= groups


@pytest.mark.parametrize(("province", "number"), [("130000", 11), ("150000", 12), ("320000", 13), ("450000", 14)])
def test_a_province_has_all_its_cities_and_leagues(files: DataFiles, province: str, number: int) -> None:
    """The denominator of coverage (盟市全覆盖)."""
    found = [r for r in (each.row for each in files.regions) if r.parent == province and r.kind is PlaceKind.CITY]
    assert len(found) == number


def test_a_zone_lies_in_a_city_of_its_province(files: DataFiles) -> None:
    parents = {each.row.code: each.row.parent for each in files.regions}
    for rows in standings(files).values():
        for row in rows:
            assert parents[row.city] is not None
