"""The gap report as one table for other programs."""

import csv
import io

from reports.gap_report import Report
from reports.table import TARGET_COLUMNS, cell, head
from storage.wording import say
from tracking.format import inert


def write_csv(report: Report) -> bytes:
    """UTF-8 with a mark that Excel needs; one line a row of the report, numbers unrounded, the data marked in each."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([*head("targets", TARGET_COLUMNS, report.language), say("report.column.mark", report.language)])
    mark = report.mark or say(f"data_set.{report.data_set.value}", report.language)
    for row in report.rows:
        writer.writerow([*(inert(cell(row, name, report.language)) for name in TARGET_COLUMNS), mark])
    return out.getvalue().encode("utf-8-sig")
