"""Whether the data files agree with each other. Every disagreement is found before anything is loaded."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from models.assessment import TargetSpec
from models.contradictions import problems as contradictions
from models.enums import Aggregation, Kind, ValueType
from storage.datafiles import DataFiles, DataProblem, Located, PolicyFiles
from storage.nearest import nearest
from storage.rows import IndicatorRow, PublishedRow, TargetRow, UnitRow

RATIOS = frozenset({Aggregation.RATIO_OF_SUMS, Aggregation.RATIO_TO_REGION, Aggregation.REGION_COVERAGE})
WITHOUT_NUMERATOR = frozenset({Aggregation.EACH_MEMBER})
RATE_UNITS = {
    Kind.GROWTH_RATE: "%",
    Kind.MULTIPLE_OF_REFERENCE: "倍",
    Kind.GROWTH_MULTIPLE: "倍",
    Kind.CHANGE_POINTS: "百分点",
}
QUOTE_SHOWN = 30


class _Names:
    """Every id that other lines may name."""

    def __init__(self, files: DataFiles) -> None:
        self.units = {each.row.symbol: each.row for each in files.units}
        self.statistics = {each.row.code: each.row for each in files.statistics}
        self.indicators = {each.row.code: each.row for each in files.indicators}
        self.regions = {each.row.code: each.row for each in files.regions}
        self.zones = {each.row.code for each in files.zones}
        self.groups = {each.row.code for each in files.zone_groups}
        self.sources = {each.row.id for each in files.sources}
        self.places = set(self.regions) | self.zones | self.groups


def check_data(files: DataFiles) -> list[DataProblem]:
    """All disagreements between the rows that could be read, in the order of the files."""
    names = _Names(files)
    checks: list[Iterable[DataProblem]] = [
        _duplicates(files),
        _references(files, names),
        *(_indicator(each, names) for each in files.indicators),
        *(_published(each, names) for each in files.published),
        *(_policy(each, names) for each in files.policies),
    ]
    return sorted({problem for found in checks for problem in found})


def _duplicates(files: DataFiles) -> Iterator[DataProblem]:
    keyed: list[tuple[Iterable[Located[Any]], str, Callable[[Any], object]]] = [
        (files.units, "symbol", lambda row: row.symbol),
        (files.statistics, "code", lambda row: row.code),
        (files.indicators, "code", lambda row: row.code),
        ([*files.regions, *files.zones, *files.zone_groups], "code", lambda row: row.code),
        (files.sources, "id", lambda row: row.id),
        (files.breaks, "year", lambda row: (row.statistic, row.year)),
        (files.zone_standings, "valid_from", lambda row: (row.zone, row.valid_from)),
        (files.published, "year", lambda row: (row.series, row.place, row.year, row.state.value)),
        *((policy.targets, "id", lambda row: row.id) for policy in files.policies),
    ]
    for located, name, key in keyed:
        seen: dict[object, Located[Any]] = {}
        for each in located:
            found = key(each.row)
            if found in seen:
                words = "/".join(map(str, found)) if isinstance(found, tuple) else found
                first = seen[found]
                yield each.problem(name, f"{words} stands already in {first.file}, line {first.line}")
            seen.setdefault(found, each)


def _unknown(
    each: Located[Any], field: str, wanted: str | None, known: Iterable[str], what: str
) -> Iterator[DataProblem]:
    names = set(known)
    if wanted is None or wanted in names:
        return
    near = nearest(wanted, names)
    expected = f"nearest: {', '.join(near)}" if near else f"known are {', '.join(sorted(names)[:8])} …"
    yield each.problem(field, f"there is no {what} {wanted!r}", expected)


def _references(files: DataFiles, names: _Names) -> Iterator[DataProblem]:
    named: list[tuple[Iterable[Located[Any]], str, Iterable[str], str]] = [
        (files.statistics, "unit", names.units, "unit"),
        (files.statistics, "display_unit", names.units, "unit"),
        (files.indicators, "unit", names.units, "unit"),
        (files.indicators, "threshold_unit", names.units, "unit"),
        (files.indicators, "numerator", names.statistics, "statistic"),
        (files.indicators, "denominator", names.statistics, "statistic"),
        (files.breaks, "statistic", names.statistics, "statistic"),
        (files.regions, "parent", names.regions, "region"),
        (files.zone_standings, "zone", names.zones, "zone"),
        (files.zone_standings, "city", names.regions, "region"),
        (files.zone_standings, "source", names.sources, "source"),
        (files.zone_groups, "region", names.regions, "region"),
        (files.published, "series", {*names.statistics, *names.indicators}, "statistic or indicator"),
        (files.published, "place", names.places, "place"),
        (files.published, "unit", names.units, "unit"),
        (files.published, "source", names.sources, "source"),
    ]
    for located, field, known, what in named:
        for each in located:
            yield from _unknown(each, field, getattr(each.row, field), known, what)
    standing = {each.row.zone for each in files.zone_standings}
    for zone in files.zones:
        if zone.row.code not in standing:
            yield zone.problem("code", "the zone has no line in zone_standings.csv", "give its level, city and source")


def _dimension(names: _Names, unit: str | None) -> str | None:
    found: UnitRow | None = names.units.get(unit or "")
    return found.dimension if found else None


def _indicator(each: Located[IndicatorRow], names: _Names) -> Iterator[DataProblem]:
    row = each.row
    for member in row.members:
        yield from _unknown(each, "members", member, names.indicators, "indicator")
    if row.aggregation in WITHOUT_NUMERATOR:
        if not row.members:
            yield each.problem("members", "an each_member indicator stands for others", "name them, separated by |")
        return
    if row.numerator is None:
        yield each.problem("numerator", "it is missing", "name the statistic that is counted")
    if row.aggregation in RATIOS and row.denominator is None:
        yield each.problem("denominator", f"{row.aggregation.value} needs one")
    if row.aggregation is Aggregation.ZONE_COUNT_PAST_THRESHOLD and (row.threshold is None or not row.threshold_unit):
        yield each.problem("threshold", "zone_count_past_threshold needs a threshold and its unit")
    summed = row.aggregation in (Aggregation.SUM, Aggregation.ACCUMULATED, Aggregation.EACH_ZONE)
    statistic = names.statistics.get(row.numerator or "")
    if summed and statistic and _dimension(names, statistic.unit) != _dimension(names, row.unit):
        yield each.problem("unit", f"{row.unit} cannot show {row.numerator}, which is kept in {statistic.unit}")


def _published(each: Located[PublishedRow], names: _Names) -> Iterator[DataProblem]:
    row = each.row
    series = names.statistics.get(row.series) or names.indicators.get(row.series)
    if series is None or row.unit not in names.units:
        return
    if _dimension(names, series.unit) != _dimension(names, row.unit):
        yield each.problem("unit", f"{row.unit} cannot be kept as {series.unit}, the unit of {row.series}")
        return
    statistic = names.statistics.get(row.series)
    if statistic is not None and statistic.value_type is ValueType.WHOLE:
        base = row.value * names.units[row.unit].factor / names.units[statistic.unit].factor
        if base != base.to_integral_value():
            yield each.problem("value", f"{row.value} {row.unit} is not a whole number of {statistic.unit}")


def _policy(policy: PolicyFiles, names: _Names) -> Iterator[DataProblem]:
    yield from _unknown(policy.policy, "region", policy.policy.row.region, names.regions, "region")
    for target in policy.targets:
        yield from _target_names(target, names)
        yield from _target_quote(target, policy.text)
        yield from _target_number(target, names)
        yield from _target_spec(target)


def _target_names(each: Located[TargetRow], names: _Names) -> Iterator[DataProblem]:
    row = each.row
    yield from _unknown(each, "indicator", row.indicator, names.indicators, "indicator")
    yield from _unknown(each, "place", row.place, names.places, "place")
    yield from _unknown(each, "unit", row.unit, names.units, "unit")
    if row.reference is not None:
        yield from _unknown(each, "reference", row.reference.indicator, names.indicators, "indicator")
        yield from _unknown(each, "reference", row.reference.place, names.places, "place")
    if (row.reference is None) == (row.kind is Kind.MULTIPLE_OF_REFERENCE):
        yield each.problem("reference", "a multiple_of_reference names its reference, no other kind does")


def _target_quote(each: Located[TargetRow], text: str) -> Iterator[DataProblem]:
    row = each.row
    if text[row.start : row.end] != row.quote:
        at = text.find(row.quote)
        shown = text[row.start : row.end][:QUOTE_SHOWN]
        expected = f"it stands at {at}–{at + len(row.quote)}" if at >= 0 else "it does not stand anywhere in text.txt"
        yield each.problem("quote", f"text[{row.start}:{row.end}] is {shown!r}, not the quote", expected)
    first, last = row.anchor
    if not row.start <= first < last <= row.end:
        yield each.problem("anchor", f"[{first}, {last}] does not lie in the quote {row.start}–{row.end}")


def _target_number(each: Located[TargetRow], names: _Names) -> Iterator[DataProblem]:
    row = each.row
    indicator = names.indicators.get(row.indicator)
    if row.unit not in names.units or indicator is None:
        return
    if row.kind is Kind.COUNT:
        if row.unit == "%":
            yield each.problem("unit", "a count is not a percentage", "give 家, 个, 人 …, or another kind")
        elif row.value != row.value.to_integral_value():
            yield each.problem("value", f"a count is a whole number, not {row.value}")
    elif row.kind in RATE_UNITS:
        if row.unit != RATE_UNITS[row.kind]:
            yield each.problem("unit", f"a {row.kind.value} is given in {RATE_UNITS[row.kind]}, not in {row.unit}")
        return
    elif row.kind in (Kind.SHARE, Kind.COVERAGE) and row.unit != "%":
        yield each.problem("unit", f"a {row.kind.value} is given in %, not in {row.unit}")
    if _dimension(names, row.unit) != _dimension(names, indicator.unit):
        yield each.problem("unit", f"{row.unit} cannot be compared with {indicator.unit}, the unit of {row.indicator}")


def spec_of_row(row: TargetRow) -> TargetSpec:
    """The arithmetic's view of a line, to ask whether it contradicts itself."""
    return TargetSpec(
        kind=row.kind,
        comparator=row.comparator,
        value=float(row.value),
        value_high=None if row.value_high is None else float(row.value_high),
        measure=row.measure,
        direction=row.direction,
        deadline=row.deadline,
        baseline_year=row.baseline_year,
    )


def _target_spec(each: Located[TargetRow]) -> Iterator[DataProblem]:
    for field, sentence in contradictions(spec_of_row(each.row)):
        yield each.problem(field, sentence)
