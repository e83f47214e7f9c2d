"""The gap report on paper: PDF and Word document say what the values say, and words of a policy stay words."""

import io
import re
from collections.abc import Callable
from dataclasses import replace
from zipfile import ZipFile

import pytest
from docx import Document
from pypdf import PdfReader

from models.enums import DataSet, Language, Method
from reports import chart_image
from reports.formats import FORMATS, write_all
from reports.gap_report import Report, Subject, build_report
from reports.gap_report_docx import write_docx
from reports.gap_report_paper import MOST_PARTS, paper_rows
from reports.gap_report_pdf import write_pdf
from storage.queries import Snapshot

Founding = Callable[[DataSet], Snapshot]
HOSTILE = '#evil *x* $y$ <w:p/> {{ 7*7 }} {% for %} =1+1 "quote" \\ @ref `code` \u202eabc &amp;'


def built(founding: Founding, subject: str, language: Language, data: DataSet = DataSet.DEMONSTRATION) -> Report:
    snapshot = founding(data)
    return build_report(snapshot, Subject.find(snapshot, subject), 2023, language, Method.LINEAR)


def squeezed(words: str) -> str:
    return re.sub(r"\s+", "", words)


def of_pdf(content: bytes) -> str:
    return squeezed("".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages))


def of_docx(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return squeezed("".join([*(each.text for each in document.paragraphs), *cells]))


WRITERS = {"pdf": (write_pdf, of_pdf), "docx": (write_docx, of_docx)}


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("subject", ["hebei-2020", "baotou-rare-earth", "150000"])
@pytest.mark.parametrize("kind", WRITERS)
def test_every_row_summary_and_note_is_on_paper(
    founding: Founding, kind: str, subject: str, language: Language
) -> None:
    report = built(founding, subject, language)
    write, read = WRITERS[kind]
    words = read(write(report))
    assert report.rows
    for said in (report.title, *report.summary, *report.notes):
        assert squeezed(said) in words
    for row in paper_rows(report):
        for said in (row.title, row.asked, row.value, row.gap, row.verdict, row.sentence):
            assert squeezed(said) in words, said
    assert squeezed(report.mark) in words


@pytest.mark.parametrize("kind", WRITERS)
def test_words_of_a_policy_are_printed_and_never_obeyed(founding: Founding, kind: str) -> None:
    report = built(founding, "baotou-rare-earth", Language.ZH)
    hurt = replace(
        report,
        title=HOSTILE,
        summary=(HOSTILE, HOSTILE),
        rows=tuple(replace(row, title=HOSTILE, quote=HOSTILE, sentence=HOSTILE) for row in report.rows),
        notes=(HOSTILE,),
    )
    write, read = WRITERS[kind]
    words = read(write(hurt))
    assert "{{7*7}}" in words and "49" not in words.replace("2049", "")
    assert "#evil*x*" in words


def test_a_demonstration_is_marked_on_every_page(founding: Founding) -> None:
    report = built(founding, "hebei-2020", Language.ZH)
    pages = PdfReader(io.BytesIO(write_pdf(report))).pages
    assert len(pages) > 1
    assert all(squeezed(report.mark) in squeezed(page.extract_text()) for page in pages)


def test_published_values_bear_no_mark_and_name_their_sources(founding: Founding) -> None:
    report = built(founding, "150000", Language.ZH, DataSet.REAL)
    words = of_pdf(write_pdf(report))
    assert "演示数据" not in words
    assert report.sources
    for source in report.sources:
        assert squeezed(source.title) in words


def test_the_same_report_gives_the_same_pdf(founding: Founding) -> None:
    report = built(founding, "baotou-rare-earth", Language.EN)
    assert write_pdf(report) == write_pdf(report)


def test_the_font_is_in_the_pdf(founding: Founding) -> None:
    page = PdfReader(io.BytesIO(write_pdf(built(founding, "baotou-rare-earth", Language.ZH)))).pages[0]
    fonts = page["/Resources"]["/Font"].values()  # type: ignore[index]
    names = {str(font.get_object()["/BaseFont"]) for font in fonts}
    assert names and all("NotoSansSC" in name for name in names)


def test_each_row_with_a_value_has_its_chart(founding: Founding) -> None:
    report = built(founding, "hebei-2020", Language.ZH)
    assert {picture.row for picture in report.pictures} == {row.number for row in report.rows if row.value is not None}
    document = Document(io.BytesIO(write_docx(report)))
    assert len(document.inline_shapes) == len(report.pictures)


def test_a_chart_is_drawn_again_byte_for_byte(founding: Founding) -> None:
    picture = built(founding, "hebei-2020", Language.ZH).pictures[0]
    assert chart_image.svg(picture, Language.ZH) == chart_image.svg(picture, Language.ZH)
    assert chart_image.png(picture, Language.ZH).startswith(b"\x89PNG")


def test_the_largest_parts_of_a_gap_are_listed(founding: Founding) -> None:
    report = built(founding, "hebei-2020", Language.ZH)
    first = paper_rows(report)[0]
    assert 1 < len(first.parts) <= MOST_PARTS
    assert first.parts[0][0] == next(part.place for part in report.parts if part.row == first.number)


def test_a_report_without_rows_is_a_page_that_says_so(founding: Founding) -> None:
    report = built(founding, "110000", Language.ZH)
    assert report.rows == ()
    for write, read in WRITERS.values():
        assert squeezed(report.summary[0]) in read(write(report))


def test_a_slash_in_a_title_makes_no_folder_and_each_format_is_told_of(founding: Founding) -> None:
    report, heard = built(founding, "nanning", Language.ZH), list[tuple[int, int]]()
    named = replace(report, subject=replace(report.subject, zh="../甲/乙"))
    with ZipFile(io.BytesIO(write_all(named, lambda done, of: heard.append((done, of))))) as folder:
        assert not any("/" in name or "\\" in name for name in folder.namelist())
    steps = len(FORMATS) + 2 * len(report.pictures)
    assert report.pictures and heard == [(done, steps) for done in range(1, steps + 1)]
