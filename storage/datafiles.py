"""Reading the data files. What is wrong in them comes back as a list, all at once, with file, line and field."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

import yaml
from pydantic import ValidationError

from storage import rows

R = TypeVar("R", bound=rows.Row)

CSV_FILES: dict[str, type[rows.Row]] = {
    "units": rows.UnitRow,
    "statistics": rows.StatisticRow,
    "indicators": rows.IndicatorRow,
    "breaks": rows.BreakRow,
    "regions": rows.RegionRow,
    "zones": rows.ZoneRow,
    "zone_standings": rows.StandingRow,
    "zone_groups": rows.GroupRow,
    "sources": rows.SourceRow,
    "published": rows.PublishedRow,
}

SENTENCES = {
    "missing": "it is missing",
    "extra_forbidden": "there is no such field",
    "decimal_parsing": "{input!r} is not a number",
    "int_parsing": "{input!r} is not a whole number",
    "bool_parsing": "{input!r} is neither yes nor no",
    "string_pattern_mismatch": "{input!r} is no id: letters, digits, - _ . only",
}


@dataclass(frozen=True, slots=True, order=True)
class DataProblem:
    """One thing that is wrong in a data file, and what would be right."""

    file: str
    line: int
    field: str
    problem: str
    expected: str = ""

    def __str__(self) -> str:
        place = f"{self.file}, line {self.line}" + (f", {self.field}" if self.field else "")
        return f"{place}: {self.problem}" + (f"; {self.expected}" if self.expected else "")


@dataclass(frozen=True, slots=True)
class Located(Generic[R]):
    """A row with the place it was read at."""

    row: R
    file: str
    line: int
    lines: dict[str, int] = field(default_factory=dict)

    def problem(self, name: str, problem: str, expected: str = "") -> DataProblem:
        """A problem with one field of this row."""
        return DataProblem(self.file, self.lines.get(name, self.line), name, problem, expected)


@dataclass(frozen=True, slots=True)
class PolicyFiles:
    """One folder of data/policies: the document, its description and its targets."""

    policy: Located[rows.PolicyRow]
    original: bytes
    text: str
    targets: tuple[Located[rows.TargetRow], ...]


@dataclass
class DataFiles:
    """All rows that could be read."""

    units: list[Located[rows.UnitRow]] = field(default_factory=list)
    statistics: list[Located[rows.StatisticRow]] = field(default_factory=list)
    indicators: list[Located[rows.IndicatorRow]] = field(default_factory=list)
    breaks: list[Located[rows.BreakRow]] = field(default_factory=list)
    regions: list[Located[rows.RegionRow]] = field(default_factory=list)
    zones: list[Located[rows.ZoneRow]] = field(default_factory=list)
    zone_standings: list[Located[rows.StandingRow]] = field(default_factory=list)
    zone_groups: list[Located[rows.GroupRow]] = field(default_factory=list)
    sources: list[Located[rows.SourceRow]] = field(default_factory=list)
    published: list[Located[rows.PublishedRow]] = field(default_factory=list)
    policies: list[PolicyFiles] = field(default_factory=list)
    folder: Path = Path("data")


def read_data(folder: Path) -> tuple[DataFiles, list[DataProblem]]:
    """Every data file below a folder, and every problem of form in them. Cross-checks are in storage/datacheck.py."""
    files, problems = DataFiles(folder=folder), []
    for name, model in CSV_FILES.items():
        found, wrong = _read_csv(folder, f"{name}.csv", model)
        setattr(files, name, found)
        problems += wrong
    for path in sorted(p for p in (folder / "policies").glob("*") if p.is_dir()):
        policy, wrong = _read_policy(folder, path)
        problems += wrong
        if policy is not None:
            files.policies.append(policy)
    return files, problems


def _text(folder: Path, path: Path) -> tuple[str, list[DataProblem]]:
    name = str(path.relative_to(folder.parent))
    try:
        return path.read_bytes().decode("utf-8"), []
    except FileNotFoundError:
        return "", [DataProblem(name, 0, "", "the file is missing")]
    except (UnicodeDecodeError, OSError) as error:
        return "", [DataProblem(name, 0, "", f"the file cannot be read: {error}", "save it as UTF-8")]


def _read_csv(folder: Path, name: str, model: type[R]) -> tuple[list[Located[R]], list[DataProblem]]:
    text, problems = _text(folder, folder / name)
    if problems:
        return [], problems
    file = f"{folder.name}/{name}"
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    found: list[Located[R]] = []
    try:
        for cells in reader:
            if None in cells or None in cells.values():
                width = len(reader.fieldnames or [])
                wrong = "more" if None in cells else "fewer"
                problems.append(
                    DataProblem(file, reader.line_num, "", f"there are {wrong} cells than the {width} columns")
                )
                continue
            row, mistakes = _validated(model, cells, file, reader.line_num, {})
            problems += mistakes
            if row is not None:
                found.append(row)
    except csv.Error as error:
        problems.append(DataProblem(file, reader.line_num, "", f"the file is no readable CSV: {error}"))
    return found, problems


def _validated(
    model: type[R], cells: dict[str, Any], file: str, line: int, lines: dict[str, int]
) -> tuple[Located[R] | None, list[DataProblem]]:
    try:
        return Located(model.model_validate(cells), file, line, lines), []
    except ValidationError as error:
        return None, [_problem(model, wrong, file, line, lines) for wrong in error.errors()]


def _problem(model: type[rows.Row], wrong: Any, file: str, line: int, lines: dict[str, int]) -> DataProblem:
    name = str(wrong["loc"][0]) if wrong["loc"] else ""
    shown = ".".join(str(part) for part in wrong["loc"])
    sentence = SENTENCES.get(wrong["type"], "{input!r}: " + wrong["msg"]).format(input=wrong["input"])
    expected = ""
    if wrong["type"] == "enum":
        sentence = f"{wrong['input']!r} is unknown"
        expected = f"one of {wrong['ctx']['expected']}"
    if wrong["type"] == "extra_forbidden":
        expected = f"known are {', '.join(model.model_fields)}"
    return DataProblem(file, lines.get(name, line), shown, sentence, expected)


def _read_policy(folder: Path, path: Path) -> tuple[PolicyFiles | None, list[DataProblem]]:
    text, problems = _text(folder, path / "text.txt")
    described, wrong = _read_yaml(folder, path / "policy.yaml", rows.PolicyRow)
    targets, more = _read_yaml(folder, path / "targets.yaml", rows.TargetRow)
    problems = problems + wrong + more
    if not described or not text:
        return None, problems
    policy = described[0]
    if policy.row.id != path.name:
        problems.append(policy.problem("id", f"{policy.row.id!r} is not the name of its folder {path.name!r}"))
    return PolicyFiles(policy, (path / "text.txt").read_bytes(), text, tuple(targets)), problems


def _read_yaml(folder: Path, path: Path, model: type[R]) -> tuple[list[Located[R]], list[DataProblem]]:
    """The mapping, or the list of mappings, of a YAML file, each field with its line."""
    text, problems = _text(folder, path)
    if problems:
        return [], problems
    file = str(path.relative_to(folder.parent))
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or "the file is no readable YAML"
        return [], [DataProblem(file, mark.line + 1 if mark else 0, "", f"the file is no readable YAML: {what}")]
    found: list[Located[R]] = []
    for mapping in _mappings(node):
        if not isinstance(mapping, yaml.MappingNode):
            problems.append(DataProblem(file, mapping.start_mark.line + 1, "", "fields with values are needed here"))
            continue
        lines = {str(key.value): key.start_mark.line + 1 for key, _ in mapping.value}
        problems += _repeated(file, mapping)
        row, mistakes = _validated(model, _plain(mapping), file, mapping.start_mark.line + 1, lines)
        problems += mistakes
        if row is not None:
            found.append(row)
    return found, problems


def _repeated(file: str, mapping: yaml.MappingNode) -> Iterator[DataProblem]:
    seen: set[str] = set()
    for key, _ in mapping.value:
        if key.value in seen:
            yield DataProblem(file, key.start_mark.line + 1, str(key.value), "the field stands here twice")
        seen.add(key.value)


def _mappings(node: yaml.Node | None) -> list[yaml.Node]:
    if node is None:
        return []
    return list(node.value) if isinstance(node, yaml.SequenceNode) else [node]


def _plain(node: yaml.Node) -> Any:
    """Scalars stay the text they were written as, so that 2.50 keeps its digits and nothing turns into a float."""
    if isinstance(node, yaml.MappingNode):
        return {str(key.value): _plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_plain(each) for each in node.value]
    return None if node.tag.endswith(":null") else node.value


def target_id(policy: str, name: str) -> str:
    """The id of a target is its path: `hebei-2020/rd-intensity`."""
    return f"{policy}/{name}"
