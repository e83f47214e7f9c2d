"""The gap report as a workbook: real numbers, a frozen header, and a sheet of sources."""

import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from models.enums import Language
from reports.gap_report import Report, ReportRow
from reports.table import (
    ALLOCATED_COLUMNS,
    EVIDENCE_COLUMNS,
    MOVE_COLUMNS,
    SHARE_COLUMNS,
    SOURCE_COLUMNS,
    TARGET_COLUMNS,
    WHOLE,
    cell,
    head,
)
from reports.zone_lines import AllocatedLine
from storage.palette import look
from storage.wording import say
from tracking.format import width

FONTS = {Language.ZH: "Microsoft YaHei", Language.EN: "Calibri"}
MADE = datetime(2000, 1, 1)
"""A workbook keeps when it was made; a fixed moment makes the same report the same file."""

WIDEST, NARROWEST = 46, 7
WIDE = {
    "number": 6,
    "title": 28,
    "place": 20,
    "asked": 26,
    "verdict": 18,
    "sentence": 64,
    "policy": 30,
    "source": 40,
    "address": 48,
    "observations": 14,
    "group": 28,
    "allocation": 26,
    "target_id": 60,
}
"""Columns with a width of their own bound."""

PRINTED = {"targets": "sentence", "allocated": "allocation"}
"""Sheets with more columns than a page holds are printed up to this one; the rest is for looking up."""

WRAPPED = frozenset("sentence quote title place policy asked verdict allocation source series note address".split())
IN_PERCENT = frozenset(["progress", "elapsed", "lag", "percent"])
LEAST_SHOWN = 0.005
"""A number that two decimals would show as 0.00 gets as many as it needs."""

FROZEN_COLUMNS = 3
LINE_HEIGHT = 16
LONGEST_SHOWN = 8
A3, A4 = 8, 9
LARGE = frozenset(["targets", "evidence"])
EMPTY = {"targets": "report.nothing", "evidence": "report.no_values", "sources": "report.no_sources"}
"""What a sheet says that has no row."""


class _Book:
    """A workbook with the formats that its sheets share."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.bytes = io.BytesIO()
        self.book = xlsxwriter.Workbook(self.bytes, {"in_memory": True, "strings_to_formulas": False})
        self.book.set_properties({"title": report.title, "created": MADE})
        self.text = self._format(text_wrap=True)
        self.plain = self._format()
        # The blank after the number keeps it off the unit in the next cell.
        self.number = self._format(num_format="#,##0.00_ ")
        self.small = self._format(num_format="#,##0.00####_ ")
        self.count = self._format(num_format="#,##0_ ")
        self.points = self._format(num_format="#,##0.0_ ")
        self.whole = self._format(num_format="0")
        self.header = self._format(bold=True, text_wrap=True, bg_color="#EEF1F5", bottom=1, valign="vcenter")
        self.title = self._format(bold=True, font_size=14)
        self.mark = self._format(bold=True, italic=True, font_color="#A12317")
        self.header_of_numbers = self._format(
            bold=True, text_wrap=True, bg_color="#EEF1F5", bottom=1, valign="vcenter", align="right"
        )
        self.heading = self._format(bold=True)
        self.link = self._format(font_color="#1253CA", underline=1, text_wrap=True)

    def _format(self, **properties: Any) -> Format:
        shared = {"font_name": FONTS[self.report.language], "font_size": 10, "valign": "top"}
        return self.book.add_format({**shared, **properties})

    def status(self, row: ReportRow | AllocatedLine) -> Format:
        """The status cell: bold, in the colour of its class."""
        return self._format(bold=True, text_wrap=True, font_color=look(row.status_class).light)

    def number_format(self, name: str, value: float) -> Format:
        """Years and ids without a separator; whole amounts without decimals, so that 4 zones are not 4.00."""
        if name in WHOLE:
            return self.whole
        if name in IN_PERCENT:
            return self.points
        if value == int(value):
            return self.count
        return self.number if abs(value) >= LEAST_SHOWN else self.small

    def sheet(self, name: str) -> Worksheet:
        """A sheet set up for print on landscape pages, one page wide."""
        sheet = self.book.add_worksheet(say(f"report.sheet.{name}", self.report.language))
        sheet.set_landscape()
        sheet.set_paper(A3 if name in LARGE else A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&C&P / &N")
        return sheet

    def close(self) -> bytes:
        self.book.close()
        return self.bytes.getvalue()


def write_xlsx(report: Report) -> bytes:
    """The workbook: summary, targets, group targets and allocated shares of zones, what changed, evidence, sources."""
    book = _Book(report)
    _summary(book)
    _table(book, "targets", TARGET_COLUMNS, report.rows)
    if report.shares:
        _table(book, "shares", SHARE_COLUMNS, report.shares)
    if report.allocated:
        _table(book, "allocated", ALLOCATED_COLUMNS, report.allocated)
    if report.moves:
        _table(book, "moves", MOVE_COLUMNS, report.moves)
    _table(book, "evidence", EVIDENCE_COLUMNS, report.evidence)
    _table(book, "sources", SOURCE_COLUMNS, report.sources)
    return book.close()


def _summary(book: _Book) -> None:
    """The title, the mark, how it stands, what is gravest, and how the figures were made."""
    report, sheet = book.report, book.sheet("summary")
    sheet.set_column(0, 0, 110)
    sheet.hide_gridlines(2)
    first, *gravest = report.summary
    attention = [("", book.text), (say("report.attention", report.language), book.heading)] if gravest else []
    lines = [
        (report.title, book.title),
        (say("report.number", report.language, number=report.number) if report.number else "", book.mark),
        (report.mark, book.mark),
        (first, book.text),
        *attention,
        *((line, book.text) for line in gravest),
        ("", book.text),
        (say("report.sheet.moves", report.language), book.heading),
        (report.since, book.text),
        ("", book.text),
        (say("report.sheet.notes", report.language), book.heading),
        *((line, book.text) for line in report.notes),
    ]
    for at, (line, look_of) in enumerate(line for line in lines if line != ("", book.mark)):
        sheet.write_string(at, 0, line, look_of)
        sheet.set_row(at, (LINE_HEIGHT * max(1, -(-width(line) // 115))) + (10 if at == 0 else 4))


def _table(book: _Book, name: str, columns: list[str], rows: Sequence[object]) -> None:
    """A sheet with one table: the mark (if any) above the header, which stays in sight; filters; fitted widths."""
    report, sheet = book.report, book.sheet(name)
    top = 0
    if report.mark:
        sheet.write_string(0, 0, report.mark, book.mark)
        top = 1
    names = head(name, columns, report.language)
    for at, words in enumerate(names):
        numbers = any(isinstance(getattr(row, columns[at]), float | Decimal) for row in rows)
        sheet.write_string(top, at, words, book.header_of_numbers if numbers else book.header)
    sheet.set_row(top, 2 * LINE_HEIGHT)
    for line, row in enumerate(rows, top + 1):
        _line(book, sheet, line, columns, row)
    if not rows:
        sheet.write_string(top + 1, 0, say(EMPTY[name], report.language), book.plain)
    for at, wide in enumerate(_widths(columns, names, rows, report.language)):
        sheet.set_column(at, at, wide)
    sheet.freeze_panes(top + 1, FROZEN_COLUMNS if name == "targets" else 0)
    sheet.repeat_rows(top)
    if name in PRINTED:
        sheet.print_area(0, 0, top + max(1, len(rows)), columns.index(PRINTED[name]))
    if rows:
        sheet.autofilter(top, 0, top + len(rows), len(columns) - 1)


def _line(book: _Book, sheet: Worksheet, line: int, columns: list[str], row: object) -> None:
    heights = [1]
    for at, name in enumerate(columns):
        value = cell(row, name, book.report.language)
        _write(book, sheet, line, at, name, value, row)
        if name in WRAPPED and isinstance(value, str):
            heights.append(-(-width(value) // WIDE.get(name, WIDEST)))
    sheet.set_row(line, LINE_HEIGHT * min(LONGEST_SHOWN, max(heights)))


def _write(book: _Book, sheet: Worksheet, line: int, at: int, name: str, value: object, row: object) -> None:
    """Numbers as numbers, everything else as text that no program takes for a formula."""
    if value is None:
        sheet.write_blank(line, at, None, book.plain)
    elif isinstance(value, int | float | Decimal):
        sheet.write_number(line, at, float(value), book.number_format(name, float(value)))
    elif name == "address" and str(value).startswith(("http://", "https://")):
        written = sheet.write_url(line, at, str(value), book.link, string=str(value))
        if written < 0:  # longer than a link may be: the words alone
            sheet.write_string(line, at, str(value), book.text)
    elif isinstance(row, ReportRow | AllocatedLine) and name == "verdict":
        sheet.write_string(line, at, f"{look(row.status_class).sign} {value}", book.status(row))
    else:
        sheet.write_string(line, at, str(value), book.text if name in WRAPPED else book.plain)


def _shown(value: object) -> str:
    return f"{float(value):,.2f}" if isinstance(value, float | Decimal) else "" if value is None else str(value)


def _widths(columns: list[str], names: list[str], rows: Iterable[object], language: Language) -> list[int]:
    """Wide enough for the longest cell and half of a wrapped header, within bounds."""
    found = [max(NARROWEST, -(-width(words) // 2) + 3) for words in names]
    for row in rows:
        for at, name in enumerate(columns):
            found[at] = max(found[at], width(_shown(cell(row, name, language))) + 2)
    return [min(WIDE.get(name, WIDEST), width) for name, width in zip(columns, found, strict=True)]
