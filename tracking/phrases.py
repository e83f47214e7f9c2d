"""The sentences an officer would write about a target: value, gap in its unit, lag, last year, what is needed."""

from models.assessment import Assessment
from models.catalogue import Unit
from models.enums import Comparator, DataSet, Kind, Language, Measure, Status
from models.policy import Target
from storage.queries import Snapshot
from storage.wording import say
from tracking.board import RATE_KINDS, BoardRow
from tracking.format import difference, percent, plain, with_unit
from tracking.series import Point

_COMPARED = {
    Comparator.AT_LEAST: "target.at_least",
    Comparator.MORE_THAN: "target.more_than",
    Comparator.AT_MOST: "target.at_most",
    Comparator.LESS_THAN: "target.less_than",
    Comparator.EXACTLY: "target.exactly",
    Comparator.ABOUT: "target.about",
}


def named(row: object, language: Language) -> str:
    """The name of a place, indicator, statistic or unit in the reader's language."""
    return str(getattr(row, language.value))


def title(target: Target, language: Language) -> str:
    """The short title of a target."""
    return target.title_zh if language is Language.ZH else target.title_en


def target_words(snapshot: Snapshot, target: Target, language: Language, *, dated: bool = True) -> str:
    """What a target asks for: `≥ 2.5 %（2025 年）`, `年均增长 ≥ 15 %`."""
    words = _asked(snapshot, target, language)
    if not dated:
        return words
    if target.deadline is None:
        return say("target.no_deadline", language, words=words)
    return say("target.by", language, words=words, deadline=target.deadline)


def _asked(snapshot: Snapshot, target: Target, language: Language) -> str:
    unit = snapshot.units[target.unit]
    value = with_unit(target.value, unit, language)
    if target.kind is Kind.MULTIPLE_OF_REFERENCE and target.reference_code and target.reference_place:
        place = named(snapshot.places[target.reference_place], language)
        indicator = named(snapshot.indicators[target.reference_code], language)
        return say("target.multiple", language, place=place, indicator=indicator, value=plain(target.value))
    if target.kind is Kind.GROWTH_MULTIPLE:
        return say("target.growth_multiple", language, value=plain(target.value))
    if target.kind is Kind.CHANGE_POINTS:
        return say("target.change_points", language, value=value)
    if target.comparator is Comparator.RANGE:
        high = with_unit(target.value_high, unit, language)
        return say("target.range", language, value=plain(target.value), high=high)
    words = say(_COMPARED[target.comparator], language, value=value)
    if target.kind is Kind.GROWTH_RATE:
        measure = "annual" if target.measure is Measure.ANNUAL else "total"
        return say(f"target.growth_{measure}", language, words=words)
    return words


def sentence(snapshot: Snapshot, row: BoardRow, language: Language) -> str:
    """One target for one place in one sentence, as it stands in a gap report."""
    unit = snapshot.units[row.indicator.unit]
    if row.assessment.status is Status.NO_DATA or row.assessment.value is None:
        parts = [_no_value(row, language)]
    else:
        parts = [_value(row, unit, language), *_standing(snapshot, row, unit, language)]
    parts += [words for words in (_reason(row, language),) if words]
    parts += _cautions(row, language)
    return say("sentence.join", language).join(parts) + say("sentence.end", language)


def _no_value(row: BoardRow, language: Language) -> str:
    key = "sentence.no_value.real" if row.data_set is DataSet.REAL else "sentence.no_value.demonstration"
    return say(key, language, place=named(row.place, language), indicator=named(row.indicator, language))


def _value(row: BoardRow, unit: Unit, language: Language) -> str:
    verdict = row.assessment
    value = with_unit(verdict.value, unit, language)
    place, indicator = named(row.place, language), named(row.indicator, language)
    return say("sentence.value", language, year=verdict.year, place=place, indicator=indicator, value=value)


def _standing(snapshot: Snapshot, row: BoardRow, unit: Unit, language: Language) -> list[str]:
    """Gap, lag, change since the year before, and what is needed: those that can be said."""
    found = [
        _change(row, unit, language),
        _gap(snapshot, row, unit, language),
        _lag(row.assessment, language),
        needed_words(row, unit, language),
    ]
    return [words for words in found if words]


def _gap(snapshot: Snapshot, row: BoardRow, unit: Unit, language: Language) -> str:
    verdict = row.assessment
    if verdict.gap is None:
        return ""
    asked = target_words(snapshot, row.target, language)
    if verdict.status in (Status.MET, Status.HOLDING) or (not verdict.gap and row.target.kind not in RATE_KINDS):
        return say("sentence.holds", language, target=asked)
    if not verdict.gap:
        return ""
    gap = difference(verdict.gap, unit, language)
    if row.target.kind is Kind.GROWTH_RATE and row.target.measure is Measure.ANNUAL:
        return say("sentence.path_gap", language, gap=gap, target=asked)
    beyond = verdict.status is Status.OVERSHOT or past_the_upper_end(row)
    return say("sentence.over" if beyond else "sentence.gap", language, gap=gap, target=asked)


def past_the_upper_end(row: BoardRow) -> bool:
    """Whether a value misses its target by being too much of it."""
    verdict = row.assessment
    both_ends = row.target.comparator in (Comparator.RANGE, Comparator.EXACTLY)
    at_most = row.target.comparator in (Comparator.AT_MOST, Comparator.LESS_THAN)
    if verdict.value is None or verdict.threshold is None:
        return False
    return at_most or (both_ends and verdict.value > verdict.threshold)


def _lag(verdict: Assessment, language: Language) -> str:
    if (
        verdict.lag is None
        or verdict.year == verdict.baseline_year
        or verdict.status in (Status.MET, Status.HOLDING, Status.MISSED, Status.BASELINE_ONLY)
    ):
        return ""
    points = plain(abs(verdict.lag), 1)
    if points == "0":
        return say("sentence.lag_none", language)
    return say("sentence.lag_behind" if verdict.lag > 0 else "sentence.lag_ahead", language, lag=points)


def _change(row: BoardRow, unit: Unit, language: Language) -> str:
    """Against the value before it, where that is of the year before."""
    verdict = row.assessment
    before = row.series.at(verdict.year - 1) if verdict.year is not None else None
    if before is None or verdict.value is None:
        return ""
    change = verdict.value - float(before.value)
    words = difference(abs(change), unit, language)
    if not abs(change) or words.startswith("0 "):
        return say("sentence.change_none", language, year=before.year)
    return say("sentence.change_up" if change > 0 else "sentence.change_down", language, year=before.year, change=words)


def geometric(target: Target) -> bool:
    """Whether a target's yearly figures are rates in percent rather than amounts."""
    annual = target.kind is Kind.GROWTH_RATE and target.measure is Measure.ANNUAL
    return annual or target.kind is Kind.GROWTH_MULTIPLE


def yearly(row: BoardRow, value: float | None, unit: Unit, language: Language) -> str:
    """A figure per year: a rate for geometric targets, else a difference in the unit."""
    return percent(value) if geometric(row.target) else difference(value, unit, language)


def needed_words(row: BoardRow, unit: Unit, language: Language) -> str:
    """`还需每年提高 0.2 个百分点（近年每年 0.1 个百分点）`; empty where nothing is needed any more."""
    verdict = row.assessment
    if not verdict.needed_per_year or verdict.status in (Status.HOLDING, Status.MET):
        return ""
    needed = yearly(row, verdict.needed_per_year, unit, language)
    shared = {"deadline": row.target.deadline, "needed": needed, "recent": _recent(row, unit, language)}
    if verdict.progress is None and geometric(row.target):
        return say("sentence.allowed", language, **shared)
    if geometric(row.target):
        return say("sentence.needed_rate", language, **shared)
    down = row.target.comparator in (Comparator.AT_MOST, Comparator.LESS_THAN) or past_the_upper_end(row)
    return say(
        "sentence.needed", language, direction=say("sentence.down" if down else "sentence.up", language), **shared
    )


def _recent(row: BoardRow, unit: Unit, language: Language) -> str:
    """The recent pace in brackets; nothing where there is none."""
    pace = row.assessment.recent_per_year
    return "" if pace is None else say("sentence.recent", language, pace=yearly(row, pace, unit, language))


def _reason(row: BoardRow, language: Language) -> str:
    """Why there is no verdict, where there is none."""
    reasons = (
        Status.AWAITING,
        Status.UNREPORTED,
        Status.NO_BASELINE,
        Status.NO_REFERENCE,
        Status.STALE,
        Status.BASELINE_ONLY,
        Status.OPEN,
    )
    if row.status not in reasons:
        return ""
    year = row.assessment.year
    return say(f"reason.{row.status.value}", language, deadline=row.target.deadline, year=year)


def _cautions(row: BoardRow, language: Language) -> list[str]:
    found = []
    point = row.point
    if point is not None and point.partial:
        found.append(reported_words(point, language))
    if row.provisional and row.assessment.value is not None:
        found.append(say("sentence.provisional", language))
    if row.indicator.nominal and row.target.kind is Kind.GROWTH_RATE and row.assessment.value is not None:
        found.append(say("sentence.nominal", language))
    return found


def reported_words(point: Point, language: Language) -> str:
    """`12 家高新区中 11 家已报数`."""
    return say("sentence.partial", language, members=point.members, reported=point.reported)
