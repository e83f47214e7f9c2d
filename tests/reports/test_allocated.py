"""Shares that zones were allocated stand in the gap report, apart from what policies ask."""

import io
from collections.abc import Callable
from decimal import Decimal

import pytest
from docx import Document
from openpyxl import load_workbook

from models.enums import DataSet, Language
from reports.formats import FORMATS
from reports.gap_report import Report, Subject, build_report
from reports.issued import digest
from storage.queries import Snapshot
from storage.wording import say
from tests.reports.test_paper import of_docx, of_pdf, squeezed
from tests.world import allocated

Founding = Callable[[DataSet], Snapshot]
TARGET, GROUP = "inner-mongolia-2021/rd-intensity-national", "150000-national"
SHARES = {"baotou-rare-earth": "2.60", "hohhot-jinshan": "1.90", "ordos": "2.80"}


def built(founding: Founding, subject: str, language: Language = Language.ZH) -> Report:
    snapshot = allocated(founding(DataSet.DEMONSTRATION), TARGET, **SHARES)
    return build_report(snapshot, Subject.find(snapshot, subject), 2024, language)


@pytest.mark.parametrize(
    ("subject", "zones"),
    [
        ("inner-mongolia-2021", set(SHARES)),
        ("150000", set(SHARES)),
        (GROUP, set(SHARES)),
        ("ordos", {"ordos"}),
        ("hebei-2020", set()),
        ("130000", set()),
        ("hohhot-jinchuan", set()),
    ],
)
def test_a_report_has_the_shares_of_what_it_is_about(founding: Founding, subject: str, zones: set[str]) -> None:
    report = built(founding, subject)
    assert {line.place_code for line in report.allocated} == zones
    assert {line.target_id for line in report.allocated} <= {TARGET}
    assert {row.target_id for row in report.rows} == {
        row.target_id for row in build_report(founding(DataSet.DEMONSTRATION), report.subject, 2024, Language.ZH).rows
    }


def test_a_share_says_what_is_asked_what_there_is_and_what_it_rests_on(founding: Founding) -> None:
    (line,) = built(founding, "ordos").allocated
    snapshot = founding(DataSet.DEMONSTRATION)
    assert (line.group, line.place, line.version) == ("内蒙古国家级高新区", "鄂尔多斯高新区", 1)
    assert line.asked == "2.8%以上（到 2025 年）" and line.quote == snapshot.target(TARGET).quote
    assert line.value is not None and line.gap is not None
    assert line.gap == pytest.approx(float(Decimal("2.80") - line.value)) and line.gap_unit == "个百分点"
    known = {each.id for by_year in snapshot.observations.values() for each in by_year.values()}
    assert len(line.observations.split("|")) == 2 and {int(each) for each in line.observations.split("|")} <= known


@pytest.mark.parametrize("language", Language)
def test_shares_are_on_paper_and_in_the_workbook(founding: Founding, language: Language) -> None:
    report = built(founding, "150000", language)
    heading, note = say("report.sheet.allocated", language), say("share.note", language)
    for ending, read in (("pdf", of_pdf), ("docx", of_docx)):
        words = read(FORMATS[ending].write(report))
        for said in (heading, note, *(each for line in report.allocated for each in (line.asked, line.allocation))):
            assert squeezed(said) in words, (ending, said)
    sheet = load_workbook(io.BytesIO(FORMATS["xlsx"].write(report)))[heading]
    places = [row[2] for row in sheet.iter_rows(min_row=3, values_only=True)]
    assert places == [line.place for line in report.allocated] and len(places) == len(SHARES)


def test_without_any_nothing_is_said_of_them_and_the_check_sum_is_that_of_before(founding: Founding) -> None:
    snapshot = founding(DataSet.DEMONSTRATION)
    report = build_report(snapshot, Subject.find(snapshot, "hebei-2020"), 2024, Language.ZH)
    heading = say("report.sheet.allocated", Language.ZH)
    assert heading not in of_pdf(FORMATS["pdf"].write(report))
    assert heading not in [each.text for each in Document(io.BytesIO(FORMATS["docx"].write(report))).paragraphs]
    assert heading not in load_workbook(io.BytesIO(FORMATS["xlsx"].write(report))).sheetnames
    assert digest(report) != digest(built(founding, "inner-mongolia-2021"))
