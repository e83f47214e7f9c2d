"""Every address, column and key that other programs rely on stands in docs/exports.md, and no other."""

import pytest

from api.routes import routes
from cli import EVALUATED
from exchange.template import COLUMNS as FORM_COLUMNS
from exchange.values_csv import COLUMNS
from models.assessment import FIGURES
from models.enums import DataSet, Language, Method
from reports.table import ALLOCATED_COLUMNS, EVIDENCE_COLUMNS, SHARE_COLUMNS, SOURCE_COLUMNS, TARGET_COLUMNS, head
from storage.engine import make_engine
from storage.queries import read_snapshot
from storage.wording import wording
from tests.architecture.markdown import document, rows, sections
from tracking.board import build_board
from tracking.record import record_of

FORM = "The form of a zone as XLSX"
SHEETS = {
    "targets": ("Targets 目标", TARGET_COLUMNS),
    "allocated": ("Allocated shares 分解任务", ALLOCATED_COLUMNS),
    "shares": ("Group targets 分组目标", SHARE_COLUMNS),
    "evidence": ("Evidence 依据", EVIDENCE_COLUMNS),
    "sources": ("Sources 来源", SOURCE_COLUMNS),
}


def listed(heading: str) -> list[str]:
    return [cells[0].strip("`") for cells in rows(sections(document("docs/exports.md"))[heading])]


def test_every_address_beside_the_screens() -> None:
    # The last one catches what there is not.
    assert listed("Addresses") == [route.path for route in routes() if "{rest" not in route.path]


def test_every_column_of_the_verdicts() -> None:
    between = EVALUATED.index("verdict") + 1
    assert EVALUATED[between : between + len(FIGURES)] == FIGURES
    assert listed("Verdicts: `cli.py evaluate --format csv`") == [name for name in EVALUATED if name not in FIGURES]


def test_every_key_of_the_evidence(founding_database: str) -> None:
    engine = make_engine(founding_database)
    snapshot = read_snapshot(engine, DataSet.REAL)
    engine.dispose()
    record = record_of(snapshot, build_board(snapshot, as_of=2023).rows[0], Method.LINEAR)
    assert list(record) == [*EVALUATED[: EVALUATED.index("nominal") + 1], "evidence"]
    assert listed("Verdicts with evidence: `cli.py evaluate --format json`") == list(record["evidence"])


def test_every_column_of_the_values() -> None:
    assert listed("Values: `/download/values.csv`") == COLUMNS


@pytest.mark.parametrize("sheet", SHEETS)
def test_every_column_of_a_report_with_its_heading(sheet: str) -> None:
    heading, columns = SHEETS[sheet]
    told = [cells[:3] for cells in rows(sections(document("docs/exports.md"))[heading])]
    names = zip(head(sheet, columns, Language.EN), head(sheet, columns, Language.ZH), strict=True)
    assert told == [[f"`{column}`", *both] for column, both in zip(columns, names, strict=True)]


def test_every_column_of_the_form() -> None:
    described = {cells[0].strip("`"): cells[1:3] for cells in rows(sections(document("docs/exports.md"))[FORM])}
    texts = {name: wording()[f"template.column.{name}"] for name in FORM_COLUMNS}
    assert described == {name: [text["en"], text["zh"]] for name, text in texts.items()}
