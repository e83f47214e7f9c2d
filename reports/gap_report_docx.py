"""The gap report as a Word document, from data/templates/gap_report.docx, which a department may restyle in Word."""

import io
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from docx.shared import Cm
from docxtpl import DocxTemplate, InlineImage

from reports.chart_image import png
from reports.gap_report import Report
from reports.gap_report_paper import HEAD, head_of, paper_rows, values_of
from storage.shipped import FOLDER

TEMPLATE = FOLDER / "templates" / "gap_report.docx"
PICTURE_WIDTH = Cm(17)


def write_docx(report: Report, drawn: Callable[[], object] = lambda: None) -> bytes:
    """The document; `drawn` hears of each chart.

    What the report says is escaped, so no word of it can be taken for markup or a command.
    """
    template = DocxTemplate(TEMPLATE)
    template.render(_values(report, template, drawn), autoescape=True)
    out = io.BytesIO()
    template.save(out)
    return out.getvalue()


def _values(report: Report, template: DocxTemplate, drawn: Callable[[], object]) -> dict[str, Any]:
    language = report.language
    pictures = {picture.row: picture for picture in report.pictures}
    rows = []
    for row in paper_rows(report):
        picture = pictures.get(row.number)
        image = None
        if picture is not None:
            image = InlineImage(template, io.BytesIO(png(picture, language)), width=PICTURE_WIDTH)
            drawn()
        rows.append({**asdict(row), "state": f"{row.sign} {row.verdict}", "picture": image})
    first, *summary = report.summary
    return {
        **values_of(report),
        "first": first,
        "summary": summary,
        "head": dict(zip(HEAD.split(), head_of(HEAD, language), strict=True)),
        "rows": rows,
    }
