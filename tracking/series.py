"""The values of an indicator for a place, year by year, each with the observations it was made from.

A value published for the place itself goes before one made from its zones; where both exist, both are kept.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from models.catalogue import Indicator
from models.enums import Aggregation, DataSet, ObservationState, PlaceKind
from storage.queries import ObservedValue, Snapshot
from targets.assessment import groups
from tracking.membership import cities, covered_cities, members, region_of


class Way(StrEnum):
    """How a point came to be."""

    OBSERVED = "observed"
    FROM_PARTS = "from_parts"
    FROM_ZONES = "from_zones"
    REGISTER = "register"
    DEFINITION = "definition"


@dataclass(frozen=True, slots=True)
class Point:
    """One value in the indicator's unit.

    `zones_value` is what all zones (by `zones_way`) come to, where a value of the place itself stands before it.
    `missing_years` are the years that an accumulated flow lacks; `unlisted` counts the values of zones that it was made
    from and that the reader may not see by themselves.
    """

    year: int
    value: Decimal
    way: Way
    inputs: tuple[ObservedValue, ...] = ()
    members: int = 0
    reported: int = 0
    missing: tuple[str, ...] = ()
    zones_value: Decimal | None = None
    zones_way: Way | None = None
    missing_years: tuple[int, ...] = ()
    unlisted: int = 0

    @property
    def partial(self) -> bool:
        """A group value that some of its zones have not reported for, or a sum over years that lacks one."""
        return bool(self.missing_years) or (self.way is Way.FROM_ZONES and self.reported < self.members)

    @property
    def provisional(self) -> bool:
        """Partial, or made from a value that its source calls preliminary."""
        return self.partial or any(i.state is ObservationState.PROVISIONAL for i in self.inputs)


@dataclass(frozen=True, slots=True)
class Series:
    """An indicator's points for one place, ascending by year. Years without a value are not in it."""

    indicator: Indicator
    place_code: str
    points: tuple[Point, ...]

    def at(self, year: int | None) -> Point | None:
        """The point of a year."""
        return next((p for p in self.points if p.year == year), None)

    def numbers(self) -> dict[int, float]:
        """Values by year, as the judging arithmetic takes them."""
        return {p.year: float(p.value) for p in self.points}


Observed = Mapping[int, ObservedValue]

LEAST_REPORTED = 0.5
"""The part of a group's zones that must have reported before their sum stands for the group: one zone of twelve is
not the group's value, and a verdict from it would be false rather than provisional."""


FEWEST_HIDDEN = 2
"""So many zones must be hidden alike in a group's value: a single one would be the rest of a subtraction."""

FEWEST_UNNAMED = 4
"""So many hidden zones must stand in a ranking for their values to count in it: quartiles of fewer are the values."""


class SeriesReader:
    """Reads series out of one snapshot and remembers them."""

    def __init__(self, snapshot: Snapshot, least_reported: float = LEAST_REPORTED) -> None:
        self.snapshot = snapshot
        self.least_reported = least_reported
        self._known: dict[tuple[str, str, str | None, int | None], Series] = {}
        self._members: dict[tuple[str, int], tuple[str, ...]] = {}
        self._parted: dict[tuple[str, int], dict[str, frozenset[str]]] = {}
        self._rules: dict[Aggregation, Callable[[Indicator, str, str, int, int | None], Point | None]] = {
            Aggregation.SUM: self._sum,
            Aggregation.EACH_ZONE: self._each_zone,
            Aggregation.ACCUMULATED: self._accumulated,
            Aggregation.RATIO_OF_SUMS: self._ratio_of_sums,
            Aggregation.RATIO_TO_REGION: self._ratio_to_region,
            Aggregation.ZONE_COUNT: self._zone_count,
            Aggregation.ZONE_COUNT_PAST_THRESHOLD: self._zone_count_past,
            Aggregation.REGION_COVERAGE: self._region_coverage,
            Aggregation.ZONE_COVERAGE: self._zone_coverage,
        }

    def series(self, indicator: str, place: str, *, region: str | None = None, first_year: int | None = None) -> Series:
        """All values of an indicator for a place.

        `region` is the one whose own value is the denominator of a ratio to the region (default: the place's);
        `first_year` is where an accumulated flow begins to count.
        """
        key = (indicator, place, region, first_year)
        if key not in self._known:
            row = self.snapshot.indicators[indicator]
            points = [self._point(row, place, region, year, first_year) for year in self._years(first_year)]
            found = tuple(p for p in points if p is not None)
            said = any(p.way is not Way.DEFINITION for p in found)
            self._known[key] = Series(row, place, found if said else ())
        return self._known[key]

    def members(self, place: str, year: int) -> tuple[str, ...]:
        """The zones of the place in that year."""
        key = (place, year)
        if key not in self._members:
            self._members[key] = members(self.snapshot, place, year)
        return self._members[key]

    def region(self, place: str, year: int) -> str:
        """The region a place lies in: of a zone its province in that year."""
        return region_of(self.snapshot, place, year)

    def observed(self, series: str | None, place: str) -> Observed:
        """The observations in force of a statistic or indicator for one place, by year."""
        return self.snapshot.observations.get((series or "", place), {})

    def _years(self, first: int | None) -> range:
        """Every year in which anything is known in this data set (a register holds for all of them), and the year
        before an accumulated flow begins."""
        years = self.snapshot.years
        return range(min(years[0], years[0] if first is None else first - 1), years[-1] + 1) if years else range(0)

    def _point(self, row: Indicator, place: str, region: str | None, year: int, first: int | None) -> Point | None:
        """A value of the place itself goes before one made from its zones, which is kept beside it."""
        rule = None if self._tells(row, place, year) else self._rules.get(row.aggregation)
        made = rule(row, place, region or region_of(self.snapshot, place, year), year, first) if rule else None
        own = self._published(row, place, year)
        return made if own is None else self._beside(own, made)

    def _published(self, row: Indicator, place: str, year: int) -> Point | None:
        """An observation of the indicator itself; of a sum also one of the statistic that is summed."""
        codes = {row.code, row.numerator} if row.aggregation is Aggregation.SUM else {row.code} - {row.numerator}
        found = [self.observed(code, place).get(year) for code in sorted(code for code in codes if code)]
        own = next((each for each in found if each is not None), None)
        return None if own is None else Point(year, self._in_unit(own, row), Way.OBSERVED, (own,))

    @staticmethod
    def _beside(own: Point, made: Point | None) -> Point:
        """A place's own value with what all its zones come to, where they have all reported."""
        if made is None or made.partial or made.way not in (Way.FROM_ZONES, Way.REGISTER):
            return own if made is None else replace(own, zones_value=made.zones_value, zones_way=made.zones_way)
        return replace(own, zones_value=made.value, zones_way=made.way)

    def _in_unit(self, observed: ObservedValue, row: Indicator) -> Decimal:
        """An observation of the indicator itself, or of the statistic of the same name, in the indicator's unit."""
        return self._base(observed) / self.snapshot.units[row.unit].factor

    def _base(self, observed: ObservedValue) -> Decimal:
        """A value in the base unit of its dimension."""
        statistic = self.snapshot.statistics.get(observed.series)
        unit = statistic.unit if statistic else self.snapshot.indicators[observed.series].unit
        return observed.value * self.snapshot.units[unit].factor

    def bases(self, statistic: str | None, zones: tuple[str, ...], year: int) -> dict[str, Decimal]:
        """A statistic of several zones in the base unit of its dimension; zones without a value are left out."""
        found = {zone: self.observed(statistic, zone).get(year) for zone in zones}
        return self._bases({zone: value for zone, value in found.items() if value is not None})

    def hides(self, indicator: str, place: str) -> bool:
        """Whether a place has reported values of an indicator that this reader may not see, or a value made of them."""
        row = self.snapshot.indicators[indicator]
        if self.snapshot.concealed and not self._is_zone(place):
            return any(self._tells(row, place, year) for year in self.snapshot.years)
        return any((code, place) in self.snapshot.concealed for code in (row.code, row.numerator, row.denominator))

    def _tells(self, row: Indicator, place: str, year: int) -> bool:
        """Whether a group's value would tell what is hidden: of one zone alone, by itself or less the values of groups
        within, or of a group that is closed."""
        if not self.snapshot.concealed or self._is_zone(place):
            return False
        codes = [code for code in (row.numerator, row.denominator) if code]
        hidden = Counter(
            within for zone, within in self._within(place, year).items() if self._hidden(codes, zone, year)
        )
        return bool(hidden) and (min(hidden.values()) < FEWEST_HIDDEN or place in self.snapshot.closed_results)

    def _within(self, place: str, year: int) -> dict[str, frozenset[str]]:
        """Of each zone of a group the groups in that group which it is in too.

        Zones of the same ones cannot be told apart by subtracting results from each other: whatever is made of the
        results holds both or neither. That is enough, since two groups have nothing in common but a group.
        """
        key = (place, year)
        if key not in self._parted:
            zones = self.members(place, year)
            found: dict[str, set[str]] = {zone: set() for zone in zones}
            for group in self.snapshot.groups:
                inside = self.members(group, year)
                if found.keys() >= set(inside):
                    for zone in inside:
                        found[zone].add(group)
            self._parted[key] = {zone: frozenset(groups_) for zone, groups_ in found.items()}
        return self._parted[key]

    def _hidden(self, codes: Iterable[str], zone: str, year: int) -> bool:
        return any(year in self.snapshot.concealed.get((code, zone), {}) for code in codes)

    def concealed(self, indicator: str, place: str, year: int | None = None) -> bool:
        """Whether all that a place has of an indicator (in a year) is hidden: it has values, and none can be shown."""
        if not self.hides(indicator, place):
            return False
        seen = self.series(indicator, place)
        return not seen.points if year is None else seen.at(year) is None

    def base_of(self, statistic: str | None, place: str, year: int) -> Decimal | None:
        """A place's own statistic in the base unit of its dimension."""
        found = self.observed(statistic, place).get(year)
        return None if found is None else self._base(found)

    def unnamed(self, indicator: str, zones: Iterable[str], year: int) -> tuple[Decimal, ...]:
        """Values that count in ranks and medians without being named, of zones that are hidden from this reader.

        None where they are so few that one could be told, or where the results of their region are closed.
        """
        open_to_results = [zone for zone in zones if self.region(zone, year) not in self.snapshot.closed_results]
        points = [self._whole.series(indicator, zone).at(year) for zone in open_to_results]
        values = tuple(sorted(point.value for point in points if point is not None))
        return values if len(values) >= FEWEST_UNNAMED else ()

    @cached_property
    def _whole(self) -> "SeriesReader":
        """What this reader would be if nothing were hidden: for results alone."""
        seen, hidden = self.snapshot.observations, self.snapshot.concealed
        whole = {key: {**seen.get(key, {}), **hidden.get(key, {})} for key in {**seen, **hidden}}
        return SeriesReader(replace(self.snapshot, observations=whole, concealed={}), self.least_reported)

    def _zone_values(
        self, statistic: str | None, place: str, zones: tuple[str, ...], year: int
    ) -> dict[str, ObservedValue]:
        """What zones have for the value of a place: for a group's also what is not seen of each by itself."""
        found = {zone: self.observed(statistic, zone).get(year) for zone in zones}
        if not self._is_zone(place):
            hidden = {zone: self.snapshot.concealed.get((statistic or "", zone), {}).get(year) for zone in zones}
            found |= {zone: value for zone, value in hidden.items() if value is not None}
        return {zone: value for zone, value in found.items() if value is not None}

    def _listed(self, used: Iterable[ObservedValue]) -> tuple[ObservedValue, ...]:
        """Those of the values behind a point that may be shown."""
        return tuple(each for each in used if self.observed(each.series, each.place).get(each.year) is each)

    def _bases(self, values: Mapping[str, ObservedValue]) -> dict[str, Decimal]:
        return {zone: self._base(value) for zone, value in values.items()}

    def _from_zones(
        self, row: Indicator, place: str, year: int, made: groups.GroupValue, *inputs: Mapping[str, ObservedValue]
    ) -> Point | None:
        """A point out of a group value; a zone by itself is simply observed."""
        if made.value is None:
            return None
        if made.reported < self.least_reported * made.members:
            return None
        used = tuple(values[zone] for values in inputs for zone in made.used if zone in values)
        way = self._way(used) if self._is_zone(place) else Way.FROM_ZONES
        listed = self._listed(used)
        point = Point(year, Decimal(made.value), way, listed, made.members, made.reported, made.missing)
        return replace(point, unlisted=len(used) - len(listed))

    def _sum(self, row: Indicator, place: str, region: str, year: int, first: int | None) -> Point | None:
        zones = self.members(place, year)
        values = self._zone_values(row.numerator, place, zones, year)
        made = groups.total(self._bases(values), zones)
        return self._from_zones(row, place, year, self._scaled(made, 1 / self._unit_factor(row)), values)

    def _unit_factor(self, row: Indicator) -> Decimal:
        return self.snapshot.units[row.unit].factor

    @staticmethod
    def _scaled(made: groups.GroupValue, factor: Decimal) -> groups.GroupValue:
        return made if made.value is None else replace(made, value=Decimal(made.value) * factor)

    def _ratio_of_sums(self, row: Indicator, place: str, region: str, year: int, first: int | None) -> Point | None:
        zones = self.members(place, year)
        over, under = (self._zone_values(code, place, zones, year) for code in (row.numerator, row.denominator))
        made = groups.ratio_of_sums(self._bases(over), self._bases(under), zones, row.factor)
        point = self._from_zones(row, place, year, made, over, under)
        own = self._parts(row, place, place, year)
        return point if own is None else self._beside(own, point)

    def _parts(self, row: Indicator, place: str, under_place: str, year: int) -> Point | None:
        """factor x numerator / denominator where both are observed for the places themselves."""
        over = self.observed(row.numerator, place).get(year)
        under = self.observed(row.denominator, under_place).get(year)
        if over is None or under is None or not under.value:
            return None
        return Point(year, row.factor * self._base(over) / self._base(under), Way.FROM_PARTS, (over, under))

    def _ratio_to_region(self, row: Indicator, place: str, region: str, year: int, first: int | None) -> Point | None:
        under = self.observed(row.denominator, region).get(year)
        if under is None:
            return None
        zones = self.members(place, year)
        over = self._zone_values(row.numerator, place, zones, year)
        made = groups.ratio_to_region(self._bases(over), self._base(under), zones, row.factor)
        point = self._from_zones(row, place, year, made, over)
        point = point and replace(point, inputs=(*point.inputs, under))
        own = self._parts(row, place, region, year)
        return point if own is None else self._beside(own, point)

    def _accumulated(self, row: Indicator, place: str, region: str, year: int, first: int | None) -> Point | None:
        """The yearly values of a flow from the plan's first year on; before it nothing has come together yet.

        A place that has yearly values of its own is counted by these, else by those of its zones.
        """
        if first is None or year < first - 1:
            return None
        if year == first - 1:
            return Point(year, Decimal(0), Way.DEFINITION)
        years = range(first, year + 1)
        own = any(y in self.observed(row.numerator, place) for y in years) and not self._is_zone(place)
        zones = {y: (place,) if own else self.members(place, y) for y in years}
        values = {y: self._zone_values(row.numerator, place, zones[y], y) for y in years}
        if not values[year] or len(values[year]) < self.least_reported * len(zones[year]):
            return None
        made = groups.accumulated({y: self._bases(v) for y, v in values.items()}, zones, first, year)
        made = self._scaled(made, 1 / self._unit_factor(row))
        used = tuple(v for by_zone in values.values() for v in by_zone.values())
        way = self._way(used) if own or self._is_zone(place) else Way.FROM_ZONES
        lacking = tuple(y for y in years if zones[y] and not values[y])
        listed = self._listed(used)
        point = Point(year, made.value or Decimal(0), way, listed, made.members, made.reported, made.missing)
        return replace(point, missing_years=lacking, unlisted=len(used) - len(listed))

    def _is_zone(self, place: str) -> bool:
        return self.snapshot.places[place].kind is PlaceKind.ZONE

    @staticmethod
    def _way(used: tuple[ObservedValue, ...]) -> Way:
        """How a place's own value came to be."""
        return Way.OBSERVED if len(used) == 1 else Way.FROM_PARTS

    def _each_zone(self, row: Indicator, place: str, region: str, year: int, first: int | None) -> Point | None:
        """Every zone is judged by itself: a group has no value."""
        return self._sum(row, place, region, year, first) if self._is_zone(place) else None

    def _register_complete(self, region: str, year: int) -> bool:
        """Whether the list of zones may be counted: always in the demonstration set, else from the stated year on."""
        since = self.snapshot.regions[region].register_complete_from
        return self.snapshot.data_set is DataSet.DEMONSTRATION or (since is not None and since <= year)

    def _zone_count(self, row: Indicator, place: str, region: str, year: int, first: int | None) -> Point | None:
        """The listed zones where the list is complete, else what was published (the statistic `zones`)."""
        published = self.observed(row.numerator, place).get(year)
        listed = Decimal(len(self.members(place, year))) if self._register_complete(region, year) else None
        made = None if listed is None else Point(year, listed, Way.REGISTER)
        if published is None:
            return made
        return self._beside(Point(year, self._in_unit(published, row), Way.OBSERVED, (published,)), made)

    def _zone_count_past(self, row: Indicator, place: str, region: str, year: int, first: int | None) -> Point | None:
        if row.threshold is None or row.threshold_unit is None:
            return None
        zones = self.members(place, year)
        values = self._zone_values(row.numerator, place, zones, year)
        past = row.threshold * self.snapshot.units[row.threshold_unit].factor
        made = groups.zone_count_past(self._bases(values), zones, past, strict=row.threshold_strict)
        return self._from_zones(row, place, year, made, values)

    def _region_coverage(self, row: Indicator, place: str, region: str, year: int, first: int | None) -> Point | None:
        own = self._parts(row, place, region, year)
        if not self._register_complete(region, year):
            return own
        covered = covered_cities(self.snapshot, self.members(place, year), year)
        found = groups.region_coverage(covered, cities(self.snapshot, region))
        made = None if found.value is None else Point(year, Decimal(found.value), Way.REGISTER)
        return made if own is None else self._beside(own, made)

    def _zone_coverage(self, row: Indicator, place: str, region: str, year: int, first: int | None) -> Point | None:
        zones = self.members(place, year)
        values = self._zone_values(row.numerator, place, zones, year)
        made = groups.zone_coverage({zone: bool(v.value) for zone, v in values.items()}, zones)
        return self._from_zones(row, place, year, made, values)
