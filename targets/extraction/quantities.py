"""Every number of a text that is no date, list mark, document number or part of a name, with its unit."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import chain, islice

from models.errors import DocumentRefused
from targets.extraction.grammar import CHINESE_DIGITS, Row, of, row_of

SCALES = {
    "万亿": 10**12, "千亿": 10**11, "百亿": 10**10, "十亿": 10**9, "亿": 10**8,
    "千万": 10**7, "百万": 10**6, "十万": 10**5, "万": 10**4, "千": 10**3, "百": 100,
}  # fmt: skip
NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
MULTIPLES = {"十": 10, "百": 100, "千": 1000}
PER_WHOM = (
    r"/(?:万|百|千|亿|十万)?(?:平方公里|平方米|立方米|人次|人|亩|公顷|家|户|吨|个"
    r"|年|天|日|月|千瓦时|元|万元|辆|件|床|公里)"
)
ALIAS = {
    "％": "%", "个百分点": "百分点", "名": "人", "位": "人", "户": "家", "间": "家", "平米": "平方米", "㎡": "平方米",
    "元人民币": "元", "美金": "美元", "台套": "台", ":1": "∶1", "：1": "∶1", "比1": "∶1",
}  # fmt: skip
"""Units that are one and the same; 户 and 间 only where firms are counted."""

PEOPLE = re.compile("人口|人员|群众|农民|劳动力|职工|学生|游客|人才|就业|居民")
FIRM = re.compile("企业|公司|商户|市场主体|机构|工业|单位|龙头|小巨人|规上|四上|独角兽|瞪羚|孵化器")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a text: text[start:end] is the number (or the word that stands for one), `after` ends its unit.

    `unit` is as printed, with the scale; `row` is the row of the grammar that knows it, None for an unknown unit.
    """

    start: int
    end: int
    after: int
    value: Decimal
    high: Decimal | None
    unit: str
    row: Row | None
    more: bool = False
    word: str = ""

    @property
    def kind(self) -> str:
        """What the unit usually measures: count, level, share …; empty for an unknown one."""
        return self.row.kind if self.row else ""


@cache
def _quantity() -> re.Pattern[str]:
    units = sorted(of("unit"), key=len, reverse=True)
    scale = "|".join(sorted(SCALES, key=len, reverse=True))
    base = "|".join(map(re.escape, units))
    return re.compile(
        rf"(?P<low>{NUMBER})(?:(?P<first>%|{scale})?(?:个|家|人|项|名)?[-–—－~～至到](?P<high>{NUMBER}))?"
        rf"(?P<more>余|多)?(?P<unit>(?P<scale>{scale})?(?P<more2>余|多)?(?P<base>{base})(?P<per>{PER_WHOM})?"
        rf"|(?P<alone>万亿|亿|千万|百万|万)(?P<more3>余|多)?(?!级)(?=左右|以上|名|[\u4e00-\u9fff]{{4}})"
        rf"|(?P<open>(?!以上|左右|以内|以下)(?:{scale})?[\u4e00-\u9fff]{{1,3}}?)(?=以上|左右|以内|以下|[，。；、,;）\n]|规模|能力|$))?"
    )


POINTS_FOLLOW = re.compile(r"(?:以上)?[、和及与]\d[\d.]*(?:个[、和及与]\d[\d.]*)*个百分点")
"""分别提高1.5个和2个百分点: the unit of the last is that of all."""

BEFORE_NAME = re.compile(r"(?:\d/|[A-Za-z+＋./〔\[（(第“‘\"《\-#&])$")
NAME_AFTER = re.compile(
    r"(?:[/×*]\d|[A-Za-z](?!\w*/)|\+|＋|强|大(?![于约])|届|号|版|化|工程|计划|行动|年代|[、．.]\s*(?=[^\d])|[)）](?!以))"
)
LETTER_UNITS = re.compile(r"(?:EFLOPS|PFLOPS|TFLOPS|[TGM]bps|TB|PB|EB|P(?![A-Za-z])|GWh?|MWh?|kW|KW|TEU)")
DATE_AFTER = re.compile(r"年(?![均限])|月|日(?!均)|时(?!间)|点\d|周年|世纪|周岁|°|℃|:\d|：\d\d")
QUOTED_NAME = re.compile(r"“[^”\n]{0,12}$")
MULTIPLYING = re.compile(r"翻(?P<times>[一两二三1-3])?番")
WHOLE = re.compile(
    r"全覆盖|全面覆盖|全部(?=(?:完成|消除|纳入|达标|达到|实现|摘帽|建成|投产|投用|进入|入园|接入|脱贫|转型|改造|建立|建设|配备|安装|开展|覆盖|出列|整治|清零|开工|竣工|关停|退出|通车))"
    r"|(?<=[，。；,;：\n])全部(?=[^，。；,;]{2,24}?(?:完成|达标|实现|建成|入园|接入|脱贫|建立|覆盖|出列))"
)
SPELLED = re.compile(
    r"(?P<number>[一二两三四五六七八九]?[十百千](?:[一二三四五六七八九]十?)?|[一二两三四五六七八九十]{1,8})"
    r"(?P<unit>(?P<scale>万亿|千亿|百亿|亿|千万|百万|万)?(?P<base>元|美元|人次|人|吨|斤|千瓦|亩|平方公里|平方米|公里|立方米|标箱|辆|家|户|个|项|件|座|所))"
)
GOVERNED = re.compile(
    r"(?:达到?|突破|超过?|迈上|跨越|跨上|实现|新增|引进|建成|建设|培育|打造|形成|创建|完成|开拓|制定|推出|研发|攻克|不少于|不低于|至少)$"
)


MOST_NUMBERS = 10_000
"""A text with more numbers is a table of data. The longest five-year plans have some 2,000."""


def quantities(text: str) -> list[Quantity]:
    """Every quantity of a text in view form, by its place. Masked numbers (dates, names) are left out.

    Raises DocumentRefused for more of them than any policy has.
    """
    found = list(islice(chain(_numbers(text), _words(text), _spelled(text)), MOST_NUMBERS + 1))
    if len(found) > MOST_NUMBERS:
        raise DocumentRefused(
            f"The text holds more than {MOST_NUMBERS:,} numbers: it is a table of data rather than a policy. "
            "Give the part that states the targets."
        )
    return sorted(found, key=lambda each: each.start)


def _numbers(text: str) -> Iterator[Quantity]:
    for match in _quantity().finditer(text):
        start, number_end = match.start(), match.end("high") if match["high"] else match.end("low")
        if _masked(text, match, start, number_end):
            continue
        unit, row = _unit(match)
        low, high = _number(match["low"]), _number(match["high"]) if match["high"] else None
        if high is not None and high <= low:
            high = None
        if match["first"] in SCALES and high is not None:
            low, high = _same_scale(low, high, match["first"], match["scale"])
        end = match.end("low")
        after = match.end() if row or unit else number_end
        yield Quantity(start, end, after, low, high, unit, row, bool(match["more"] or match["more2"] or match["more3"]))


def _same_scale(low: Decimal, high: Decimal, first: str, second: str | None) -> tuple[Decimal, Decimal]:
    """8000万至1亿元: both ends in the scale of the second."""
    if second and second != first:
        low = low * SCALES[first] / SCALES[second]
    return low, high


def _masked(text: str, match: re.Match[str], start: int, end: int) -> bool:
    before, after = text[max(0, start - 24) : start], text[end : end + 6]
    if match["base"] is None and NAME_AFTER.match(after) and not LETTER_UNITS.match(after):
        return True
    if match["base"] and after[:1] in "GMT" and re.match(r"[GMT](?![a-zA-Z])", after):
        return True
    if BEFORE_NAME.search(before):
        return True
    if DATE_AFTER.match(after) and not (match["base"] or "").startswith(("年", "岁")):
        return True
    if match["base"] == "年" and (
        len(match["low"]) == 4 or not re.search(r"(?:年限|寿命|时间|期)[^，。]{0,14}(?:到|高|长)$", before)
    ):
        return True
    return bool(QUOTED_NAME.search(before)) and match["base"] is None


def _unit(match: re.Match[str]) -> tuple[str, Row | None]:
    base = match["base"]
    if base is None:
        if match["open"]:
            return match["open"], None
        return match["alone"] or "", row_of("个", "unit") if match["alone"] else None
    row = row_of("百分点" if base == "个" and POINTS_FOLLOW.match(match.string, match.end()) else base, "unit")
    if row is not None and row.id == "unit.points":
        return "百分点", row
    return (match["scale"] or "") + base + (match["per"] or ""), row


def _number(words: str) -> Decimal:
    return Decimal(words.replace(",", ""))


def _words(text: str) -> Iterator[Quantity]:
    """Words that stand for a number: 翻一番 is twice, 全覆盖 is 100 %."""
    for match in MULTIPLYING.finditer(text):
        times = CHINESE_DIGITS.get(match["times"] or "一") or int(match["times"])
        yield Quantity(match.start(), match.end(), match.end(), Decimal(2**times), None, "倍", None, word="multiple")
    for match in WHOLE.finditer(text):
        yield Quantity(match.start(), match.end(), match.end(), Decimal(100), None, "%", None, word="whole")


def _spelled(text: str) -> Iterator[Quantity]:
    """Chinese numerals, only where a verb governs them and a unit follows: 突破百亿元, 新增十万人."""
    for match in SPELLED.finditer(text):
        before = text[max(0, match.start() - 6) : match.start()]
        if not GOVERNED.search(before):
            continue
        value = spelled(match["number"])
        if value < 2 or (match["base"] in ("个", "家", "项") and value < 2):
            continue
        row = row_of(match["base"], "unit")
        yield Quantity(
            match.start(), match.end("number"), match.end(), Decimal(value), None, match["unit"], row, word="spelled"
        )


def spelled(words: str) -> int:
    """A Chinese numeral below ten thousand: 十二 is 12, 两百 is 200."""
    total, digit = 0, 0
    for sign in words:
        if sign in MULTIPLES:
            total += (digit or 1) * MULTIPLES[sign]
            digit = 0
        else:
            digit = CHINESE_DIGITS[sign]
    return total + digit


def unit_words(quantity: Quantity, counted: str) -> str:
    """The unit as it is kept: one word for the same thing; 户 becomes 家 where firms are counted."""
    unit = quantity.unit
    if unit in SCALES:
        return unit + ("人" if PEOPLE.search(counted) else "家" if FIRM.search(counted) else "")
    scale = next((each for each in sorted(SCALES, key=len, reverse=True) if unit.startswith(each)), "")
    base = unit[len(scale) :]
    if base in ("户", "间") and not FIRM.search(counted):
        return unit
    return scale + ALIAS.get(base, base)
