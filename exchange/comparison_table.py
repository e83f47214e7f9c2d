"""A comparison of zones as it is seen: a table for spreadsheets, as CSV and as XLSX."""

import csv
import io
from collections.abc import Sequence
from decimal import Decimal

import xlsxwriter

from tracking.format import inert

Cell = str | int | Decimal | None
Table = Sequence[Sequence[Cell]]


def write_csv(table: Table) -> bytes:
    """UTF-8 with the mark that Excel needs; a cell that would run as a formula is made inert."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([["" if cell is None else inert(_plain(cell)) for cell in row] for row in table])
    return out.getvalue().encode("utf-8-sig")


def _plain(cell: str | int | Decimal) -> str | int:
    return f"{cell:f}" if isinstance(cell, Decimal) else cell


def write_xlsx(table: Table, name: str) -> bytes:
    """One sheet with a frozen head; numbers are numbers, and no text is taken for a formula."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(name[:31])
    head = book.add_format({"bold": True, "bottom": 1})
    for at, row in enumerate(table):
        for column, cell in enumerate(row):
            if cell is None:
                continue
            value = float(cell) if isinstance(cell, Decimal) else cell
            sheet.write(at, column, value, head) if at == 0 else sheet.write(at, column, value)
    sheet.freeze_panes(1, 1)
    sheet.autofit()
    book.close()
    return out.getvalue()
