"""Published values: that each can be kept in the unit of its series, and may be what it is."""

from collections.abc import Iterator
from decimal import Decimal

from models.enums import ValueType
from storage.datacheck.names import Names
from storage.datafiles import DataFiles, Located
from storage.faults import DataProblem
from storage.rows import PublishedRow, StatisticRow

COUNTED = frozenset({"count", "people", "pieces", "rank"})
"""Dimensions of which there are no fractions."""

LARGEST_PERCENT = 1000


def check_values(files: DataFiles, names: Names) -> Iterator[DataProblem]:
    """What cannot be in published.csv."""
    for each in files.published:
        yield from _published(each, names)


def _published(each: Located[PublishedRow], names: Names) -> Iterator[DataProblem]:
    row = each.row
    if bool(row.note_zh) != bool(row.note_en):
        missing = "note_en" if row.note_zh else "note_zh"
        yield each.problem(missing, "it is missing", "give a note in both languages, or none")
    series = names.series(row.series)
    if series is None or row.unit not in names.units or series.unit not in names.units:
        return
    kept = names.dimension(series.unit)
    if kept != names.dimension(row.unit):
        expected = f"give a unit of {kept}, such as {series.unit}"
        yield each.problem("unit", f"{row.unit} cannot be kept as {series.unit}, the unit of {row.series}", expected)
        return
    base = row.value * names.units[row.unit].factor / names.units[series.unit].factor
    if base < 0 and not (isinstance(series, StatisticRow) and series.may_be_negative):
        expected = "see the sign in the source"
        yield each.problem("value", f"{row.value} is negative, which {row.series} cannot be", expected)
    if base != base.to_integral_value() and _is_counted(series, kept):
        expected = "see the figure and the unit in the source"
        yield each.problem("value", f"{row.value} {row.unit} is not a whole number of {series.unit}", expected)
    yield from _limits(each, base, kept)


def _is_counted(series: object, dimension: str | None) -> bool:
    if isinstance(series, StatisticRow):
        return series.value_type is not ValueType.DECIMAL
    return dimension in COUNTED


def _limits(each: Located[PublishedRow], base: Decimal, dimension: str | None) -> Iterator[DataProblem]:
    row = each.row
    if dimension == "percent" and base > LARGEST_PERCENT:
        expected = "2.5 % is written as 2.5; see the figure and the unit in the source"
        yield each.problem("value", f"{row.value} {row.unit} is no believable percentage", expected)
    if dimension == "yes_no" and base not in (0, 1):
        yield each.problem("value", f"{row.value} is neither yes nor no", "give 1 or 0")
    if dimension == "rank" and base < 1:
        yield each.problem("value", f"{row.value} is no rank", "give 1 or more")
