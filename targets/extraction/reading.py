"""What is said around a number: verb, comparator, growth, subject, object. One clause at a time."""

import re
from dataclasses import dataclass, field

from models.enums import Comparator
from targets.extraction.grammar import at_end, pattern, row_of
from targets.extraction.quantities import Quantity

FILLER_END = re.compile(
    r"(?:都要|要|均|分别|各|再|也|将|可|应|须|每年|平均每年|年均|平均|累计|总共|总计|一共|共|全年|年|力争|争取|确保|实际|到|分别达|合计"
    r"|每个|每家|不断|逐步|稳步|大幅|进一步|率先|基本|全部|至|以|按|超额|在|保持|控制|稳定|由|从)$"
)
"""Words between a subject and its number that carry neither."""

GROWS = "达|增长|超|突破"
START_NOISE = re.compile(
    r"^(?:[\s　*#—\-–·●▪◆★、]+|[(（]?[一二三四五六七八九十\d]{1,3}[)）]\s*|[一二三四五六七八九十]+(?:是|要)"
    r"|[一二三四五六七八九十]+、"
    r"|\d{1,2}[.、．](?!\d)|第[一二三四五六七八九十]+"
    r"|到?(?:20\d\d|19\d\d)年(?:底|末|前|初|内|以前)?"
    r"|到?[“\"]?十[一二三四五]五[”\"]?(?:末|期末|时期|期间)?|力争|争取|确保|努力|力求|奋力|其中|全年|今年|年内|本年|届时|同时"
    rf"|并|且|以及|及|和|与|要|加快|实现(?=.{{2,}}(?:{GROWS}|提高|占|全覆盖))|使(?=.{{2,}})|推动(?=.{{2,}}(?:{GROWS}))"
    rf"|促进(?=.{{2,}}(?:{GROWS}))|保证|保障|进一步|通过.{{2,10}}(?=使)|[一二两三四五六七八九十\d]+年内?(?=[^\d]{{2,}})"
    r"|今后五年|未来[三五]年|至(?=20)|主要(?:预期)?目标(?:是|为)|预期目标(?:是|为)|目标(?:是|为)|累计(?=新)|《?规划》?(?:提出|明确)|提出)"
)
"""What may stand before a subject: bullets, dates, hedges, joints."""

FIRM_VERBS = frozenset("建成 引进 培育 打造 创建 引育 招引 组建 设立 形成 构建 布局建设 建设改造 新建改造".split())
"""Verbs of completion that are hardly ever part of a noun."""

SUFFIX = re.compile(r"^(?:[的之]?)(?:以上|及以上|以内|以下|之内|左右|上下)")


@dataclass(slots=True)
class Reading:
    """What the clause of one number says."""

    quantity: Quantity
    start: int
    end: int
    subject: str
    tail: str
    comparator: Comparator | None = None
    verb: str = ""
    verb_kind: str = ""
    grows: str = ""
    reached: bool = False
    suffixed: bool = False
    rules: list[str] = field(default_factory=list)
    quote_end: int = 0
    yearly: bool = False
    total: bool = False
    quantity_words: str = ""
    near: str = ""
    following: str = ""


def read_clause(text: str, quantity: Quantity, start: int, end: int) -> Reading:
    """Reads what stands before and after a number between the ends of its clause."""
    left, right = text[start : quantity.start], text[quantity.after : end]
    reading = Reading(quantity, start, end, left, right, quantity_words=text[quantity.start : quantity.end])
    reading.following = text[quantity.after : quantity.after + FAR]
    reading.near = text[max(start, quantity.start - 2) : quantity.start]
    _suffix(reading, reading.following)
    _peel(reading)
    _growth(reading)
    _verb(reading)
    return reading


FAR = 40
SHARED_SUFFIX = re.compile(r"(?:[、和及与]\d[\d.]*[^\d、和，。；]{1,4}?){1,4}(以上|左右|以内|以下)")
"""分别增长8%、9%左右: the suffix of the last number is that of all."""


def _suffix(reading: Reading, following: str) -> None:
    found = SUFFIX.match(reading.tail)
    shared = SHARED_SUFFIX.match(following) if not found and "分别" in reading.subject else None
    if shared:
        row = row_of(shared[1], "suffix")
        reading.comparator, reading.suffixed = (Comparator(row.effect), True) if row else (None, False)
        return
    if not found:
        return
    word = found[0].lstrip("的之")
    row = row_of(word, "suffix")
    # 2000万元以上的企业 tells which firms, not how much.
    if row is None:
        return
    reading.suffixed = True
    reading.comparator = Comparator(row.effect)
    reading.rules.append(row.id)
    reading.tail = reading.tail[found.end() :]
    reading.quote_end = reading.quantity.after + found.end()


REACHES_BY_DOING = re.compile(r"(?<!力争)(?<!确保)(?<!争取)(?<!努力)(?<!将)(?<!要)(?:实现|完成)$")
"""工业总产值实现500亿元: the verb after its noun; 确保完成300个 is a verb before it."""


def _peel(reading: Reading) -> None:
    """Takes the words of reaching off the end of what stands before the number; the suffix beats them."""
    for _ in range(6):
        reading.subject = reading.subject.rstrip(" 　")
        if not (_peel_doing(reading) or _peel_reaching(reading) or _peel_filler(reading)):
            return


def _peel_doing(reading: Reading) -> bool:
    found = REACHES_BY_DOING.search(reading.subject)
    if not found or not reading.subject[: found.start()].lstrip(" 　“"):
        return False
    reading.reached = True
    reading.comparator = reading.comparator or Comparator.AT_LEAST
    reading.subject = reading.subject[: found.start()]
    return True


def _peel_reaching(reading: Reading) -> bool:
    found = at_end("reach").search(reading.subject)
    if not found or _part_of_a_word(reading.subject, found[0]):
        return False
    breaks_through = found[0] == "突破" and not reading.subject[: found.start()].strip(" 　、")
    if breaks_through and reading.quantity.kind == "count" and re.match("[一-龥]", reading.tail):
        return False  # 突破百项关键技术 completes things, it does not exceed a number
    row = row_of(found[0], "reach")
    assert row is not None
    if reading.comparator is None:
        reading.comparator = Comparator(row.effect)
    about = row.effect == Comparator.ABOUT.value
    reading.reached |= not about or found[0] in ("接近", "近")
    reading.rules.append(row.id)
    reading.subject = reading.subject[: found.start()]
    return True


def _peel_filler(reading: Reading) -> bool:
    found = FILLER_END.search(reading.subject)
    if not found or _part_of_a_word(reading.subject, found[0]):
        return False
    reading.yearly |= found[0] in ("每年", "年均", "平均每年")
    reading.total |= found[0] == "累计"
    reading.subject = reading.subject[: found.start()]
    return True


PARTS = re.compile(
    r"(?:作为|成为|认为|行为|经过|通过|发达|直达|抢占|侵占|可以|予以|加以|学年|青年|百年|少年|当年|以上|线上|网上|之前|目前)$"
)
"""Words whose last character looks like a word of reaching."""


def _part_of_a_word(left: str, found: str) -> bool:
    return len(found) == 1 and bool(PARTS.search(left))


GROWTH_NOUN = re.compile(r"(?:增长率|增长速度|增速|增幅|涨幅|提高幅度|下降率|降幅|降低率|增长幅度|年均增长)$")


def _growth(reading: Reading) -> None:
    left = reading.subject
    noun = GROWTH_NOUN.search(left)
    if noun:
        reading.grows = "down" if noun[0][0] in "下降" and "降" in noun[0] else "up"
        reading.rules.append("grow.up" if reading.grows == "up" else "grow.down")
        if not reading.reached and not left[: noun.start()].strip(" 　、，"):
            reading.subject = ""  # 税收突破150亿元，年均增长26%: the subject is that of the number before
        return
    found = at_end("grow").search(left)
    if not found or (reading.quantity.kind == "level" and found[0] in ("提升", "扩大")):
        return
    row = row_of(found[0], "grow")
    assert row is not None
    unit = reading.quantity.unit
    if unit not in ("%", "％", "‰", "倍", "百分点", "个百分点", "岁") and not (
        reading.quantity.kind == "level" and found[0] in ("提高", "增加") and reading.suffixed
    ):
        return
    reading.grows = row.effect
    reading.rules.append(row.id)
    left = left[: found.start()].rstrip()
    for _ in range(3):
        filler = re.search(
            r"(?:年均|平均|每年|年平均|累计|分别|各|同比|实际|同比实际|以|按|较上年|比上年|预期|力争|确保|再|要|都|保持|实现)$",
            left,
        )
        if not filler:
            break
        reading.yearly |= filler[0] in ("年均", "每年", "年平均")
        reading.total |= filler[0] == "累计"
        left = left[: filler.start()]
    reading.subject = left


def _verb(reading: Reading) -> None:
    """The verb that governs the number: the nearest one before it in its clause."""
    subject = reading.subject
    begun = trimmed_start(subject, 0, len(subject))
    last: re.Match[str] | None = None
    for found in pattern("verb", "weak").finditer(subject):
        row = row_of(found[0], "verb", "weak")
        assert row is not None
        firm = row.id == "verb.make" or found[0] in FIRM_VERBS or row.group == "weak"
        if firm or found.start() <= begun or found.end() == len(subject) or subject[found.start() - 1] in "、并和及":
            doubled = last is not None and row.group == "weak" and last.end() == found.start()
            last = last if doubled else found  # 引进扶持: the first of two decides
    if last is None:
        return
    row = row_of(last[0], "verb", "weak")
    assert row is not None
    reading.verb, reading.verb_kind = last[0], row.group
    reading.rules.append(row.id)


def trimmed_start(text: str, start: int, end: int) -> int:
    """Where the quote begins: after dates, hedges, bullets and joints."""
    for _ in range(8):
        found = START_NOISE.match(text[start : min(end, start + 40)])
        if not found or not found[0]:
            break
        start += found.end()
    return start


def attributive(reading: Reading, following: Quantity | None, previous: Quantity | None) -> bool:
    """A number that only says which things are meant: 50亿元以上项目不少于10个, 新增2个500亿元开发区."""
    quantity, tail = reading.quantity, reading.tail
    if quantity.kind not in ("level", "count", "share", ""):
        return False
    noun = re.match(r"(?:的)?([^\s，。；、,;：:）)和及与或]+)", tail)
    follows = following is not None and following.start < reading.end
    precedes = (
        previous is not None
        and previous.after <= reading.start + len(reading.subject) + 12
        and previous.start >= reading.start
    )
    if re.match(
        r"(?:以上|以下)?(?:提高|提升|增加|增长|上升|扩大|下降|降低|减少|压减|压缩|缩短|降|增)(?:到|至|为)", tail
    ):
        return True
    if quantity.kind == "level" and following is not None and following.kind == "count":
        ahead = following.start - quantity.after
        if reading.verb in FIRM_VERBS and ahead <= FAR and "的" in reading.following[:ahead]:
            return True  # 培育年产值超100亿元、具有竞争力的龙头企业2家
    if quantity.kind == "level":
        if tail[:1].isdigit():
            return True
        if noun and (follows or (precedes and previous is not None and previous.kind == "count")):
            between = reading.tail[: following.start - quantity.after] if follows and following else ""
            return not re.search(r"[、，]", between[:1])
        return bool(
            noun
            and re.match(
                r"(?:级|的(?:企业|项目|产业|园区|集群|单位|开发区)|企业|项目|产业|园区|集群|开发区|大企业)", noun[1]
            )
        )
    if quantity.kind == "count" and follows and noun and not reading.verb_kind and not reading.reached:
        between = text_between(reading, following)
        return not re.search(r"[、，]", between) and bool(
            at_end("reach", "grow").search(between) or re.search("率|比|度$", between)
        )
    return False


def text_between(reading: Reading, following: Quantity | None) -> str:
    """What stands between a number's suffix and the next number of the clause."""
    if following is None:
        return reading.tail
    return reading.tail[: max(0, following.start - (reading.quote_end or reading.quantity.after))]
