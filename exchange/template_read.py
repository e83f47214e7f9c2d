"""A filled template read back: refused as a whole in one sentence, or every problem by the address of its cell."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from openpyxl import load_workbook

from exchange.template import COLUMNS, HEAD_ROW, KIND, META, TYPED, Form, letter
from models import Statistic
from models.catalogue import Unit
from models.enums import Language, Severity
from models.errors import TemplateRefused
from storage.wording import say
from submissions.edits import Ranges, Values, check
from submissions.figures import Typed, offered, parse

LARGEST = 5_000_000
"""Bytes of an uploaded workbook; a filled form has 30,000."""

LARGEST_INSIDE, MOST_PARTS = 40_000_000, 200
"""Bytes that it may unpack to, and parts that it may have: more is no form, and could be a bomb."""

LAST_ROW = 400
"""Rows that are read; the form has some 60."""

OLD_EXCEL, ZIP = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"
MACROS = re.compile(rb"macroEnabled|vbaProject")
DECLARATION = re.compile(rb"<!\s*(DOCTYPE|ENTITY)|<\0!\0D\0O\0C|\0<\0!\0D\0O", re.IGNORECASE)
"""Our workbooks declare no entities; whoever does wants them to grow."""


@dataclass(frozen=True, slots=True)
class FilledCell:
    """One figure of the form as it was typed and understood; `cell` is its address, `note` the explanation."""

    statistic: str
    cell: str
    typed: str
    unit: str
    understood: Typed
    note: str


@dataclass(frozen=True, slots=True)
class CellProblem:
    """Something to see to before the form can be submitted (hard) or to explain (soft), by cell."""

    cell: str
    statistic: str
    severity: Severity
    zh: str
    en: str

    def words(self, language: Language) -> str:
        """The problem in one sentence, without the address of its cell."""
        return self.zh if language is Language.ZH else self.en


@dataclass(frozen=True, slots=True)
class DryRun:
    """What would be taken over, and everything that is wrong with it. Nothing has been saved."""

    cells: tuple[FilledCell, ...]
    problems: tuple[CellProblem, ...]

    @property
    def unreadable(self) -> frozenset[str]:
        """Statistics whose figure was not understood; what was typed is in `cells` all the same."""
        return frozenset(each.statistic for each in self.cells if each.understood.problem is not None)


def read_template(data: bytes, name: str, form: Form, last_year: Values, ranges: Ranges) -> DryRun:
    """The dry run of an uploaded workbook; raises TemplateRefused where it is not the form that is asked for."""
    _refuse_file(data, name)
    try:
        values = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        formulas = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        _refuse_other_form(values, form)
        sheets = [next(each for each in book.worksheets if each.title != META) for book in (values, formulas)]
        written, asked = (list(sheet.iter_rows(HEAD_ROW + 1, LAST_ROW, 1, len(COLUMNS))) for sheet in sheets)
    except TemplateRefused:
        raise
    except Exception:  # A damaged workbook makes openpyxl raise whatever it likes.
        raise _refused("damaged") from None
    lines = dict(_lines(written))
    _refuse_uncalculated(lines, dict(_lines(asked)))
    if missing := form.rules.statistics.keys() - lines.keys():
        raise _refused("incomplete", name=form.rules.statistics[min(missing)].zh, missing=len(missing))
    return _dry_run(form, lines, last_year, ranges)


def _refused(kind: str, **values: object) -> TemplateRefused:
    return TemplateRefused(kind, say(f"template.refused.{kind}", Language.EN, **values), values)


def _refuse_file(data: bytes, name: str) -> None:
    """Everything that can be told before anything of the file is believed."""
    if len(data) > LARGEST:
        raise _refused("too_large", size=f"{len(data) / 1e6:.0f}", most=LARGEST // 1_000_000)
    if name.lower().endswith((".xlsm", ".xltm", ".xlam", ".xlsb")):
        raise _refused("macros")
    if data.startswith(OLD_EXCEL):
        raise _refused("old_excel")
    if not data.startswith(ZIP):
        raise _refused("no_workbook")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _refuse_parts(package)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        raise _refused("damaged") from None


def _refuse_parts(package: zipfile.ZipFile) -> None:
    parts = package.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_INSIDE:
        raise _refused("bomb")
    names = {part.filename for part in parts}
    if any(re.search(r"vba(Project|Data)|macrosheets|activeX", each, re.IGNORECASE) for each in names):
        raise _refused("macros")
    if not {"[Content_Types].xml", "xl/workbook.xml"} <= names:
        raise _refused("no_workbook")
    for part in parts:
        content = package.read(part)  # Never more than the size that was added up above.
        if part.filename == "[Content_Types].xml" and MACROS.search(content):
            raise _refused("macros")
        if DECLARATION.search(content):
            raise _refused("damaged")


def _refuse_other_form(book: Any, form: Form) -> None:
    if META not in book.sheetnames:
        raise _refused("other_file")
    rows = book[META].iter_rows(1, 10, 1, 2, values_only=True)
    told = {str(name): str(value) for name, value in rows if name is not None}
    if told.get("kind") != KIND:
        raise _refused("other_file")
    wanted = {
        "other_zone": ("zone", form.zone.code),
        "other_year": ("year", str(form.year)),
        "other_form": ("form", form.version),
    }
    for kind, (what, right) in wanted.items():
        given = told.get(what, "")
        if given != right:
            raise _refused(kind, given=given[:60], wanted=right)


Line = dict[str, Any]
"""The cells of a row by the name of their column."""


def _lines(rows: list[Any]) -> Iterator[tuple[str, Line]]:
    """The rows that belong to a statistic, by its code; a title of a section has none."""
    for row in rows:
        line = dict(zip(COLUMNS, row, strict=False))
        code = getattr(line.get("code"), "value", None)
        if isinstance(code, str):
            yield code, line


def _refuse_uncalculated(values: dict[str, Line], formulas: dict[str, Line]) -> None:
    """A formula of which the file holds no result: opened and saved by a spreadsheet it would have one."""
    for code, line in formulas.items():
        for column in TYPED:
            formula = getattr(line[column], "data_type", "") == "f"
            if formula and values[code][column].value is None:
                raise _refused("uncalculated", cell=f"{letter(column)}{line[column].row}")


def _dry_run(form: Form, lines: dict[str, Line], last_year: Values, ranges: Ranges) -> DryRun:
    cells, problems = [], []
    for code, statistic in form.rules.statistics.items():
        filled, problem = _filled(form, statistic, lines[code])
        cells.append(filled)
        problems += problem
    values = {each.statistic: each.understood.value for each in cells}
    wrong = {each.statistic for each in problems}
    notes = {each.statistic: each.note for each in cells}
    excused = [code for code, value in values.items() if value is None and notes[code]]
    at = {each.statistic: each.cell for each in cells}
    for failure in check(form.rules, values, last_year, ranges, [*excused, *wrong]):
        first = failure.statistics[0]
        explained = failure.severity is Severity.SOFT and notes[first]
        if not explained:
            problems.append(CellProblem(at[first], first, failure.severity, failure.zh, failure.en))
    order = {code: position for position, code in enumerate(form.rules.statistics)}
    return DryRun(tuple(cells), tuple(sorted(problems, key=lambda each: (order[each.statistic], each.severity))))


def _filled(form: Form, statistic: Statistic, line: Line) -> tuple[FilledCell, list[CellProblem]]:
    """One row of the form: the figure in its unit, and what is wrong with either."""
    row = _row(line)
    cell = f"{letter('figure')}{row}"
    units = offered(statistic, form.rules.units)
    wanted = _text(line["unit"].value)
    unit = next((each for each in units if wanted in (each.zh, each.symbol)), None)
    typed = _text(line["figure"].value)
    understood = parse(typed, statistic, unit or units[0], form.rules.units)
    problems = []
    if unit is None:
        problems.append(_unit_problem(f"{letter('unit')}{row}", statistic, wanted, units))
        understood = Typed(None)
    elif understood.problem is not None:
        zh, en = (understood.problem.words(language) for language in Language)
        problems.append(CellProblem(cell, statistic.code, Severity.HARD, zh, en))
    symbol = (unit or units[0]).symbol
    return FilledCell(statistic.code, cell, typed, symbol, understood, _text(line["note"].value).strip()), problems


def _row(line: Line) -> int:
    return int(line["code"].row)


def _unit_problem(cell: str, statistic: Statistic, wanted: str, units: list[Unit]) -> CellProblem:
    zh, en = (
        say(
            "template.unit",
            language,
            name=getattr(statistic, language.value),
            given=wanted[:40] or "—",
            units=" ".join(each.zh for each in units),
        )
        for language in Language
    )
    return CellProblem(cell, statistic.code, Severity.HARD, zh, en)


def _text(value: object) -> str:
    """A cell as somebody typed it. Excel keeps 15 digits of a number; what lies behind them is noise."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.15g}" if "e" not in f"{value:.15g}" else f"{value:.15f}".rstrip("0").rstrip(".")
    return str(value)
