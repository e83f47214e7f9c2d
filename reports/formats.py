"""The formats that a gap report is written in, one line each, for the command, the download and the screen."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from models.enums import DataSet
from reports.gap_report import Report
from reports.gap_report_csv import write_csv
from reports.gap_report_docx import write_docx
from reports.gap_report_pdf import write_pdf
from reports.gap_report_xlsx import write_xlsx
from storage.wording import say


@dataclass(frozen=True, slots=True)
class Format:
    """What turns a report into a file's bytes, and the type that a browser is told."""

    write: Callable[[Report], bytes]
    media_type: str


FORMATS = {
    "pdf": Format(write_pdf, "application/pdf"),
    "docx": Format(write_docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "xlsx": Format(write_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "csv": Format(write_csv, "text/csv; charset=utf-8"),
}
"""By the ending of the file. `reports.<ending>` in data/wording is what the screen calls it."""

Told = Callable[[int, int], object]
"""Is told how many of how many formats are written."""


def file_name(report: Report) -> str:
    """Without ending: whose the report is, as of when, whether its values are made up, its number where it has one."""
    language = report.language
    mark = f"-{say('data_set.demonstration', language)}" if report.data_set is DataSet.DEMONSTRATION else ""
    # A title may hold a slash, which would be a folder inside the ZIP.
    whose = getattr(report.subject, language.value).replace("/", "-").replace("\\", "-")
    name = f"{whose}-{report.as_of}{mark}"
    return f"{name}-{report.number}" if report.number else name


def write_all(report: Report, told: Told = lambda _done, _of: None) -> bytes:
    """A ZIP with the report in every format; `told` hears of each one that is written."""
    out, name = io.BytesIO(), file_name(report)
    with ZipFile(out, "w") as folder:
        for done, (ending, each) in enumerate(FORMATS.items(), 1):
            # An entry made by hand carries no time of day: the same files give the same bytes.
            folder.writestr(ZipInfo(f"{name}.{ending}"), each.write(report), ZIP_DEFLATED)
            told(done, len(FORMATS))
    return out.getvalue()
