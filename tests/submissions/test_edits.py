"""Edits as data: each with its passing and its failing example, over the statistics of the founding data."""

from collections.abc import Mapping
from decimal import Decimal

import pytest

from models.enums import Language, Severity, ValueType
from settings import ROOT
from storage.datafiles import read_data
from storage.rows import EditRow
from submissions.edits import OF_KIND, EditFailure, Rules, check, known_ranges, ratio_of
from submissions.figures import in_words
from tests.submissions.conftest import Reported

ROWS: list[EditRow] = [each.row for each in read_data(ROOT / "data")[0].edits]
NAMED = [row for row in ROWS if not row.each]
PATTERNS = [row for row in ROWS if row.each not in ("", "ratio")]
Figures = Mapping[str, Decimal | None]


def statistic_of(rules: Rules, kind: str) -> str:
    return next(code for code, each in rules.statistics.items() if OF_KIND[kind](each))


def asked(rules: Rules, row: EditRow, figures: Figures, code: str = "") -> list[EditFailure]:
    """What one edit says of the figures of an example."""
    values: dict[str, Decimal | None] = {}
    last: dict[str, Decimal | None] = {}
    for item, value in figures.items():
        if item.startswith("last"):
            last[item.removeprefix("last.") if not row.each else code] = value
        else:
            values[code if row.each else item] = value
    return [each for each in check(rules, values, last, {}) if each.edit == row.code]


@pytest.mark.parametrize("row", NAMED, ids=lambda row: row.code)
def test_an_edit_passes_its_example_and_fails_its_counter_example(rules: Rules, row: EditRow) -> None:
    assert asked(rules, row, row.passes) == []
    (failure,) = asked(rules, row, row.fails)
    assert failure.severity is row.severity
    for item, value in row.fails.items():
        code = item.removeprefix("last.")
        statistic = rules.statistics[code]
        assert code in failure.statistics
        assert value is not None
        for language in Language:
            assert getattr(statistic, language.value) in failure.words(language)
            assert in_words(value, rules.units[statistic.unit], language) in failure.words(language)


@pytest.mark.parametrize("row", PATTERNS, ids=lambda row: row.code)
def test_a_pattern_is_asked_of_every_statistic_of_its_kind(rules: Rules, row: EditRow) -> None:
    for code, statistic in rules.statistics.items():
        concerned = OF_KIND[row.each](statistic)
        passes, fails = asked(rules, row, row.passes, code), asked(rules, row, row.fails, code)
        assert [each for each in passes if each.statistics == (code,)] == []
        told = [each for each in fails if each.statistics == (code,)]
        assert len(told) == concerned
        for each in told:
            assert statistic.zh in each.zh and statistic.en in each.en
            for item, value in row.fails.items():
                if value is not None:
                    assert in_words(value, rules.units[statistic.unit], Language.ZH) in each.zh, item


def test_there_are_enough_of_them_and_every_statistic_is_in_a_relation_or_a_pattern(rules: Rules) -> None:
    assert len(NAMED) >= 25
    for code, statistic in rules.statistics.items():
        numbers = {"jump-up", "jump-down", "zero-after", "slip-10", "slip-1000", "slip-10000"}
        patterns = {row.code for row in PATTERNS if OF_KIND[row.each](statistic)}
        assert "given" in patterns
        assert statistic.value_type is ValueType.YES_NO or numbers <= patterns, code


def test_one_slip_is_told_once(rules: Rules) -> None:
    for times in ("10", "1000", "10000", "0.1", "0.001", "0.0001"):
        found = check(rules, {"exports": Decimal(100) * Decimal(times)}, {"exports": Decimal(100)}, {})
        told = [each.edit for each in found if each.statistics == ("exports",) and each.severity is Severity.SOFT]
        assert len(told) == 1 and told[0].startswith("slip"), times


def test_growth_of_half_is_asked_and_less_is_not(rules: Rules) -> None:
    def told(value: str) -> list[str]:
        found = check(rules, {"exports": Decimal(value)}, {"exports": Decimal(100)}, {})
        return [each.edit for each in found if each.statistics == ("exports",)]

    assert [told(value) for value in ("50", "100", "150")] == [[], [], []]
    assert told("150.01") == ["jump-up"]
    assert told("49.99") == ["jump-down"]
    assert told("0") == ["zero-after"]


def test_a_missing_figure_is_told_once_and_compared_with_nothing(rules: Rules) -> None:
    found = check(rules, {}, {code: Decimal(5) for code in rules.statistics}, {})
    assert [each.edit for each in found] == ["given"] * len(rules.statistics)


def test_what_is_not_applicable_with_a_reason_may_be_empty(rules: Rules) -> None:
    found = check(rules, {}, {}, {}, excused=["exports"])
    assert len(found) == len(rules.statistics) - 1
    assert not any("exports" in each.statistics for each in found)


def test_all_failures_come_at_once(rules: Rules) -> None:
    values = {"hte_over_10b": Decimal(9), "hte_over_1b": Decimal("1.5"), "exports": Decimal(-1)}
    edits = {each.edit for each in check(rules, values, {}, {}) if each.severity is Severity.HARD}
    assert {"whole", "not-negative", "high-tech-over-10b", "given"} <= edits


def test_a_ratio_outside_what_zones_reported_names_both_figures_and_the_range(rules: Rules) -> None:
    ranges = {"rd_intensity": (Decimal("0.5"), Decimal("4.25"))}
    values = {"rd_expenditure": Decimal(50000), "zone_gdp": Decimal(1000000)}
    (failure,) = [each for each in check(rules, values, {}, ranges) if each.edit == "ratio-known"]
    assert failure.statistics == ("rd_expenditure", "zone_gdp")
    assert failure.zh == (
        "“R&D经费内部支出”5,000万元与“园区生产总值”10亿元之比（研发投入强度）为5 %，"
        "超出各高新区已报范围（0.5 %至4.25 %），请核对；确认无误请说明原因。"
    )
    assert '"gross domestic product of the zone" (CNY 1 billion)' in failure.en
    inside = {**values, "rd_expenditure": Decimal(42500)}
    assert "ratio-known" not in {each.edit for each in check(rules, inside, {}, ranges)}


def test_a_ratio_without_a_whole_is_no_ratio(rules: Rules) -> None:
    intensity = rules.ratios["rd_intensity"]
    assert ratio_of(intensity, {"rd_expenditure": Decimal(1), "zone_gdp": Decimal(0)}) is None
    assert ratio_of(intensity, {"rd_expenditure": Decimal(1)}) is None


def test_ranges_are_the_least_and_most_that_was_reported(rules: Rules) -> None:
    reported = [{"rd_expenditure": Decimal(n), "zone_gdp": Decimal(100)} for n in (3, 1, 2, 2, 2)]
    assert known_ranges(rules.ratios, reported)["rd_intensity"] == (1, 3)
    assert known_ranges(rules.ratios, reported[1:]) == {}, "four reports are no measure of what is usual"


def test_no_hard_edit_blocks_a_believable_zone(rules: Rules, reported: Reported) -> None:
    """Every zone and year of the demonstration set, which knows nothing of the edits."""
    assert len(reported) > 100
    blocked = [
        (place, failure.en)
        for place, values in reported.items()
        for failure in check(rules, values, {}, {})
        if failure.severity is Severity.HARD and failure.edit != "given"
    ]
    assert blocked == []


def test_few_soft_edits_ask_of_a_believable_zone(rules: Rules, reported: Reported) -> None:
    """Growth of a usual year explains itself: on average less than 2 of 45 figures are asked about."""
    ranges = known_ranges(rules.ratios, reported.values())
    asked_of = [
        len([f for f in check(rules, values, reported[zone, year - 1], ranges) if f.severity is Severity.SOFT])
        for (zone, year), values in reported.items()
        if (zone, year - 1) in reported
    ]
    assert sum(asked_of) / len(asked_of) < 2
