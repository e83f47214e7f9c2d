"""A small world made by hand: one province with four cities, zones, statistics, values, targets, in a few lines.

world = World(zones={"a": "national", "b": "provincial"})
world.statistic("rd", "千元")
world.indicator("intensity", "ratio_of_sums", "rd", "gdp")
world.values("rd", "a", {2020: 5})
board = build_board(world.snapshot(), as_of=2021)
"""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from models import (
    Allocation,
    AllocationShare,
    Indicator,
    Place,
    PolicyDocument,
    Region,
    Source,
    Statistic,
    Target,
    Unit,
    Zone,
    ZoneGroup,
)
from models.enums import (
    Aggregation,
    AllocationRule,
    Comparator,
    DataSet,
    Kind,
    Measure,
    ObservationState,
    Origin,
    PlaceKind,
    StatisticType,
    ValueType,
    ZoneLevel,
)
from models.places import ZoneStanding
from settings import ROOT
from storage.datacheck import RATE_UNITS
from storage.queries import ObservedValue, Snapshot, StoredAllocation
from tracking.board import Board, BoardRow, build_board

PROVINCE = "P"
CITIES = ("c1", "c2", "c3", "c4")
GROUPS = {"P-all": None, "P-national": ZoneLevel.NATIONAL, "P-provincial": ZoneLevel.PROVINCIAL}
GROUP_NAMES = {"P-all": "东省高新区", "P-national": "东省国家级高新区", "P-provincial": "东省省级高新区"}
ENGLISH = {
    "P-all": "High-tech zones of Dongsheng",
    "P-national": "National zones of Dongsheng",
    "P-provincial": "Provincial zones of Dongsheng",
}
SHARES = frozenset({"ratio_of_sums", "ratio_to_region", "region_coverage", "zone_coverage"})
NAMES = {"a": "甲", "b": "乙", "c": "丙", "d": "丁"}
TEXT = "到2025年达到目标。"
RECORDED = datetime(2024, 1, 1, tzinfo=UTC)
SOURCE = Source(id="bulletin", title="统计公报", address="https://stats.example/bulletin", published_on="2024-03-01")


def units() -> dict[str, Unit]:
    """The units of the product, from its data file."""
    with (ROOT / "data" / "units.csv").open(encoding="utf-8") as file:
        return {
            row["symbol"]: Unit(**{**row, "factor": Decimal(row["factor"])})  # type: ignore[arg-type]
            for row in csv.DictReader(file)
        }


class World:
    """What a snapshot is made of. A zone is given by its level, or by dated standings (year, level[, city])."""

    def __init__(
        self,
        zones: Mapping[str, Any] | None = None,
        *,
        data_set: DataSet = DataSet.REAL,
        register_complete_from: int | None = None,
    ) -> None:
        self.data_set = data_set
        self.places = {PROVINCE: Place(code=PROVINCE, kind=PlaceKind.PROVINCE, zh="东省", en="Dongsheng")}
        self.regions = {PROVINCE: Region(code=PROVINCE, register_complete_from=register_complete_from)}
        for city in CITIES:
            self.places[city] = Place(code=city, kind=PlaceKind.CITY, zh=f"{city}市", en=f"City {city}")
            self.regions[city] = Region(code=city, parent_code=PROVINCE)
        for group in GROUPS:
            self.places[group] = Place(code=group, kind=PlaceKind.GROUP, zh=GROUP_NAMES[group], en=ENGLISH[group])
        self.standings: dict[str, tuple[ZoneStanding, ...]] = {}
        for zone, held in (zones or {}).items():
            self.zone(zone, [(None, held)] if isinstance(held, str) else held)
        self.statistics: dict[str, Statistic] = {}
        self.indicators: dict[str, Indicator] = {}
        self.members: dict[str, tuple[str, ...]] = {}
        self.targets: list[Target] = []
        self.observations: dict[tuple[str, str], dict[int, ObservedValue]] = {}
        self.policy = PolicyDocument(
            id="p-2021",
            title="东省高新区发展规划",
            title_en="Plan for the high-tech zones of Dongsheng",
            issuer="东省人民政府",
            region_code=PROVINCE,
            sha256="",
            original=b"",
            text=TEXT,
        )

    def zone(self, code: str, held: Sequence[tuple[Any, ...]]) -> None:
        name = f"{NAMES.get(code, code)}高新区"
        self.places[code] = Place(code=code, kind=PlaceKind.ZONE, zh=name, en=f"Zone {code.upper()}")
        self.standings[code] = tuple(
            ZoneStanding(
                zone_code=code,
                valid_from=each[0],
                level=ZoneLevel(each[1]),
                city_code=each[2] if len(each) > 2 else "c1",
                source_id="bulletin",
            )
            for each in held
        )

    def statistic(self, code: str, unit: str = "千元", **other: Any) -> None:
        shown = other.pop("display_unit", "亿元" if unit == "千元" else unit)
        fields: dict[str, Any] = {
            "section": "scale",
            "zh": code,
            "en": code,
            "type": StatisticType.FLOW,
            "value_type": ValueType.DECIMAL,
            "definition_zh": "",
            "definition_en": "",
        }
        self.statistics[code] = Statistic(code=code, unit=unit, display_unit=shown, **{**fields, **other})

    def indicator(
        self,
        code: str,
        aggregation: str = "sum",
        numerator: str | None = None,
        denominator: str | None = None,
        **other: Any,
    ) -> None:
        """Shares are in percent with the factor 100, everything else in 家, unless said otherwise."""
        share = aggregation in SHARES
        fields: dict[str, Any] = {
            "zh": code,
            "en": code,
            "unit": "%" if share else "家",
            "factor": Decimal(100 if share else 1),
            "definition_zh": "",
            "definition_en": "",
        }
        for part in (numerator, denominator):
            if part is not None and part not in self.statistics:
                self.statistic(part, "千元" if aggregation in ("ratio_of_sums",) else "家")
        self.indicators[code] = Indicator(
            code=code,
            aggregation=Aggregation(aggregation),
            numerator=numerator,
            denominator=denominator,
            **{**fields, **other},
        )

    def values(self, series: str, place: str, by_year: Mapping[int, object], state: str = "final") -> None:
        """Values in the stored unit of the statistic, or in the unit of the indicator."""
        held = self.observations.setdefault((series, place), {})
        for year, value in by_year.items():
            held[year] = ObservedValue(
                id=1 + sum(len(each) for each in self.observations.values()),
                series=series,
                place=place,
                year=year,
                value=Decimal(str(value)),
                printed="",
                state=ObservationState(state),
                origin=Origin.PUBLISHED if self.data_set is DataSet.REAL else Origin.DEMONSTRATION,
                source_id="bulletin",
                submission_id=None,
                note_zh="",
                note_en="",
                recorded_at=RECORDED,
            )

    def target(self, indicator: str, place: str, kind: str, comparator: str, value: object, **other: Any) -> str:
        """A target of the policy; its id is `p-2021/t1`, `p-2021/t2`, … It comes back."""
        number = len(self.targets) + 1
        fields: dict[str, Any] = {
            "unit": RATE_UNITS.get(Kind(kind), self.indicators[indicator].unit),
            "deadline": 2025,
            "title_zh": self.indicators[indicator].zh,
            "title_en": self.indicators[indicator].en,
        }
        given = {**fields, **other}
        given["measure"] = Measure(given.get("measure", "annual"))
        if given.get("value_high") is not None:
            given["value_high"] = Decimal(str(given["value_high"]))
        target = Target(
            id=f"{self.policy.id}/t{number}",
            policy_id=self.policy.id,
            position=number,
            quote=TEXT[:7],
            start=0,
            end=7,
            anchor_start=1,
            anchor_end=5,
            scope_text="",
            indicator_code=indicator,
            place_code=place,
            kind=Kind(kind),
            comparator=Comparator(comparator),
            value=Decimal(str(value)),
            **given,
        )
        self.targets.append(target)
        return target.id

    def snapshot(self) -> Snapshot:
        return Snapshot(
            version=1,
            data_set=self.data_set,
            places=self.places,
            regions=self.regions,
            zones={zone: Zone(code=zone) for zone in self.standings},
            standings=self.standings,
            groups={code: ZoneGroup(code=code, region_code=PROVINCE, level=level) for code, level in GROUPS.items()},
            units=units(),
            statistics=self.statistics,
            indicators=self.indicators,
            members=self.members,
            breaks={},
            policies={self.policy.id: self.policy},
            known_on=None,
            targets=tuple(self.targets),
            sources={SOURCE.id: SOURCE},
            observations=self.observations,
            last_observation_id=None,
            demonstration_available=False,
        )

    def board(self, as_of: int) -> Board:
        return build_board(self.snapshot(), as_of=as_of)

    def row(self, as_of: int, place: str | None = None) -> BoardRow:
        """The only row of the board, or that of a place."""
        rows = [row for row in self.board(as_of).rows if place in (None, row.place.code)]
        assert len(rows) == 1, [row.key for row in rows]
        return rows[0]


def allocated(snapshot: Snapshot, target: str, **shares: object) -> Snapshot:
    """The same data with a target spread by hand over zones."""
    record = Allocation(
        id=1, data_set=snapshot.data_set, target_id=target, target_version=1, version=1, rule=AllocationRule.HAND,
        step=Decimal(1), total=Decimal(60), unit=snapshot.indicators[snapshot.target(target).indicator_code].unit,
        actor="officer",
    )  # fmt: skip
    held = {
        zone: AllocationShare(allocation_id=1, zone_code=zone, value=Decimal(str(each)), weight=Decimal(1))
        for zone, each in shares.items()
    }
    return replace(snapshot, allocations={target: (StoredAllocation(record, held),)})
