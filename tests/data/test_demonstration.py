"""The demonstration set: complete, believable, the same in every run, and with every status on its boards."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from models.enums import DataSet, Status, ValueType
from settings import ROOT
from storage.datafiles import DataFiles
from storage.demonstration import YEARS, generate
from storage.queries import Snapshot
from tracking.board import build_board

Values = dict[tuple[str, str], dict[int, float]]

DIGEST = "e9b4debc0c0b1c3696cd98290c060ec67a5cc9525e1054ebb0480f71d94ba6b9"
"""Of every value. Where a parameter is meant to change, the new digest goes here: the test prints it."""

PRINTED = """
import hashlib
from pathlib import Path
from storage.datafiles import read_data
from storage.demonstration import generate
rows = "\\n".join(str(tuple(row.values())) for row in generate(read_data(Path("data"))[0]))
print(hashlib.sha256(rows.encode()).hexdigest())
"""


@pytest.fixture(scope="module")
def made(files: DataFiles) -> list[dict[str, Any]]:
    return list(generate(files))


@pytest.fixture(scope="module")
def values(made: list[dict[str, Any]]) -> Values:
    found: Values = {}
    for row in made:
        series = row["statistic_code"] or row["indicator_code"]
        found.setdefault((row["place_code"], series), {})[row["year"]] = float(row["value"])
    return found


def zones(files: DataFiles) -> list[str]:
    return [each.row.code for each in files.zones]


def first_year(files: DataFiles, zone: str) -> int:
    since = [each.row.valid_from or 0 for each in files.zone_standings if each.row.zone == zone]
    return max(YEARS[0], min(since))


def test_every_zone_has_every_statistic_in_every_year_but_for_the_holes_that_are_meant(
    files: DataFiles, values: Values
) -> None:
    holes = {
        (row.zone, row.statistic, year)
        for row in (each.row for each in files.demonstration_exceptions)
        if row.value is None
        for year in range(row.from_year, row.to_year + 1)
    }
    wanted = {
        (zone, each.row.code, year)
        for zone in zones(files)
        for each in files.statistics
        if each.row.zone_level
        for year in YEARS
        if year >= first_year(files, zone)
    }
    found = {(p, s, year) for (p, s), by_year in values.items() if p in set(zones(files)) for year in by_year}
    assert found == wanted - holes
    assert len(holes) == 15
    assert len(found) > 14_000


def test_a_hole_or_a_value_out_of_line_says_why(files: DataFiles) -> None:
    for row in (each.row for each in files.demonstration_exceptions):
        assert bool(row.reason_zh) == bool(row.reason_en)
        assert row.value is not None or row.reason_zh.startswith("演示"), row


def test_nothing_is_made_twice(made: list[dict[str, Any]]) -> None:
    keys = [(r["statistic_code"], r["indicator_code"], r["place_code"], r["year"]) for r in made]
    assert len(keys) == len(set(keys))


def test_it_is_the_same_in_every_run(made: list[dict[str, Any]]) -> None:
    """In another process, with another order of hashes, the same bytes; and the bytes of this table on any platform."""
    rows = "\n".join(str(tuple(row.values())) for row in made)
    digest = hashlib.sha256(rows.encode()).hexdigest()
    for seed in ("1", "2"):
        again = subprocess.run(
            [sys.executable, "-c", PRINTED],
            cwd=ROOT,
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        )
        assert again.stdout.strip() == digest
    assert digest == DIGEST


def test_a_count_is_whole_and_nothing_is_negative(files: DataFiles, made: list[dict[str, Any]]) -> None:
    kinds = {each.row.code: each.row for each in files.statistics}
    for row in made:
        statistic = kinds.get(row["statistic_code"] or "")
        assert row["value"] >= 0, row
        if statistic is not None and statistic.value_type is not ValueType.DECIMAL:
            assert row["value"] == int(row["value"]), row
        if statistic is not None and statistic.value_type is ValueType.YES_NO:
            assert row["value"] in (0, 1), row


PARTS = """
above_scale_enterprises enterprises
high_tech_enterprises enterprises
above_scale_hte above_scale_enterprises
above_scale_hte high_tech_enterprises
hte_over_1b high_tech_enterprises
hte_over_10b hte_over_1b
enterprises_over_100m enterprises
hte_over_1b enterprises_over_100m
listed_companies enterprises
tech_smes enterprises
new_high_tech_enterprises high_tech_enterprises
rd_personnel year_end_employees
enterprise_rd_expenditure rd_expenditure
rd_expenditure zone_gdp
zone_gdp operating_revenue
gross_industrial_output operating_revenue
industrial_value_added gross_industrial_output
industrial_value_added zone_gdp
above_scale_output gross_industrial_output
above_scale_value_added industrial_value_added
high_tech_value_added high_new_tech_value_added
high_new_tech_value_added above_scale_value_added
high_new_tech_value_added high_new_tech_output
high_new_tech_output above_scale_output
leading_industry_output above_scale_output
strategic_emerging_value_added zone_gdp
invention_grants invention_patents
net_profit operating_revenue
taxes_paid operating_revenue
exports operating_revenue
""".split()


@pytest.mark.parametrize(("part", "whole"), [*zip(PARTS[::2], PARTS[1::2], strict=True)])
def test_a_part_is_no_larger_than_its_whole(files: DataFiles, values: Values, part: str, whole: str) -> None:
    compared = 0
    for zone in zones(files):
        for year, value in values.get((zone, part), {}).items():
            if year in values[zone, whole]:
                assert value <= values[zone, whole][year], (zone, year)
                compared += 1
    assert compared > 300


@pytest.mark.parametrize("series", ["high_tech_enterprises", "tech_smes"])
def test_the_zones_of_a_province_have_fewer_than_the_province(files: DataFiles, values: Values, series: str) -> None:
    parents = {each.row.code: each.row.parent for each in files.regions}
    provinces = {each.row.zone: parents[each.row.city] for each in files.zone_standings}
    compared = 0
    for row in (each.row for each in files.demonstration_regions):
        if row.series != series:
            continue
        for year in YEARS:
            held = [values.get((z, series), {}).get(year, 0) for z in zones(files) if provinces[z] == row.place]
            assert sum(held) < values[row.place, series][year], (row.place, year)
            compared += sum(held) > 0
    assert compared >= 9


RATIOS = [
    # numerator, denominator, factor, lowest and highest believable
    ("rd_expenditure", "zone_gdp", 100, 0.2, 12),
    ("enterprise_rd_expenditure", "rd_expenditure", 100, 60, 95),
    ("zone_gdp", "operating_revenue", 100, 10, 40),
    ("industrial_value_added", "zone_gdp", 100, 15, 100),
    ("industrial_value_added", "gross_industrial_output", 100, 20, 32),
    ("high_tech_value_added", "above_scale_value_added", 100, 15, 45),
    ("high_new_tech_value_added", "above_scale_value_added", 100, 25, 70),
    ("high_new_tech_output", "above_scale_output", 100, 35, 90),
    ("leading_industry_output", "above_scale_output", 100, 55, 90),
    ("strategic_emerging_value_added", "zone_gdp", 100, 8, 35),
    ("net_profit", "operating_revenue", 100, 2, 12),
    ("taxes_paid", "zone_gdp", 100, 8, 35),
    ("exports", "operating_revenue", 100, 2, 15),
    ("fixed_asset_investment", "zone_gdp", 100, 15, 50),
    ("technology_contracts", "rd_expenditure", 100, 10, 90),
    ("invention_patents", "year_end_employees", 10_000, 3, 60),
    ("year_end_employees", "enterprises", 1, 10, 200),
    ("operating_revenue", "year_end_employees", 1, 500, 5_000),
    ("rd_personnel", "year_end_employees", 100, 2, 20),
    ("above_scale_hte", "above_scale_enterprises", 100, 2, 90),
    ("high_tech_enterprises", "enterprises", 100, 0.5, 60),
]
"""Money in 千元; a person's revenue from half a million to five million yuan a year."""


@pytest.mark.parametrize(("over", "under", "factor", "lowest", "highest"), RATIOS, ids=lambda part: str(part))
def test_a_ratio_is_believable_in_every_zone_and_year(
    files: DataFiles, values: Values, over: str, under: str, factor: float, lowest: float, highest: float
) -> None:
    for zone in zones(files):
        for year, value in values.get((zone, over), {}).items():
            if under_value := values[zone, under].get(year):
                assert lowest <= factor * value / under_value <= highest, (zone, year, factor * value / under_value)


VOLATILE = {"net_profit": (-0.4, 0.8), "technology_contracts": (-0.25, 0.7)}
MONEY = (-0.30, 0.45)


def test_no_flow_of_money_leaps(files: DataFiles, values: Values) -> None:
    money = {each.row.code for each in files.statistics if each.row.unit == "千元"}
    for (place, series), by_year in values.items():
        lowest, highest = VOLATILE.get(series, MONEY)
        for year, value in by_year.items():
            before = by_year.get(year - 1)
            if series in money and before:
                assert lowest <= value / before - 1 <= highest, (place, series, year)


SMALL = 30
"""Below this many things one more is a leap in percent and none in truth."""


def test_no_count_leaps(files: DataFiles, values: Values) -> None:
    counted = {each.row.code for each in files.statistics if each.row.value_type is ValueType.WHOLE}
    for (place, series), by_year in values.items():
        for year, value in by_year.items():
            before = by_year.get(year - 1, 0)
            if series in counted - {"incubated_enterprises"} and before >= SMALL:
                assert -0.2 <= value / before - 1 <= 0.45, (place, series, year)


@pytest.mark.parametrize(("lowest", "highest"), [(0.4, 4.0)])
def test_the_provinces_r_and_d_is_near_what_provinces_have(values: Values, lowest: float, highest: float) -> None:
    found = [value for (_, series), by_year in values.items() if series == "rd_intensity" for value in by_year.values()]
    assert len(found) == 5 * len(YEARS) - 1
    assert all(lowest <= value <= highest for value in found)


def test_every_status_is_on_some_board(founding: Callable[[DataSet], Snapshot]) -> None:
    """All seventeen, over the years and both data sets; `lost` only on a zone shown beside its group."""
    seen: dict[Status, set[str]] = {}
    asked: set[Status] = set()
    for data_set in DataSet:
        for year in range(2016, 2028):
            board = build_board(founding(data_set), as_of=year)
            asked |= {row.status for row in board.asked()}
            for row in board.rows:
                seen.setdefault(row.status, set()).add(data_set.value)
    assert set(seen) == set(Status)
    assert set(Status) - asked <= {Status.LOST}
    assert {status for status, sets in seen.items() if "demonstration" in sets} == set(Status)
