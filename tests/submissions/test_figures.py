"""Figures as people type them: understood exactly, or refused with the cell's name and what would be right."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.catalogue import Statistic, Unit
from models.enums import Language, StatisticType, ValueType
from settings import ROOT
from storage.datafiles import read_data
from submissions.figures import MOST_DECIMALS, Typed, in_words, offered, parse, written

UNITS = {each.row.symbol: Unit(**each.row.model_dump()) for each in read_data(ROOT / "data")[0].units}


def statistic(unit: str, kind: ValueType = ValueType.DECIMAL) -> Statistic:
    return Statistic(
        code="a", section="s", zh="出口总额", en="exports", unit=unit, display_unit=unit,
        type=StatisticType.FLOW, value_type=kind, definition_zh="", definition_en="",
    )  # fmt: skip


MONEY = statistic("千元")
SHARE = statistic("%")
COUNT = statistic("家", ValueType.WHOLE)
AREA = statistic("平方米")
ANSWER = statistic("是否", ValueType.YES_NO)


def typed(text: str, of: Statistic = MONEY, unit: str = "") -> Typed:
    return parse(text, of, UNITS[unit or of.unit], UNITS)


@pytest.mark.parametrize(
    ("text", "of", "unit", "value"),
    [
        ("1234.5", MONEY, "千元", "1234.5"),
        ("1,234.5", MONEY, "千元", "1234.5"),
        ("1 234 567", MONEY, "千元", "1234567"),
        ("１２３４", MONEY, "千元", "1234"),
        ("１，２３４．５", MONEY, "千元", "1234.5"),
        (" 12\u200b.50\t", MONEY, "千元", "12.5"),
        ("1.2亿", MONEY, "千元", "120000"),
        ("1.2亿", MONEY, "万元", "120000"),
        ("1.2亿元", MONEY, "万元", "120000"),
        ("3千万", MONEY, "亿元", "30000"),
        ("2百万元", MONEY, "千元", "2000"),
        ("1.5万亿元", MONEY, "亿元", "1500000000"),
        ("1.2", MONEY, "亿元", "120000"),
        ("-5", MONEY, "万元", "-50"),
        ("−5", MONEY, "万元", "-50"),
        ("－５", MONEY, "万元", "-50"),
        (".5", MONEY, "万元", "5"),
        ("5.", MONEY, "千元", "5"),
        ("-0", MONEY, "千元", "0"),
        ("12%", SHARE, "%", "12"),
        ("12 ％", SHARE, "%", "12"),
        ("12.50", SHARE, "%", "12.5"),
        ("12家", COUNT, "家", "12"),
        ("1.2万", COUNT, "家", "12000"),
        ("3.5万平方米", AREA, "平方米", "35000"),
        ("3.5", AREA, "万平方米", "35000"),
        ("是", ANSWER, "是否", "1"),
        ("No", ANSWER, "是否", "0"),
        ("０", ANSWER, "是否", "0"),
    ],
)
def test_a_figure_is_understood_exactly(text: str, of: Statistic, unit: str, value: str) -> None:
    found = typed(text, of, unit)
    assert found.problem is None
    assert str(found.value) == value


@pytest.mark.parametrize("text", ["", "  ", "\u3000", "—", "——", "–", "-", "－", "…"])
def test_a_blank_or_a_dash_is_a_missing_figure(text: str) -> None:
    assert typed(text) == Typed(None)


@pytest.mark.parametrize(
    ("text", "of", "kind"),
    [
        ("1.2.3", MONEY, "separators"),
        ("1,23", MONEY, "separators"),
        ("1,2345", MONEY, "separators"),
        ("1,234.5,6", MONEY, "separators"),
        ("--5", MONEY, "no_number"),
        ("abc", MONEY, "no_number"),
        ("12abc", MONEY, "no_number"),
        ("1e5", MONEY, "no_number"),
        ("0x10", MONEY, "no_number"),
        ("12²", MONEY, "no_number"),
        ("①", MONEY, "no_number"),
        ("١٢", MONEY, "no_number"),
        ("1_000", MONEY, "no_number"),
        ("inf", MONEY, "no_number"),
        ("Infinity", MONEY, "no_number"),
        ("-∞", MONEY, "no_number"),
        ("NaN", MONEY, "no_number"),
        ("sNaN", MONEY, "no_number"),
        ("(1,234)", MONEY, "no_number"),
        ("十二", MONEY, "no_number"),
        ("1" * 400, MONEY, "too_long"),
        ("1" * 30, MONEY, "too_long"),
        ("1" * 20 + "亿", MONEY, "too_long"),
        ("0.1234567891", MONEY, "too_fine"),
        ("=cmd|' /C calc'!A0", MONEY, "formula"),
        ("=1+1", MONEY, "formula"),
        ("＝1+1", MONEY, "formula"),
        ("+5", MONEY, "formula"),
        ("@SUM(A1)", MONEY, "formula"),
        ("-1+cmd|' /C calc'!A0", MONEY, "no_number"),
        ("12%", MONEY, "percent"),
        ("12平方米", MONEY, "other_unit"),
        ("12人", COUNT, "other_unit"),
        ("2", ANSWER, "no_answer"),
        ("maybe", ANSWER, "no_answer"),
    ],
)
def test_what_is_no_figure_is_refused_with_its_cell_and_what_would_be_right(
    text: str, of: Statistic, kind: str
) -> None:
    found = typed(text, of)
    assert found.value is None
    assert found.problem is not None and found.problem.kind == kind
    assert found.problem.typed == text
    for language, name in ((Language.ZH, "“出口总额”"), (Language.EN, '"exports"')):
        words = found.problem.words(language)
        assert name in words and len(words) < 250
        assert text[:40] in words


@settings(max_examples=500, deadline=None)
@given(st.one_of(st.text(), st.text(alphabet="0123456789.,-+=万亿元%% eE∞NaN\u200b１²٣", max_size=90)))
def test_no_text_whatever_makes_it_fail(text: str) -> None:
    for of in (MONEY, SHARE, COUNT, AREA, ANSWER):
        for unit in offered(of, UNITS):
            found = parse(text, of, unit, UNITS)
            assert found.value is None or (found.problem is None and found.value.is_finite())
            if found.problem:
                assert found.problem.words(Language.ZH) and found.problem.words(Language.EN)


@settings(max_examples=300, deadline=None)
@given(
    st.decimals(min_value=-(10**14), max_value=10**14, places=MOST_DECIMALS, allow_nan=False),
    st.sampled_from(["千元", "万元", "亿元"]),
)
def test_a_stored_value_written_in_a_unit_is_read_back_exactly(value: Decimal, unit: str) -> None:
    text = written(value, UNITS["千元"], UNITS[unit])
    found = typed(text, MONEY, unit)
    digits = sum(character.isdigit() for character in text)
    assert found.value == value or (digits > 24 and found.problem is not None)


@settings(max_examples=300, deadline=None)
@given(st.decimals(min_value=-(10**12), max_value=10**12, places=4, allow_nan=False))
def test_a_value_in_words_is_read_back_exactly(value: Decimal) -> None:
    assert typed(in_words(value, UNITS["千元"], Language.ZH), MONEY).value == value


@pytest.mark.parametrize(
    ("value", "unit", "zh", "en"),
    [
        ("120000", "千元", "1.2亿元", "CNY 120 million"),
        ("1234.5", "千元", "123.45万元", "CNY 1.2345 million"),
        ("0.5", "千元", "500元", "CNY 500"),
        ("-120000", "千元", "−1.2亿元", "CNY −120 million"),
        ("2500000000", "千元", "25,000亿元", "CNY 2,500 billion"),
        ("0", "千元", "0元", "CNY 0"),
        ("1234", "家", "1,234 家", "1,234"),
        ("35000", "平方米", "3.5万平方米", "35,000 m²"),
        ("12000", "人", "1.2万人", "12,000 persons"),
        ("12.5", "%", "12.5 %", "12.5 %"),
        ("1", "是否", "是", "yes"),
        ("0", "是否", "否", "no"),
    ],
)
def test_a_value_is_told_back_in_words(value: str, unit: str, zh: str, en: str) -> None:
    assert in_words(Decimal(value), UNITS[unit], Language.ZH) == zh
    assert in_words(Decimal(value), UNITS[unit], Language.EN) == en


def test_money_and_areas_may_be_typed_in_their_usual_units() -> None:
    assert [each.symbol for each in offered(MONEY, UNITS)] == ["千元", "万元", "亿元"]
    assert [each.symbol for each in offered(AREA, UNITS)] == ["平方米", "万平方米"]
    assert [each.symbol for each in offered(COUNT, UNITS)] == ["家"]
