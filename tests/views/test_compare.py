"""Compare: each number leads to what it was made from, and what is seen can be taken along."""

import csv
import io
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from openpyxl import load_workbook

from tests.views.conftest import Files, Open
from tests.views.reading import Page

COUNTRY = {"lang": "zh", "data": "demonstration", "year": "2024", "place": "100000-national"}
HEBEI = {**COUNTRY, "place": "130000-all", "indicator": "rd_intensity"}


def test_every_value_in_the_table_leads_to_what_it_was_made_from(page_of: Callable[..., Page]) -> None:
    page = page_of("compare", **HEBEI)
    traced = [parse_qs(urlsplit(each).query)["trace"][0] for each in page.links if "trace=" in each]
    assert len(traced) > 60 and "baoding.2023" in traced
    assert all(each.endswith("#inputs") for each in page.links if "trace=" in each)


@pytest.mark.parametrize(
    ("place", "inputs"), [("baoding", ["41.21亿元", "652.75亿元", "8863"]), ("130000-all", ["41.21亿元", "652.75亿元"])]
)
def test_a_traced_value_is_shown_with_its_observations(
    page_of: Callable[..., Page], place: str, inputs: list[str]
) -> None:
    page = page_of("compare", **HEBEI, trace=f"{place}.2023")
    heading = next(words for _level, words in page.headings if words.endswith("的由来"))
    assert "研发投入强度 2023 年" in heading
    assert all(each in page.text for each in inputs)


@pytest.mark.parametrize(
    "wanted",
    ["", ".", "baoding", "nowhere.2023", "baoding.1900", "baoding.²", "baoding.2023.4", "baoding.2023.nothing"],
)
def test_an_address_that_traces_nothing_shows_the_screen_as_it_is(page_of: Callable[..., Page], wanted: str) -> None:
    page = page_of("compare", **HEBEI, trace=wanted)
    assert page.headings and not any(words.endswith("的由来") for _level, words in page.headings)


def test_odd_names_in_the_address_are_not_carried_on(page_of: Callable[..., Page]) -> None:
    page = page_of("compare", **HEBEI, page="x", self="y", changes="z")
    traced = [parse_qs(urlsplit(each).query) for each in page.links if "trace=" in each]
    assert traced and all(not {"page", "self", "changes"} & set(each) for each in traced)


def test_a_second_indicator_is_a_column_on_the_screen_and_in_the_files(
    page_of: Callable[..., Page], open_screen: Open, files: Files
) -> None:
    both = {**HEBEI, "against": "operating_revenue"}
    page = page_of("compare", **both)
    traced = [parse_qs(urlsplit(each).query)["trace"][0] for each in page.links if "trace=" in each]
    assert "baoding.2024.operating_revenue" in traced
    made = page_of("compare", **both, trace="baoding.2024.operating_revenue")
    assert any(words.startswith("保定高新区营业收入 2024 年") for _level, words in made.headings)
    open_screen("compare", **both)
    rows = list(csv.reader(io.StringIO(files["rd_intensity-130000-all-2024-demonstration.csv"]().decode("utf-8-sig"))))
    assert rows[0][-1].startswith("营业收入 2024 (")
    by_zone = {row[1]: row for row in rows[1:-1]}
    assert float(by_zone["保定高新区"][-1]) > 1000 and len(by_zone) == 13
    assert len({len(row) for row in rows[:-1]}) == 1


def test_units_of_the_country_are_a_table_too_and_leave_as_files(open_screen: Open, files: Files) -> None:
    open_screen("compare", **COUNTRY, indicator="rd_intensity")
    name = "rd_intensity-100000-2024-demonstration"
    rows = list(csv.reader(io.StringIO(files[f"{name}.csv"]().decode("utf-8-sig"))))
    assert rows[0] == ["省级单位", "研发投入强度 2024 (%)", "区段"]
    by_unit = {row[0]: row[1:] for row in rows[1:-1]}
    assert len(by_unit) == 34 and by_unit["台湾"] == ["", "未收录高新区"]
    assert by_unit["北京"][1] == "第 4 档", "its only zone on record stands for the unit"
    values = [float(row[1]) for row in rows[1:-1] if row[1]]
    assert values == sorted(values, reverse=True) and len(values) == 7
    sheet = load_workbook(io.BytesIO(files[f"{name}.xlsx"]())).active
    assert sheet is not None
    assert [sheet.cell(2, 1).value, sheet.cell(2, 2).value] == [rows[1][0], pytest.approx(values[0])]


def test_a_tile_leads_to_the_zones_of_the_unit_and_its_value_to_the_observations(page_of: Callable[..., Page]) -> None:
    page = page_of("compare", **COUNTRY, indicator="rd_intensity")
    found = [parse_qs(urlsplit(each).query) | {"path": [urlsplit(each).path]} for each in page.links]
    assert any(each["path"] == ["/compare"] and each.get("place") == ["130000-all"] for each in found)
    assert any(each["path"] == ["/zone"] and each.get("place") == ["zhongguancun"] for each in found)
    assert any(each.get("trace") == ["130000-all.2024"] for each in found)
    traced = page_of("compare", **COUNTRY, indicator="rd_intensity", trace="130000-all.2024")
    assert "河北省高新区研发投入强度 2024 年" in traced.text
