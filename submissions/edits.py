"""Checking reported figures against the edits: everything that is wrong at once, as values."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Context, Decimal
from functools import cached_property

from sqlmodel import Session, col, select

from models import Edit, Indicator, Statistic, Unit, Zone
from models.enums import Aggregation, DataSet, Language, Severity, ValueType
from models.relation import HIGH, LOW, Demand, read_demand
from storage.queries import observed
from submissions.figures import in_words

Values = Mapping[str, Decimal | None]
"""Figures by the code of their statistic, in stored units; None for a missing one."""

Ranges = Mapping[str, tuple[Decimal, Decimal]]
"""The lowest and the highest that zones have reported, by the code of the indicator."""

DIGITS = Context(prec=12)
"""A ratio is no reported figure; twelve digits are more than any reader needs."""

FEWEST_FOR_A_RANGE = 5
"""What a few zones and years have reported says little of what is usual."""

RATIO = "ratio"
"""The kind of an edit that is asked of every ratio of two statistics."""

OF_KIND = {
    "every": lambda statistic: True,
    "number": lambda statistic: statistic.value_type is not ValueType.YES_NO,
    "whole": lambda statistic: statistic.value_type is ValueType.WHOLE,
    "yes_no": lambda statistic: statistic.value_type is ValueType.YES_NO,
    "not_negative": lambda statistic: not statistic.may_be_negative and statistic.value_type is not ValueType.YES_NO,
}
"""Which statistics an edit of each statistic of a kind holds of."""

PLACE = re.compile(r"\{([\w.]+)\}")
"""A place in a message that a figure fills: {exports}, {last.exports}."""

WHAT = {Language.ZH: "“{name}”{value}", Language.EN: '"{name}" ({value})'}
"""A figure in a message: its name and its value with the unit."""


@dataclass(frozen=True, slots=True)
class EditFailure:
    """An edit that does not hold. The first of `statistics` is the cell to go to."""

    edit: str
    severity: Severity
    statistics: tuple[str, ...]
    zh: str
    en: str

    @property
    def key(self) -> str:
        """The edit and where it failed: what an explanation belongs to."""
        return f"{self.edit}:{self.statistics[0]}"

    def words(self, language: Language) -> str:
        """What is wrong, with both items, values and units, and what to do."""
        return self.zh if language is Language.ZH else self.en


@dataclass(frozen=True)
class Rules:
    """Everything that figures are checked by: the edits in force, the statistics of the form, the ratios."""

    edits: tuple[Edit, ...]
    statistics: dict[str, Statistic]
    units: dict[str, Unit]
    ratios: dict[str, Indicator] = field(default_factory=dict)

    @cached_property
    def read(self) -> tuple[tuple[Edit, Demand], ...]:
        """Each edit with what it asks."""
        return tuple((each, read_demand(each.relation)) for each in self.edits)

    @cached_property
    def order(self) -> dict[str, int]:
        """Where each statistic stands in the form."""
        return {code: position for position, code in enumerate(self.statistics)}


def check(
    rules: Rules, values: Values, last_year: Values, ranges: Ranges, excused: Collection[str] = ()
) -> list[EditFailure]:
    """Every failure, in the order of the form.

    `excused` are the statistics that were marked as not applicable, with a reason: they may be empty.
    """
    found = [
        failure
        for row, demand in rules.read
        for failure in _failures(rules, row, demand, values, last_year, ranges)
        if demand.relation.comparison != "given" or failure.statistics[0] not in excused
    ]
    return sorted(found, key=lambda failure: (rules.order[failure.statistics[0]], failure.severity, failure.edit))


def _failures(
    rules: Rules, row: Edit, demand: Demand, values: Values, last_year: Values, ranges: Ranges
) -> Iterator[EditFailure]:
    if demand.each == RATIO:
        for code in rules.ratios.keys() & ranges.keys():
            yield from _of_ratio(rules, row, demand, rules.ratios[code], values, ranges[code])
    elif demand.each:
        for code, statistic in rules.statistics.items():
            figures = {"value": values.get(code), "last": last_year.get(code)}
            if OF_KIND[demand.each](statistic) and demand.broken(figures.get):
                yield _failure(rules, row, {"value": code, "last": code}, figures)
    else:
        codes = {item: item.removeprefix("last.") for item in demand.items}
        if rules.statistics.keys() >= set(codes.values()):
            figures = {item: _of(item, values, last_year) for item in demand.items}
            if demand.broken(figures.get):
                yield _failure(rules, row, codes, figures)


def _of(item: str, values: Values, last_year: Values) -> Decimal | None:
    return last_year.get(item.removeprefix("last.")) if item.startswith("last.") else values.get(item)


def _failure(rules: Rules, row: Edit, codes: Mapping[str, str], figures: Values) -> EditFailure:
    """`codes`: which statistic each item of the edit is."""
    told = {
        language: {item: _what(rules, item, codes[item], value, language) for item, value in figures.items()}
        for language in Language
    }
    return _told(row, tuple(dict.fromkeys(codes.values())), told)


def _told(row: Edit, statistics: tuple[str, ...], told: Mapping[Language, Mapping[str, str]]) -> EditFailure:
    zh, en = (
        PLACE.sub(lambda place, words=told[language]: words[place[1]], message)  # type: ignore[misc]
        for message, language in ((row.message_zh, Language.ZH), (row.message_en, Language.EN))
    )
    return EditFailure(row.code, row.severity, statistics, zh, en)


def _what(rules: Rules, item: str, code: str, value: Decimal | None, language: Language) -> str:
    statistic = rules.statistics[code]
    name: str = getattr(statistic, language.value)
    unit = rules.units[statistic.unit]
    if item == "last" or item.startswith("last."):
        return "" if value is None else in_words(value, unit, language)
    if value is None:
        return f"“{name}”" if language is Language.ZH else f'"{name}"'
    return WHAT[language].format(name=name, value=in_words(value, unit, language))


def ratio_of(indicator: Indicator, values: Values) -> Decimal | None:
    """A derived ratio, in the unit of its indicator; None where a part is missing or the whole is not above 0."""
    top, bottom = values.get(indicator.numerator or ""), values.get(indicator.denominator or "")
    if top is None or bottom is None or bottom <= 0:
        return None
    return DIGITS.divide(DIGITS.multiply(top, indicator.factor), bottom)


def change_in_percent(now: Decimal | None, last: Decimal | None) -> Decimal | None:
    """By how much a figure has changed against last year; None where one is missing or last year's was not above 0."""
    if now is None or last is None or last <= 0:
        return None
    return DIGITS.multiply(DIGITS.divide(now - last, last), Decimal(100))


def _of_ratio(
    rules: Rules, row: Edit, demand: Demand, indicator: Indicator, values: Values, known: tuple[Decimal, Decimal]
) -> Iterator[EditFailure]:
    figures = {"value": ratio_of(indicator, values), LOW: known[0], HIGH: known[1]}
    if not demand.broken(figures.get):
        return
    parts = {"numerator": str(indicator.numerator), "denominator": str(indicator.denominator)}
    told = {
        language: {part: _what(rules, part, code, values[code], language) for part, code in parts.items()}
        | {item: _ratio_words(value, rules.units[indicator.unit], language) for item, value in figures.items()}
        | {"name": getattr(indicator, language.value)}
        for language in Language
    }
    yield _told(row, tuple(parts.values()), told)


def _ratio_words(value: Decimal | None, unit: Unit, language: Language) -> str:
    """A ratio with four digits: it is compared with a range, not with another figure."""
    return "" if value is None else in_words(Decimal(f"{value:.4g}"), unit, language)


def known_ranges(ratios: Mapping[str, Indicator], reported: Iterable[Values]) -> dict[str, tuple[Decimal, Decimal]]:
    """Between what each ratio has lain, over the figures of zones and years; nothing where too few are known."""
    found: dict[str, list[Decimal]] = {}
    for values in reported:
        for code, indicator in ratios.items():
            if (ratio := ratio_of(indicator, values)) is not None:
                found.setdefault(code, []).append(ratio)
    return {code: (min(each), max(each)) for code, each in found.items() if len(each) >= FEWEST_FOR_A_RANGE}


def read_rules(session: Session) -> Rules:
    """The edits, the statistics that zones type in and the ratios between them, as they stand now."""
    statistics = {
        each.code: each
        for each in session.exec(select(Statistic).order_by(col(Statistic.position)))
        if each.current and each.zone_level
    }
    ratios = {
        each.code: each
        for each in session.exec(select(Indicator).order_by(col(Indicator.position)))
        if each.current and each.aggregation is Aggregation.RATIO_OF_SUMS
        if each.numerator in statistics and each.denominator in statistics
    }
    edits = tuple(session.exec(select(Edit).order_by(col(Edit.code))))
    return Rules(edits, statistics, {each.symbol: each for each in session.exec(select(Unit))}, ratios)


@dataclass(frozen=True)
class Background:
    """What figures of a zone and year are held against: last year's, and between what each ratio has lain so far."""

    last_year: Values
    ranges: Ranges


def read_background(session: Session, rules: Rules, zone: str, year: int) -> Background:
    """From the values in force, reported and published. The year's own figures are no measure of themselves."""
    reported = reported_figures(session)
    last_year: Values = reported.get((zone, year - 1), {})
    ranges = known_ranges(rules.ratios, (values for key, values in reported.items() if key != (zone, year)))
    return Background(last_year, ranges)


def reported_figures(session: Session, data_set: DataSet = DataSet.REAL) -> dict[tuple[str, int], dict[str, Decimal]]:
    """The values in force of all zones by (zone, year), in stored units."""
    zones = set(session.exec(select(Zone.code)))
    found: dict[tuple[str, int], dict[str, Decimal]] = {}
    for (series, place), by_year in observed(session, data_set).items():
        if place in zones:
            for year, each in by_year.items():
                found.setdefault((place, year), {})[series] = each.value
    return found
