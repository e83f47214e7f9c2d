"""Indicator tables (指标, 单位, 2020年, 2025年, 属性) of web pages, of Word files, in Markdown, one cell a line."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from models.enums import Comparator, Kind, Strength
from models.extraction import Candidate, Span, TableCell, Tier
from targets.extraction.grammar import Row, of
from targets.extraction.normalise import normalise
from targets.extraction.quantities import ALIAS, NUMBER, SCALES

FIRST_HEAD = re.compile(r"(?:序号|类别|(?:主要|发展|核心)?指标(?:名称|体系)?|名称|项目)$")
NAME_HEAD = re.compile(r"指标|名称|项目")
UNIT_HEAD = re.compile(r"单位$")
YEAR_HEAD = re.compile(r"(20\d\d)\s*年?(?:目标|规划|预期|实际|完成|预计)?(?:值|数)?$")
AIM_HEAD = re.compile(r"(?:预期|目标|规划)(?:值|目标值)?$")
RATE_HEAD = re.compile(r"年均|累计")
NATURE = {"约束性": Strength.BINDING, "预期性": Strength.EXPECTED}
VALUE = re.compile(
    rf"^(?P<sign>[≥≤><＞＜]=?|不低于|不少于|超过|大于|不超过|低于|控制在|达到?|约|\[|〔)?\s*(?P<minus>[-−－]|下降|降低)?"
    rf"(?P<number>{NUMBER})(?P<unit>[^\d以左\])〕]*)(?P<suffix>以上|左右|以内|以下)?[\])〕]?$"
)
SIGNS = {
    "≥": ">=", ">=": ">=", "不低于": ">=", "不少于": ">=", "达到": ">=", "达": ">=", "[": ">=", "〔": ">=",
    "≤": "<=", "<=": "<=", "不超过": "<=", "控制在": "<=", "以内": "<=", "以下": "<=",
    ">": ">", "＞": ">", "超过": ">", "大于": ">", "<": "<", "＜": "<", "低于": "<", "约": "~", "左右": "~",
    "以上": ">=",
}  # fmt: skip
UNIT_IN_NAME = re.compile(r"[（(]\s*([^（()）\d]{1,10}?)\s*[)）]\s*$")
NUMBERED = re.compile(r"^\s*(?:\d{1,2}[.、．]?|[（(]\d{1,2}[)）]|[一二三四五六七八九十]+、)\s*")
LONGEST_CELL = 60
FEWEST_ROWS = 2
COLUMNS = range(3, 9)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with its place in the source, and its words in view form."""

    span: Span
    words: str


Grid = list[list[Cell | None]]


def table_candidates(
    source: str, cells: Sequence[TableCell], issued: int | None, end: int | None, scope: str
) -> list[Candidate]:
    """The targets of every indicator table of a source, row by row; `end` is that of the plan's period."""
    grids = _of_cells(source, cells) if cells else [*_of_lines(source), *_of_markdown(source)]
    return [found for grid in grids for found in _rows(source, grid, issued, end, scope)]


def _cell(source: str, start: int, end: int) -> Cell:
    return Cell(Span(start, end), re.sub(r"(?<=[一-龥])\s+(?=[一-龥])", "", normalise(source[start:end]).text.strip()))


def _of_cells(source: str, cells: Sequence[TableCell]) -> Iterator[Grid]:
    for number in dict.fromkeys(each.table for each in cells):
        own = [each for each in cells if each.table == number]
        width, height = max(each.column for each in own) + 1, max(each.row for each in own) + 1
        if width > 40 or height > 2000:
            continue
        grid: Grid = [[None] * width for _ in range(height)]
        for each in own:
            grid[each.row][each.column] = _cell(source, each.span.start, each.span.end)
        yield grid


def _of_markdown(source: str) -> Iterator[Grid]:
    """Runs of lines of cells between bars."""
    grid: Grid = []
    for match in re.finditer(r"[^\n]*\n?", source):
        line = match[0]
        if line.count("|") >= 3:
            grid.append(
                [
                    _cell(source, match.start() + m.start(), match.start() + m.end())
                    for m in re.finditer(r"[^|\n]+", line)
                ]
            )
        elif grid:
            yield [row for row in grid if not all(cell and re.fullmatch(r"[\s:\-]*", cell.words) for cell in row)]
            grid = []


def _of_lines(source: str) -> Iterator[Grid]:
    """One cell a line: the number of columns is the one that makes most rows."""
    lines = [m for m in re.finditer(r"[^\n]+", source) if m[0].strip()]
    short = [len(m[0].strip()) <= LONGEST_CELL for m in lines]
    at = 0
    while at < len(lines):
        if short[at] and FIRST_HEAD.fullmatch(re.sub(r"\s", "", lines[at][0])):
            run = next((n for n in range(at, len(lines)) if not short[n]), len(lines))
            cells: list[Cell] = [_cell(source, m.start(), m.end()) for m in lines[at:run]]
            grid = max((_chunks(cells, width) for width in COLUMNS), key=len, default=[])
            if len(grid) > FEWEST_ROWS:
                yield grid
                at += len(grid) * len(grid[0])
                continue
        at += 1


def _chunks(cells: Sequence[Cell], width: int) -> Grid:
    """Header and rows of so many columns, as long as each row has a name and a number where the header has a year."""
    head = cells[:width]
    years = [at for at, cell in enumerate(head) if YEAR_HEAD.search(cell.words) or AIM_HEAD.fullmatch(cell.words)]
    name = next((at for at, cell in enumerate(head) if NAME_HEAD.search(cell.words)), None)
    if not years or name is None:
        return []
    grid: Grid = [list(head)]
    for begun in range(width, len(cells) - width + 1, width):
        row = cells[begun : begun + width]
        if not re.search("[一-龥]", row[name].words) or not VALUE.match(row[years[-1]].words):
            break
        grid.append(list(row))
    return grid


def _rows(source: str, grid: Grid, issued: int | None, end: int | None, scope: str) -> Iterator[Candidate]:
    head = [cell.words if cell else "" for cell in grid[0]] if grid else []
    years = {at: int(found[1]) for at, words in enumerate(head) if (found := YEAR_HEAD.search(words))}
    if not years and end is not None:
        years = {at: end for at, words in enumerate(head) if AIM_HEAD.fullmatch(words)}
    name = next((at for at, words in enumerate(head) if NAME_HEAD.search(words) and at not in years), None)
    if name is None or not years or max(years.values()) < (issued or 0):
        return
    last = max(years.values())
    targets = [at for at, year in years.items() if year == last and (issued is None or year >= issued)]
    rates = [at for at, words in enumerate(head) if RATE_HEAD.search(words) and at not in years]
    unit = next((at for at, words in enumerate(head) if UNIT_HEAD.search(words)), None)
    for row in grid[1:]:
        yield from _row(source, row, _Columns(name, unit, (*targets, *rates), frozenset(rates), last), scope)


@dataclass(frozen=True, slots=True)
class _Columns:
    name: int
    unit: int | None
    targets: tuple[int, ...]
    rates: frozenset[int]
    year: int


def _row(source: str, row: Sequence[Cell | None], columns: _Columns, scope: str) -> Iterator[Candidate]:
    named = row[columns.name] if columns.name < len(row) else None
    if named is None or not re.search("[一-龥A-Za-z]", named.words):
        return
    for at in columns.targets:
        cell = row[at] if at < len(row) else None
        found = VALUE.match(cell.words) if cell else None
        if cell is None or found is None:
            continue
        yield _candidate(source, row, columns, named, cell, found, at in columns.rates, scope)
        return


def _candidate(
    source: str,
    row: Sequence[Cell | None],
    columns: _Columns,
    named: Cell,
    cell: Cell,
    found: re.Match[str],
    rate: bool,
    scope: str,
) -> Candidate:
    indicator = NUMBERED.sub("", named.words)
    written = UNIT_IN_NAME.search(indicator)
    beside = row[columns.unit] if columns.unit is not None and columns.unit < len(row) else None
    unit = found["unit"].strip() or (beside.words if beside else "") or (written[1] if written else "")
    unit = ALIAS.get(unit.strip("（）() "), unit.strip("（）() "))
    indicator = UNIT_IN_NAME.sub("", indicator) if written else indicator
    start, end = named.span.start, cell.span.end
    if end < start:
        start, end = cell.span.start, named.span.end
    anchor = _anchor(source, cell, found["number"])
    down = bool(found["minus"]) or bool(re.search("降低|下降|减少", indicator))
    nature = next((NATURE[each.words] for each in row if each and each.words in NATURE), Strength.EXPECTED)
    return Candidate(
        quote=source[start:end],
        start=start,
        end=end,
        anchor=anchor,
        indicator=indicator,
        scope=scope,
        kind=_kind(unit, indicator, rate or bool(found["minus"])),
        comparator=Comparator(SIGNS.get(found["suffix"] or found["sign"] or "", ">=")),
        value=Decimal(found["number"].replace(",", "")),
        unit=unit,
        tier=Tier.HIGH if unit else Tier.CHECK,
        measure="annual" if rate else None,
        direction=-1 if down else None,
        deadline=columns.year,
        strength=nature,
        reasons=("a row of an indicator table", f"deadline {columns.year} from the table's head"),
        rules=("table.row",),
    )


def _anchor(source: str, cell: Cell, number: str) -> Span:
    """The number in the source; a cell in another form of digits is its own anchor."""
    at = source.find(number, cell.span.start, cell.span.end)
    return Span(at, at + len(number)) if at >= 0 else cell.span


def _kind(unit: str, indicator: str, rate: bool) -> Kind:
    if unit in ("%", "‰"):
        grows = rate or re.search(r"增长率?$|增速|增幅|下降$|降低$", indicator)
        return Kind.GROWTH_RATE if grows else Kind.COVERAGE if re.search("覆盖率?$", indicator) else Kind.SHARE
    if unit == "百分点":
        return Kind.CHANGE_POINTS
    base = next((unit[len(s) :] for s in sorted(SCALES, key=len, reverse=True) if unit.startswith(s)), unit)
    row: Row | None = of("unit").get(base)
    return Kind.COUNT if row is not None and row.kind == "count" and "/" not in unit else Kind.LEVEL


def without_tables(found: Iterable[Candidate], tables: Sequence[Candidate]) -> list[Candidate]:
    """Candidates of the running text that do not lie in a row of a table."""
    spans = [(each.start, each.end) for each in tables]
    return [each for each in found if not any(start <= each.anchor.start < end for start, end in spans)]
