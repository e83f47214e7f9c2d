"""The lines of the data files, one class a file. Field names are the column names that people see."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from models.enums import (
    Aggregation,
    Comparator,
    Kind,
    Measure,
    Nature,
    ObservationState,
    PlaceKind,
    StatisticType,
    Strength,
    ValueType,
    ZoneLevel,
)


def _split(value: Any) -> Any:
    return tuple(part.strip() for part in value.split("|") if part.strip()) if isinstance(value, str) else value


Words = Annotated[tuple[str, ...], BeforeValidator(_split)]
"""Several words in one cell, separated by |."""

Year = Annotated[int, Field(ge=1000, le=9999)]
Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$", max_length=60)]


class Row(BaseModel):
    """One line. An empty cell is one that is not stated; an unknown column is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    @model_validator(mode="before")
    @classmethod
    def _drop_empty(cls, cells: Any) -> Any:
        return {key: value for key, value in cells.items() if value not in ("", None)}


class UnitRow(Row):
    symbol: str
    dimension: str
    factor: Decimal
    zh: str
    en: str = ""


class StatisticRow(Row):
    code: Code
    section: str
    zh: str
    en: str
    unit: str
    display_unit: str
    type: StatisticType
    value_type: ValueType
    may_be_negative: bool = False
    zone_level: bool = True
    definition_zh: str
    definition_en: str
    synonyms: Words = ()


class IndicatorRow(Row):
    code: Code
    zh: str
    en: str
    unit: str
    aggregation: Aggregation
    numerator: str | None = None
    denominator: str | None = None
    factor: Decimal = Decimal(1)
    threshold: Decimal | None = None
    threshold_unit: str | None = None
    threshold_strict: bool = False
    better: int = 1
    nominal: bool = False
    members: Words = ()
    definition_zh: str
    definition_en: str
    synonyms: Words = ()


class BreakRow(Row):
    statistic: str
    year: Year
    note_zh: str
    note_en: str


class RegionRow(Row):
    code: Code
    kind: PlaceKind
    zh: str
    en: str
    parent: str | None = None
    register_complete_from: Year | None = None


class ZoneRow(Row):
    code: Code
    zh: str
    en: str
    aliases: Words = ()


class StandingRow(Row):
    zone: str
    valid_from: Year | None = None
    level: ZoneLevel
    city: str
    source: str
    note: str = ""


class GroupRow(Row):
    code: Code
    zh: str
    en: str
    region: str
    level: ZoneLevel | None = None


class SourceRow(Row):
    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$", max_length=80)]
    title: str
    address: str = ""
    published_on: str = ""
    note: str = ""


class PublishedRow(Row):
    series: str
    place: str
    year: Year
    value: Decimal
    unit: str
    state: ObservationState = ObservationState.FINAL
    source: str
    note_zh: str = ""
    note_en: str = ""


class PolicyRow(Row):
    id: Code
    title: str
    title_en: str
    issuer: str
    number: str = ""
    region: str
    issued: Year | None = None
    issued_on: date | None = None
    period_start: Year | None = None
    period_end: Year | None = None
    address: str = ""
    note: str = ""
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None = None
    """Of text.txt, so that an edit or a changed line end is noticed. """


class ReferenceRow(Row):
    indicator: str
    place: str


class TargetRow(Row):
    """One target as it stands in targets.yaml."""

    id: Code
    title_zh: str
    title_en: str
    quote: str
    start: int
    end: int
    anchor: tuple[int, int]
    scope_text: str
    indicator: str
    place: str
    per_zone: bool = False
    kind: Kind
    measure: Measure = Measure.ANNUAL
    comparator: Comparator
    value: Decimal
    value_high: Decimal | None = None
    unit: str
    direction: int | None = None
    deadline: Year | None = None
    baseline_year: Year | None = None
    period_start: Year | None = None
    reference: ReferenceRow | None = None
    nature: Nature = Nature.GOAL
    strength: Strength = Strength.EXPECTED
    note_zh: str = ""
    note_en: str = ""
    reason: str = ""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=False)
