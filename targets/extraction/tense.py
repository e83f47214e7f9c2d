"""Whether a number is a fact of the past rather than an aim."""

import re
from functools import lru_cache

from targets.extraction.grammar import pattern, row_of
from targets.extraction.place import Place

AHEAD = re.compile(
    r"力争|确保|争取|努力|力求|今年|明年|将|到(?:20\d\d年|“?十[一二三四五]五)|目标|计划|要(?!求|素|点|件)|预期|今后|未来|加快|推进|推动"
    r"|大力|着力|加强|深化|强化|支持|鼓励|全力|实施|深入|持续|积极|完善|聚焦|围绕|坚持|健全|推行|开展|落实|优化|提升|引导|全面"
    r"|新[增建引培]|启动|抓好|突出"
)
"""Words of plans and tasks."""

SURELY_AHEAD = re.compile(
    r"力争|确保|争取|努力|今年|明年|将(?!近)|到20\d\d年|目标(?:是|为|：|:|任务)|计划(?=[新建完引到在])|预期|今后|未来"
    r"|“十[一二三四五]五”(?:末|期)"
)
"""Words that no sentence about the past has."""

LOOKS_BACK = re.compile(
    r"这一年，|五年来，|一年来，|过去五年|过去一年|刚刚过去|回顾|成绩的取得|取得的成绩|总结起来|以上成绩|上述成绩|年来，我们"
)
TURNS_AHEAD = re.compile(r"今后|今年(?:的|要|工作|政府)|主要(?:预期)?目标|下一步|新的一年")
OPENS_BACK = re.compile(r"这一年|过去一年|过去五年|去年|五年来|一年来|回顾")
RESULT = re.compile(
    r"位居|首位|排名|列全|居全|第[一二三四五\d]+位|连[增冠续]|历史(?:新高|最好)|荣获|亮相|初见成效|蓬勃|圆满|顺利|成功|入选|获批"
    r"|被评为|授予|创历史|超额完成|同比|比上年|首次"
)
RESULTS_OF_A_REVIEW = 4
"""A line that tells so many results and plans nothing looks back."""

NOT_YET = re.compile(r"[^，。；]{0,12}(?:没有|未能|尚未|未达)")


def past_rule(place: Place) -> str:
    """The rule that tells that the number is a fact of the past; empty where it is an aim or cannot be told."""
    checks = (_section, _dated, _worded, _review, _not_yet, _opened)
    return next((rule for rule in (check(place) for check in checks) if rule), "")


def _section(place: Place) -> str:
    if place.section is not None and place.in_role("past") and not SURELY_AHEAD.search(place.sentence):
        return place.section.rule or "section.past"
    return ""


def _dated(place: Place) -> str:
    """A year before the issue, or the year of the issue told as a fact, stands before the number."""
    dates = place.structure.dates_between(place.sentence_start, place.position)
    if place.issued is None or not dates or dates[-1].baseline:
        return ""
    last, text = dates[-1], place.structure.text
    opens = text[max(0, last.start - 1)] == "到" or text[last.end : last.end + 1] in ("起", "内")
    told = last.year == place.issued and not place.structure.report and not opens
    return "date.past" if last.year < place.issued or told else ""


def _worded(place: Place) -> str:
    found = pattern("guard.past").search(place.sentence)
    if not found or SURELY_AHEAD.search(place.said_before):
        return ""
    row = row_of(found[0], "guard.past")
    return row.id if row else "guard.past"


def _review(place: Place) -> str:
    """The line looks back, and the sentence does not turn ahead."""
    if place.in_role("aims") or SURELY_AHEAD.search(place.sentence):
        return ""
    return "tense.review" if looks_back(place.line) else ""


def _not_yet(place: Place) -> str:
    return "tense.not_yet" if NOT_YET.match(place.reading.tail) else ""


def _opened(place: Place) -> str:
    """The line opens with a look back."""
    if not _opens(place.line[:40]):
        return ""
    if not AHEAD.search(place.said_before):
        return "tense.told"
    return "" if SURELY_AHEAD.search(place.said_before) else "tense.told" if _opens(place.line[:30]) else ""


def _opens(words: str) -> bool:
    return bool(OPENS_BACK.search(words)) and not SURELY_AHEAD.search(words)


@lru_cache(maxsize=4096)
def looks_back(line: str) -> bool:
    """Whether a line is a review: it says so, or tells one result after another and plans nothing."""
    if LOOKS_BACK.search(line):
        return not TURNS_AHEAD.search(line)
    return len(RESULT.findall(line)) >= RESULTS_OF_A_REVIEW and not SURELY_AHEAD.search(line)
