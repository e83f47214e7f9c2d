"""The formats that a gap report is written in, one line each, for the command, the download and the screen."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from pkgutil import resolve_name
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from models.enums import DataSet
from reports.gap_report import Report
from storage.wording import say


@dataclass(frozen=True, slots=True)
class Format:
    """What turns a report into a file's bytes, and the type that a browser is told.

    The writer is named, not imported: its library is loaded with the first report of its kind, so that a command that
    writes one format, or none, does not wait for the libraries of all (half of its time to start).
    """

    writer: str
    media_type: str

    def write(self, report: Report) -> bytes:
        """The bytes of the file."""
        written: bytes = resolve_name(f"reports.{self.writer}")(report)
        return written


FORMATS = {
    "pdf": Format("gap_report_pdf:write_pdf", "application/pdf"),
    "docx": Format(
        "gap_report_docx:write_docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    ),
    "xlsx": Format("gap_report_xlsx:write_xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "csv": Format("gap_report_csv:write_csv", "text/csv; charset=utf-8"),
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
