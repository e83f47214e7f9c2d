"""What is measured and of whom: indicator and scope, from the words before and after a number."""

import re

from models.enums import Kind
from models.extraction import Metadata
from targets.extraction.grammar import alternatives
from targets.extraction.reading import Reading, trimmed_start
from targets.extraction.structure import Structure

ZONE = "(?:高新技术产业开发区|高新技术开发区|高新区|经济技术开发区|经开区|开发区|产业园区|工业园区|园区|示范区)"
LEVEL = "(?:国家级?|省级(?:以上|及以上)?|自治区级|市级|地级(?:及以上)?)"
WHOLE_REGION = "全[省市区县州]|我[省市区县]"
WHERE = re.compile(
    r"^(?P<scope>(?:每[个家]|各)(?:县[（(]市[)）]区|县市区|县区|县|市州|市|乡镇|区)"
    rf"|(?:全[省市区县州旗]|各[市县区州盟]+|每[个家]|所有|各|我[省市区县])?{LEVEL}?[^，。、的\d]{{0,8}}?{ZONE}"
    rf"|{WHOLE_REGION}|全社会(?=不))(?=.{{2,}})"
)
"""The place that leads a subject: 国家级高新区, 每个县, 全市."""

REGION = re.compile(r".+?(?:省|自治区|特别行政区|自治州|地区|市|盟|县|区|旗)")
PERSONS = ("人", "人次")
VERB_START = re.compile(f"^(?:{alternatives('verb', 'weak')})")
KEEP_VERB = re.compile(r"^(?:新|净增|引进|引育|招引|培育|培训|培养|建设|转化|参与|举办|改造|治理|完成|撤并|维修|创建)")
EDGE = re.compile(r"^[的、，：:\s“]*(?=[“]?)|[的、，：:\s]+$")


NAMED_ZONE = re.compile(r"([一-龥]{2,4}?)(?:国家级?)?高新(?:区|技术产业开发区)")
AREAS = {
    "高新区": re.compile("高新区|高新技术产业开发区"),
    "产业集聚区": re.compile("产业集聚区"),
    "开发区": re.compile("开发区|经开区"),
}
"""What a document may be about as a whole, by the words of its title."""

NO_NAME = re.compile(r"促进|推进|支持|国家|加快|全[省市区]|产业|于|[省市区]$")


def home(metadata: Metadata, structure: Structure) -> str:
    """The scope of a target that names none: the zones that the document is about, else the issuer's region."""
    title = metadata.title or ""
    area = next((short for short, words in AREAS.items() if words.search(title)), None)
    if area is None:
        return region_name(metadata)
    named = NAMED_ZONE.search(re.sub("关于|加快|促进|推[进动]|支持|加强|进一步|建设", "，", title))
    if area == "高新区" and named and not NO_NAME.search(named[1]):
        return f"{named[1]}高新区"
    return _whole(metadata) + area


TOPIC = re.compile(
    r"(?:^|[，。；：:;])\s*(?:[(（]?[一二三四五六七八九十\d]{1,2}[)）、.]\s*|[一二三四五六七八九十]是)?(?:推动|推进|支持|加快|高标准|高水平)?(?:建设)?"
    r"(?P<zone>[一-龥“”]{2,10}?(?:高新区|经开区|开发区|产业园|科技城|新区|产业基地|云基地|园区))(?!域)(?=[^，。；]{1,40})"
)
"""A named zone that opens a clause: what follows in the sentence is asked of it."""

NO_ZONE = re.compile(r"全[国省市区县州]|各|所有|国家级|省级|每|[省市]以?上|支持|鼓励|加快|推[进动]|建设|打造|以|把|将")


def topic(sentence: str, opening: str) -> str | None:
    """The named zone that a sentence, else the opening of its line, speaks of."""
    for words in (sentence, opening):
        named = [each["zone"] for each in TOPIC.finditer(words) if not NO_ZONE.search(each["zone"])]
        if named:
            return named[-1]
    return None


def _whole(metadata: Metadata) -> str:
    region = metadata.region or ""
    if region.endswith("自治区"):
        return "全区"
    return next((whole for end, whole in (("省", "全省"), ("市", "全市"), ("县", "全县")) if region.endswith(end)), "")


def _region_in(words: str) -> str:
    """The region that an issuer or a title names; nothing where none is named."""
    if "国务院" in words or "国家" in words:
        return "全国"
    found = re.search(r"([一-龥]{2,7}?(?:省|自治区|市|自治州|盟|县|区))", words)
    return found[1] if found else ""


def region_name(metadata: Metadata) -> str:
    """The last unit of a region's name: 安徽省安庆市 is 安庆市; of the State Council the country."""
    region = metadata.region or _region_in(f"{metadata.issuer or ''} {metadata.title or ''}")
    if region in ("中国", "全国", "中华人民共和国"):
        return "全国"
    if region.endswith("自治区"):
        return region
    found = REGION.findall(region)
    return found[-1] if found else region


def object_after(reading: Reading, kind: Kind) -> str:
    """The thing counted, where it stands after its number: 建成10个以上“农机服务+”新型组织."""
    if kind not in (Kind.COUNT, Kind.LEVEL, Kind.COVERAGE):
        return ""
    words = re.split(r"[，。；;,：:]", reading.tail, maxsplit=1)[0]
    words = re.sub(r"^(?:以上|左右|以内)?的?", "", words)
    return EDGE.sub("", words)


START_OF_CHANGE = re.compile(
    r"(?:从|由)(?:人均)?\d[\d.,]*[^\d，。；]{0,6}$|(?:比|较)20\d\d(?:年(?:底|末)?)?$|[一二两三四五十]年$"
)
"""从55.3%, 比2015年: where a change starts, which is no part of the name."""


def subject_before(text: str, reading: Reading) -> str:
    """What stands before the number, without date, hedge and joint words."""
    start = trimmed_start(text, reading.start, reading.start + len(reading.subject))
    return EDGE.sub("", START_OF_CHANGE.sub("", text[start : reading.start + len(reading.subject)]))


def scope_of(subject: str, default: str, metadata: Metadata) -> tuple[str, str]:
    """The scope that leads a subject, and the rest; 全市 alone is the region itself."""
    found = WHERE.match(subject)
    if not found:
        return default, subject
    scope, rest = found["scope"], subject[found.end("scope") :].lstrip("的都均")
    if rest in ("数量", "数", "总数", "个数"):
        return scope, subject
    if re.fullmatch(WHOLE_REGION, scope):
        return region_name(metadata), rest
    return (scope, rest) if rest else (default, subject)


def indicator_name(subject: str, obj: str, reading: Reading, kind: Kind) -> str:
    """The measured thing, without verb and scope where they are not part of it."""
    if kind is Kind.COUNT:
        return _count_name(subject, obj, reading)
    if kind is Kind.COVERAGE and (reading.quantity.word == "whole" or not subject):
        return _coverage_name(subject, obj, reading)
    whole = COMPARED.match(reading.subject)
    if whole and kind is Kind.SHARE:
        return f"{re.split('达到|提高到|占', subject)[0]}占{whole['whole']}的比重"
    if whole and kind is Kind.MULTIPLE_OF_REFERENCE:
        return re.split("达到|提高到|是|为", subject)[0]
    if not subject or (kind is Kind.LEVEL and obj and VERB_START.fullmatch(subject)):
        return obj or subject
    return re.sub(r"(?:水平)?(?:年均|每年|平均)$", "", subject) or subject


COMPARED = re.compile(r"(?:.+?)(?:达到|提高到|占|是|为)(?P<whole>[^，。]{1,20})的$")
"""甲达到乙的45%: a share of 乙."""


WHOLE_OF = re.compile(r"占(?P<whole>(?!比)[^，。占]{1,24}?)[ 　]*的?(?:比重|比例|份额|百分比)?(?:达到?|提高到)?$")
TIMES_OF = re.compile(r"(?P<whole>(?:全[国省市区]|[一-龥]{2,12})平均(?:水平|值)?|全[国省市区][一-龥]{0,8})的?$")


def denominator_of(indicator: str, kind: Kind) -> str | None:
    """What a share is a part of: 占全区总数的比重."""
    found = WHOLE_OF.search(indicator) if kind is Kind.SHARE else None
    return found["whole"] if found else None


def reference_of(reading: Reading, kind: Kind) -> str | None:
    """What a multiple is a multiple of: 达到全省平均水平的3倍."""
    if kind is not Kind.MULTIPLE_OF_REFERENCE:
        return None
    words = re.split("达到|提高到|是|为|超过|高于", reading.subject)[-1]
    found = TIMES_OF.search(words) or TIMES_OF.search(reading.subject)
    return found["whole"] if found else None


def _count_name(subject: str, obj: str, reading: Reading) -> str:
    """Counts of things end in 数量, of people in 人数."""
    name = _counted(subject, obj)
    if reading.quantity.unit.lstrip("万亿千百") in PERSONS:
        return name if name.endswith(("人数", "人次", "人口", "就业")) else f"{name}人数"
    return name if name.endswith(("数", "数量", "量", "总量", "家数")) else f"{name}数量"


def _coverage_name(subject: str, obj: str, reading: Reading) -> str:
    if reading.quantity.word != "whole":
        return _part(reading.tail)
    if reading.tail and "全部" in reading.quantity_words:
        return f"{obj}的{subject}比例" if subject else f"{obj}比例"
    return f"{re.sub('^(?:基本)?(?:率先)?实现|实现$', '', subject)}覆盖率"


def _part(tail: str) -> str:
    """30%的甲完成乙 measures 完成乙的甲比例."""
    words = re.split(r"[，。；;,：:]", re.sub("^(?:以上|左右)?的?", "", tail), maxsplit=1)[0]
    found = re.match(r"(.{2,}?)((?:完成|实现|建成|达到|建立|开展|拥有|通过|设立|入园|投产|纳入).*)$", words)
    return f"{found[2]}的{found[1]}比例" if found else f"{words}比例"


DROPPED = re.compile(r"^(?:打造|建成|形成|构建|实现|完成|达到|组建|设立|拥有|获得|争取|建立|布局建设|布局)(?=.{2,})")


VERB_END = re.compile(f"(?:{alternatives('verb', 'weak')}|制定|选拔|资助|产生|改扩建|设立)$")
WHERE_DONE = re.compile(rf"^(?:在|依托|围绕|面向|聚焦)[^，。]{{2,24}}?(?={alternatives('verb')})")
"""在成都等地建设: where something is done is no part of what is counted."""


def _counted(subject: str, obj: str) -> str:
    subject = WHERE_DONE.sub("", subject)
    if subject.endswith("等") and obj:
        verb = VERB_START.match(subject)
        done = re.match(r"(.+?)(竣工投产|建成投产|建成投用|竣工|投产|投用)$", obj)
        named = f"{done[2]}{done[1]}" if done else obj
        return (verb[0] if verb and KEEP_VERB.match(subject) else "") + named
    if obj and (not subject or VERB_START.fullmatch(subject)):
        return (subject if KEEP_VERB.match(subject) else "") + obj
    if len(obj) > 1 and VERB_END.search(subject):
        return obj  # 重点引进100名领军人才: what the verb at the end governs stands after the number
    return DROPPED.sub("", subject) or obj
