"""Whether a clause says that somebody is to reach its number, and what says so."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from models.enums import Kind
from targets.extraction.grammar import alternatives
from targets.extraction.kinds import RANK, part_does
from targets.extraction.reading import Reading

Verdict = tuple[bool, str]
"""Accepted or not, and the reason: a word for the person who confirms."""

OUTCOME_END = re.compile(rf"(?:{alternatives('head')})(?:累计|合计|共|总计)?$")
SHARE_END = re.compile(r"(?:比重|占比|比例|率|度|份额|水平|强度|贡献|占[^，。]{1,20}|中|指数|比率|覆盖面|面)$")
OF_WHOLE = re.compile(r"(?:达到|达|占|是|为|超过|提高到|突破)[^，。；]{1,20}的$|覆盖$|在$")
"""达到全省平均水平的3倍, 占全区总数的70%: the number closes a comparison; 覆盖80%以上的城市."""

NORM = re.compile(r"每[家个].*(?:应|须|要)")
COMPLETED = re.compile(
    r"(?:竣工投产|建成投产|建成投用|竣工|投产|投用|建成|开工|完工|落地|上市|完成|达标|实现|达到|通过|获批|获评|纳入|入库|达效|挂牌|进入|运营|启用)"
)
SURELY_COMPLETED = re.compile(r"竣工|投产|建成投用|投入使用|上市|获批|挂牌|(?:完成|实现|通过)[^，。；]{2,}")
PREPARATION = re.compile(r"[^，。]{0,10}的?(?:前期工作|前期|工作)")
BROUGHT_IN = re.compile("(?:引进|招引|到位|利用|吸引)[^，。]{0,14}资金?$")
IN_SHARES = (Kind.SHARE, Kind.COVERAGE, Kind.MULTIPLE_OF_REFERENCE, Kind.CHANGE_POINTS)


@dataclass(frozen=True, slots=True)
class Carried:
    """What the target before, in the same sentence, lends: anything at all, and its frame of a list."""

    any: bool
    frame: bool


def accepted(reading: Reading, kind: Kind, carried: Carried) -> Verdict:
    """Whether the number is to be reached."""
    checks: tuple[Callable[[Reading, Kind, Carried], Verdict | None], ...] = (
        _word, _growth, _rank, _share, _unknown_unit, _reached,
    )  # fmt: skip
    for check in checks:
        verdict = check(reading, kind, carried)
        if verdict is not None:
            return verdict
    return _level(reading, carried) if kind is Kind.LEVEL else _count(reading, carried)


def _word(reading: Reading, kind: Kind, carried: Carried) -> Verdict | None:
    if reading.quantity.word in ("multiple", "whole"):
        return True, "whole"
    return (True, "norm") if reading.suffixed and NORM.search(reading.subject) else None


def _growth(reading: Reading, kind: Kind, carried: Carried) -> Verdict | None:
    return (bool(reading.subject) or carried.any, "growth") if reading.grows else None


def _rank(reading: Reading, kind: Kind, carried: Carried) -> Verdict | None:
    return (bool(RANK.search(reading.subject + reading.near)), "rank") if kind is Kind.RANK else None


def _share(reading: Reading, kind: Kind, carried: Carried) -> Verdict | None:
    if kind not in IN_SHARES:
        return None
    subject = reading.subject
    if reading.reached or SHARE_END.search(subject) or part_does(reading) or OF_WHOLE.search(subject):
        return True, "share"
    return carried.any and reading.suffixed and not subject, "carried"


def _unknown_unit(reading: Reading, kind: Kind, carried: Carried) -> Verdict | None:
    if reading.quantity.row is not None:
        return None
    reached = reading.reached and bool(reading.subject)
    says = reached or (reading.verb_kind == "verb" and bool(reading.quantity.unit))
    return says, "unknown unit"


WHICH = re.compile(r"的(?!目标|规模|水平|能力|要求|新台阶|速度|产业|增长)[一-龥]{2,}")
"""井深超过800米的矿山: the number says which ones are meant."""


def _reached(reading: Reading, kind: Kind, carried: Carried) -> Verdict | None:
    if kind in (Kind.LEVEL, Kind.COUNT) and reading.subject and WHICH.match(reading.tail):
        return False, "says which"
    return (True, "reaches") if reading.reached and (reading.subject or carried.any) else None


AREA_OF_PLAN = re.compile(r"(?:规划|占地|用地|总|^|区域|控制)面积$")


def _level(reading: Reading, carried: Carried) -> Verdict:
    if AREA_OF_PLAN.search(reading.subject) and not reading.suffixed and not reading.verb_kind:
        return False, "describes"
    if OUTCOME_END.search(reading.subject) or ("元" in reading.quantity.unit and BROUGHT_IN.search(reading.subject)):
        return True, "outcome"
    if "元" in reading.quantity.unit:
        return carried.frame and not reading.verb, "carried"
    if reading.verb_kind:
        return reading.verb_kind == "verb", "verb" if reading.verb_kind == "verb" else "weak verb"
    return carried.frame, "carried"


def _count(reading: Reading, carried: Carried) -> Verdict:
    subject, prepares = reading.subject, PREPARATION.match(reading.tail)
    if reading.verb == "建设" and subject.endswith("等") and reading.tail.startswith("项目"):
        return False, "weak verb"
    if prepares:
        return False, "preparation"
    if reading.verb_kind == "verb":
        return True, "verb"
    done = COMPLETED.search(reading.tail) and reading.verb_kind != "weak"
    if done or SURELY_COMPLETED.search(reading.tail):
        return True, "completed"
    if reading.verb_kind == "weak":
        return False, "weak verb"
    if WHICH.match(reading.tail):
        return False, "says which"
    if OUTCOME_END.search(subject) or (reading.suffixed and subject and reading.tail == ""):
        return True, "outcome"
    return (True, "carried") if carried.frame else (False, "no verb")
