"""The parameters of the demonstration set: that every statistic of zones can be made from them."""

from collections.abc import Iterator
from typing import Any

from models.enums import ValueType
from storage.datacheck.names import Names
from storage.datafiles import DataFiles, Located
from storage.demonstration import DRIVERS, FIRST_YEAR, LAST_YEAR, MADE
from storage.faults import DataProblem


def check_demonstration(files: DataFiles, names: Names) -> Iterator[DataProblem]:
    """What is wrong in data/demonstration; nothing is asked of it where the set is left out."""
    if not files.with_demonstration:
        return
    yield from _order(files)
    recipes = {"demonstration_shares", "demonstration_counts"}
    drawn = {each.row.statistic for each in files.demonstration_shares}
    drawn |= {each.row.statistic for each in files.demonstration_counts}
    made = drawn.union(MADE, *(files.broken.get(table, ()) for table in recipes))
    for statistic in files.statistics:
        if statistic.row.zone_level and statistic.row.code not in made and not files.unread & recipes:
            yield statistic.problem(
                "code",
                "nothing says how the demonstration set makes it",
                "give it a line in demonstration/statistics.csv (money) or demonstration/counts.csv (things)",
            )
    for exception in files.demonstration_exceptions:
        row = exception.row
        if not FIRST_YEAR <= row.from_year <= row.to_year <= LAST_YEAR:
            expected = f"give years from {FIRST_YEAR} to {LAST_YEAR}, the earlier one first"
            yield exception.problem("from_year", f"{row.from_year} to {row.to_year} are not years of the set", expected)
        statistic_row = names.statistics.get(row.statistic)
        whole = statistic_row is not None and statistic_row.value_type is not ValueType.DECIMAL
        if whole and row.value is not None and row.value % 1:
            yield exception.problem("value", f"{row.value} is no whole number", f"{row.statistic} is counted")


def _order(files: DataFiles) -> Iterator[DataProblem]:
    """A line draws on what was made before it: shares on drivers and shares, counts on these and on counts."""
    made: set[str] = set(DRIVERS)
    tables: list[tuple[str, list[Located[Any]], set[str]]] = [
        ("demonstration_shares", list(files.demonstration_shares), set()),
        ("demonstration_counts", list(files.demonstration_counts), {"high_tech_enterprises"}),
    ]
    for table, located, also in tables:
        made |= also | files.broken.get(table, set())
        for each in located:
            if each.row.of not in made and table not in files.unread:
                expected = f"name one that stands above it, or {', '.join(DRIVERS)}"
                yield each.problem("of", f"{each.row.of} is not made yet where this line is", expected)
            made.add(each.row.statistic)
