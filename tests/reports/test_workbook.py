"""The workbook as Excel would open it: numbers are numbers, the header stays, the mark is on every sheet."""

import io
import re
from collections.abc import Callable
from decimal import Decimal

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from models.enums import DataSet, Language
from reports.gap_report import Report, Subject, build_report
from reports.gap_report_csv import write_csv
from reports.gap_report_xlsx import write_xlsx
from reports.table import TARGET_COLUMNS, WHOLE, head
from storage.queries import Snapshot
from storage.wording import say

NUMBERS = "value threshold gap progress elapsed lag needed_per_year recent_per_year baseline_value".split()


@pytest.fixture
def report(founding: Callable[[DataSet], Snapshot]) -> Callable[..., Report]:
    def make(subject: str, data: DataSet = DataSet.DEMONSTRATION, language: Language = Language.ZH) -> Report:
        snapshot = founding(data)
        return build_report(snapshot, Subject.find(snapshot, subject), 2023, language)

    return make


def opened(built: Report) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(write_xlsx(built)))


def sheet(book: Workbook, name: str, language: Language = Language.ZH) -> Worksheet:
    return book[say(f"report.sheet.{name}", language)]


def test_every_figure_is_a_number_and_equal_to_the_reports(report: Callable[..., Report]) -> None:
    built = report("450000")
    targets = sheet(opened(built), "targets")
    first = 3
    for at, row in enumerate(built.rows):
        for name in NUMBERS:
            found = targets.cell(first + at, TARGET_COLUMNS.index(name) + 1)
            wanted = getattr(row, name)
            if wanted is None:
                assert found.value is None
                continue
            assert found.data_type == "n" and found.number_format != "General"
            assert float(found.value) == pytest.approx(float(wanted), rel=1e-12)


def test_years_are_whole_numbers_without_a_separator(report: Callable[..., Report]) -> None:
    targets = sheet(opened(report("450000")), "targets")
    formats = {
        targets.cell(row, TARGET_COLUMNS.index(name) + 1).number_format
        for row in range(3, targets.max_row + 1)
        for name in WHOLE & set(TARGET_COLUMNS)
        if targets.cell(row, TARGET_COLUMNS.index(name) + 1).value is not None
    }
    assert formats == {"0"}


def test_no_sheet_holds_a_formula(report: Callable[..., Report]) -> None:
    for each in opened(report("100000")).worksheets:
        assert all(cell.data_type != "f" for line in each.iter_rows() for cell in line)


@pytest.mark.parametrize("language", list(Language))
def test_the_mark_of_the_demonstration_set_is_on_every_sheet(report: Callable[..., Report], language: Language) -> None:
    built = report("baotou-rare-earth", language=language)
    for each in opened(built).worksheets:
        assert built.mark in [each.cell(1, 1).value, each.cell(2, 1).value], each.title
    real = report("130000", DataSet.REAL, language)
    words = [cell.value for each in opened(real).worksheets for line in each.iter_rows() for cell in line]
    assert say("report.mark", language) not in words


def test_the_header_stays_in_sight_and_can_be_filtered(report: Callable[..., Report]) -> None:
    targets = sheet(opened(report("130000")), "targets")
    assert targets.freeze_panes == "D3"
    assert targets.auto_filter.ref and targets.auto_filter.ref.startswith("A2:")
    assert [cell.value for cell in targets[2]] == head("targets", TARGET_COLUMNS, Language.ZH)


def test_every_published_value_leads_to_its_address(report: Callable[..., Report]) -> None:
    built = report("150000", DataSet.REAL)
    sources = sheet(opened(built), "sources")
    linked = {cell.hyperlink.target for line in sources.iter_rows() for cell in line if cell.hyperlink}
    web = {source.address for source in built.sources if source.address.startswith("http")}
    assert linked == web and web


def test_a_report_without_rows_still_opens(report: Callable[..., Report]) -> None:
    book = opened(report("110000"))
    assert sheet(book, "summary").cell(1, 1).value
    said = {name: sheet(book, name).cell(3, 1).value for name in ("targets", "evidence", "sources")}
    assert said == {
        "targets": "目前没有适用的目标。",
        "evidence": "没有可列出的数据点。",
        "sources": "本报告没有引用公开来源。",
    }


@pytest.mark.parametrize("language", list(Language))
def test_each_language_has_its_own_sheets_and_headings(report: Callable[..., Report], language: Language) -> None:
    book = opened(report("baotou-rare-earth", language=language))
    names = ("summary", "targets", "shares", "evidence", "sources")
    assert book.sheetnames == [say(f"report.sheet.{name}", language) for name in names]
    foreign = "\u4e00" if language is Language.EN else None
    # What is quoted stays in the language of the policy.
    words = [cell.value for line in sheet(book, "targets", language).iter_rows(max_col=16) for cell in line]
    assert not any(foreign and re.search("[\u4e00-\u9fff]", str(word)) for word in words)


def test_whole_amounts_have_no_decimals_and_small_gaps_are_not_shown_as_nothing(report: Callable[..., Report]) -> None:
    targets = sheet(opened(report("450000")), "targets")
    shown: dict[tuple[str, str], list[float]] = {}
    for name in ("value", "gap", "lag"):
        for line in range(3, targets.max_row + 1):
            found = targets.cell(line, TARGET_COLUMNS.index(name) + 1)
            if found.value is not None:
                shown.setdefault((name, found.number_format), []).append(float(found.value))
    assert all(number == int(number) for number in shown["value", "#,##0_ "])
    assert all(abs(number) >= 0.005 for number in shown["value", "#,##0.00_ "])
    assert {form for name, form in shown if name == "lag"} == {"#,##0.0_ "}


def test_nothing_is_cut_off_where_it_is_printed(report: Callable[..., Report]) -> None:
    """Columns of figures and single words are as wide as what stands in them; the others wrap."""
    for built in (report("130000"), report("150000", DataSet.REAL), report("450000", language=Language.EN)):
        for each in opened(built).worksheets[1:]:
            header = 1 if not built.mark else 2
            for column in each.iter_cols(min_row=header + 1):
                width = each.column_dimensions[column[0].column_letter].width
                for found in column:
                    if not isinstance(found.value, str) or found.alignment.wrap_text or found.coordinate == "A3":
                        continue
                    assert sum(2 if ord(letter) > 0x2E80 else 1 for letter in found.value) <= width, found.value


def test_the_same_report_is_the_same_file(report: Callable[..., Report]) -> None:
    assert write_xlsx(report("hebei-2020")) == write_xlsx(report("hebei-2020"))
    assert write_csv(report("hebei-2020")) == write_csv(report("hebei-2020"))


def test_the_table_for_programs_holds_the_unrounded_numbers(report: Callable[..., Report]) -> None:
    built = report("130000")
    header, *lines = write_csv(built).decode("utf-8-sig").split("\r\n")[:-1]
    assert len(lines) == len(built.rows)
    assert header.split(",")[: len(TARGET_COLUMNS)] == head("targets", TARGET_COLUMNS, Language.ZH)
    exact = {str(row.value) for row in built.rows if isinstance(row.value, Decimal)}
    assert exact and all(any(number in line for line in lines) for number in exact)
    assert all(line.endswith(built.mark) for line in lines)
