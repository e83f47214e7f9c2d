"""Units, statistics, indicators: each used, each said in both languages, each computable."""

import re
from collections import Counter
from decimal import Decimal

from models.enums import Aggregation
from storage.datafiles import DataFiles
from storage.rows import IndicatorRow, StatisticRow

CHINESE = re.compile("[\u4e00-\u9fff]")

ENGLISH_IN_CHINESE = re.compile(r"[A-Za-z]{2,}")
USUAL = {"GDP", "R&D", "PCT"}
"""Abbreviations that stand in Chinese statistics as they are."""


def texts(row: StatisticRow | IndicatorRow) -> tuple[str, str]:
    return row.zh + row.definition_zh, row.en + row.definition_en


def rows(files: DataFiles) -> list[StatisticRow | IndicatorRow]:
    return [*(each.row for each in files.statistics), *(each.row for each in files.indicators)]


def test_every_name_and_definition_is_there_in_both_languages(files: DataFiles) -> None:
    for row in rows(files):
        chinese, english = texts(row)
        assert CHINESE.search(row.zh) and CHINESE.search(row.definition_zh), row.code
        assert not CHINESE.search(english), row.code
        assert set(ENGLISH_IN_CHINESE.findall(chinese)) <= USUAL, row.code
        assert row.definition_zh.endswith("。") and row.definition_en.endswith("."), row.code


def test_no_two_have_the_same_name(files: DataFiles) -> None:
    for named in (files.statistics, files.indicators):
        for names in ([each.row.zh for each in named], [each.row.en for each in named]):
            assert [name for name, times in Counter(names).items() if times > 1] == []


def test_a_synonym_means_one_thing(files: DataFiles) -> None:
    """A synonym is what a text or a table may call it; two indicators that share one could not be told apart."""
    meant: dict[str, set[str]] = {}
    for row in (each.row for each in files.indicators):
        for name in {row.zh, *row.synonyms}:
            meant.setdefault(name, set()).add(row.code)
    assert {name: codes for name, codes in meant.items() if len(codes) > 1} == {}


def test_every_statistic_is_used_by_an_indicator(files: DataFiles) -> None:
    used = {code for each in files.indicators for code in (each.row.numerator, each.row.denominator) if code}
    assert {each.row.code for each in files.statistics} - used == set()


def test_every_indicator_has_a_value_somewhere(files: DataFiles) -> None:
    """Its numerator is typed in by zones, or it is published; and so is its denominator."""
    typed = {each.row.code for each in files.statistics if each.row.zone_level}
    published = {each.row.series for each in files.published}
    by_register = {Aggregation.ZONE_COUNT, Aggregation.REGION_COVERAGE, Aggregation.EACH_MEMBER}
    for row in (each.row for each in files.indicators):
        for part in (row.numerator, row.denominator):
            known = part in typed or part in published or row.code in published or row.aggregation in by_register
            assert part is None or known, (row.code, part)


def test_every_statistic_is_an_indicator_by_itself_or_a_part_of_one(files: DataFiles) -> None:
    """What zones type in can be looked at: as an indicator of the same code, or as what another counts."""
    own = {each.row.code for each in files.indicators}
    parts = {each.row.numerator for each in files.indicators} | {each.row.denominator for each in files.indicators}
    alone = {each.row.code for each in files.statistics} - own
    assert alone <= parts
    assert alone == {"eco_transformed", "leading_industries", "zones", "sub_regions", "sub_regions_with_zone"}


def test_money_at_current_prices_is_marked_so_and_nothing_else_is(files: DataFiles) -> None:
    money = {each.row.symbol for each in files.units if each.row.dimension == "money"}
    for row in (each.row for each in files.indicators):
        assert row.nominal == (row.unit in money and row.aggregation is not Aggregation.EACH_MEMBER), row.code


def test_money_is_kept_in_one_unit(files: DataFiles) -> None:
    """So that a figure in 千元 is never taken for one in 万元."""
    dimension = {each.row.symbol: each.row.dimension for each in files.units}
    kept = {each.row.unit for each in files.statistics if dimension[each.row.unit] == "money"}
    assert kept == {"千元"}


def test_units_of_one_dimension_are_powers_of_ten_apart(files: DataFiles) -> None:
    for each in files.units:
        assert each.row.factor.normalize().as_tuple().digits == (1,), each.row.symbol
        assert each.row.factor >= Decimal(1), each.row.symbol
