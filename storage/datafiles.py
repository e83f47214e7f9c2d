"""Reading the data files. What is wrong in them comes back as a list, all at once, with file, line and field."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from storage import rows
from storage.datapolicies import PolicyFiles, PolicyParts, read_policies
from storage.datatext import Located, read_text, shown, validated
from storage.datawords import check_words
from storage.faults import DataProblem
from storage.nearest import nearest

__all__ = ["DataFiles", "DataProblem", "Located", "PolicyFiles", "PolicyParts", "read_data", "target_id"]

R = TypeVar("R", bound=BaseModel)

TABLES: dict[str, tuple[str, type[rows.Row]]] = {
    "units": ("units.csv", rows.UnitRow),
    "statistics": ("statistics.csv", rows.StatisticRow),
    "indicators": ("indicators.csv", rows.IndicatorRow),
    "breaks": ("breaks.csv", rows.BreakRow),
    "edits": ("edits.csv", rows.EditRow),
    "regions": ("regions.csv", rows.RegionRow),
    "zones": ("zones.csv", rows.ZoneRow),
    "zone_standings": ("zone_standings.csv", rows.StandingRow),
    "zone_groups": ("zone_groups.csv", rows.GroupRow),
    "sources": ("sources.csv", rows.SourceRow),
    "published": ("published.csv", rows.PublishedRow),
}

DEMONSTRATION: dict[str, tuple[str, type[rows.Row]]] = {
    "demonstration_zones": ("demonstration/zones.csv", rows.DemonstrationZoneRow),
    "demonstration_shares": ("demonstration/statistics.csv", rows.DemonstrationShareRow),
    "demonstration_counts": ("demonstration/counts.csv", rows.DemonstrationCountRow),
    "demonstration_regions": ("demonstration/regions.csv", rows.DemonstrationRegionRow),
    "demonstration_exceptions": ("demonstration/exceptions.csv", rows.DemonstrationExceptionRow),
}


@dataclass
class DataFiles:
    """All rows that could be read. `unread` names the tables that could not; `broken` the ids of lines that could not:
    whoever names one of those is not at fault."""

    units: list[Located[rows.UnitRow]] = field(default_factory=list)
    statistics: list[Located[rows.StatisticRow]] = field(default_factory=list)
    indicators: list[Located[rows.IndicatorRow]] = field(default_factory=list)
    breaks: list[Located[rows.BreakRow]] = field(default_factory=list)
    edits: list[Located[rows.EditRow]] = field(default_factory=list)
    regions: list[Located[rows.RegionRow]] = field(default_factory=list)
    zones: list[Located[rows.ZoneRow]] = field(default_factory=list)
    zone_standings: list[Located[rows.StandingRow]] = field(default_factory=list)
    zone_groups: list[Located[rows.GroupRow]] = field(default_factory=list)
    sources: list[Located[rows.SourceRow]] = field(default_factory=list)
    published: list[Located[rows.PublishedRow]] = field(default_factory=list)
    demonstration_zones: list[Located[rows.DemonstrationZoneRow]] = field(default_factory=list)
    demonstration_shares: list[Located[rows.DemonstrationShareRow]] = field(default_factory=list)
    demonstration_counts: list[Located[rows.DemonstrationCountRow]] = field(default_factory=list)
    demonstration_regions: list[Located[rows.DemonstrationRegionRow]] = field(default_factory=list)
    demonstration_exceptions: list[Located[rows.DemonstrationExceptionRow]] = field(default_factory=list)
    policies: list[PolicyFiles] = field(default_factory=list)
    parts: list[PolicyParts] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)
    broken: dict[str, set[str]] = field(default_factory=dict)
    with_demonstration: bool = True


def read_data(folder: Path, *, demonstration: bool = True) -> tuple[DataFiles, list[DataProblem]]:
    """Every data file below a folder, and every problem of form in them. Cross-checks are in storage/datacheck.

    Without `demonstration` the parameters of the demonstration set are not asked for.
    """
    folder = folder.resolve()
    files, problems = DataFiles(with_demonstration=demonstration), []
    if not folder.is_dir():
        return files, [DataProblem(str(folder), 0, "", "there is no such folder", "name the one that holds units.csv")]
    for name, (file, model) in {**TABLES, **(DEMONSTRATION if demonstration else {})}.items():
        found, wrong = _read_table(files, name, folder / file, shown(folder, folder / file), model)
        setattr(files, name, found)
        problems += wrong
    for parts, whole, wrong in read_policies(folder):
        files.parts += parts
        files.policies += whole
        problems += wrong
    problems += check_words(folder)
    return files, problems


def _read_table(
    files: DataFiles, table: str, path: Path, file: str, model: type[R]
) -> tuple[list[Located[R]], list[DataProblem]]:
    _, text, problems = read_text(path, file)
    lines = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    found: list[Located[R]] = []
    try:
        header = [] if problems else [name.strip() for name in next(lines, [])]
        problems = problems or list(_header_problems(header, file, model))
        if problems:
            files.unread.add(table)
            return [], problems
        for line, cells in _numbered(lines):
            row, mistakes = _line(header, cells, file, line, model)
            problems += mistakes
            if row is not None:
                found.append(row)
            else:
                files.broken.setdefault(table, set()).add(cells[0].strip())
    except csv.Error as error:
        problems.append(
            DataProblem(file, lines.line_num, "", f"this is no CSV ({error})", "see that each quoted cell is closed")
        )
        files.unread.add(table)
    return found, problems


def _numbered(lines: Any) -> Iterator[tuple[int, list[str]]]:
    """Lines with something in them, with the number of the first one where a cell goes over several."""
    last = lines.line_num
    for cells in lines:
        if any(cell.strip() for cell in cells):
            yield last + 1, cells
        last = lines.line_num


def _header_problems(header: list[str], file: str, model: type[BaseModel]) -> Iterator[DataProblem]:
    known = list(model.model_fields)
    needed = [name for name, info in model.model_fields.items() if info.is_required()]

    def wrong(name: str, problem: str, expected: str) -> DataProblem:
        return DataProblem(file, 1, name, problem, expected)

    if not any(header):
        yield wrong("", "the file is empty", f"begin with a line that names the columns: {', '.join(known)}")
        return
    if len(header) == 1 and any(sign in header[0] for sign in ";\t"):
        yield wrong("", "the columns are not separated by commas", "save the file as CSV with commas")
        return
    for name, times in Counter(header).items():
        if times > 1 and name in known:
            yield wrong(name, f"the column is there {times} times", "keep one of them")
        if name not in known:
            near = nearest(name, [each for each in known if each not in header], 1)
            hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(known)}"
            yield wrong(name, "there is no such column", hint)
    for name in needed:
        if name not in header:
            yield wrong(name, "the column is missing", f"the columns are {', '.join(known)}")


def _line(
    header: list[str], cells: list[str], file: str, line: int, model: type[R]
) -> tuple[Located[R] | None, list[DataProblem]]:
    if len(cells) != len(header):
        expected = f"give {len(header)}, one a column; a cell with a comma in it stands in double quotes"
        return None, [DataProblem(file, line, "", f"there are {len(cells)} cells", expected)]
    return validated(model, dict(zip(header, cells, strict=True)), file, line, {})


def target_id(policy: str, name: str) -> str:
    """The id of a target is its path: `hebei-2020/rd-intensity`."""
    return f"{policy}/{name}"
