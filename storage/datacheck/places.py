"""Regions, zones and groups: that each lies somewhere, and its history in order."""

from collections.abc import Iterator

from models.enums import PlaceKind
from storage.datacheck.names import Names
from storage.datafiles import DataFiles, Located
from storage.faults import DataProblem
from storage.rows import RegionRow, StandingRow


def check_places(files: DataFiles, names: Names) -> Iterator[DataProblem]:
    """What contradicts itself in regions.csv, zones.csv and zone_standings.csv."""
    for region in files.regions:
        yield from _region(region, names)
    standing = {each.row.zone for each in files.zone_standings} | files.broken.get("zone_standings", set())
    for zone in files.zones:
        if zone.row.code not in standing and "zone_standings" not in files.unread:
            yield zone.problem("code", "the zone has no line in zone_standings.csv", "give its level, city and source")
    last: dict[str, Located[StandingRow]] = {}
    for each in files.zone_standings:
        yield from _standing(each, last.get(each.row.zone), names)
        last[each.row.zone] = each


def _region(each: Located[RegionRow], names: Names) -> Iterator[DataProblem]:
    row = each.row
    if (row.parent is None) != (row.kind is PlaceKind.COUNTRY):
        expected = "leave the cell empty" if row.parent else "give the code of the region it lies in"
        yield each.problem("parent", "a country lies in no other region, every other region lies in one", expected)
    way, at = [row.code], row.parent
    while at is not None and at in names.regions and at not in way:
        way.append(at)
        at = names.regions[at].parent
    if at == row.code:
        circle = " in ".join([*way, at])
        yield each.problem("parent", f"{circle}: a region cannot lie in itself", "name the larger region")


def _standing(each: Located[StandingRow], before: Located[StandingRow] | None, names: Names) -> Iterator[DataProblem]:
    row = each.row
    city = names.regions.get(row.city)
    if city is not None and city.kind is PlaceKind.COUNTRY:
        yield each.problem("city", f"{row.city} is the whole country", "give the city or area that the zone lies in")
    if before is None:
        return
    if row.valid_from is not None and before.row.valid_from is not None and row.valid_from < before.row.valid_from:
        yield each.problem(
            "valid_from",
            f"{row.valid_from} stands after {before.row.valid_from}",
            "put the lines of a zone in the order of their years",
        )
    if row.valid_from is None and before.row.valid_from is not None:
        expected = "put it first, or give the year it holds from"
        yield each.problem("valid_from", "a line without a year holds from the beginning", expected)
