"""A comparison as a file: numbers stay numbers, and no text becomes a formula."""

import csv
import io
from decimal import Decimal

from openpyxl import load_workbook

from exchange.comparison_table import Table, write_csv, write_xlsx

TABLE: Table = [
    ["位次", "地区", "2023", "2024"],
    ["1–2", "=cmd|'/c calc'!A1", Decimal("5.14"), None],
    ["—", "@SUM(A1)", Decimal("-3"), 7],
]


def test_a_csv_holds_the_table_and_runs_nothing() -> None:
    rows = list(csv.reader(io.StringIO(write_csv(TABLE).decode("utf-8-sig"))))
    assert rows[0] == TABLE[0]
    assert rows[1] == ["1–2", "'=cmd|'/c calc'!A1", "5.14", ""]
    assert rows[2][1:] == ["'@SUM(A1)", "-3", "7"]


def test_a_workbook_holds_numbers_and_no_formula() -> None:
    sheet = load_workbook(io.BytesIO(write_xlsx(TABLE, "对比")))["对比"]
    assert [cell.value for cell in sheet[2]] == ["1–2", "=cmd|'/c calc'!A1", 5.14, None]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert sheet["C3"].value == -3
