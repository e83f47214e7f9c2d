"""docs/tracing.md tells the truth: its figures are the product's, and the code it names is there."""

import json
import re
from decimal import Decimal

import pytest

from models.enums import DataSet, Method
from settings import ROOT
from storage.engine import make_engine
from storage.queries import Snapshot, read_snapshot
from targets.assessment.cases import answer, judge_line
from tests.architecture.markdown import document, fenced, named_code
from tracking.board import Board, BoardRow, build_board
from tracking.contribution import contributions
from tracking.evidence import Part, evidence_of
from tracking.record import record_of

PAGE = "docs/tracing.md"


def read(database: str, data_set: DataSet) -> Snapshot:
    engine = make_engine(database)
    snapshot = read_snapshot(engine, data_set)
    engine.dispose()
    return snapshot


def row_of(board: Board, target: str, place: str) -> BoardRow:
    return next(row for row in board.of_target(f"inner-mongolia-2021/{target}") if row.place.code == place)


@pytest.fixture(scope="module")
def published(founding_database: str) -> tuple[Snapshot, BoardRow]:
    snapshot = read(founding_database, DataSet.REAL)
    return snapshot, row_of(build_board(snapshot, as_of=2023), "high-tech-enterprise-share", "150000-all")


@pytest.fixture(scope="module")
def generated(founding_database: str) -> tuple[Board, BoardRow]:
    board = build_board(read(founding_database, DataSet.DEMONSTRATION), as_of=2024)
    return board, row_of(board, "rd-intensity-national", "150000-national")


def section(title: str) -> str:
    """A part of the page, its line breaks made blanks."""
    return " ".join(document(PAGE).split(f"\n## {title}")[1].split("\n## ")[0].split())


def test_code_is_named_by_this_page() -> None:
    assert len(named_code(PAGE)) > 15


def test_no_file_of_code_is_mentioned_without_a_name_in_it() -> None:
    mentioned = re.findall(r"`([\w/]+/[\w/]+\.py)`", section("A published value") + section("A demonstration value"))
    assert set(mentioned) == {file for _, file in named_code(PAGE)}


def test_the_published_number_is_as_told(published: tuple[Snapshot, BoardRow]) -> None:
    _, row = published
    verdict = row.assessment
    assert verdict.value is not None and verdict.gap is not None and verdict.needed_per_year is not None
    text = section("A published value")
    assert document(PAGE).count(f"## A published value: {verdict.value:.2f} %\n") == 1
    assert f"**{verdict.value:.2f} %** (of {verdict.year}), **{verdict.gap:.2f} points** short" in text
    assert f"needed a year {verdict.needed_per_year:.2f}" in text
    assert f"characters {row.target.start} to {row.target.end}" in text
    assert verdict.status.value.replace("_", " ") in text


def test_the_published_number_leads_to_its_source(published: tuple[Snapshot, BoardRow]) -> None:
    snapshot, row = published
    used = evidence_of(snapshot, row).inputs[0]
    assert used.source is not None
    line, source = (each for each in fenced(document(PAGE)) if each.startswith(("hte_share", used.source.id)))
    assert line in (ROOT / "data" / "published.csv").read_text("utf-8").splitlines()
    assert source in (ROOT / "data" / "sources.csv").read_text("utf-8").splitlines()
    assert used.source.address in source and used.source.title in section("A published value")


def test_the_verdict_is_made_again_from_its_case(published: tuple[Snapshot, BoardRow]) -> None:
    snapshot, row = published
    record = record_of(snapshot, row, Method.LINEAR)
    again = json.loads(answer(judge_line(json.dumps(record["evidence"]["case"]))))
    assert again == {name: record[name] for name in again}


def test_the_generated_number_is_as_told(generated: tuple[Board, BoardRow]) -> None:
    _, row = generated
    verdict = row.assessment
    assert verdict.value and verdict.gap and verdict.lag and verdict.progress and verdict.baseline_value
    text = section("A demonstration value")
    assert document(PAGE).count(f"## A demonstration value: {verdict.value:.2f} %\n") == 1
    assert f"**{verdict.value:.2f} %**, {verdict.gap:.2f} points short, {-verdict.lag:.1f} points ahead" in text
    assert (
        f"In {verdict.baseline_year}, the year before the policy was issued, it was {verdict.baseline_value:.2f}"
        in text
    )
    assert f"of the way is done in {verdict.elapsed:.0f} % of the time" in text


def test_the_table_by_hand_is_the_zones_own(generated: tuple[Board, BoardRow]) -> None:
    board, row = generated
    inputs = [each for each in evidence_of(board.snapshot, row).inputs if each.part is Part.VALUE]
    parts = contributions(board, row)
    lines = []
    for place in sorted({each.place.en for each in inputs}):
        over, under = (each.value for each in inputs if each.place.en == place)
        part = next(each for each in parts.parts if each.place.en == place)
        name = place.removesuffix(" High-tech Zone")
        lines.append(f"| {name} | {over:,} | {under:,} | {part.value:.2f} | {part.gap:.2f} |")
    half = len(inputs) // 2
    over, under = (sum((each.value for each in some), Decimal(0)) for some in (inputs[:half], inputs[half:]))
    lines.append(f"| together | {over:,} | {under:,} | {100 * over / under:.2f} | {parts.total:.2f} |")
    assert [line for line in lines if line not in section("A demonstration value")] == []
    assert f"100 × {over:,} / {under:,}" in section("A demonstration value")
