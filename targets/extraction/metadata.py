"""What a document says of itself: title, issuer, number, date of issue, plan period, each with where it says so."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from models.extraction import Metadata, Span
from targets.extraction.normalise import View, normalise
from targets.extraction.structure import PERIOD, PLAN

HEAD, TAIL = 3000, 1500
LONGEST_TITLE = 90
LONG_ENOUGH = 16
"""A line that ends as a title does and is as long is a title by itself."""

NUMBER = re.compile(r"[\u4e00-\u9fff]{1,12}[〔\[［(（【](?P<year>(?:19|20)\d\d)[〕\]］)）】]\s*第?\d{1,5}号")
DAY = re.compile(r"(?P<year>(?:19|20)\d\d)\s*年\s*(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*日")
PRINTED = re.compile(r"\s*印发")
OFFICE = (
    r"[\u4e00-\u9fff]{2,24}?(?:人民政府办公厅|人民政府办公室|人民政府|委员会办公室|委办公厅|委办公室|委员会|科学技术[厅局]|科技[厅局]"
    r"|工业和信息化[厅局]|发展和改革委员会|管委会|财政[厅局]|国务院|办公厅)"
)
ISSUERS = re.compile(rf"{OFFICE}(?:[ 、]+{OFFICE})*")
ABOUT = re.compile(rf"^(?P<issuer>{OFFICE}(?:[ 、]+{OFFICE})*)\s*(?:印发)?关于")
KIND = re.compile(
    r"(?:规划|计划|纲要|意见|方案|办法|政策|措施|通知|报告|决定|条例|规定|行动|要点|若干)(?:[(（][^)）\n]{0,12}[)）])?(?:的通知)?$"
)
PLAN_NAMED = re.compile(r"[“\"]?(?P<plan>十[一二三四五]五)[”\"]?|第(?P<counted>十[一二三四五])个五年规划")
LABEL = re.compile(r"(?:发文机关|发布机构|发文单位|来源|成文日期|发文字号|文号|索引号|标题|名称|发布日期)\s*[:：]")


@dataclass(frozen=True, slots=True)
class Read:
    """What was read of a document, and the place in the source of each thing that was found."""

    metadata: Metadata
    places: dict[str, Span]


def read_metadata(text: str) -> Read:
    """Reads a document's head and foot. What is not stated stays None; nothing is guessed from elsewhere."""
    view = normalise(text)
    found: dict[str, Any] = {}
    places: dict[str, Span] = {}

    def keep(field: str, value: Any, start: int, end: int) -> None:
        if value and field not in found:
            found[field] = value
            places[field] = view.source_span(start, end)

    _title(view, keep)
    _number(view, keep)
    _issued(view, keep)
    _issuer(view, keep, found.get("title", ""))
    _period(view, keep)
    return Read(Metadata(**found), places)


def _title(view: View, keep: Any) -> None:
    """The first line, or two lines, of the head that ends as the name of a document does."""
    lines = [m for m in re.finditer(r"[^\n]+", view.text[:HEAD]) if m[0].strip()]
    for at, line in enumerate(lines[:40]):
        words = line[0].strip(" \u3000#*")
        if LABEL.match(words) or NUMBER.search(words) or len(words) > LONGEST_TITLE:
            continue
        if KIND.search(words) and len(words) >= 8:
            keep("title", words, line.start(), line.end())
            return
        after = lines[at + 1][0].strip(" \u3000#*") if at + 1 < len(lines) else ""
        joined = words + after
        broken = bool(words) and bool(KIND.search(after)) and len(after) < LONG_ENOUGH
        if broken and 8 <= len(joined) <= LONGEST_TITLE and not re.search("[。；:：>]", joined):
            keep("title", joined, line.start(), lines[at + 1].end())
            return


def _number(view: View, keep: Any) -> None:
    for found in NUMBER.finditer(view.text[:HEAD]):
        if not _by_itself(view.text, found):
            continue  # The number of another document that the text names.
        keep("number", re.sub(r"\s", "", found[0]), found.start(), found.end())
        keep("issued", int(found["year"]), found.start("year"), found.end("year"))
        return


def _by_itself(text: str, found: re.Match[str]) -> bool:
    """A number that has its line to itself, or stands behind a label."""
    before, after = _around(text, found)
    return bool(LABEL.search(before)) or not (before + after).strip(" \u3000()（）[]【】")


def _issued(view: View, keep: Any) -> None:
    """The day under the text, else the one in its head; 印发 marks the printer's note, not the document's date."""
    tail = max(0, len(view.text) - TAIL)
    days = [d for d in DAY.finditer(view.text, tail) if not PRINTED.match(view.text, d.end())]
    alone = [d for d in days if _alone(view.text, d)]
    head = [d for d in DAY.finditer(view.text[:HEAD]) if _alone(view.text, d)]
    for found in [*alone[:1], *head[:1]]:
        try:
            day = date(int(found["year"]), int(found["month"]), int(found["day"]))
        except ValueError:
            continue
        keep("issued_on", day, found.start(), found.end())
        keep("issued", day.year, found.start(), found.end())
        return


def _alone(text: str, day: re.Match[str]) -> bool:
    """A date that stands in a line of its own, or behind a label or an office."""
    before, after = _around(text, day)
    before = before.strip(" \u3000(（")
    return not after.strip(" \u3000)）") and (not before or bool(LABEL.search(before) or ISSUERS.fullmatch(before)))


def _around(text: str, found: re.Match[str]) -> tuple[str, str]:
    """What stands before and after it in its line."""
    start, end = text.rfind("\n", 0, found.start()) + 1, text.find("\n", found.end())
    return text[start : found.start()], text[found.end() : end if end >= 0 else len(text)]


def _issuer(view: View, keep: Any, title: str) -> None:
    """Who the title names before 关于, else the line above the date, else an office in a line of the head."""
    named = ABOUT.match(title)
    if named:
        at = view.text.find(named["issuer"])
        keep("issuer", named["issuer"], max(at, 0), max(at, 0) + len(named["issuer"]))
        return
    head = view.text[:HEAD]
    label = re.search(r"(?:发文机关|发布机构|发文单位)\s*[:：]\s*([^\n]{2,40})", head)
    if label:
        keep("issuer", label[1].strip(), label.start(1), label.end(1))
        return
    tail = max(0, len(view.text) - TAIL)
    for line in [*re.finditer(r"[^\n]+", view.text[tail:])][::-1]:
        words = line[0].strip(" \u3000")
        if ISSUERS.fullmatch(words):
            keep("issuer", words, tail + line.start(), tail + line.end())
            return
    for line in re.finditer(r"[^\n]+", head):
        words = line[0].strip(" \u3000")
        if ISSUERS.fullmatch(words) or (words.endswith("文件") and ISSUERS.fullmatch(words[:-2])):
            keep("issuer", words.removesuffix("文件"), line.start(), line.end())
            return


def _period(view: View, keep: Any) -> None:
    """The plan period of the title, or of the first lines."""
    head = view.text[:HEAD]
    found = next((m for m in PERIOD.finditer(head[:600]) if 0 < int(m[2]) - int(m[1]) <= 15), None)
    if found:
        keep("period_start", int(found[1]), found.start(), found.end())
        keep("period_end", int(found[2]), found.start(), found.end())
        return
    named = PLAN_NAMED.search(head[:200])
    plan = named and (named["plan"] or f"{named['counted']}五")
    if named and plan in PLAN:
        keep("period_start", PLAN[plan] - 4, named.start(), named.end())
        keep("period_end", PLAN[plan], named.start(), named.end())
