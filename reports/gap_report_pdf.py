"""The gap report as PDF: set by typst from data/templates/gap_report.typ, with the product's own font embedded."""

import json
from dataclasses import asdict

import typst

from models.enums import Language
from reports.chart_image import FONT, svg
from reports.gap_report import Report
from reports.gap_report_paper import HEAD, head_of, paper_rows, values_of
from storage.shipped import FOLDER

TEMPLATE = FOLDER / "templates" / "gap_report.typ"
REGION = {Language.ZH: "cn", Language.EN: "gb"}


def write_pdf(report: Report) -> bytes:
    """The PDF. What the report says goes in as data, so no word of it can be taken for a command of the template."""
    return typst.compile(
        TEMPLATE,
        font_paths=[FONT.parent],
        ignore_system_fonts=True,
        sys_inputs={"report": json.dumps(_data(report), ensure_ascii=False)},
    )


def _data(report: Report) -> dict[str, object]:
    language = report.language
    pictures = {picture.row: picture for picture in report.pictures}
    rows = []
    for row in paper_rows(report):
        picture = pictures.get(row.number)
        drawn = None if picture is None else svg(picture, language)
        rows.append({**asdict(row), "picture": drawn, "alt": f"{row.title} · {row.sentence}"})
    return {
        **values_of(report),
        "subject": report.subject.zh if language is Language.ZH else report.subject.en,
        "lang": language.value,
        "region": REGION[language],
        "summary": report.summary,
        "head": head_of(HEAD, language),
        "rows": rows,
    }
