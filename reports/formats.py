"""The formats that a gap report is written in, one line each, for the command, the download and the screen."""

from collections.abc import Callable
from dataclasses import dataclass

from reports.gap_report import Report
from reports.gap_report_csv import write_csv
from reports.gap_report_docx import write_docx
from reports.gap_report_pdf import write_pdf
from reports.gap_report_xlsx import write_xlsx


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
