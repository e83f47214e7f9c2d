"""What can be judged with the published values is judged right: rows worked out by hand in tests/cases/founding.csv."""

import csv
import math
from collections.abc import Callable

import pytest

from models.enums import DataSet, Language
from settings import ROOT
from storage.queries import Snapshot
from tracking.board import BoardRow, build_board
from tracking.contribution import contributions
from tracking.phrases import sentence

WITH_VALUES = {
    "guangxi-2018/enterprises-over-100m@450000-all",
    "guangxi-2018/high-tech-enterprise-share@450000-all",
    "guangxi-2018/high-tech-enterprises@450000-all",
    "guangxi-2018/industrial-output@450000-all",
    "guangxi-2018/industrial-value-added@450000-all",
    "guangxi-2018/national-zones@450000-national",
    "guangxi-2018/zones-over-100bn@450000-all",
    "guangxi-2018/zones@450000-all",
    "hebei-2020/national-zones@130000-national",
    "hebei-2020/rd-intensity@130000-all",
    "hebei-2020/zones@130000-all",
    "inner-mongolia-2021/high-tech-enterprise-share@150000-all",
    "inner-mongolia-2021/league-coverage@150000-provincial",
    "inner-mongolia-2021/national-zones@150000-national",
}
"""The rows with any published value; the product says of every other that none was found."""

NUMBERS = "year value baseline_year baseline_value gap progress elapsed lag needed_per_year recent_per_year".split()

with (ROOT / "tests" / "cases" / "founding.csv").open(encoding="utf-8") as file:
    TABLE = list(csv.DictReader(file))

Founding = Callable[[DataSet], Snapshot]


@pytest.mark.parametrize("line", TABLE, ids=lambda line: f"{line['target']}-{line['as_of']}")
def test_a_published_value_is_judged_as_worked_out_by_hand(founding: Founding, line: dict[str, str]) -> None:
    row = row_of(founding(DataSet.REAL), line["target"], line["place"], int(line["as_of"]))
    verdict = row.assessment
    found = {name: getattr(verdict, name) for name in NUMBERS}
    expected = {name: float(line[name]) if line[name] else None for name in NUMBERS}
    assert (row.status.value, verdict.baseline_rule or "", row.provisional) == (
        line["status"],
        line["baseline_rule"],
        line["provisional"] == "yes",
    )
    assert {name for name in NUMBERS if (found[name] is None) != (expected[name] is None)} == set(), found
    for name, value in expected.items():
        assert value is None or math.isclose(found[name], value, abs_tol=5e-5), (name, found[name], value)


def row_of(snapshot: Snapshot, target: str, place: str, as_of: int) -> BoardRow:
    return next(row for row in build_board(snapshot, as_of=as_of).of_target(target) if row.place.code == place)


def test_every_other_row_says_that_no_published_value_was_found(founding: Founding) -> None:
    snapshot = founding(DataSet.REAL)
    rows = build_board(snapshot, as_of=2026).rows
    assert {row.key for row in rows if row.series.points} == WITH_VALUES
    for row in rows:
        if row.key not in WITH_VALUES:
            assert row.status.value == "no_data"
            assert sentence(snapshot, row, Language.ZH).startswith("未查到")
            assert "no published value was found" in sentence(snapshot, row, Language.EN)


def test_the_reference_of_hebeis_threefold_target_is_complete(founding: Founding) -> None:
    row = row_of(founding(DataSet.REAL), "hebei-2020/rd-intensity", "130000-all", 2026)
    assert row.reference is not None
    published = "1.18 1.2 1.33 1.39 1.61 1.75 1.85 2.02 2.08"  # 2022 as revised, first published as 2.00
    assert {p.year: f"{p.value}" for p in row.reference.points} == dict(
        zip(range(2015, 2024), published.split(), strict=True)
    )


def test_every_value_leads_to_a_published_address_or_print(founding: Founding) -> None:
    snapshot = founding(DataSet.REAL)
    for row in build_board(snapshot, as_of=2026).rows:
        for point in row.series.points:
            for used in point.inputs:
                source = snapshot.sources[used.source_id or ""]
                assert source.address or source.id.startswith("print"), row.key
                assert used.printed


def test_no_demonstration_value_is_ever_judged_together_with_a_published_one(founding: Founding) -> None:
    for data_set in DataSet:
        snapshot = founding(data_set)
        origins = {value.origin for by_year in snapshot.observations.values() for value in by_year.values()}
        assert (origins == {"demonstration"}) == (data_set is DataSet.DEMONSTRATION)
        assert (origins <= {"published", "submission"}) == (data_set is DataSet.REAL)


def test_all_statuses_but_one_occur_in_the_demonstration_set(founding: Founding) -> None:
    statuses = {
        row.status.value
        for year in range(2016, 2027)
        for row in build_board(founding(DataSet.DEMONSTRATION), as_of=year).rows
    }
    assert {"met", "missed", "holding", "on_track", "behind", "far_behind", "lost", "wrong_way", "open"} <= statuses
    assert {"no_data", "no_baseline", "awaiting", "unreported", "stale", "baseline_only"} <= statuses


@pytest.mark.parametrize("as_of", [2019, 2021, 2023, 2025])
def test_the_parts_of_every_gap_of_the_demonstration_set_add_up(founding: Founding, as_of: int) -> None:
    board = build_board(founding(DataSet.DEMONSTRATION), as_of=as_of)
    split = 0
    for row in board.asked():
        made = contributions(board, row)
        if made.total is None or row.point is None or row.point.partial:
            continue
        split += 1
        assert sum(part.gap for part in made.parts if part.gap is not None) == made.total, row.key
        gap = float(made.total)
        if row.indicator.aggregation.value == "sum":
            assert math.isclose(gap, row.assessment.gap or 0, rel_tol=1e-9), row.key
        else:
            assert gap > 0, row.key
    assert split >= 5
