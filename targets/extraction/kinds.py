"""What the number of a clause measures: level, count, share, coverage, growth, change, multiple, rank."""

import re

from models.enums import Kind
from targets.extraction.reading import Reading

PERCENT = ("%", "％", "‰")
POINTS = ("百分点", "个百分点")
PER_HEAD = re.compile(
    r"(?:每(?P<many>万|百万|千|百|十万|亿)?(?P<whom>人|平方公里|亩|公顷|家企业|户)(?=.)|(?P<each>人均|亩均|户均|地均))"
)
RANK = re.compile(r"中进$|中进\d|进入?(?:全[国省市区]|[^，。]{0,6})?前|位居|居|排名|位次|位列|跻身|前移|前进|进位")
COVERS = re.compile(r"(?<!森林)(?<!林草)(?<!植被)(?<!绿化)覆盖(?:率|面|达|到)?$")
PART_OF = re.compile(r"(?:的|以上的)[^，。]{2,}")
PART_DOES = re.compile(r"(?:以上|左右)?的[^，。；]{2,}?(?:完成|实现|建成|达到|建立|开展|拥有|通过|设立|入园|投产|纳入)")
PART_REACHES = re.compile(r"[一-龥]{2,}[^，。；]{0,16}?达到[^\d，。]{2,}")


MEASURED = re.compile("能力$|产量$|容量$|申请量$|资源总量$|游客$|指数$|得分$")
"""Endings of what is measured, though its unit is one of counting."""


def kind_of(reading: Reading) -> Kind:
    """The kind of a number, told by its unit and the words around it."""
    unit = reading.quantity.unit
    if reading.quantity.word in WORDS:
        return WORDS[reading.quantity.word]
    if unit in POINTS:
        return Kind.CHANGE_POINTS
    if unit in PERCENT:
        return _of_percent(reading)
    if unit == "倍":
        compared = re.search("平均水平|平均|全[国省市区]", reading.subject[-16:])
        return Kind.MULTIPLE_OF_REFERENCE if compared else Kind.GROWTH_MULTIPLE
    return _of_things(reading)


WORDS = {"multiple": Kind.GROWTH_MULTIPLE, "whole": Kind.COVERAGE}


def _of_percent(reading: Reading) -> Kind:
    if reading.grows:
        return Kind.GROWTH_RATE
    if "占" in reading.subject[-10:] + reading.verb:
        return Kind.SHARE
    covers = COVERS.search(reading.subject) or PART_OF.match(reading.tail) or part_does(reading)
    return Kind.COVERAGE if covers else Kind.SHARE


def _of_things(reading: Reading) -> Kind:
    quantity, subject = reading.quantity, reading.subject
    if reading.grows and (quantity.unit in ("岁", "年") or quantity.kind == "level"):
        return Kind.CHANGE_POINTS
    if quantity.unit in ("位", "名", "强", "位次", "个位次") and RANK.search(subject[-12:] + reading.near):
        return Kind.RANK
    measured = quantity.kind == "level" or PER_HEAD.search(subject) or MEASURED.search(subject)
    makes = re.match(r"[^，。；]{0,20}(?:能力|产能)(?=[，。；、]|$)", reading.tail)
    return Kind.LEVEL if measured or makes else Kind.COUNT


def part_does(reading: Reading) -> bool:
    """30%的高新区完成改造, 90%乡镇卫生院达到标准: a part of all does something."""
    if reading.subject.strip(" 　、和及") == "" and PART_REACHES.match(reading.tail):
        return True
    return bool(PART_DOES.match(reading.tail))
