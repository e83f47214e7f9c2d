"""What a person may see of a snapshot: every published value, and reported ones by the table of rights.

What a zone reported is for the zone, for those of its region who read approved values, and for its peers where the
region has opened it. For everybody else it counts in the results of the groups they may read, and nowhere by itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from accounts.rights import Parents, below, lineage, may, may_somewhere
from models.enums import Origin, PlaceKind
from models.people import Action, Person
from storage.queries import ObservedValue, Snapshot, StoredAllocation

NOBODY = Person("", "")
"""Whoever is not signed in: no value at all."""

ByYear = dict[int, ObservedValue]


@dataclass(frozen=True, slots=True)
class Sight:
    """What is closed to somebody: reported values of `zones`, `results` made of reported values, or everything."""

    zones: frozenset[str] = frozenset()
    results: frozenset[str] = frozenset()
    everything: bool = False


def visible(snapshot: Snapshot, person: Person) -> Snapshot:
    """The snapshot as a person may see it; the same one where nothing of it is closed to them."""
    sight = sight_of(snapshot, person)
    return snapshot if sight == Sight() else limited(snapshot, sight)


def sight_of(snapshot: Snapshot, person: Person) -> Sight:
    """What is closed to a person. Published values are open to all who may read results of any group."""
    if not may_somewhere(person, Action.READ_GROUP_RESULTS):
        return Sight(everything=True)
    parents = _parents(snapshot)
    zones = frozenset(zone for zone in snapshot.reporting if not _may_see(snapshot, person, zone, parents))
    if not zones:
        return Sight()
    results = (code for code, place in snapshot.places.items() if place.kind is not PlaceKind.ZONE)
    return Sight(
        zones, frozenset(code for code in results if not may(person, Action.READ_GROUP_RESULTS, code, parents))
    )


def _parents(snapshot: Snapshot) -> Parents:
    """The place that each place lies in now."""
    found = {code: each.parent_code for code, each in snapshot.regions.items()}
    found |= {zone: held[-1].city_code for zone, held in snapshot.standings.items()}
    found |= {code: each.region_code for code, each in snapshot.groups.items()}
    country = next((code for code, place in snapshot.places.items() if place.kind is PlaceKind.COUNTRY), None)
    return below(country, found)


def _may_see(snapshot: Snapshot, person: Person, zone: str, parents: Parents) -> bool:
    if may(person, Action.READ_APPROVED, zone, parents):
        return True
    opened = snapshot.peers_open.intersection(lineage(zone, parents))
    return any(may(person, Action.READ_GROUP_RESULTS, region, parents) for region in opened)


@lru_cache(maxsize=128)
def limited(snapshot: Snapshot, sight: Sight) -> Snapshot:
    """A snapshot without the reported values of some zones, which are kept apart for the results of groups."""
    if sight.everything:
        return replace(snapshot, observations={}, allocations={})
    observations, concealed = {}, {}
    for key, by_year in snapshot.observations.items():
        own = {year: value for year, value in by_year.items() if _is_closed(sight, value)}
        left = dict(_open(by_year, own))
        if left:
            observations[key] = left
        if own:
            concealed[key] = own
    allocations = {
        target: tuple(_without(each, sight.zones) for each in versions)
        for target, versions in snapshot.allocations.items()
    }
    return replace(
        snapshot,
        observations=observations,
        concealed=concealed,
        closed_results=sight.results,
        allocations=allocations,
    )


def _without(each: StoredAllocation, zones: frozenset[str]) -> StoredAllocation:
    """A version without the shares of closed zones: they were made of what these had reported."""
    shares = {zone: share for zone, share in each.shares.items() if zone not in zones}
    return replace(each, shares=shares, closed=len(each.shares) - len(shares))


def _is_closed(sight: Sight, value: ObservedValue) -> bool:
    return value.origin is Origin.SUBMISSION and value.place in sight.zones


def _open(by_year: ByYear, closed: ByYear) -> Iterator[tuple[int, ObservedValue]]:
    """What is left without the closed values: where one stands over a published value, that one comes out again."""
    for year, value in by_year.items():
        shown = value.beneath if year in closed else value
        if shown is not None:
            yield year, shown
