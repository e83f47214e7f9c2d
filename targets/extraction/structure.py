"""How a text is built: lines, sentences, clauses, sections with their role, dates, and the plan's period."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter

from models.extraction import Metadata
from targets.extraction.grammar import CHINESE_DIGITS, Row, pattern, row_of

SENTENCE_END = re.compile(r"[。；！？;!?\n]")
CLAUSE_END = re.compile(r"[。；！？;!?\n，,：:]")
HEADING = re.compile(
    r"^[\s#*　]*(?:第[一二三四五六七八九十\d]+[章节部]|[一二三四五六七八九十]+、|[(（][一二三四五六七八九十]+[)）]"
    r"|\d+[.、．](?!\d)|[(（]\d+[)）]|#+)"
)
LEVELS = (re.compile(r"第[一二三四五六七八九十\d]+[章部]|^#\s"), re.compile(r"[一二三四五六七八九十]+、|^##\s"))
LONGEST_HEADING = 32
PLAN = {"十一五": 2010, "十二五": 2015, "十三五": 2020, "十四五": 2025, "十五五": 2030}
PERIOD = re.compile(r"(20\d\d)年?\s*[-—–－~～至到]+\s*(20\d\d)年?")
YEAR = re.compile(r"(?<![\d.])(20\d\d|19\d\d)年?(?:\s*[-—–－~～至到]+\s*(20\d\d))?(?=年)年(?:底|末|前|初|内|以前)?")
FIVE = re.compile(r"[“\"]?(十[一二三四五]五)[”\"]?(?:末|期末|时期|期间|规划)?")
REPORT = re.compile(r"工作报告|工作要点|年度(?:工作)?计划|重点工作任务|民生实事")
"""Documents of one year: what names no date is to be done in it."""
COUNTED_ON = re.compile(r"(20\d\d)年起[，,]?(?:用|在)?([一二两三四五六七八九十]|\d{1,2})年(?:时间|左右)?(?:内|[，,])")
NEXT_FIVE = re.compile(r"今后五年|未来五年|今后5年|未来5年|五年内")
HEAD_TEXT = 3000


@dataclass(frozen=True, slots=True)
class Date:
    """A year that a text names, and where. `past` years lie before the issue."""

    year: int
    start: int
    end: int
    baseline: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what it is for, and the deadline that it names."""

    start: int
    level: int
    title: str
    role: str = ""
    rule: str = ""
    deadline: Date | None = None


@dataclass(frozen=True)
class Structure:
    """Where everything stands in a text."""

    text: str
    metadata: Metadata
    sentence_ends: list[int]
    clause_ends: list[int]
    line_ends: list[int]
    sections: list[Section]
    dates: list[Date]
    report: bool
    period_end: int | None
    period_start: int | None
    issued: int | None

    def sentence(self, position: int) -> tuple[int, int]:
        """The sentence around a position."""
        return _around(self.sentence_ends, position, len(self.text))

    def line(self, position: int) -> tuple[int, int]:
        """The line around a position."""
        return _around(self.line_ends, position, len(self.text))

    def clause(self, position: int) -> tuple[int, int]:
        """The clause around a position."""
        return _around(self.clause_ends, position, len(self.text))

    def section(self, position: int) -> Section | None:
        """The nearest heading before a position that has a role or a deadline, minding its level."""
        at = bisect_right(self.sections, position, key=STARTS) - 1
        return self.sections[at] if at >= 0 else None

    def dates_between(self, start: int, end: int) -> list[Date]:
        """The dates that stand in a stretch of text."""
        return _between(self.dates, start, end)

    def dates_back(self, start: int, end: int) -> Iterator[Date]:
        """The same from the last one back, one at a time: there may be many."""
        for at in range(bisect_left(self.dates, end, key=STARTS) - 1, -1, -1):
            if self.dates[at].start < start:
                return
            yield self.dates[at]


STARTS = attrgetter("start")


def _between(dates: list[Date], start: int, end: int) -> list[Date]:
    return dates[bisect_left(dates, start, key=STARTS) : bisect_left(dates, end, key=STARTS)]


def _around(ends: list[int], position: int, size: int) -> tuple[int, int]:
    at = bisect_left(ends, position)
    start = ends[at - 1] + 1 if at else 0
    return start, ends[at] if at < len(ends) else size


def read_structure(text: str, metadata: Metadata) -> Structure:
    """The structure of a text in view form."""
    title = metadata.title or text[:60]
    report = bool(REPORT.search(title))
    start, end = _period(text, title, metadata)
    dates, issued = _dates(text), metadata.issued or _issued(text)
    return Structure(
        text=text,
        metadata=metadata,
        sentence_ends=[m.start() for m in SENTENCE_END.finditer(text)],
        clause_ends=[m.start() for m in CLAUSE_END.finditer(text) if not _inside_number(text, m.start())],
        line_ends=[m.start() for m in re.finditer("\n", text)],
        sections=_sections(text, dates, issued),
        dates=dates,
        report=report,
        period_end=end,
        period_start=start,
        issued=issued,
    )


def _inside_number(text: str, at: int) -> bool:
    """A comma or colon between digits: 1,000."""
    return (
        text[at] in ",:"
        and text[at - 1 : at].isdigit()
        and text[at + 1 : at + 4].isdigit()
        and len(text[at + 1 : at + 4]) == 3
    )


def _issued(text: str) -> int | None:
    years = [
        int(m[1]) for m in re.finditer(r"(20\d\d)\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日|〔(?:20\d\d)〕", text) if m[1]
    ]
    named = re.search(r"〔(20\d\d)〕", text[:HEAD_TEXT])
    if named:
        return int(named[1])
    return years[0] if years else None


def _period(text: str, title: str, metadata: Metadata) -> tuple[int | None, int | None]:
    """The plan period that the metadata, the title or the first lines state."""
    if metadata.period_end:
        return metadata.period_start, metadata.period_end
    for words in (title, text[:400]):
        found = PERIOD.search(words)
        if found and int(found[2]) - int(found[1]) <= 15:
            return int(found[1]), int(found[2])
    found = FIVE.search(title) or re.search(r"第(十[一二三四五])个(五)年规划", title)
    if found and found.re is not FIVE:
        end = PLAN[f"{found[1]}五"]
        return end - 4, end
    if found and found[1] in PLAN:
        return PLAN[found[1]] - 4, PLAN[found[1]]
    return _of_one_year(title, metadata) or _counted_on(text) or (None, None)


def _of_one_year(title: str, metadata: Metadata) -> tuple[int, int] | None:
    """2024年专项行动方案: the year of issue in the name of a plan is its whole period. A report looks further."""
    if REPORT.search(title):
        return None
    years = {int(year) for year in re.findall(r"(?<!\d)(20\d\d)年(?!起|[初以]?前|末)", title)}
    if len(years) != 1 or metadata.issued not in years:
        return None
    return metadata.issued, metadata.issued


def _counted_on(text: str) -> tuple[int, int] | None:
    """2012年起5年内, said once in the head, is the period of the whole."""
    found = COUNTED_ON.search(text[:HEAD_TEXT])
    return (int(found[1]), int(found[1]) + (CHINESE_DIGITS.get(found[2]) or int(found[2]))) if found else None


def _dates(text: str) -> list[Date]:
    found = []
    for match in YEAR.finditer(text):
        if _in_title(text, match.start()):
            continue
        before = text[max(0, match.start() - 5) : match.start()]
        baseline = bool(re.search(r"(?:比|较|与|以|从|自|在)$", before)) and not before.endswith("至")
        year = int(match[2] or match[1])
        found.append(Date(year, match.start(), match.end(), baseline and not match[2]))
    for match in FIVE.finditer(text):
        if match[1] in PLAN and not _in_title(text, match.start()):
            compared = bool(re.search("[由比较从]$", text[max(0, match.start() - 1) : match.start()]))
            found.append(Date(PLAN[match[1]], match.start(), match.end(), compared))
    return sorted(found, key=lambda each: each.start)


def _in_title(text: str, at: int) -> bool:
    """Inside 《…》 or 〔…〕: the name or number of a document."""
    opened = max(text.rfind("《", max(0, at - 60), at), text.rfind("〔", max(0, at - 8), at))
    return opened >= 0 and not re.search("[》〕]", text[opened:at])


def _sections(text: str, dates: list[Date], issued: int | None) -> list[Section]:
    """Headings with their roles; a heading without a role of its own has that of the one above it."""
    found: list[Section] = []
    above: dict[int, Section] = {}
    for match in re.finditer(r"[^\n]+", text):
        heading = HEADING.match(match[0])
        if not heading:
            lead = _lead_in(match, dates, issued, found[-1].role if found else "")
            if lead is not None:
                found.append(lead)
            continue
        title = re.split(r"[。：:，,\n]", match[0], maxsplit=1)[0].strip()
        if len(title) > LONGEST_HEADING:
            continue
        level = next((at for at, known in enumerate(LEVELS) if known.search(heading[0])), 2)
        row, parent = _role(title), above.get(level - 1) or above.get(level - 2)
        named = _between(dates, match.start(), min(match.end(), match.start() + len(title) + 4))
        deadline = named[-1] if named and not named[-1].baseline else (parent.deadline if parent else None)
        role = row.role if row else (parent.role if parent and level > 1 else "")
        section = Section(match.start(), level, title, role, row.id if row else "", deadline)
        above = {k: v for k, v in above.items() if k < level} | {level: section}
        found.append(section)
    return found


def _lead_in(line: re.Match[str], dates: list[Date], issued: int | None, role: str) -> Section | None:
    """A line that ends in a colon and names a date governs the lines below it: 到2025年，主要目标如下："""
    words = line[0].rstrip(" 　")
    if not words.endswith(("：", ":")):
        return None
    begun = line.start() + max(words.rfind(end) for end in ("。", "；", "！")) + 1
    named = [d for d in _between(dates, begun, line.end()) if not d.baseline]
    if named:
        return Section(begun, 3, "", role, deadline=named[-1])
    if NEXT_FIVE.search(words[-40:]) and issued is not None:
        at = line.end() - 1
        return Section(begun, 3, "", role, deadline=Date(five_years_on(issued), at, at))
    return None


def five_years_on(issued: int) -> int:
    """The end of the five-year plan that a year opens: 2016 -> 2020, 2021 -> 2025."""
    return issued + (4 if issued % 5 == 1 else 5)


def _role(title: str) -> Row | None:
    found = pattern("section").search(title)
    return row_of(found[0], "section") if found else None
