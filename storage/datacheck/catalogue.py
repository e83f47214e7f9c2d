"""Units, statistics and indicators: that each can be computed from what it names."""

from collections.abc import Iterator

from models.enums import Aggregation, StatisticType, ValueType
from storage.datacheck.names import Names
from storage.datafiles import DataFiles, Located
from storage.faults import DataProblem
from storage.rows import IndicatorRow, StatisticRow

RATIOS = frozenset({Aggregation.RATIO_OF_SUMS, Aggregation.RATIO_TO_REGION, Aggregation.REGION_COVERAGE})
SUMS = frozenset({Aggregation.SUM, Aggregation.ACCUMULATED, Aggregation.EACH_ZONE, Aggregation.ZONE_COUNT})
PERCENTAGES = RATIOS | {Aggregation.ZONE_COVERAGE}
YES_NO = "yes_no"


def check_catalogue(files: DataFiles, names: Names) -> Iterator[DataProblem]:
    """What contradicts itself in statistics.csv and indicators.csv."""
    for statistic in files.statistics:
        yield from _statistic(statistic, names)
    for indicator in files.indicators:
        yield from _indicator(indicator, names)


def _statistic(each: Located[StatisticRow], names: Names) -> Iterator[DataProblem]:
    row = each.row
    stored, displayed = names.dimension(row.unit), names.dimension(row.display_unit)
    if stored and displayed and stored != displayed:
        yield each.problem(
            "display_unit", f"{row.display_unit} cannot show what is kept in {row.unit}", f"give a unit of {stored}"
        )
    if stored and (stored == YES_NO) != (row.value_type is ValueType.YES_NO):
        yield each.problem(
            "value_type", f"{row.value_type.value} does not go with the unit {row.unit}", "yes_no goes with 是否 alone"
        )


def _indicator(each: Located[IndicatorRow], names: Names) -> Iterator[DataProblem]:
    row = each.row
    yield from _members(each, names)
    if row.aggregation is Aggregation.EACH_MEMBER:
        return
    if row.numerator is None:
        yield each.problem("numerator", "it is missing", "give the statistic that is counted or summed")
    if row.aggregation in RATIOS and row.denominator is None:
        yield each.problem("denominator", f"{row.aggregation.value} needs one", "give the statistic to divide by")
    if row.aggregation not in RATIOS and row.denominator is not None:
        yield each.problem("denominator", f"{row.aggregation.value} divides by nothing", "leave the cell empty")
    if row.aggregation in PERCENTAGES and row.unit == "%" and row.factor != 100:
        yield each.problem("factor", f"a share in % is 100 times the ratio, not {row.factor} times", "give 100")
    if row.code in names.statistics and row.numerator not in (None, row.code):
        expected = f"give {row.code}, or another code"
        yield each.problem("numerator", f"the statistic {row.code} is published under the same code", expected)
    yield from _threshold(each, names)
    yield from _numerator(each, names)


def _members(each: Located[IndicatorRow], names: Names) -> Iterator[DataProblem]:
    row = each.row
    for member in row.members:
        yield from names.check(each, "members", member, "indicator", "indicators")
        found = names.indicators.get(member)
        if found is not None and found.aggregation is Aggregation.EACH_MEMBER:
            yield each.problem("members", f"{member} stands for others itself", "name those others")
    if bool(row.members) != (row.aggregation is Aggregation.EACH_MEMBER):
        expected = "name them, separated by |, or none"
        yield each.problem("members", "each_member stands for other indicators, no other rule does", expected)


def _threshold(each: Located[IndicatorRow], names: Names) -> Iterator[DataProblem]:
    row = each.row
    wanted = row.aggregation is Aggregation.ZONE_COUNT_PAST_THRESHOLD
    for field in ("threshold", "threshold_unit"):
        if (getattr(row, field) is not None) != wanted:
            expected = "give both threshold and threshold_unit" if wanted else "leave the cell empty"
            yield each.problem(field, f"zone_count_past_threshold has one, {row.aggregation.value} has not", expected)
    statistic = names.statistics.get(row.numerator or "")
    if not (statistic and wanted):
        return
    counted, threshold = names.dimension(statistic.unit), names.dimension(row.threshold_unit)
    if counted and threshold and counted != threshold:
        expected = f"give a unit of {counted}"
        yield each.problem("threshold_unit", f"{row.threshold_unit} does not go with {statistic.unit}", expected)


def _numerator(each: Located[IndicatorRow], names: Names) -> Iterator[DataProblem]:
    row = each.row
    statistic = names.statistics.get(row.numerator or "")
    if statistic is None:
        return
    kept, shown = names.dimension(statistic.unit), names.dimension(row.unit)
    if row.aggregation in SUMS and kept and shown and kept != shown:
        expected = f"give a unit of {kept}"
        yield each.problem("unit", f"{row.unit} cannot show {row.numerator}, kept in {statistic.unit}", expected)
    if row.aggregation is Aggregation.ACCUMULATED and statistic.type is not StatisticType.FLOW:
        yield each.problem("numerator", f"{row.numerator} is a stock: it adds up by itself", "give a flow, or use sum")
    if (row.aggregation is Aggregation.ZONE_COVERAGE) != (statistic.value_type is ValueType.YES_NO):
        expected = "give another one, or another rule"
        yield each.problem("numerator", "zone_coverage counts a yes/no statistic, and nothing else does", expected)
