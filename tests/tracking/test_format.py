"""Numbers in words."""

from decimal import Decimal

import pytest

from models.enums import Language
from tests.world import units
from tracking.format import column, difference, inert, percent, percents, plain, rounded, with_unit

UNITS = units()
ZH, EN = Language.ZH, Language.EN


@pytest.mark.parametrize(
    ("value", "unit", "zh", "en"),
    [
        (120_000, "千元", "1.2亿元", "CNY 120 m"),
        (Decimal("7860.78"), "亿元", "7,860.78亿元", "CNY 786.08 bn"),
        (1200, "千元", "120万元", "CNY 1.2 m"),
        (Decimal("0.5"), "千元", "500 元", "CNY 500"),
        (10_000, "亿元", "10,000亿元", "CNY 1 tn"),
        (Decimal("34.8"), "万亿元", "34.8万亿元", "CNY 34.8 tn"),
        (-3, "亿元", "−3亿元", "CNY −300 m"),
        (0, "亿元", "0 元", "CNY 0"),
        (Decimal("31.36"), "%", "31.36%", "31.36%"),
        (1234, "家", "1,234 家", "1,234"),
        (Decimal("5.5"), "万家", "5.5万家", "55,000"),
        (Decimal("81.43"), "万平方米", "81.43万平方米", "814,300 m²"),
        (1, "人", "1 人", "1 person"),
        (4, "人", "4 人", "4 persons"),
        (19, "件/万人", "19 件", "19 patents"),
        (44, "位", "第 44 位", "place 44"),
        (1, "是否", "是", "yes"),
        (0, "是否", "否", "no"),
        (None, "亿元", "—", "—"),
    ],
)
def test_a_value_reads_in_both_languages(value: Decimal | int | None, unit: str, zh: str, en: str) -> None:
    assert with_unit(value, UNITS[unit], ZH) == zh
    assert with_unit(value, UNITS[unit], EN) == en


@pytest.mark.parametrize(
    ("value", "unit", "zh", "en"),
    [
        (Decimal("0.4"), "%", "0.4 个百分点", "0.4 pp"),
        (-0.25, "%", "−0.25 个百分点", "−0.25 pp"),
        (0.004, "%", "0.004 个百分点", "0.004 pp"),
        (3, "位", "3 位", "3 places"),
        (1, "位", "1 位", "1 place"),
        (2, "家", "2 家", "2"),
        (None, "%", "—", "—"),
    ],
)
def test_a_difference_of_percentages_is_in_points(value: float | None, unit: str, zh: str, en: str) -> None:
    assert difference(value, UNITS[unit], ZH) == zh
    assert difference(value, UNITS[unit], EN) == en


def test_a_missing_value_is_a_dash_and_never_0() -> None:
    assert plain(None) == percent(None) == "—"
    assert plain(0) == plain(-0.0) == "0"


def test_minus_is_a_minus_sign() -> None:
    assert plain(-12345.678) == "−12,345.68"
    assert percent(-3.05) == "−3.1%"


def test_float_noise_is_gone_and_halves_go_up() -> None:
    assert plain(0.1 + 0.2) == "0.3"
    assert plain(2.675) == "2.68"
    assert rounded(1e-15) == 0
    assert plain(1e-15) == "0"


def test_what_would_round_away_keeps_its_first_digit() -> None:
    assert plain(0.0031) == "0.003"
    assert plain(-0.00049) == "−0.0005"
    assert plain(0.0096) == "0.01"


def test_there_is_no_exponent() -> None:
    assert plain(Decimal("1E+7")) == "10,000,000"
    assert plain(1e20) == "100,000,000,000,000,000,000"


def test_a_column_of_money_has_one_scale_and_the_same_decimals() -> None:
    values = [Decimal("1250"), Decimal("3.5"), None]
    assert column(values, UNITS["亿元"], ZH) == ["1,250.0亿元", "3.5亿元", "—"]
    assert percents([1, Decimal("2.25"), None]) == ["1.0%", "2.3%", "—"]


FORMULAS = ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "-1_000", "+inf", "-"]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_that_looks_like_a_formula_is_made_inert(text: str) -> None:
    assert inert(text) == "'" + text


@pytest.mark.parametrize("cell", ["", "-5", "+1.5e3", "−5", "2.5%以上", 3, -3, None, Decimal("-1")])
def test_numbers_and_plain_texts_stay_as_they_are(cell: object) -> None:
    assert inert(cell) == cell
