"""The sentence about a target, in both languages: every status, kind and caution, as an official reads it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import pytest

from models.enums import DataSet, Language, Status
from tests.goldens import assert_golden
from tests.world import PROVINCE, World
from tracking.board import BoardRow
from tracking.phrases import lag_words, sentence, target_words

PER_UNIT = {
    "%": ("研发投入强度", "R&D intensity"),
    "家": ("高新技术企业数", "high-tech enterprises"),
    "亿元": ("营业收入", "operating revenue"),
    "位": ("综合评价排名", "rank in the evaluation"),
    "个": ("特色主导产业数量", "number of leading industries"),
    "件/万人": ("每万人发明专利拥有量", "invention patents per 10,000 persons"),
}


@dataclass
class Case:
    """One line of the golden table: a target, values by year (in the unit), and the year one stands in."""

    name: str
    kind: str
    comparator: str
    value: object
    values: dict[int, object]
    as_of: int = 2023
    unit: str = "%"
    place: str = "a"
    target: dict[str, Any] = field(default_factory=dict)
    reference: dict[int, object] = field(default_factory=dict)
    more: Callable[[World], None] | None = None
    data_set: DataSet = DataSet.REAL

    def row(self) -> tuple[World, BoardRow]:
        world = World({"a": "national", "b": "national", "c": "national"}, data_set=self.data_set)
        zh, en = PER_UNIT[self.unit]
        stored = {"亿元": "亿元"}.get(self.unit, self.unit)
        world.statistic("x", stored)
        world.indicator("x", "sum", "x", unit=self.unit, zh=zh, en=en, nominal=self.unit == "亿元")
        other = dict(self.target)
        if self.reference:
            other |= {"reference_code": "x", "reference_place": PROVINCE}
            world.values("x", PROVINCE, self.reference)
        world.target("x", self.place, self.kind, self.comparator, self.value, **{"baseline_year": 2020, **other})
        if self.values:
            world.values("x", self.place, self.values)
        if self.more:
            self.more(world)
        return world, world.row(self.as_of)


def preliminary(world: World) -> None:
    world.values("x", "a", {2023: 2}, state="provisional")


def two_of_three(world: World) -> None:
    for zone in ("a", "b"):
        world.values("x", zone, {2020: 20, 2023: 30})
    world.values("x", "c", {2020: 10})


def all_three(world: World) -> None:
    for zone in ("a", "b", "c"):
        world.values("x", zone, {2023: 30})


MULTIPLE = "multiple_of_reference"
TOTAL, UNSTATED = {"measure": "total"}, {"baseline_year": None}

CASES = [
    # Every status
    Case("met", "share", ">=", "2.5", {2020: "1.5", 2024: "2.4", 2025: "2.6"}, 2026),
    Case("met, more than asked by a cap", "count", "<=", 2, {2020: 3, 2025: 2}, 2026, "个"),
    Case("missed", "share", ">=", "2.5", {2020: "1.5", 2024: "2.0", 2025: "2.1"}, 2026),
    Case("missed, was met before", "share", ">=", "2.5", {2020: "1.5", 2023: "2.6", 2025: "2.1"}, 2026),
    Case("missed, equal but more was asked", "share", ">", "2.5", {2020: "1.5", 2025: "2.5"}, 2026),
    Case("holding", "share", ">=", "2.5", {2020: "1.5", 2022: "2.4", 2023: "2.6"}),
    Case("holding, no deadline", "count", "<=", 2, {2022: 2, 2023: 2}, 2023, "个", target={"deadline": None}),
    Case("on track, ahead", "share", ">=", "2.5", {2020: "1.5", 2022: "2.0", 2023: "2.3"}),
    Case("on track, a little behind", "share", ">=", "2.5", {2020: "1.5", 2022: "1.8", 2023: "2.05"}),
    Case("on track, exactly", "count", ">=", 100, {2020: 50, 2023: 80}, 2023, "家"),
    Case("behind", "share", ">=", "2.5", {2020: "1.5", 2022: "1.7", 2023: "1.9"}),
    Case("far behind", "share", ">=", "2.5", {2020: "1.5", 2022: "1.55", 2023: "1.6"}),
    Case("far behind, unchanged", "count", ">=", 7, {2020: 5, 2022: 5, 2023: 5}, 2023, "家"),
    Case("wrong way", "share", ">=", "2.5", {2020: "1.5", 2022: "1.45", 2023: "1.3"}),
    Case("wrong way, has to fall", "level", "<=", 80, {2020: 100, 2022: 104, 2023: 106}, 2023, "家"),
    Case("lost", "share", ">=", "2.5", {2020: "2.6", 2022: "2.5", 2023: "2.4"}),
    Case("lost, has to fall", "count", "<=", 2, {2020: 2, 2022: 3, 2023: 3}, 2023, "个"),
    Case("overshot", "count", "range", 16, {2020: 10, 2022: 17, 2023: 19}, 2023, "家", target={"value_high": 18}),
    Case("overshot an exact number", "count", "=", 12, {2020: 10, 2023: 13}, 2023, "家"),
    Case("awaiting", "share", ">=", "2.5", {2020: "1.5", 2024: "2.3"}, 2026),
    Case("unreported", "share", ">=", "2.5", {2020: "1.5", 2022: "2.3"}, 2027),
    Case("awaiting, only later values", "share", ">=", "2.5", {2026: "2.3"}, 2026),
    Case("stale", "share", ">=", "2.5", {2020: "1.5", 2021: "1.7"}, 2024),
    Case("no data, real", "share", ">=", "2.5", {}),
    Case("no data, demonstration", "share", ">=", "2.5", {}, data_set=DataSet.DEMONSTRATION),
    Case("no baseline", "growth_rate", ">=", 15, {2022: 80, 2023: 88}, 2023, "亿元"),
    Case("no usable baseline", "growth_rate", ">=", 15, {2020: 0, 2023: 88}, 2023, "亿元"),
    Case("no reference", MULTIPLE, ">=", 3, {2020: 4, 2023: 5}, reference={2020: 1, 2022: 2}),
    Case("baseline only", "share", ">=", "2.5", {2023: "1.5"}, target={"baseline_year": 2023}),
    Case("no baseline yet, so no progress", "share", ">=", "2.5", {2017: "1.5"}, 2018, target={"baseline_year": 2020}),
    Case("open", "count", "<=", 2, {2022: 3, 2023: 3}, 2023, "个", target={"deadline": None}),
    # Every kind and comparator
    Case("annual growth, behind its path", "growth_rate", ">=", 15, {2020: 60, 2022: 68, 2023: 72}, 2023, "亿元"),
    Case("annual growth, on its path", "growth_rate", ">=", 15, {2020: 60, 2022: 80, 2023: 92}, 2023, "亿元"),
    Case("annual growth, missed", "growth_rate", ">=", 15, {2020: 60, 2024: 90, 2025: 100}, 2026, "亿元"),
    Case("annual growth, one year on", "growth_rate", ">=", 15, {2020: 60, 2021: 66}, 2021, "亿元"),
    Case("annual growth, no deadline", "growth_rate", ">", 6, {2020: 60, 2021: 63}, 2021, target={"deadline": None}),
    Case("growth that may not be passed", "growth_rate", "<=", 3, {2020: 100, 2022: 103, 2023: 104}, 2023, "家"),
    Case("growth that was passed", "growth_rate", "<=", 3, {2020: 100, 2022: 107, 2023: 112}, 2023, "家"),
    Case("a fall every year", "growth_rate", "<=", -3, {2020: 100, 2022: 96, 2023: 94}, 2023, "家"),
    Case("a fall in all", "growth_rate", "<=", -14, {2020: 100, 2022: 97, 2023: 95}, 2023, "家", target=TOTAL),
    Case("a rise in all", "growth_rate", ">=", 30, {2020: 50, 2022: 55, 2023: 60}, 2023, "家", target=TOTAL),
    Case("a fall that may not be passed", "growth_rate", ">=", -3, {2020: 100, 2023: 95}, 2023, "家"),
    Case("doubling", "growth_multiple", ">=", 2, {2020: 50, 2022: 60, 2023: 66}, 2023, "家"),
    Case("a rise in points", "change_points", ">=", 5, {2020: 30, 2022: 31, 2023: 32}),
    Case("a fall in points", "change_points", "<=", -5, {2020: 30, 2022: 29, 2023: 28}),
    Case("a rise in points that may not be passed", "change_points", "<=", 2, {2020: 30, 2022: 31, 2023: 31}),
    Case("a multiple", MULTIPLE, ">=", 3, {2020: 4, 2022: 5, 2023: "5.2"}, reference={2020: 2, 2023: "2.08"}),
    Case("a multiple that fell", MULTIPLE, ">", 3, {2020: 5, 2023: "5.2"}, reference={2020: 2, 2023: "2.5"}),
    Case("a rank", "rank", "<=", 30, {2020: 44, 2022: 41, 2023: 38}, 2023, "位"),
    Case("a rank that fell", "rank", "<=", 30, {2020: 44, 2022: 45, 2023: 47}, 2023, "位"),
    Case("full coverage", "coverage", ">=", 100, {2020: "41.67", 2022: 50, 2023: "58.33"}),
    Case("about", "share", "~", 45, {2020: 30, 2022: 35, 2023: 39}, target={"direction": 1}),
    Case("less than", "share", "<", 10, {2020: 14, 2022: 13, 2023: 12}),
    Case("a range from below", "count", "range", 16, {2020: 10, 2023: 13}, 2023, "家", target={"value_high": 18}),
    Case("money", "level", ">=", 10000, {2020: 6000, 2022: "7860.78", 2023: "8280.81"}, 2023, "亿元"),
    Case("patents", "level", ">=", 20, {2020: 12, 2022: "16.5", 2023: "19.01"}, 2023, "件/万人"),
    # Cautions
    Case("the latest value is preliminary", "share", ">=", "2.5", {2020: "1.5", 2022: "1.9"}, more=preliminary),
    Case("two of three zones", "count", ">=", 100, {}, 2023, "家", "P-national", more=two_of_three),
    Case("two values", "count", ">=", 100, {2020: 50, 2023: 84}, 2023, "家", "P-national", more=all_three),
    Case("guessed baseline", "growth_rate", ">=", 15, {2019: 60, 2023: 88}, 2023, "亿元", target=UNSTATED),
    Case("a gap that would round away", "share", ">=", "1.5", {2020: "1.2", 2023: "1.4953"}),
    Case("hardly any change", "share", ">=", "2.5", {2020: "1.5", 2022: "1.5001", 2023: "1.5002"}),
]


def lines(language: Language) -> Iterable[str]:
    for case in CASES:
        world, row = case.row()
        said = sentence(world.snapshot(), row, language)
        asked = target_words(world.snapshot(), row.target, language)
        yield f"{case.name} [{row.status.value}] {asked}\n    {said}\n"


@pytest.mark.parametrize("language", list(Language))
def test_every_sentence_reads_as_it_was_approved(language: Language) -> None:
    assert_golden(f"sentences-{language.value}.txt", "\n".join(lines(language)))


def test_every_status_has_a_sentence() -> None:
    assert {case.row()[1].status for case in CASES} == set(Status)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_sentence_is_clean(case: Case) -> None:
    world, row = case.row()
    for language, end in ((Language.ZH, "。"), (Language.EN, ".")):
        said = sentence(world.snapshot(), row, language)
        assert said.endswith(end)
        assert said.count(end if language is Language.ZH else ". ") <= 1
        for mistake in ("  ", "，，", "; ;", " ，", "（）", "()", "None", "nan", "—亿", "为 —"):
            assert mistake not in said, said


def test_words_of_a_name_are_not_said_twice() -> None:
    world = World({"a": "national"}, register_complete_from=2000)
    world.indicator("count", "zone_count", "zones", zh="高新区数量", en="number of zones")
    world.target("count", "P-national", "count", ">=", 2, deadline=2025)
    world.values("zones", "P-national", {2023: 1})
    said = sentence(world.snapshot(), world.row(2023), Language.ZH)
    assert said.startswith("2023 年东省国家级高新区数量为 1 家，")


def test_an_accumulated_flow_is_told_up_to_the_end_of_the_year() -> None:
    world = World({"a": "national"})
    world.statistic("teams", "个")
    world.indicator("teams_new", "accumulated", "teams", unit="个", zh="累计培育技术团队", en="teams fostered in all")
    world.target("teams_new", "a", "count", "range", 4, value_high=6, period_start=2021)
    world.values("teams", "a", {2021: 1, 2023: 1})
    snapshot, row = world.snapshot(), world.row(2023)
    assert sentence(snapshot, row, Language.ZH).startswith("截至 2023 年底甲高新区累计培育技术团队 2 个，")
    assert "缺 2022 年数据，属初步结论" in sentence(snapshot, row, Language.ZH)
    assert "without the values of 2022" in sentence(snapshot, row, Language.EN)


def test_a_lag_that_stands_alone() -> None:
    assert lag_words(7.25, Language.ZH) == "落后 7.3 个百分点"
    assert lag_words(-12, Language.EN) == "12 pp ahead"
    assert lag_words(0.04, Language.ZH) == "与时序一致"
    assert lag_words(None, Language.ZH) == "—"
