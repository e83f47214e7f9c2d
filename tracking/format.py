"""Numbers in the words of the reader's language: 1.2亿元 / CNY 120 m, 0.4 个百分点 / 0.4 pp, − for minus."""

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeVar
from unicodedata import east_asian_width

from models.catalogue import Unit
from models.enums import Language

MISSING = "—"
"""What stands where a value is missing. Never 0."""

MINUS = "−"
TEN_THOUSAND = "10,000 "
"""How the English name of a 万 unit begins: English readers get the number written out instead."""

SCALES = ("十", "百", "千", "万", "亿")
"""A Chinese unit that begins with one of these belongs to the number: 81.43万平方米, but 14 家."""

NOISE = Decimal("1e-9")
"""Below this a difference is what the arithmetic left over, not something that was measured."""

POINTS = {Language.ZH: "个百分点", Language.EN: "pp"}
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet would take for a formula at the start of a text; East Asian ones also in full width."""

NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?")

_MONEY_ZH = ((Decimal(10) ** 12, "万亿"), (Decimal(10) ** 8, "亿"), (Decimal(10) ** 4, "万"), (Decimal(1), ""))
_MONEY_EN = ((Decimal(10) ** 12, "tn"), (Decimal(10) ** 9, "bn"), (Decimal(10) ** 6, "m"), (Decimal(10) ** 3, "k"))
_CURRENCIES = {"money": ("元", "CNY"), "us_dollar": ("美元", "USD")}

Number = Decimal | float | int | None
T = TypeVar("T")


def rounded(value: Number, decimals: int = 2) -> Decimal | None:
    """A number rounded half up, without trailing zeros; float noise (0.30000000000000004) is gone."""
    if value is None:
        return None
    return _exact(value).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP).normalize()


def plain(value: Number, decimals: int = 2) -> str:
    """`12,345.6`: digits in groups of three, a true minus sign, no exponent.

    What would round away keeps its first digit (0.003): a gap that there is never reads 0.
    """
    number = rounded(value, decimals)
    if value is None or number is None:
        return MISSING
    exact = _exact(value)
    if not number and abs(exact) > NOISE:
        number = rounded(exact, -exact.adjusted()) or exact
    return f"{number:,f}".replace("-", MINUS) if number else "0"


def with_unit(value: Number, unit: Unit, language: Language, *, decimals: int = 2) -> str:
    """A value with its unit. Money takes the scale that reads best; other units stay as they are."""
    if value is None:
        return MISSING
    if unit.dimension == "yes_no":
        return {Language.ZH: ("否", "是"), Language.EN: ("no", "yes")}[language][bool(value)]
    if unit.dimension == "rank":
        words = {Language.ZH: f"第 {plain(value, decimals)} {unit.zh}", Language.EN: f"place {plain(value, decimals)}"}
        return words[language]
    return _amount(value, unit, language, decimals)


def column(values: Sequence[Number], unit: Unit, language: Language, *, decimals: int = 2) -> list[str]:
    """Values of one unit that stand under each other: one scale, and as many decimals for all as one of them needs."""
    known = [_exact(value) for value in values if value is not None]
    if not known or unit.dimension in ("yes_no", "rank"):
        return [with_unit(value, unit, language) for value in values]
    factor, pattern = _written(max(known, key=abs), unit, language)
    places = max(_decimals(value * factor, decimals) for value in known)
    numbers = [None if value is None else _fixed(_exact(value) * factor, places) for value in values]
    return [MISSING if each is None else _filled(pattern, each, language) for each in numbers]


def differences(values: Sequence[Number], unit: Unit, language: Language, *, decimals: int = 2) -> list[str]:
    """Differences of one unit that stand under each other; of percentages in percentage points."""
    words = column(values, unit, language, decimals=decimals)
    return [each.replace("%", f" {POINTS[language]}") for each in words] if unit.symbol == "%" else words


def percents(values: Sequence[Number], decimals: int = 1) -> list[str]:
    """Percentages that stand under each other, all with the same decimals."""
    return [MISSING if value is None else f"{_fixed(_exact(value), decimals)}%" for value in values]


def difference(value: Number, unit: Unit, language: Language, *, decimals: int = 2) -> str:
    """A difference of two values: of percentages in percentage points, of ranks in places, else in the unit."""
    if value is None:
        return MISSING
    if unit.symbol == "%":
        return f"{plain(value, decimals)} {POINTS[language]}"
    return _amount(value, unit, language, decimals)


def percent(value: Number, decimals: int = 1) -> str:
    """A figure that is a percentage whatever the unit of its target: progress, elapsed time, a growth rate."""
    return MISSING if value is None else f"{plain(value, decimals)}%"


def inert(cell: T) -> T | str:
    """A cell of a table for spreadsheets: a text that would be taken for a formula gets a quote before it.

    Numbers stay numbers, also those that are written as text (-5).
    """
    if not isinstance(cell, str) or not cell.startswith(FORMULA) or NUMBER.fullmatch(cell):
        return cell
    return "'" + cell


def _exact(value: Decimal | float) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(f"{value:.12g}")


def _decimals(value: Decimal, most: int) -> int:
    """How many decimals a number needs, rounded to `most`."""
    number = rounded(value, most)
    assert number is not None
    exponent = number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _fixed(value: Decimal, decimals: int) -> str:
    number = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return f"{number if number else abs(number):,f}".replace("-", MINUS)


def _amount(value: Decimal | float, unit: Unit, language: Language, decimals: int) -> str:
    factor, pattern = _written(value, unit, language)
    return _filled(pattern, plain(_exact(value) * factor, decimals), language)


def _filled(pattern: str, number: str, language: Language) -> str:
    """A number in its pattern; in English 2 persons, 1 person."""
    before, space, unit = pattern.partition(" ")
    if language is Language.EN and number == "1":
        pattern = f"{before}{space}{unit.removesuffix('s')}"
    return pattern.format(number).rstrip()


def _written(value: Decimal | float, unit: Unit, language: Language) -> tuple[Decimal, str]:
    """For numbers as large as this one: what to multiply them by, and the pattern that they are written in."""
    if unit.dimension in _CURRENCIES:
        return _money(_exact(value) * unit.factor, unit.factor, _CURRENCIES[unit.dimension], language)
    if unit.symbol == "%":
        return Decimal(1), "{}%"
    if language is Language.ZH:
        return Decimal(1), f"{{}}{'' if unit.zh.startswith(SCALES) else ' '}{unit.zh}"
    if unit.en.startswith(TEN_THOUSAND):
        return Decimal(10_000), f"{{}} {unit.en.removeprefix(TEN_THOUSAND)}"
    return Decimal(1), f"{{}} {unit.en}"


def _money(base: Decimal, unit_factor: Decimal, currency: tuple[str, str], language: Language) -> tuple[Decimal, str]:
    """Money of so many 元, counted in a unit of so many 元: 1.2亿元, 120万元; CNY 120 m."""
    scales = _MONEY_ZH if language is Language.ZH else _MONEY_EN
    size = abs(base)
    factor, word = next(((f, w) for f, w in scales if size >= f), (Decimal(1), ""))
    if language is Language.EN:
        return unit_factor / factor, f"{currency[1]} {{}} {word}".rstrip()
    # 万亿 is left to sums of a whole country: a zone's 10000 亿元 is written as the policies write it.
    factor, word = (_MONEY_ZH[1]) if word == "万亿" and size < 10 * factor else (factor, word)
    return unit_factor / factor, f"{{}}{word or ' '}{currency[0]}"


def width(words: str) -> int:
    """How wide words are, counted in Latin letters: a Chinese character takes the room of two."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in words)
