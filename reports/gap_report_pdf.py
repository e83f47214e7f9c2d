"""The gap report as PDF: set by typst from data/templates/gap_report.typ, with the product's own font embedded."""

import json
from collections.abc import Callable
from dataclasses import asdict

import typst

from models.enums import Language
from reports.chart_image import FONT, svg
from reports.gap_report import Report
from reports.gap_report_paper import HEAD, head_of, paper_rows, values_of
from storage.shipped import FOLDER

TEMPLATE = FOLDER / "templates" / "gap_report.typ"
REGION = {Language.ZH: "cn", Language.EN: "gb"}


def write_pdf(report: Report, drawn: Callable[[], object] = lambda: None) -> bytes:
    """The PDF; `drawn` hears of each chart.

    What the report says goes in as data, so no word of it can be taken for a command of the template.
    """
    return typst.compile(
        TEMPLATE,
        font_paths=[FONT.parent],
        ignore_system_fonts=True,
        sys_inputs={"report": json.dumps(_data(report, drawn), ensure_ascii=False)},
    )


def _data(report: Report, drawn: Callable[[], object]) -> dict[str, object]:
    language = report.language
    pictures = {picture.row: picture for picture in report.pictures}
    rows = []
    for row in paper_rows(report):
        picture = pictures.get(row.number)
        image = None if picture is None else svg(picture, language)
        if image is not None:
            drawn()
        rows.append({**asdict(row), "picture": image, "alt": f"{row.title} · {row.sentence}"})
    return {
        **values_of(report),
        "subject": report.subject.zh if language is Language.ZH else report.subject.en,
        "lang": language.value,
        "region": REGION[language],
        "summary": report.summary,
        "head": head_of(HEAD, language),
        "rows": rows,
    }
