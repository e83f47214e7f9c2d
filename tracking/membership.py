"""Which zones belong to a group in a year. Level and city are dated: a zone upgraded in 2022 is provincial in 2021."""

from models.enums import PlaceKind, ZoneLevel
from models.places import ZoneGroup, ZoneStanding
from storage.queries import Snapshot


def standing(snapshot: Snapshot, zone: str, year: int) -> ZoneStanding | None:
    """What the zone was at the end of the year; None before it was approved."""
    held = [s for s in snapshot.standings.get(zone, ()) if s.valid_from is None or s.valid_from <= year]
    return held[-1] if held else None


def lies_in(snapshot: Snapshot, region: str | None, ancestor: str) -> bool:
    """Whether a region is the ancestor, or lies in it."""
    while region is not None:
        if region == ancestor:
            return True
        region = snapshot.regions[region].parent_code
    return False


def _belongs(snapshot: Snapshot, group: ZoneGroup, zone: str, year: int) -> bool:
    held = standing(snapshot, zone, year)
    return (
        held is not None
        and (group.level is None or held.level == group.level)
        and lies_in(snapshot, held.city_code, group.region_code)
    )


def members(snapshot: Snapshot, place: str, year: int) -> tuple[str, ...]:
    """The zones of a group in that year; a zone has itself, once it is approved; a region has none of its own."""
    kind = snapshot.places[place].kind
    if kind is PlaceKind.ZONE:
        return (place,) if standing(snapshot, place, year) else ()
    if kind is PlaceKind.GROUP:
        group = snapshot.groups[place]
        return tuple(zone for zone in snapshot.zones if _belongs(snapshot, group, zone, year))
    return ()


def covered_cities(snapshot: Snapshot, zones: tuple[str, ...], year: int) -> frozenset[str]:
    """The prefecture-level regions in which the zones lie in that year."""
    held = (standing(snapshot, zone, year) for zone in zones)
    return frozenset(s.city_code for s in held if s and snapshot.places[s.city_code].kind is PlaceKind.CITY)


def cities(snapshot: Snapshot, region: str) -> tuple[str, ...]:
    """All prefecture-level regions of a province."""
    return tuple(
        code
        for code, row in snapshot.regions.items()
        if row.parent_code == region and snapshot.places[code].kind is PlaceKind.CITY
    )


def region_of(snapshot: Snapshot, place: str, year: int) -> str:
    """The region a place lies in: of a group its own, of a zone the province, a region is itself."""
    kind = snapshot.places[place].kind
    if kind is PlaceKind.GROUP:
        return snapshot.groups[place].region_code
    if kind is not PlaceKind.ZONE:
        return place
    held = standing(snapshot, place, year) or snapshot.standings[place][0]
    return province_of(snapshot, held.city_code)


def province_of(snapshot: Snapshot, region: str) -> str:
    """The province of a city; a province or country is its own."""
    while snapshot.places[region].kind in (PlaceKind.CITY, PlaceKind.AREA):
        parent = snapshot.regions[region].parent_code
        if parent is None:
            break
        region = parent
    return region


def level_of(snapshot: Snapshot, zone: str, year: int) -> ZoneLevel | None:
    """The zone's level in that year."""
    held = standing(snapshot, zone, year)
    return held.level if held else None


def inside(snapshot: Snapshot, place: str) -> frozenset[str]:
    """The codes of a place and of all that lies in it: a region's cities, groups and zones, a group's zones; the group
    of all zones of a region holds those by level too."""
    kind = snapshot.places[place].kind
    if kind is PlaceKind.ZONE:
        return frozenset({place})
    if kind is PlaceKind.GROUP:
        group = snapshot.groups[place]
        levels = {code for code, other in snapshot.groups.items() if _part_of(other, group)}
        zones = {z for z in snapshot.zones for s in snapshot.standings[z] if _could_belong(snapshot, group, s)}
        return frozenset({place, *levels, *zones})
    regions = {code for code in snapshot.regions if lies_in(snapshot, code, place)}
    groups = {code for code, group in snapshot.groups.items() if group.region_code in regions}
    zones = {z for z in snapshot.zones if any(s.city_code in regions for s in snapshot.standings[z])}
    return frozenset(regions | groups | zones)


def _part_of(other: ZoneGroup, group: ZoneGroup) -> bool:
    """One level of a group of all levels."""
    return group.level is None and other.region_code == group.region_code


def _could_belong(snapshot: Snapshot, group: ZoneGroup, held: ZoneStanding) -> bool:
    return (group.level is None or held.level == group.level) and lies_in(snapshot, held.city_code, group.region_code)
