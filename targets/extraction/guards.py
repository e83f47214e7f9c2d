"""Numbers that are no aims of zones or regions: rewards, inputs, conditions, forecasts, rules of procedure."""

import re

from targets.extraction.grammar import pattern, row_of
from targets.extraction.place import Place
from targets.extraction.reading import Reading

GIVES = re.compile(
    r"给予|(?:补偿|补助|保障|救助|低保|养老金)标准|基础养老金|(?:奖励|补助|补贴|资助|贴息|奖补)(?!机制|政策|办法|制度|资金|力度)"
)
FOR_WHOM = re.compile(r"[\s　]*(?:[(（]?[一二三四五六七八九十\d]{1,4}[)）.、][\s　]*)?(?:对|凡)")
WHOSE = re.compile(r"^[^，。]{0,12}的(?:企业|单位|项目|个人|机构|园区|县|开发区|，|,)")
DOCUMENT = re.compile(r"(?:出台|印发|发布|落实)[^，。]{0,10}$")
AIMS = re.compile(r"力争|目标|到20\d\d年|确保")
OUTCOME_MONEY = re.compile(
    r"实际(?:利用|使用)外资|利用外资|使用外资|外商直接投资|到位(?:内|外)?资|成交额|交易额|产值|收入|增加值|销售额|零售|生产总值|税收|营收"
    r"|投资强度|出口|进出口|利润|余额|经济总量|产业规模|经济规模|市场规模|产出|贸易|旅游|市值|业务量|流水|外资|消费|GDP|效益"
)
"""Money that comes out, whatever word of putting in stands near."""

ATTRACTED = re.compile("(?:引进|招引|吸引|到位|利用)[^，。]{0,10}资")


def guard_rule(place: Place) -> str:
    """The rule that tells that the number is no aim; empty where none speaks."""
    checks = (_reward, _input, _condition, _for_whom, _nearly, _document, _whose, _section, _forecast)
    return next((rule for rule in (check(place) for check in checks) if rule), "")


def _reward(place: Place) -> str:
    unit, clause = place.quantity.unit, place.clause
    if place.quantity.word:
        return ""
    money_or_share = "元" in unit or unit in ("%", "％")
    points = unit.endswith("百分点") and re.search("税率|利率|费率", clause)
    if pattern("guard.reward").search(clause) and (money_or_share or points or re.search("给予|奖励", clause)):
        return "guard.reward"
    return "guard.reward" if money_or_share and GIVES.search(place.sentence) and "目标" not in place.sentence else ""


def _input(place: Place) -> str:
    return "guard.input" if "元" in place.quantity.unit and is_input(place.reading) else ""


def is_input(reading: Reading) -> bool:
    """Money that is put in is a means, not an aim; the growth of an investment is an outcome."""
    if reading.grows or ATTRACTED.search(reading.subject):
        return False
    near, found = reading.subject[-14:] + reading.verb, None
    for each in pattern("guard.input").finditer(near):
        found = each
    if found is None:
        return bool(re.match(r"(?:的)?(?:专项|资金|基金|投资|贷款|经费)", reading.tail))
    return not OUTCOME_MONEY.search(near[found.start() :])


def _condition(place: Place) -> str:
    begun = max(place.sentence_start, place.reading.start - 12)
    found = pattern("guard.condition").search(
        place.structure.text, begun, min(place.sentence_end, place.reading.end + 2)
    )
    if not found or place.reading.grows:
        return ""
    row = row_of(found[0], "guard.condition")
    return row.id if row else "guard.condition"


def _for_whom(place: Place) -> str:
    """对…达到3项的: what somebody must have done."""
    told = place.structure.text[place.reading.start : place.position]
    return "guard.condition" if place.reading.tail.startswith("的") and FOR_WHOM.match(told) else ""


def _nearly(place: Place) -> str:
    """基本全覆盖 is no 100 %."""
    near = place.structure.text[max(place.sentence_start, place.reading.start - 2) : place.position]
    if place.quantity.word == "whole" and re.search("从[^，。]*到[^，。]*的$", near):
        return "guard.nearly"
    return "guard.nearly" if place.quantity.word == "whole" and re.search("基本|大部分|逐步", near) else ""


def _document(place: Place) -> str:
    """出台高新区23条 is the name of a policy."""
    near = place.structure.text[max(place.sentence_start, place.position - 14) : place.position]
    return "guard.name" if place.quantity.unit in ("条", "项", "个") and DOCUMENT.search(near) else ""


def _whose(place: Place) -> str:
    if not WHOSE.search(place.reading.tail) or not re.search(r"对|凡|按照?|给予", place.sentence):
        return ""
    return "" if re.search(r"[新增引进培育建成]{2}", place.said_before[-14:]) else "guard.condition"


def _section(place: Place) -> str:
    if place.section is None or not place.in_role("rules", "measures") or AIMS.search(place.sentence):
        return ""
    return place.section.rule or "section.rules"


def _forecast(place: Place) -> str:
    found = pattern("guard.forecast").search(place.sentence)
    return "guard.forecast" if found and not re.search("目标|力争|确保", place.sentence) else ""
