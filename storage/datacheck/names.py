"""Every id that other lines may name: that it is there, and there once."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from storage.datafiles import DataFiles, Located
from storage.faults import DataProblem, shortly
from storage.nearest import nearest
from storage.rows import IndicatorRow, RegionRow, StatisticRow, UnitRow

SHOWN = 8
"""So many known ids are listed where none looks like the one that was given."""


class Names:
    """The rows that others name, by their id.

    A line that could not be read counts as known by its first cell, and in a file that could not be read everything
    does: who names it is not at fault, and would only hide what is.
    """

    def __init__(self, files: DataFiles) -> None:
        self.units: dict[str, UnitRow] = {each.row.symbol: each.row for each in files.units}
        self.statistics: dict[str, StatisticRow] = {each.row.code: each.row for each in files.statistics}
        self.indicators: dict[str, IndicatorRow] = {each.row.code: each.row for each in files.indicators}
        self.regions: dict[str, RegionRow] = {each.row.code: each.row for each in files.regions}
        self.groups = {each.row.code for each in files.zone_groups}
        self._tables: dict[str, set[str]] = {
            "units": set(self.units),
            "statistics": set(self.statistics),
            "indicators": set(self.indicators),
            "regions": set(self.regions),
            "zones": {each.row.code for each in files.zones},
            "zone_groups": self.groups,
            "sources": {each.row.id for each in files.sources},
        }
        self._unread = files.unread
        self._broken = files.broken

    def check(
        self, each: Located[Any], field: str, wanted: str | None, what: str, *tables: str
    ) -> Iterator[DataProblem]:
        """A problem where a field names something that stands in none of the tables; the nearest ids are offered."""
        if wanted is None or self._unread.intersection(tables):
            return
        known = set[str]().union(*(self._tables[table] for table in tables))
        if wanted in known or any(wanted in self._broken.get(table, ()) for table in tables):
            return
        near = nearest(wanted, known)
        listed = ", ".join(sorted(known)[:SHOWN])
        yield each.problem(
            field,
            f"there is no {what} {shortly(wanted)}",
            f"nearest: {', '.join(near)}" if near else f"known are {listed} …" if known else "there is none at all yet",
        )

    def missing(self, table: str, wanted: str) -> bool:
        """Whether a table that could be read has no line of that id."""
        known = wanted in self._tables[table] or wanted in self._broken.get(table, ())
        return not known and table not in self._unread

    def dimension(self, unit: str | None) -> str | None:
        """What a unit measures; None for an unknown one."""
        found = self.units.get(unit or "")
        return found.dimension if found else None

    def series(self, code: str | None) -> StatisticRow | IndicatorRow | None:
        """A statistic, else an indicator."""
        return self.statistics.get(code or "") or self.indicators.get(code or "")


def check_duplicates(files: DataFiles) -> Iterator[DataProblem]:
    """Lines that stand twice."""
    keyed: list[tuple[Iterable[Located[Any]], str, Callable[[Any], object]]] = [
        (files.units, "symbol", lambda row: row.symbol),
        (files.statistics, "code", lambda row: row.code),
        (files.indicators, "code", lambda row: row.code),
        ([*files.regions, *files.zone_groups, *files.zones], "code", lambda row: row.code),
        (files.edits, "code", lambda row: row.code),
        (files.sources, "id", lambda row: row.id),
        (files.breaks, "year", lambda row: (row.statistic, row.year)),
        (files.zone_standings, "valid_from", lambda row: (row.zone, row.valid_from)),
        (files.published, "year", lambda row: (row.series, row.place, row.year, row.state.value)),
        *((parts.targets, "id", lambda row: row.id) for parts in files.parts),
        (files.demonstration_zones, "zone", lambda row: row.zone),
        ([*files.demonstration_shares, *files.demonstration_counts], "statistic", lambda row: row.statistic),
        (files.demonstration_regions, "series", lambda row: (row.series, row.place)),
    ]
    for located, name, key in keyed:
        seen: dict[object, Located[Any]] = {}
        for each in located:
            found = key(each.row)
            first = seen.setdefault(found, each)
            if first is not each:
                parts = found if isinstance(found, tuple) else (found,)
                words = "/".join("" if part is None else str(part) for part in parts)
                where = f"line {first.line}" if first.file == each.file else f"{first.file}, line {first.line}"
                yield each.problem(name, f"{words} stands already in {where}", "keep one of them, or give another id")


def check_names(files: DataFiles, names: Names) -> Iterator[DataProblem]:
    """Fields that name a line of another file."""
    named: list[tuple[Iterable[Located[Any]], str, str, tuple[str, ...]]] = [
        (files.statistics, "unit", "unit", ("units",)),
        (files.statistics, "display_unit", "unit", ("units",)),
        (files.indicators, "unit", "unit", ("units",)),
        (files.indicators, "threshold_unit", "unit", ("units",)),
        (files.indicators, "numerator", "statistic", ("statistics",)),
        (files.indicators, "denominator", "statistic", ("statistics",)),
        (files.breaks, "statistic", "statistic", ("statistics",)),
        (files.regions, "parent", "region", ("regions",)),
        (files.zone_standings, "zone", "zone", ("zones",)),
        (files.zone_standings, "city", "region", ("regions",)),
        (files.zone_standings, "source", "source", ("sources",)),
        (files.zone_groups, "region", "region", ("regions",)),
        (files.published, "series", "statistic or indicator", ("statistics", "indicators")),
        (files.published, "place", "place", ("regions", "zones", "zone_groups")),
        (files.published, "unit", "unit", ("units",)),
        (files.published, "source", "source", ("sources",)),
        (files.demonstration_zones, "zone", "zone", ("zones",)),
        (files.demonstration_shares, "statistic", "statistic", ("statistics",)),
        (files.demonstration_counts, "statistic", "statistic", ("statistics",)),
        (files.demonstration_regions, "series", "statistic or indicator", ("statistics", "indicators")),
        (files.demonstration_regions, "place", "place", ("regions", "zones", "zone_groups")),
        (files.demonstration_exceptions, "zone", "zone", ("zones",)),
        (files.demonstration_exceptions, "statistic", "statistic", ("statistics",)),
    ]
    for located, field, what, tables in named:
        for each in located:
            yield from names.check(each, field, getattr(each.row, field), what, *tables)
