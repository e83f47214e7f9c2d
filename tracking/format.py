"""Numbers in the words of the reader's language: 1.2 亿元 / CNY 120 m, 0.4 个百分点 / 0.4 pp, − for minus."""

from decimal import ROUND_HALF_UP, Decimal

from models.catalogue import Unit
from models.enums import Language

MISSING = "—"
"""What stands where a value is missing. Never 0."""

MINUS = "−"
TEN_THOUSAND = "10,000 "
"""How the English name of a 万 unit begins: English readers get the number written out instead."""

POINTS = {Language.ZH: "个百分点", Language.EN: "pp"}
_MONEY_ZH = ((Decimal(10) ** 12, "万亿元"), (Decimal(10) ** 8, "亿元"), (Decimal(10) ** 4, "万元"), (Decimal(1), "元"))
_MONEY_EN = ((Decimal(10) ** 12, "tn"), (Decimal(10) ** 9, "bn"), (Decimal(10) ** 6, "m"), (Decimal(10) ** 3, "k"))

Number = Decimal | float | int | None


def rounded(value: Number, decimals: int = 2) -> Decimal | None:
    """A number rounded half up, without trailing zeros; float noise (0.30000000000000004) is gone."""
    if value is None:
        return None
    exact = value if isinstance(value, Decimal) else Decimal(f"{value:.12g}")
    return exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP).normalize()


def plain(value: Number, decimals: int = 2) -> str:
    """`12,345.6`: digits in groups of three, as both languages write them in tables; a thin minus, no exponent."""
    number = rounded(value, decimals)
    if number is None:
        return MISSING
    return f"{number:,f}".replace("-", MINUS) if number else "0"


def with_unit(value: Number, unit: Unit, language: Language, *, decimals: int = 2) -> str:
    """A value with its unit. Money takes the scale that reads best; other units stay as they are."""
    if value is None:
        return MISSING
    if unit.dimension == "money":
        return _money(Decimal(str(value)) * unit.factor, language)
    if unit.symbol == "%":
        return f"{plain(value, decimals)} %"
    if unit.dimension == "yes_no":
        return {Language.ZH: ("否", "是"), Language.EN: ("no", "yes")}[language][bool(value)]
    if language is Language.EN and unit.en.startswith(TEN_THOUSAND):
        return f"{plain(value * 10_000, decimals)} {unit.en.removeprefix(TEN_THOUSAND)}".rstrip()
    return f"{plain(value, decimals)} {unit.zh if language is Language.ZH else unit.en}".rstrip()


def difference(value: Number, unit: Unit, language: Language, *, decimals: int = 2) -> str:
    """A difference of two values: of percentages in percentage points, of ranks in places, else in the unit."""
    if value is None:
        return MISSING
    if unit.symbol == "%":
        return f"{plain(value, decimals)} {POINTS[language]}"
    return with_unit(value, unit, language, decimals=decimals)


def percent(value: Number, decimals: int = 1) -> str:
    """A figure that is a percentage whatever the unit of its target: progress, elapsed time, a growth rate."""
    return MISSING if value is None else f"{plain(value, decimals)} %"


def _money(base: Decimal, language: Language) -> str:
    """Money in 元: 1.2 亿元, 120 万元; CNY 120 m."""
    scales = _MONEY_ZH if language is Language.ZH else _MONEY_EN
    size = abs(base)
    factor, word = next(((f, w) for f, w in scales if size >= f), scales[-1])
    if language is Language.ZH:
        # 万亿 is left to sums of a whole country: a zone's 10000 亿元 is written as the policies write it.
        factor, word = (_MONEY_ZH[1]) if word == "万亿元" and size < 10 * factor else (factor, word)
        return f"{plain(base / factor)} {word}"
    return f"CNY {plain(base / factor)} {word}"
