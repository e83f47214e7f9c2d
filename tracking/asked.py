"""What a target asks for, in words: `2.5%以上（到 2025 年）`, `at least 2.5% by 2025`."""

import re
from decimal import Decimal

from models.catalogue import Unit
from models.enums import Comparator, Kind, Language
from models.policy import Target
from storage.queries import Snapshot
from storage.wording import say
from tracking.format import plain, with_unit
from tracking.names import named

ALL = 100
"""全覆盖, 全部: nobody asks for 100 % or more."""

_BEFORE_A_NUMBER = re.compile(r"(?<=[\u4e00-\u9fff])(?=[\d−])")
_COMPARED = {
    Comparator.AT_LEAST: "asked.at_least",
    Comparator.MORE_THAN: "asked.more_than",
    Comparator.AT_MOST: "asked.at_most",
    Comparator.LESS_THAN: "asked.less_than",
    Comparator.EXACTLY: "asked.exactly",
    Comparator.ABOUT: "asked.about",
}
_MIRRORED = {
    Comparator.AT_LEAST: Comparator.AT_MOST,
    Comparator.MORE_THAN: Comparator.LESS_THAN,
    Comparator.AT_MOST: Comparator.AT_LEAST,
    Comparator.LESS_THAN: Comparator.MORE_THAN,
}
"""A fall is told by its size: a change of at most −14 % is a fall of at least 14 %."""


def spaced(words: str, language: Language) -> str:
    """Chinese with a space between a character and the number after it, so that templates need not know what comes."""
    return _BEFORE_A_NUMBER.sub(" ", words) if language is Language.ZH else words


def target_words(snapshot: Snapshot, target: Target, language: Language, *, dated: bool = True) -> str:
    """What a target asks for, with its deadline unless `dated` is false."""
    words = asked_words(snapshot, target, language)
    if dated and target.deadline is None:
        words = say("asked.no_deadline", language, words=words)
    elif dated:
        words = say("asked.by", language, words=words, deadline=target.deadline)
    return spaced(words, language)


def asked_words(snapshot: Snapshot, target: Target, language: Language) -> str:
    """What a target asks for, without its deadline."""
    unit = snapshot.units[target.unit]
    if target.kind in (Kind.GROWTH_RATE, Kind.CHANGE_POINTS):
        return _change(target, unit, language)
    if target.kind is Kind.GROWTH_MULTIPLE:
        level = say("asked.level_of", language, base=base_words(target, language))
        return _times(target, level, language)
    if target.kind is Kind.MULTIPLE_OF_REFERENCE:
        return _times(target, reference_words(snapshot, target, language), language)
    if target.comparator is Comparator.RANGE:
        high = with_unit(target.value_high, unit, language)
        return say("asked.range", language, value=plain(target.value), high=high)
    if unit.dimension == "rank" and target.comparator is Comparator.AT_MOST:
        return say("asked.rank", language, value=plain(target.value))
    value = with_unit(target.value, unit, language)
    if target.kind in (Kind.SHARE, Kind.COVERAGE) and unit.symbol == "%" and target.value == ALL:
        return value
    return _compared(target.comparator, value, language)


def base_words(target: Target, language: Language) -> str:
    """The baseline of a change as the policy has it: its year where it is stated."""
    if target.baseline_year is None:
        return say("asked.baseline", language)
    return say("asked.baseline_of", language, year=target.baseline_year)


def reference_words(snapshot: Snapshot, target: Target, language: Language) -> str:
    """What a multiple is a multiple of: `河北省研发投入强度`."""
    assert target.reference_code is not None and target.reference_place is not None
    return say(
        "asked.reference",
        language,
        place=named(snapshot.places[target.reference_place], language),
        indicator=named(snapshot.indicators[target.reference_code], language),
    )


def _change(target: Target, unit: Unit, language: Language) -> str:
    """Growth or fall, each told by its size."""
    falls = target.value < 0
    comparator = _MIRRORED.get(target.comparator, target.comparator) if falls else target.comparator
    words = _compared(comparator, with_unit(Decimal(abs(target.value)), unit, language), language)
    what = "points" if target.kind is Kind.CHANGE_POINTS else target.measure.value
    key = f"asked.fall.{what}" if falls else f"asked.rise.{what}"
    return say(key, language, words=words, base=base_words(target, language))


def _times(target: Target, of: str, language: Language) -> str:
    return _compared(target.comparator, say("asked.times", language, value=plain(target.value), of=of), language)


def _compared(comparator: Comparator, value: str, language: Language) -> str:
    return say(_COMPARED[comparator], language, value=value)
