"""The formats that a gap report is written in, one line each, for the command, the download and the screen."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pkgutil import resolve_name
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from models.enums import DataSet
from reports.gap_report import Report
from storage.wording import say

Step = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Format:
    """What turns a report into a file's bytes, and the type that a browser is told.

    The writer is named, not imported: its library is loaded with the first report of its kind, so that a command that
    writes one format, or none, does not wait for the libraries of all (half of its time to start).
    """

    writer: str
    media_type: str
    draws: bool = False
    """Whether the charts are drawn into it, which takes most of the time."""

    def write(self, report: Report, drawn: Step = lambda: None) -> bytes:
        """The bytes of the file; `drawn` hears of each chart."""
        writer = resolve_name(f"reports.{self.writer}")
        written: bytes = writer(report, drawn) if self.draws else writer(report)
        return written


FORMATS = {
    "pdf": Format("gap_report_pdf:write_pdf", "application/pdf", draws=True),
    "docx": Format(
        "gap_report_docx:write_docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        draws=True,
    ),
    "xlsx": Format("gap_report_xlsx:write_xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "csv": Format("gap_report_csv:write_csv", "text/csv; charset=utf-8"),
}
"""By the ending of the file. `reports.<ending>` in data/wording is what the screen calls it."""

Told = Callable[[int, int], object]
"""Is told how many of how many steps are done: each chart in each format that has any, and each format."""


def file_name(report: Report) -> str:
    """Without ending: whose the report is, as of when, whether its values are made up, its number where it has one."""
    language = report.language
    mark = f"-{say('data_set.demonstration', language)}" if report.data_set is DataSet.DEMONSTRATION else ""
    # A title may hold a slash, which would be a folder inside the ZIP.
    whose = getattr(report.subject, language.value).replace("/", "-").replace("\\", "-")
    name = f"{whose}-{report.as_of}{mark}"
    return f"{name}-{report.number}" if report.number else name


def write_all(report: Report, told: Told = lambda _done, _of: None) -> bytes:
    """A ZIP with the report in every format; `told` hears how far it is."""
    out, name, steps = io.BytesIO(), file_name(report), count(1)
    of = sum(1 + each.draws * len(report.pictures) for each in FORMATS.values())
    with ZipFile(out, "w") as folder:
        for ending, each in FORMATS.items():
            written = each.write(report, lambda: told(next(steps), of))
            # An entry made by hand carries no time of day: the same files give the same bytes.
            folder.writestr(ZipInfo(f"{name}.{ending}"), written, ZIP_DEFLATED)
            told(next(steps), of)
    return out.getvalue()
