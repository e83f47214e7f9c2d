"""The sentence an officer would write about a target: value, change, gap in its unit, lag, and what is needed."""

from models.assessment import Assessment
from models.catalogue import Unit
from models.enums import Aggregation, Comparator, DataSet, Kind, Language, Status, StatusClass
from storage.queries import Snapshot
from storage.wording import say
from targets.assessment.check import is_annual, is_cap, is_geometric, measures_change
from targets.assessment.numbers import rate
from tracking.asked import asked_words, reference_words, spaced, target_words
from tracking.board import BoardRow
from tracking.format import MISSING, POINTS, difference, percent, plain, rounded, with_unit
from tracking.names import named, policy_title, short, title
from tracking.series import Point, Way

__all__ = [
    "lag_words",
    "named",
    "needed_words",
    "policy_title",
    "reported_words",
    "schedule_words",
    "sentence",
    "short",
    "target_words",
    "title",
    "yearly",
]

CHANGED = (
    "change.rate_up",
    "change.rate_down",
    "change.amount_up",
    "change.amount_down",
    "change.rank_up",
    "change.rank_down",
)
STEPS = ("step.rate_up", "step.rate_down", "step.amount_up", "step.amount_down", "step.rank_up", "step.rank_down")
GROWN = ("sentence.grown_up", "sentence.grown_down")
YEARLY = ("sentence.yearly_since_up", "sentence.yearly_since_down")
IN_ALL = ("sentence.total_since_up", "sentence.total_since_down")
NEEDED = ("sentence.needed_rate_up", "sentence.needed_rate_down")
RATE = "percent"
SHARED_LETTERS = 2
"""广西高新区 + 高新区数量 is 广西高新区数量: so many characters in common are not said twice."""


def sentence(snapshot: Snapshot, row: BoardRow, language: Language) -> str:
    """One target for one place in one sentence, as it stands in a gap report."""
    unit = snapshot.units[row.indicator.unit]
    if row.assessment.value is None:
        parts = [_no_value(row, language), _reason(row, language), say_target(snapshot, row, language)]
    else:
        parts = [
            _value(row, unit, language),
            _change(row, unit, language),
            _since_baseline(snapshot, row, language),
            _standing(snapshot, row, unit, language),
            _history(row, unit, language),
            _lag(row, language),
            needed_words(row, unit, language),
            _reason(row, language),
            *_cautions(row, unit, language),
        ]
    words = spaced(say("sentence.join", language).join(part for part in parts if part), language)
    return words[:1].upper() + words[1:] + say("sentence.end", language)


def say_target(snapshot: Snapshot, row: BoardRow, language: Language) -> str:
    """`2025 年目标为 2.5%以上`; without a deadline `目标为不超过 2 个（未设期限）`."""
    return _said("sentence.target", snapshot, row, language)


def _said(key: str, snapshot: Snapshot, row: BoardRow, language: Language, **values: str) -> str:
    """A wording that names the target, with its deadline or without."""
    words, deadline = asked_words(snapshot, row.target, language), row.target.deadline
    when = "" if deadline is None else say("sentence.when", language, deadline=deadline)
    unlimited = say("sentence.open", language) if deadline is None else ""
    return say(key, language, words=words, when=when, open=unlimited, **values)


def _no_value(row: BoardRow, language: Language) -> str:
    """Nothing at all, or nothing up to the deadline."""
    place, indicator = named(row.place, language), named(row.indicator, language)
    if row.assessment.status is not Status.NO_DATA:
        return say("sentence.no_value.before", language, place=place, indicator=indicator, deadline=row.target.deadline)
    kind = "real" if row.data_set is DataSet.REAL else "demonstration"
    return say(f"sentence.no_value.{kind}", language, place=place, indicator=indicator)


def _value(row: BoardRow, unit: Unit, language: Language) -> str:
    verdict = row.assessment
    so_far = row.indicator.aggregation is Aggregation.ACCUMULATED
    value = with_unit(verdict.value, unit, language, decimals=_telling(row))
    of = _of(row, language, "sentence.of_plain" if so_far else "sentence.of")
    key = "sentence.value_so_far" if so_far else "sentence.value"
    return say(key, language, year=verdict.year, of=of, value=value)


def _of(row: BoardRow, language: Language, key: str) -> str:
    """Whose value of what; what both names have in common is not said twice."""
    place, indicator = named(row.place, language), named(row.indicator, language)
    shared = _shared(place, indicator) if language is Language.ZH else 0
    if shared:
        return place + indicator[shared:]
    return say(key, language, place=place, indicator=indicator)


def _telling(row: BoardRow) -> int:
    """Decimals that keep a value apart from the threshold it does not reach: 1.4953%, not 1.5%, against 1.5%."""
    value, due = row.assessment.value, row.due
    same = bool(row.assessment.gap) and rounded(value) == rounded(due)
    return 4 if same else 2


def _shared(place: str, indicator: str) -> int:
    """How many characters the end of a place's name and the beginning of an indicator's have in common."""
    longest = range(min(len(place), len(indicator)), SHARED_LETTERS - 1, -1)
    return next((n for n in longest if place.endswith(indicator[:n])), 0)


def _verb(verbs: tuple[str, str, str, str, str, str], dimension: str, language: Language, *, up: bool) -> str:
    """提高 / 下降 for shares and ratios, 增加 / 减少 for amounts, 后移 / 前移 for ranks."""
    at = {RATE: 0, "pieces_per_10k": 0, "ratio": 0, "rank": 4}.get(dimension, 2)
    return say(verbs[at if up else at + 1], language)


def _change(row: BoardRow, unit: Unit, language: Language) -> str:
    """Against the value before it, where that is of the year before: growth targets as a rate."""
    verdict = row.assessment
    before = row.series.at(verdict.year - 1) if verdict.year is not None else None
    if before is None or verdict.value is None:
        return ""
    start, end = float(before.value), verdict.value
    if is_geometric(row.spec) and start > 0 and end > 0:
        return _grown(GROWN, rate(end, start, 1), language, year=before.year)
    if end == start:
        return say("sentence.change_none", language, year=before.year)
    if not rounded(end - start):
        return say("sentence.change_hardly", language, year=before.year)
    verb = _verb(CHANGED, unit.dimension, language, up=end > start)
    return say(
        "sentence.change", language, year=before.year, verb=verb, change=difference(abs(end - start), unit, language)
    )


def _grown(keys: tuple[str, str], growth: float, language: Language, **values: object) -> str:
    """A rate of growth, a fall by its size: the key for either."""
    return say(keys[0 if growth >= 0 else 1], language, rate=percent(abs(growth)), **values)


def _since_baseline(snapshot: Snapshot, row: BoardRow, language: Language) -> str:
    """What the target itself speaks of, where that is not the value: growth since the baseline, the multiple."""
    verdict, kind = row.assessment, row.target.kind
    year, value, start, base = verdict.year, verdict.value, verdict.baseline_year, verdict.baseline_value
    if kind is Kind.MULTIPLE_OF_REFERENCE:
        return _as_multiple(snapshot, row, language)
    if not measures_change(row.spec) or None in (year, value, start, base) or year == start:
        return ""
    assert year is not None and value is not None and start is not None and base is not None
    if kind is Kind.CHANGE_POINTS:
        key = "sentence.points_since_up" if value >= base else "sentence.points_since_down"
        points = difference(abs(value - base), snapshot.units[row.indicator.unit], language)
        return say(key, language, start=start, points=points)
    if base <= 0 or value <= 0:
        return ""
    if kind is Kind.GROWTH_MULTIPLE:
        return say("sentence.times_since", language, start=start, times=plain(value / base))
    if is_annual(row.spec) and year - start == 1:
        return ""  # the change on the year before says the same
    if is_annual(row.spec):
        return _grown(YEARLY, rate(value, base, year - start), language, start=start, end=year)
    return _grown(IN_ALL, rate(value, base, 1), language, start=start)


def _as_multiple(snapshot: Snapshot, row: BoardRow, language: Language) -> str:
    verdict = row.assessment
    if verdict.value is None or not verdict.reference_value or verdict.reference_year != verdict.year:
        return ""
    of = reference_words(snapshot, row.target, language)
    reference = with_unit(verdict.reference_value, snapshot.units[row.indicator.unit], language)
    times = plain(verdict.value / verdict.reference_value)
    return say("sentence.multiple", language, of=of, reference=reference, times=times)


def _standing(snapshot: Snapshot, row: BoardRow, unit: Unit, language: Language) -> str:
    """Whether the target is reached, and by how much not."""
    verdict = row.assessment
    if verdict.gap is None:
        return say_target(snapshot, row, language)
    if verdict.status is Status.MET:
        return _said("sentence.met", snapshot, row, language)
    if verdict.status is Status.HOLDING:
        key = "sentence.holding_open" if row.target.deadline is None else "sentence.holding"
        return _said(key, snapshot, row, language)
    if not verdict.gap and not row.just_short:
        change = "sentence.within" if is_cap(row.spec) else "sentence.on_path"
        return _said(change if measures_change(row.spec) else "sentence.reached", snapshot, row, language)
    kind = "equal" if row.just_short else _side(row, unit)
    gap = say(f"sentence.{kind}", language, gap=difference(verdict.gap, unit, language))
    missed = verdict.status is Status.MISSED
    if is_annual(row.spec):
        under_way = "sentence.gap_limit" if is_cap(row.spec) else "sentence.gap_path"
        key = "sentence.missed_path" if missed else under_way
        return _said(key, snapshot, row, language, gap=gap, due=with_unit(row.due, unit, language))
    return _said("sentence.missed" if missed else "sentence.gap", snapshot, row, language, gap=gap)


def _side(row: BoardRow, unit: Unit) -> str:
    """Whether a value is said to be too much or too little. Of ranks the smaller is the higher one."""
    return "over" if row.over and unit.dimension != "rank" else "short"


def _history(row: BoardRow, unit: Unit, language: Language) -> str:
    """What the figures alone do not say: it was reached before, or it moves the wrong way."""
    verdict, side = row.assessment, _side(row, unit)
    if verdict.status is Status.LOST:
        base = with_unit(verdict.baseline_value, unit, language)
        return say(f"sentence.lost.{side}", language, year=verdict.baseline_year, value=base)
    if verdict.status is Status.WRONG_WAY and row.target.kind is Kind.MULTIPLE_OF_REFERENCE:
        return _fallen_multiple(row, language)
    if verdict.status is Status.WRONG_WAY:
        return say(f"sentence.wrong_way.{side}", language, year=verdict.baseline_year)
    return say("sentence.was_met", language) if verdict.was_met else ""


def _fallen_multiple(row: BoardRow, language: Language) -> str:
    """A value may rise and its multiple fall, where the reference rises faster."""
    verdict = row.assessment
    then = row.reference.at(verdict.baseline_year) if row.reference else None
    if then is None or not verdict.reference_value or verdict.value is None or verdict.baseline_value is None:
        return ""
    start, now = verdict.baseline_value / float(then.value), verdict.value / verdict.reference_value
    key = f"sentence.multiple_turned.{'up' if now > start else 'down'}"
    return say(key, language, year=verdict.baseline_year, start=plain(start), now=plain(now))


def _lag(row: BoardRow, language: Language) -> str:
    verdict = row.assessment
    settled = (Status.MET, Status.HOLDING, Status.MISSED, Status.BASELINE_ONLY, Status.OVERSHOT)
    if verdict.lag is None or verdict.year == verdict.baseline_year or verdict.status in settled:
        return ""
    if not rounded(verdict.lag, 1):
        return say("sentence.lag_none", language)
    key = "sentence.lag_behind" if verdict.lag > 0 else "sentence.lag_ahead"
    return say(key, language, lag=plain(abs(verdict.lag), 1))


def lag_words(lag: float | None, language: Language) -> str:
    """A lag that stands alone: `落后 7.3 个百分点`, `ahead 12 pp`. Positive is behind schedule."""
    if lag is None:
        return MISSING
    if not rounded(lag, 1):
        return say("lag.none", language)
    points = f"{plain(abs(lag), 1)} {POINTS[language]}"
    return say("lag.behind" if lag > 0 else "lag.ahead", language, lag=points)


def schedule_words(verdict: Assessment, language: Language) -> str:
    """The lag of a verdict; at its own baseline nothing can be ahead or behind yet."""
    at_base = verdict.year is not None and verdict.year == verdict.baseline_year
    return lag_words(None if at_base else verdict.lag, language)


def yearly(row: BoardRow, value: float | None, unit: Unit, language: Language) -> str:
    """A figure per year: a rate for geometric targets, else a difference in the unit."""
    return percent(value) if is_geometric(row.spec) else difference(value, unit, language)


def needed_words(row: BoardRow, unit: Unit, language: Language) -> str:
    """`到 2025 年还需每年提高 0.2 个百分点（近年 0.1）`; empty where nothing is needed any more."""
    verdict = row.assessment
    needed = verdict.needed_per_year
    if needed is None or verdict.status in (Status.HOLDING, Status.MET):
        return ""
    if is_cap(row.spec):
        rises = row.spec.comparator in (Comparator.AT_LEAST, Comparator.MORE_THAN)
        way = "least" if rises else "most"
        key = f"sentence.allowed_rate.{way}" if is_geometric(row.spec) else f"sentence.allowed_amount.{way}"
        recent = _recent(row, unit, language, down=False)
        return say(
            key, language, deadline=row.target.deadline, needed=yearly(row, needed, unit, language), recent=recent
        )
    if not needed:
        return ""
    down = needed < 0 if is_geometric(row.spec) else row.over
    return _needed(row, abs(needed), unit, language, down=down)


def _needed(row: BoardRow, needed: float, unit: Unit, language: Language, *, down: bool) -> str:
    recent, deadline = _recent(row, unit, language, down=down), row.target.deadline
    if is_geometric(row.spec):
        return _grown(NEEDED, -needed if down else needed, language, deadline=deadline, recent=recent)
    verb, amount = _verb(STEPS, unit.dimension, language, up=not down), difference(needed, unit, language)
    return say("sentence.needed", language, deadline=deadline, verb=verb, needed=amount, recent=recent)


def _recent(row: BoardRow, unit: Unit, language: Language, *, down: bool) -> str:
    """The recent pace in brackets; against the needed direction it is said in words. Nothing where there is none."""
    pace = row.assessment.recent_per_year
    if pace is None:
        return ""
    if not rounded(pace, 1 if is_geometric(row.spec) else 2):
        flat = "sentence.recent_hardly" if pace else "sentence.recent_none"
        return say("sentence.recent", language, pace=say(flat, language))
    number = yearly(row, abs(pace), unit, language)
    if not is_geometric(row.spec) and unit.dimension != "money":
        number = plain(abs(pace))
    if (pace < 0) != down:
        rates = RATE if is_geometric(row.spec) else unit.dimension
        number = say("sentence.recent_turned", language, verb=_verb(CHANGED, rates, language, up=pace > 0), pace=number)
    return say("sentence.recent", language, pace=number)


def _reason(row: BoardRow, language: Language) -> str:
    """Why there is no verdict; empty where there is one."""
    verdict = row.assessment
    started = "baseline_only" if verdict.year == verdict.baseline_year else "no_progress"
    reasons = {
        Status.AWAITING: "awaiting",
        Status.UNREPORTED: "unreported",
        Status.NO_BASELINE: "no_baseline" if verdict.baseline_value is None else "baseline_unusable",
        Status.NO_REFERENCE: "no_reference",
        Status.STALE: "stale",
        Status.BASELINE_ONLY: "baseline_missing" if verdict.baseline_year is None else started,
    }
    if verdict.status not in reasons:
        return ""
    return say(f"reason.{reasons[verdict.status]}", language, deadline=row.target.deadline, year=verdict.year)


def _cautions(row: BoardRow, unit: Unit, language: Language) -> list[str]:
    """What to keep in mind: who is missing, what is preliminary, current prices, a second value that differs."""
    point, verdict = row.point, row.assessment
    found = []
    if point is not None and point.zones_value is not None and point.zones_value != point.value:
        found.append(differs_words(point, unit, language))
    if point is not None and point.partial:
        found.append(reported_words(point, language))
    elif any(p.partial for p in row.used_points()):
        found.append(say("sentence.baseline_partial", language))
    elif any(p.provisional for p in row.used_points()):
        found.append(say("sentence.preliminary", language))
    if verdict.provisional:
        found.append(say("sentence.guessed", language, year=verdict.baseline_year))
    if row.provisional and row.status_class is not StatusClass.NOT_JUDGED:
        found.append(say("sentence.provisional", language))
    if row.nominal:
        found.append(say("sentence.nominal", language))
    return found


def differs_words(point: Point, unit: Unit, language: Language) -> str:
    """`与各高新区合计（13 家）相差 3 家`: the value that stands was published, the zones add up to another."""
    assert point.zones_value is not None
    apart = difference(abs(point.value - point.zones_value), unit, language)
    key = "sentence.differs_register" if point.zones_way is Way.REGISTER else "sentence.differs"
    return spaced(say(key, language, value=with_unit(point.zones_value, unit, language), difference=apart), language)


def reported_words(point: Point, language: Language) -> str:
    """`12 家高新区中 11 家已填报`; of an accumulated flow also which years are missing."""
    if point.missing_years:
        join = say("sentence.list", language)
        years = join.join(str(year) for year in point.missing_years)
        return spaced(say("sentence.missing_years", language, years=years), language)
    return spaced(say("sentence.partial", language, members=point.members, reported=point.reported), language)
