"""What a proposed target means in the catalogue: its indicator and the places it speaks of. A suggestion, never a bar.

Indicators are found by the words of the text against their names and synonyms (data/indicators.csv), among those that
can be measured as the target is; places by what the scope says of level and name, within the policy's region.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from ledger.catalogue import Catalogue
from models.catalogue import Indicator
from models.enums import CHANGE_KINDS, Aggregation, Kind, ZoneLevel

GOOD = 0.6
"""Words that agree in less say something else."""

SUGGESTED = 5
NOISE = re.compile(r"[\s的“”\"()（）、，《》]|累计|数量|个数|拥有量|总数|年均|增长速度|增速|增长率|达到|新增|认定")
NUMBER = re.compile(r"\d+(?:\.\d+)?")
SAME = (
    ("研发经费支出", "研发投入"), ("研发经费投入", "研发投入"), ("研发经费", "研发投入"), ("R&D经费支出", "研发投入"),
    ("R&D经费投入", "研发投入"), ("R&D", "研发"), ("全社会", ""), ("规模以上", "规上"), ("生产总值", "GDP"),
    ("比例", "比重"), ("占比", "比重"), ("全省", "全地区"), ("全市", "全地区"), ("全自治区", "全地区"),
    ("全区", "全地区"),    ("工程技术中心", "工程技术研究中心"), ("工业园区", "园区"), ("产业园区", "园区"),
)  # fmt: skip
"""Words that mean the same in both."""

EACH = re.compile(r"每[个家]|各高新区|各园区|均")
NATIONAL = re.compile(r"国家级?(?:高新|园区|开发区)")
PROVINCIAL = re.compile(r"(?:省|自治区|区|市)级(?:高新|园区|开发区)")
ABOVE = re.compile(r"(?:省|自治区)级(?:及)?以上")


@dataclass(frozen=True, slots=True)
class Linked:
    """An indicator or a place, with how well the words agree, 0 to 1."""

    code: str
    likeness: float


def indicators_for(catalogue: Catalogue, words: str, kind: Kind, unit: str) -> list[Linked]:
    """The indicators that some words may mean, the best first; only those that can be measured in the unit."""
    asked = _plain(words)
    found = []
    for indicator in catalogue.indicators.values():
        if _measurable(catalogue, indicator, kind, unit):
            likeness = max(_likeness(asked, _plain(name)) for name in catalogue.names_of(indicator))
            found.append(Linked(indicator.code, likeness))
    found.sort(key=lambda each: -each.likeness)
    return found[:SUGGESTED]


def indicator_for(catalogue: Catalogue, words: str, kind: Kind, unit: str) -> str | None:
    """The indicator that some words most likely mean; None where none is near."""
    best = next(iter(indicators_for(catalogue, words, kind, unit)), None)
    return best.code if best is not None and best.likeness >= GOOD else None


def _measurable(catalogue: Catalogue, indicator: Indicator, kind: Kind, unit: str) -> bool:
    kept = catalogue.dimension(indicator.unit)
    if indicator.aggregation is Aggregation.EACH_MEMBER:
        return kind in (Kind.GROWTH_RATE, Kind.GROWTH_MULTIPLE)
    if kind is Kind.MULTIPLE_OF_REFERENCE:
        return True
    if kind in CHANGE_KINDS:
        return (kept == "percent") == (kind is Kind.CHANGE_POINTS)
    return catalogue.dimension(unit) == kept


def _plain(words: str) -> str:
    for said, meant in SAME:
        words = words.replace(said, meant)
    return NOISE.sub("", words)


def _likeness(asked: str, name: str) -> float:
    """How far two names agree; numbers in them (十亿级, 100亿) must be the same."""
    if not asked or not name:
        return 0.0
    if asked == name:
        return 1.0
    numbers = set(NUMBER.findall(asked)) == set(NUMBER.findall(name))
    within = 0.75 + 0.2 * len(name) / len(asked) if name in asked else 0.0
    within = max(within, 0.7 + 0.2 * len(asked) / len(name) if asked in name and len(asked) > 3 else 0.0)
    return max(within, SequenceMatcher(None, asked, name).ratio()) * (1.0 if numbers else 0.8)


def place_for(catalogue: Catalogue, scope: str, indicator: str, region: str | None) -> str | None:
    """The place that a scope names: a zone by its name, a group by its level, else all zones of the region."""
    named = next(_zones_named(catalogue, scope), None)
    if named is not None:
        return named
    if region is None:
        return None
    level = level_of(scope) or level_of(indicator)
    groups = {each.level: each.code for each in catalogue.groups.values() if each.region_code == region}
    alone = catalogue.zones_in(region)
    if not groups and len(alone) == 1 and "高新区" in scope:
        return alone[0]
    return groups.get(level) or groups.get(None) or region


def level_of(words: str) -> ZoneLevel | None:
    """The level of zones that some words speak of; None for all."""
    if ABOVE.search(words):
        return None
    if NATIONAL.search(words):
        return ZoneLevel.NATIONAL
    return ZoneLevel.PROVINCIAL if PROVINCIAL.search(words) else None


def asks_each(scope: str, quote: str) -> bool:
    """Whether every zone is asked for itself."""
    return bool(EACH.search(scope) or re.search(r"每[个家](?:高新区|园区)", quote))


def _zones_named(catalogue: Catalogue, scope: str) -> Iterator[str]:
    for zone in catalogue.zones.values():
        names = [catalogue.places[zone.code].zh, *(each for each in zone.aliases.split("|") if each)]
        if any(name in scope for name in names):
            yield zone.code
