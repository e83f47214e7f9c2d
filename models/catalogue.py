"""The catalogue: units, the statistics that zones type in, and the indicators that targets speak of."""

from decimal import Decimal

from sqlmodel import Field, SQLModel

from models.columns import ExactDecimal, words
from models.enums import Aggregation, StatisticType, ValueType


class Unit(SQLModel, table=True):
    """A unit with its factor to the base unit of its dimension: 亿元 is money, factor 100000000."""

    symbol: str = Field(primary_key=True, max_length=20)
    dimension: str
    factor: Decimal = Field(sa_type=ExactDecimal)
    zh: str
    en: str

    def __hash__(self) -> int:
        return hash(self.symbol)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Unit) and other.symbol == self.symbol


class Statistic(SQLModel, table=True):
    """What a zone types in once a year, kept in one stored unit. One that left the data files is not `current`."""

    code: str = Field(primary_key=True, max_length=60)
    section: str
    position: int = 0
    zh: str
    en: str
    unit: str = Field(foreign_key="unit.symbol", max_length=20)
    display_unit: str = Field(foreign_key="unit.symbol", max_length=20)
    type: StatisticType = Field(sa_type=words(StatisticType))
    value_type: ValueType = Field(sa_type=words(ValueType))
    may_be_negative: bool = False
    zone_level: bool = True
    definition_zh: str
    definition_en: str
    synonyms: str = ""
    current: bool = True


class Indicator(SQLModel, table=True):
    """What targets speak of: one statistic, or factor x numerator / denominator, and how zones make up a group.

    `better`: 1 where more is better, -1 where less is. `threshold` only for zone_count_past_threshold, in
    `threshold_unit`. `nominal`: money at current prices, so growth of it is marked as nominal. One that left the data
    files is no longer `current`.
    """

    code: str = Field(primary_key=True, max_length=60)
    position: int = 0
    zh: str
    en: str
    unit: str = Field(foreign_key="unit.symbol", max_length=20)
    aggregation: Aggregation = Field(sa_type=words(Aggregation))
    numerator: str | None = Field(default=None, foreign_key="statistic.code", max_length=60)
    denominator: str | None = Field(default=None, foreign_key="statistic.code", max_length=60)
    factor: Decimal = Field(default=Decimal(1), sa_type=ExactDecimal)
    threshold: Decimal | None = Field(default=None, sa_type=ExactDecimal)
    threshold_unit: str | None = Field(default=None, foreign_key="unit.symbol", max_length=20)
    threshold_strict: bool = False
    better: int = 1
    nominal: bool = False
    definition_zh: str
    definition_en: str
    synonyms: str = ""
    current: bool = True


class IndicatorMember(SQLModel, table=True):
    """One of the indicators that an `each_member` indicator (主要经济指标) stands for."""

    indicator_code: str = Field(primary_key=True, foreign_key="indicator.code", max_length=60)
    member_code: str = Field(primary_key=True, foreign_key="indicator.code", max_length=60)
    position: int = 0


class SeriesBreak(SQLModel, table=True):
    """From `year` on a statistic is counted by another definition; charts show it as a break."""

    statistic_code: str = Field(primary_key=True, foreign_key="statistic.code", max_length=60)
    year: int = Field(primary_key=True)
    note_zh: str
    note_en: str
