"""Published values: each with its source, none of them a part of a year, the city's or somebody's guess unsaid."""

import re
from collections import Counter

import pytest

from models.enums import PlaceKind
from storage.datafiles import DataFiles
from storage.rows import PublishedRow

THIRD_PARTY = re.compile("转载|镜像|转录|抓取")
NOTED = re.compile("转载页|转录|抓取|转载")

BOTH = re.compile(r"(?<!\d)(20[0-2]\d)[-年]?(0[1-9]|1[0-2])(?!\d)")


def values(files: DataFiles) -> list[PublishedRow]:
    return [each.row for each in files.published]


def test_there_are_three_hundred_and_one(files: DataFiles) -> None:
    """A line more or less is meant: correct this number, data/README.md, and say why in the change log."""
    assert len(files.published) == 301


def test_every_value_has_a_source_with_title_and_address_or_says_it_is_print(files: DataFiles) -> None:
    sources = {each.row.id: each.row for each in files.sources}
    for row in values(files):
        source = sources[row.source]
        assert source.title, source.id
        assert bool(source.address) != source.id.startswith("print-"), source.id


def test_every_source_is_used(files: DataFiles) -> None:
    used = {row.source for row in values(files)} | {each.row.source for each in files.zone_standings}
    assert {each.row.id for each in files.sources} - used == set()


def test_no_address_stands_twice_under_two_names(files: DataFiles) -> None:
    found = Counter(each.row.address for each in files.sources if each.row.address)
    assert [address for address, times in found.items() if times > 1] == []


def test_a_value_from_a_copy_says_so(files: DataFiles) -> None:
    """The source's title tells that it is a copy; the note beside the figure tells whoever looks at the figure."""
    sources = {each.row.id: each.row.title for each in files.sources}
    silent = [
        f"{row.series} {row.place} {row.year}"
        for row in values(files)
        if THIRD_PARTY.search(sources[row.source]) and not NOTED.search(row.note_zh)
    ]
    assert silent == []


def test_no_value_is_later_than_its_publication(files: DataFiles) -> None:
    published = {each.row.id: each.row.published_on for each in files.sources}
    for row in values(files):
        if published[row.source]:
            assert row.year <= int(published[row.source][:4]), row


def test_a_note_is_there_in_both_languages_and_without_a_mixture(files: DataFiles) -> None:
    for row in values(files):
        assert bool(row.note_zh) == bool(row.note_en), row
        assert not re.search("[\u4e00-\u9fff]", row.note_en.replace("“", "")), row
        assert not re.search(r"[A-Za-z]{4,}", row.note_zh), row


PROVISIONAL = ["将突破", "突破2%", "三季度末", "不相称", "预计"]


@pytest.mark.parametrize("words", PROVISIONAL)
def test_a_bound_a_forecast_or_a_part_of_the_group_is_provisional(files: DataFiles, words: str) -> None:
    """A verdict that rests on one is marked so."""
    found = [row for row in values(files) if words in row.note_zh]
    assert found
    assert {row.state.value for row in found} == {"provisional"}


def test_flows_are_told_from_stocks(files: DataFiles) -> None:
    """Enterprises recognised in a year are not the enterprises there are."""
    kinds = {each.row.code: each.row.type.value for each in files.statistics}
    assert kinds["new_high_tech_enterprises"] == "flow"
    assert kinds["high_tech_enterprises"] == "stock"
    recognised = {(row.place, row.year) for row in values(files) if row.series == "new_high_tech_enterprises"}
    assert len(recognised) == 35


def test_a_city_s_value_is_kept_for_the_city(files: DataFiles) -> None:
    """A zone's value would be a fraction of it: no value stands for both."""
    cities = {each.row.code: each.row.zh for each in files.regions if each.row.kind is PlaceKind.CITY}
    zones = {each.row.code for each in files.zones}
    of_cities = {(row.series, row.year, row.value, row.source) for row in values(files) if row.place in cities}
    of_zones = {(row.series, row.year, row.value, row.source) for row in values(files) if row.place in zones}
    assert of_cities and of_zones
    assert of_cities & of_zones == set()


WORKED = [
    ("hte_share_of_region", "150000-all", 2022, "31.36", "%"),
    ("high_tech_enterprises", "150000-all", 2022, "493", "家"),
    ("gross_industrial_output", "450000-all", 2014, "3934.66", "亿元"),
    ("gross_industrial_output", "450000-all", 2015, "4395", "亿元"),
    ("gross_industrial_output", "450000-all", 2017, "7860.78", "亿元"),
    ("industrial_value_added", "450000-all", 2015, "1179", "亿元"),
    ("enterprises_over_100m", "450000-all", 2017, "640", "家"),
    ("zones", "450000-all", 2015, "8", "家"),
    ("zones", "450000-all", 2019, "14", "个"),
    ("zones", "130000-all", 2013, "11", "家"),
    ("zones", "130000-all", 2014, "22", "个"),
    ("zones", "130000-all", 2017, "30", "家"),
    ("zones", "150000-national", 2016, "2", "家"),
    ("zones", "150000-provincial", 2016, "10", "家"),
    ("sub_regions_with_zone", "150000-provincial", 2020, "7", "个"),
]
"""What single verdicts rest on, as their sources print it."""


@pytest.mark.parametrize(("series", "place", "year", "value", "unit"), WORKED, ids=str)
def test_a_figure_is_what_its_source_prints(
    files: DataFiles, series: str, place: str, year: int, value: str, unit: str
) -> None:
    found = [row for row in values(files) if (row.series, row.place, row.year) == (series, place, year)]
    assert [(str(row.value), row.unit) for row in found] == [(value, unit)]


@pytest.mark.parametrize("region", ["100000", "130000", "150000", "320000", "450000", "530000"])
def test_the_regions_r_and_d_is_complete(files: DataFiles, region: str) -> None:
    """The reference of the target of three times the provincial average, and of every comparison beside it."""
    years = {row.year for row in values(files) if (row.series, row.place) == ("rd_intensity", region)}
    assert set(range(2015, 2024)) <= years


def test_what_was_not_found_is_not_there(files: DataFiles) -> None:
    zones = {each.row.code for each in files.zones}
    assert not [row for row in values(files) if row.place == "lincang"]
    assert not [row for row in values(files) if row.series == "rd_intensity" and row.place in zones]
    output = [row.year for row in values(files) if (row.series, row.place) == ("gross_industrial_output", "450000-all")]
    assert max(output) == 2017
