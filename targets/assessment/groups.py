"""From zones to groups (specification, section 7): exact decimals in, exact decimals out, and who is missing."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

HUNDRED = Decimal(100)
SHARED_DIGITS = 15
"""So many digits of a gap its parts are told in."""


@dataclass(frozen=True, slots=True)
class GroupValue:
    """A group's value with the zones it was made from. `missing` zones are in the scope but have not reported."""

    value: Decimal | None
    members: int
    used: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def reported(self) -> int:
        """How many zones the value was made from."""
        return len(self.used)

    @property
    def partial(self) -> bool:
        """Whether a zone of the scope is missing, so that the verdict is provisional."""
        return bool(self.missing)


def _group(value: Decimal | None, zones: Collection[str], used: Iterable[str]) -> GroupValue:
    there = set(used)
    return GroupValue(
        value if there else None,
        len(zones),
        tuple(z for z in zones if z in there),
        tuple(z for z in zones if z not in there),
    )


def total(values: Mapping[str, Decimal], zones: Collection[str]) -> GroupValue:
    """The sum of a statistic over the zones of the scope."""
    used = [zone for zone in zones if zone in values]
    return _group(sum((values[zone] for zone in used), Decimal(0)), zones, used)


def accumulated(
    yearly: Mapping[int, Mapping[str, Decimal]], zones: Mapping[int, Collection[str]], first: int, year: int
) -> GroupValue:
    """A flow added up from the plan's first year to `year`; a zone with a year missing is missing."""
    everyone = sorted({zone for y in range(first, year + 1) for zone in zones.get(y, ())})
    amount, whole, seen = Decimal(0), [], False
    for zone in everyone:
        owed = [y for y in range(first, year + 1) if zone in zones.get(y, ())]
        given = [yearly.get(y, {}).get(zone) for y in owed]
        amount += sum((value for value in given if value is not None), Decimal(0))
        seen = seen or any(value is not None for value in given)
        if all(value is not None for value in given):
            whole.append(zone)
    return GroupValue(
        amount if seen else None, len(everyone), tuple(whole), tuple(z for z in everyone if z not in whole)
    )


def ratio_of_sums(
    over: Mapping[str, Decimal], under: Mapping[str, Decimal], zones: Collection[str], factor: Decimal
) -> GroupValue:
    """factor x sum(numerator) / sum(denominator) over the zones that have both; never the mean of their ratios."""
    used = [zone for zone in zones if zone in over and zone in under]
    base = sum((under[zone] for zone in used), Decimal(0))
    if not base:
        return _group(None, zones, ())
    return _group(factor * sum((over[zone] for zone in used), Decimal(0)) / base, zones, used)


def ratio_to_region(
    over: Mapping[str, Decimal], region: Decimal, zones: Collection[str], factor: Decimal
) -> GroupValue:
    """factor x sum(numerator over zones) / the region's own value."""
    made = total(over, zones)
    if made.value is None or not region:
        return _group(None, zones, ())
    return _group(factor * made.value / region, zones, made.used)


def zone_count_past(
    values: Mapping[str, Decimal], zones: Collection[str], threshold: Decimal, *, strict: bool
) -> GroupValue:
    """How many zones lie at (or, strictly, above) a threshold: 超千亿元园区."""
    used = [zone for zone in zones if zone in values]
    past = [zone for zone in used if values[zone] > threshold or (not strict and values[zone] == threshold)]
    return _group(Decimal(len(past)), zones, used)


def region_coverage(covered: Collection[str], regions: Collection[str]) -> GroupValue:
    """Sub-regions with at least one zone of the scope, in percent of all of them (盟市全覆盖)."""
    if not regions:
        return GroupValue(None, 0)
    there = tuple(region for region in regions if region in covered)
    return GroupValue(HUNDRED * len(there) / len(regions), len(regions), tuple(regions))


def zone_coverage(yes: Mapping[str, bool], zones: Collection[str]) -> GroupValue:
    """Zones that answered yes, in percent of all zones of the scope. One that has not answered is missing, not a no:
    the value is the least it can be, and partial."""
    used = [zone for zone in zones if zone in yes]
    if not used:
        return _group(None, zones, ())
    return _group(HUNDRED * sum(yes[zone] for zone in used) / len(zones), zones, used)


def shortfalls(
    over: Mapping[str, Decimal],
    under: Mapping[str, Decimal],
    zones: Collection[str],
    threshold: Decimal,
    factor: Decimal,
) -> dict[str, Decimal]:
    """Each zone's part in the gap of a ratio: T / factor x denominator - numerator, in the numerator's unit.

    The parts add up to the group's shortfall exactly; a negative one is a zone that helps.
    """
    return {zone: threshold * under[zone] / factor - over[zone] for zone in zones if zone in over and zone in under}


def needed_shares(values: Mapping[str, Decimal], zones: Collection[str], gap: Decimal) -> dict[str, Decimal]:
    """Each zone's part in the gap of a sum, in proportion to its latest value. They add up to the gap exactly.

    Where the values add up to nothing, the gap is shared equally.
    """
    used = [zone for zone in zones if zone in values]
    base = sum((values[zone] for zone in used), Decimal(0))
    if not used:
        return {}
    # Rounded far below anything that is reported, so that the parts have few enough digits to be added exactly;
    # what the rounding leaves goes to the largest.
    step = Decimal(1).scaleb(gap.adjusted() - SHARED_DIGITS)
    parts = {zone: (gap * values[zone] / base if base > 0 else gap / len(used)).quantize(step) for zone in used}
    last = max(used, key=lambda zone: abs(parts[zone]))
    return {**parts, last: gap - sum((parts[zone] for zone in used if zone != last), Decimal(0))}
