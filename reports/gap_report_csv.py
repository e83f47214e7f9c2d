"""The gap report as one table for other programs."""

import csv
import io

from reports.gap_report import Report
from reports.table import TARGET_COLUMNS, cell, head
from storage.wording import say

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would take for a formula at the start of a text."""


def write_csv(report: Report) -> bytes:
    """UTF-8 with a mark that Excel needs; one line a row of the report, numbers unrounded, the data marked in each."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([*head(TARGET_COLUMNS, report.language), say("report.column.mark", report.language)])
    mark = report.mark or say(f"data_set.{report.data_set.value}", report.language)
    for row in report.rows:
        writer.writerow([*(inert(cell(row, name, report.language)) for name in TARGET_COLUMNS), mark])
    return out.getvalue().encode("utf-8-sig")


def inert(value: object) -> object:
    """A text that looks like a formula gets a quote before it; numbers stay numbers."""
    return "'" + value if isinstance(value, str) and value.startswith(FORMULA) else value
