"""Figures as people type them. What cannot be understood is refused in words; what was typed is never altered."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Context, Decimal, localcontext

from models.catalogue import Statistic, Unit
from models.enums import Language, ValueType
from storage.wording import say

LONGEST = 80
"""Characters of a figure. Whatever is longer is no figure."""

MOST_DIGITS, MOST_DECIMALS = 24, 9
"""As of the figures in the data files."""

EXACT = Context(prec=100)
"""Wide enough for any figure times any factor; a unit's factor is a power of ten, so nothing is ever rounded."""

OFFERED = {"money": ("千元", "万元", "亿元"), "area": ("平方米", "万平方米")}
"""The units a figure may be typed in, by what the statistic measures. Others are typed in the unit they are kept in."""

MISSING = frozenset(["", "-", "--", "—", "——", "–", "―", "…", "……", "..."])
"""What stands where there is no figure."""

SCALES = {
    "万亿": Decimal(10**12),
    "亿": Decimal(10**8),
    "千万": Decimal(10**7),
    "百万": Decimal(10**6),
    "万": Decimal(10**4),
    "千": Decimal(1000),
    "百": Decimal(100),
}

YES_NO = {
    "是": 1, "否": 0, "有": 1, "无": 0, "yes": 1, "no": 0, "y": 1, "n": 0, "1": 1, "0": 0, "√": 1, "×": 0,
}  # fmt: skip

# Only what is the same sign in another width. Superscripts (12²) and circled digits must not become digits.
WIDTHS = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20, 0x2212: 0x2D}
UNSEEN = dict.fromkeys([*range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, 0xFEFF])

FORMULA = ("=", "+", "@", "|")
NUMBER = re.compile(r"(-?)\s?(\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+|\d+)?(\.\d*)?", re.ASCII)
PARTS = re.compile(r"(-?\s?[\d., ]*)(.*)", re.ASCII | re.DOTALL)


@dataclass(frozen=True, slots=True)
class FigureProblem:
    """Why a figure was refused. `kind` is the word of its sentence in data/wording/checks.yaml."""

    kind: str
    statistic: Statistic
    unit: Unit
    typed: str

    def words(self, language: Language) -> str:
        """One sentence: which cell, what is wrong with it, what would be right."""
        typed = self.typed if len(self.typed) <= LONGEST // 2 else self.typed[: LONGEST // 2] + "…"
        return say(
            f"figure.{self.kind}",
            language,
            name=getattr(self.statistic, language.value),
            typed=typed,
            unit=getattr(self.unit, language.value) or self.unit.symbol,
        )


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed, understood: an exact value in the stored unit, None for a missing one, or a problem."""

    value: Decimal | None
    problem: FigureProblem | None = None


def offered(statistic: Statistic, units: Mapping[str, Unit]) -> list[Unit]:
    """The units a figure of a statistic may be typed in, the one it is shown in being the usual choice."""
    symbols = OFFERED.get(units[statistic.unit].dimension, (statistic.unit,))
    return [units[symbol] for symbol in symbols]


def parse(typed: str, statistic: Statistic, unit: Unit, units: Mapping[str, Unit]) -> Typed:
    """What somebody typed in a cell whose unit is `unit`; a unit or 万/亿 written behind the number goes before it.

    Never raises. Whether the figure may be (whole, not negative) is asked by the edits.
    """
    found = _understood(typed, statistic, unit, units)
    if isinstance(found, str):
        return Typed(None, FigureProblem(found, statistic, unit, typed))
    return Typed(found)


def _understood(typed: str, statistic: Statistic, unit: Unit, units: Mapping[str, Unit]) -> Decimal | str | None:
    """The value in the stored unit, None for a missing one, or the kind of the problem."""
    text = typed.translate(WIDTHS).translate(UNSEEN).strip()
    if text in MISSING:
        return None
    if text.startswith(FORMULA):
        return "formula"
    if len(text) > LONGEST:
        return "too_long"
    if statistic.value_type is ValueType.YES_NO:
        answer = YES_NO.get(text.lower())
        return "no_answer" if answer is None else Decimal(answer)
    parts = PARTS.fullmatch(text)
    number = _number(parts[1].strip()) if parts else "no_number"
    if isinstance(number, str) or parts is None:
        return number
    factor = _factor(parts[2].strip(), unit, units)
    return factor if isinstance(factor, str) else _stored(number, factor, units[statistic.unit])


def _number(text: str) -> Decimal | str:
    match = NUMBER.fullmatch(text)
    digits = re.sub(r"[^\d]", "", text)
    if match is None or not digits:
        return "separators" if digits else "no_number"
    if len(digits) > MOST_DIGITS:
        return "too_long"
    sign, whole, rest = match.groups()
    return Decimal(f"{sign}{re.sub(r'[ ,]', '', whole or '0')}{rest or ''}")


def _factor(behind: str, unit: Unit, units: Mapping[str, Unit]) -> Decimal | str:
    """How many base units one of the typed number is: by the cell, or by what stands behind the number."""
    if not behind:
        return unit.factor
    if behind == "%":
        return unit.factor if unit.dimension == "percent" else "percent"
    if behind in SCALES and unit.dimension not in ("percent", "points", "ratio", "rank"):
        return SCALES[behind]
    named = next((each for each in units.values() if behind in (each.symbol, each.zh)), None)
    if named is not None and named.dimension == unit.dimension:
        return named.factor
    if named is not None:
        return "other_unit"
    scale = next((each for each in SCALES if behind.startswith(each)), None)
    rest = behind.removeprefix(scale or "")
    base = next((each for each in units.values() if each.symbol == rest and each.dimension == unit.dimension), None)
    return "no_number" if scale is None or base is None else EXACT.multiply(SCALES[scale], base.factor)


def _stored(number: Decimal, factor: Decimal, unit: Unit) -> Decimal | str:
    with localcontext(EXACT):
        value = _shortest(number * factor / unit.factor)
    if -int(value.as_tuple().exponent) > MOST_DECIMALS:
        return "too_fine"
    return "too_long" if value.adjusted() >= MOST_DIGITS - MOST_DECIMALS else value


def _shortest(value: Decimal) -> Decimal:
    """Without trailing zeros, an exponent or a negative zero."""
    with localcontext(EXACT):
        short = value.normalize()
        short = short if int(short.as_tuple().exponent) <= 0 else short.quantize(Decimal(1))
    return short if short else Decimal(0)


def written(value: Decimal, stored: Unit, unit: Unit) -> str:
    """A stored value as one would type it in a unit of the same dimension: exact, with groups of three."""
    with localcontext(EXACT):
        return f"{_shortest(value * stored.factor / unit.factor):,f}"


def in_words(value: Decimal, unit: Unit, language: Language) -> str:
    """A stored value with its unit at the size that reads best, with every digit: 1.2亿元, CNY 120 million."""
    if unit.dimension == "yes_no":
        return say(f"figure.{'yes' if value else 'no'}", language)
    with localcontext(EXACT):
        base = _shortest(value * unit.factor)
    if unit.dimension == "money":
        return _money(base, language)
    chinese = language is Language.ZH
    if chinese and abs(base) >= 10_000 and unit.dimension in ("area", "people"):
        return f"{_over(base, 4)}万{unit.zh.removeprefix('万')}"
    if not chinese and unit.en == "":
        return _over(base, 0)
    word = unit.zh if chinese else unit.en.removesuffix("s") if base == 1 else unit.en
    return f"{_over(base, 0)} {word}".rstrip()


def _money(base: Decimal, language: Language) -> str:
    if language is Language.ZH:
        size = 8 if abs(base) >= 10**8 else 4 if abs(base) >= 10**4 else 0
        return f"{_over(base, size)}{ {8: '亿', 4: '万', 0: ''}[size] }元"
    size = 9 if abs(base) >= 10**9 else 6 if abs(base) >= 10**6 else 0
    return f"CNY {_over(base, size)} { {9: 'billion', 6: 'million', 0: ''}[size] }".rstrip()


def _over(base: Decimal, power: int) -> str:
    return f"{_shortest(base.scaleb(-power, EXACT)):,f}".replace("-", "−")
