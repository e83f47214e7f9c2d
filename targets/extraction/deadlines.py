"""By when: the first year that applies to a number, and where the text says it."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from models.extraction import Span
from targets.extraction.grammar import CHINESE_DIGITS
from targets.extraction.place import Place
from targets.extraction.structure import NEXT_FIVE, Date, five_years_on

RELATIVE = re.compile(
    r"(?<!\d)(?P<number>[一二两三四五六七八九十]|\d{1,2})年(?:内|左右的?时间|时间|(?=翻番|累计|[，,]|引进|建成|新增|完成|实现|达到|培育))"
)
THIS_YEAR = re.compile(r"今年|全年|年内|本年|当年|年底|年末|年度")
YEARLY = re.compile(r"每年|年均|逐年")
OF_THE_PLAN = re.compile(r"《?纲要|“十[一二三四五]五”(?:时期|期间)|规划(?:目标|期)")
OPENING = 60
"""A date governs the sentences after it where it stands within so many characters of the start of its line."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """A year and where it comes from: clause, sentence, relative, lead, heading, year, yearly, period or none."""

    year: int | None
    rule: str
    span: Span | None = None


Finder = Callable[[Place], Deadline | None]


def find_deadline(place: Place) -> Deadline:
    """The first that applies: clause, sentence, this year, the lead-in, the heading, the plan's period."""
    finders: Iterable[Finder] = (
        _next_five, _in_clause, _in_sentence, _yearly, _this_year, _of_a_new_plan, _lead_in, _heading, _of_report,
        _governing, _period,
    )  # fmt: skip
    return next((found for found in (finder(place) for finder in finders) if found), Deadline(None, "none"))


def _at(date: Date, rule: str) -> Deadline:
    return Deadline(date.year, rule, Span(date.start, date.end))


def _next_five(place: Place) -> Deadline | None:
    """今后五年 in the sentence."""
    if place.issued is None or not NEXT_FIVE.search(place.said_before):
        return None
    return Deadline(five_years_on(place.issued), "relative")


def _in_clause(place: Place) -> Deadline | None:
    return _dated(place, place.reading.start, place.reading.end, "clause")


def _in_sentence(place: Place) -> Deadline | None:
    return _dated(place, place.sentence_start, place.position, "sentence")


def _dated(place: Place, start: int, end: int, rule: str) -> Deadline | None:
    """The last year that stands between, else 三年内 counted from the issue."""
    dates = [date for date in place.structure.dates_between(start, end) if place.may_be_deadline(date)]
    if dates:
        return _at(dates[-1], rule)
    found = None
    for each in RELATIVE.finditer(place.structure.text, start, place.quantity.end):
        found = each
    if found is None or place.issued is None:
        return None
    return Deadline(place.issued + (CHINESE_DIGITS.get(found["number"]) or int(found["number"])), "relative")


def _yearly(place: Place) -> Deadline | None:
    """每年引进20名 has no end in a yearly report."""
    told = place.structure.text[place.reading.start : place.position]
    if place.structure.report and not place.reading.grows and YEARLY.search(told):
        return Deadline(None, "yearly")
    return None


def _this_year(place: Place) -> Deadline | None:
    if place.structure.report and place.issued is not None and THIS_YEAR.search(place.said_before):
        return Deadline(place.issued, "year")
    return None


def _of_a_new_plan(place: Place) -> Deadline | None:
    """The aims of the five-year plan that a report of the plan's first year speaks of."""
    if place.issued is None:
        return None
    if NEXT_FIVE.search(place.line_before):
        return Deadline(five_years_on(place.issued), "lead")
    opens = place.structure.report and place.issued % 5 == 1
    if opens and ("年均" in place.said_before or OF_THE_PLAN.search(place.line_before)):
        return Deadline(five_years_on(place.issued), "lead")
    return None


def _lead_in(place: Place) -> Deadline | None:
    """A date in an earlier sentence of the line; in a yearly report only where it opens a line of aims."""
    dates = place.structure.dates_between(place.line_start, place.sentence_start)
    end = place.structure.period_end
    dates = [date for date in dates if place.may_be_deadline(date) and (end is None or date.year <= end)]
    if not dates or (place.structure.report and not _opens_aims(place, dates[-1])):
        return None
    return _at(dates[-1], "lead")


def _opens_aims(place: Place, date: Date) -> bool:
    titled = place.section is not None and place.section.deadline is not None
    if not titled and date.year <= (place.issued or 0):
        return False
    words = place.structure.text[place.line_start : date.end]
    return date.start - place.line_start < OPENING and bool(re.search(r"目标|到20\d\d年|力争", words))


def _heading(place: Place) -> Deadline | None:
    date = place.section.deadline if place.section is not None else None
    return _at(date, "heading") if date is not None and place.may_be_deadline(date) else None


def _of_report(place: Place) -> Deadline | None:
    return Deadline(place.issued, "year") if place.structure.report and place.issued is not None else None


def _governing(place: Place) -> Deadline | None:
    """In a plan: the last deadline of the same section of aims; of the text where it has no headings."""
    if place.section is not None and place.section.role != "aims":
        return None
    begun = place.section.start if place.section is not None else 0
    end = place.structure.period_end
    dates = filter(place.may_be_deadline, place.structure.dates_back(begun, place.position))
    last = next((date for date in dates if end is None or date.year <= end), None)
    return _at(last, "lead") if last else None


def _period(place: Place) -> Deadline | None:
    end = place.structure.period_end
    return Deadline(end, "period") if end is not None else None
