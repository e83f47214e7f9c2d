"""The lines of the data files, one class a file. Field names are the column names that people see."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from models.enums import (
    Aggregation,
    Comparator,
    Kind,
    Measure,
    Nature,
    ObservationState,
    PlaceKind,
    Severity,
    StatisticType,
    Strength,
    ValueType,
    ZoneLevel,
)


class Right(str):
    """What may stand in a field, as an invitation; it goes along with the type."""


def _split(value: Any) -> Any:
    return tuple(part.strip() for part in value.split("|") if part.strip()) if isinstance(value, str) else value


Words = Annotated[tuple[str, ...], BeforeValidator(_split), Right("give words separated by |")]
"""Several words in one cell."""

Year = Annotated[int, Field(ge=1900, le=2100), Right("give a year from 1900 to 2100")]
ID = r"^[A-Za-z0-9][A-Za-z0-9_.-]*$"
Code = Annotated[str, Field(pattern=ID, max_length=60), Right("give an id of letters, digits, - _ . (at most 60)")]
SourceId = Annotated[str, Field(pattern=ID, max_length=80), Right("give an id of letters, digits, - _ . (at most 80)")]
Symbol = Annotated[str, Field(max_length=20), Right("give the symbol of a unit in units.csv (at most 20 characters)")]
A_NUMBER = "give a number such as 12.5, of at most 24 digits, 9 of them after the point"
Number = Annotated[Decimal, Field(max_digits=24, decimal_places=9), Right(A_NUMBER)]
"""A figure of the field: the gross product of the country in yuan has 15 digits."""
Positive = Annotated[Decimal, Field(gt=0, max_digits=24, decimal_places=9), Right(f"{A_NUMBER}, above 0")]
PublishedDate = Annotated[
    str,
    Field(pattern=r"^(\d{4}(-\d{2}(-\d{2})?)?)?$"),
    Right("give a date as far as it is known: 2023, 2023-08 or 2023-08-09"),
]
Address = Annotated[
    str,
    Field(pattern=r"^(https?://\S+)?$"),
    Right("give an address that begins with http:// or https://, or leave it empty"),
]
Sha256 = Annotated[
    str, Field(pattern=r"^[0-9a-f]{64}$"), Right("give the 64 digits that `sha256sum text.txt` prints, or no sha256")
]
Offset = Annotated[int, Field(ge=0, le=10**9), Right("give the number of a character of text.txt, counted from 0")]
Better = Annotated[
    Literal[1, -1], BeforeValidator(lambda given: int(given) if given in ("1", "-1") else given), Right("give 1 or -1")
]
Rate = Annotated[float, Field(allow_inf_nan=False, ge=-1e9, le=1e9), Right("give a number such as 12.5")]
Part = Annotated[float, Field(allow_inf_nan=False, ge=0, le=1), Right("give a number from 0 to 1")]
Percent = Annotated[float, Field(allow_inf_nan=False, ge=0, le=100), Right("give a number from 0 to 100")]
Growth = Annotated[float, Field(allow_inf_nan=False, gt=-100, le=100), Right("give a number above -100, up to 100")]
Size = Annotated[float, Field(allow_inf_nan=False, gt=0, le=1e12), Right("give a number above 0")]
"""Parameters of the demonstration set, in which no exact decimals are needed."""


StatisticCode = Annotated[str, Right("give the code of a statistic in statistics.csv")]
IndicatorCode = Annotated[str, Right("give the code of an indicator in indicators.csv")]
SeriesCode = Annotated[str, Right("give the code of a statistic or an indicator")]
RegionCode = Annotated[str, Right("give the code of a region in regions.csv")]
ZoneCode = Annotated[str, Right("give the code of a zone in zones.csv")]
PlaceCode = Annotated[str, Right("give the code of a region, a zone or a group of zones")]
SourceName = Annotated[str, Right("give the id of a source in sources.csv")]


SECTIONS = ("scale", "input", "innovators", "structure", "platforms", "results", "green", "register")
"""The parts of the form; each has its words in data/wording/template.yaml."""

Section = Annotated[str, Field(pattern=f"^({'|'.join(SECTIONS)})$"), Right(f"give one of {', '.join(SECTIONS)}")]


class Row(BaseModel):
    """One line. An empty cell is one that is not stated; an unknown column is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    @model_validator(mode="before")
    @classmethod
    def _drop_empty(cls, cells: Any) -> Any:
        if not isinstance(cells, Mapping):
            return cells
        return {key: value for key, value in cells.items() if value not in ("", None)}


class UnitRow(Row):
    symbol: Symbol
    dimension: str
    factor: Positive
    zh: str
    en: str = ""


class StatisticRow(Row):
    code: Code
    section: Section
    zh: str
    en: str
    unit: Symbol
    display_unit: Symbol
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
    unit: Symbol
    aggregation: Aggregation
    numerator: StatisticCode | None = None
    denominator: StatisticCode | None = None
    factor: Positive = Decimal(1)
    threshold: Number | None = None
    threshold_unit: Symbol | None = None
    threshold_strict: bool = False
    better: Better = 1
    nominal: bool = False
    members: Words = ()
    definition_zh: str
    definition_en: str
    synonyms: Words = ()


EACH = ("every", "number", "whole", "yes_no", "not_negative", "ratio")
"""The kinds of statistics that an edit can hold of: all, the numbers, the whole ones, yes or no, those that cannot be
negative; or every indicator that is a ratio of two statistics."""


def _examples(value: Any) -> Any:
    """`a=1|b=` as a mapping of items to figures, None for a missing one."""
    if not isinstance(value, str):
        return value
    pairs = [part.partition("=") for part in value.split("|")]
    return {item.strip(): figure.strip() or None for item, _, figure in pairs}


Example = Annotated[
    dict[str, Number | None],
    BeforeValidator(_examples),
    Right("give figures such as zone_gdp=10|exports=4, in stored units; nothing after = is a missing one"),
]


class EditRow(Row):
    code: Code
    severity: Severity
    each: Annotated[
        str, Field(pattern=f"^({'|'.join(EACH)})?$"), Right(f"leave it empty, or give one of {', '.join(EACH)}")
    ] = ""
    relation: str
    condition: str = ""
    message_zh: str
    message_en: str
    passes: Example
    fails: Example


class BreakRow(Row):
    statistic: StatisticCode
    year: Year
    note_zh: str
    note_en: str


class RegionRow(Row):
    code: Code
    kind: Literal[PlaceKind.COUNTRY, PlaceKind.PROVINCE, PlaceKind.CITY, PlaceKind.AREA]
    zh: str
    en: str
    parent: RegionCode | None = None
    register_complete_from: Year | None = None


class ZoneRow(Row):
    code: Code
    zh: str
    en: str
    aliases: Words = ()


class StandingRow(Row):
    zone: ZoneCode
    valid_from: Year | None = None
    level: ZoneLevel
    city: RegionCode
    source: SourceName
    note: str = ""


class GroupRow(Row):
    code: Code
    zh: str
    en: str
    region: RegionCode
    level: ZoneLevel | None = None


class SourceRow(Row):
    id: SourceId
    title: str
    address: Address = ""
    published_on: PublishedDate = ""
    note: str = ""


class PublishedRow(Row):
    series: SeriesCode
    place: PlaceCode
    year: Year
    value: Number
    unit: Symbol
    state: Literal[ObservationState.PROVISIONAL, ObservationState.FINAL, ObservationState.REVISED] = (
        ObservationState.FINAL
    )
    source: SourceName
    note_zh: str = ""
    note_en: str = ""


class PolicyRow(Row):
    """What a document is. `sha256` is of text.txt, so that an edit or a changed line end is noticed."""

    id: Code
    title: str
    title_en: str
    issuer: str
    number: str = ""
    region: RegionCode
    issued: Year | None = None
    issued_on: date | None = None
    period_start: Year | None = None
    period_end: Year | None = None
    address: Address = ""
    note: str = ""
    sha256: Sha256 | None = None


class ReferenceRow(Row):
    indicator: IndicatorCode
    place: PlaceCode


class TargetRow(Row):
    """One target as it stands in targets.yaml."""

    id: Code
    title_zh: str
    title_en: str
    quote: str
    start: Offset
    end: Offset
    anchor: Annotated[
        tuple[Offset, Offset], Right("give [first, last]: between which characters of text.txt the number stands")
    ]
    scope_text: str
    indicator: IndicatorCode
    place: PlaceCode
    per_zone: bool = False
    kind: Kind
    measure: Measure = Measure.ANNUAL
    comparator: Comparator
    value: Number
    value_high: Number | None = None
    unit: Symbol
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


class WordRow(BaseModel):
    """A text of the screens, in both languages; it may be empty."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    zh: str
    en: str


class DemonstrationZoneRow(Row):
    """Size (亿元 of revenue), growth (percent a year), R&D (percent of product) and the like of one zone.

    `bend`: by how much revenue changes each year from `bend_year` on. `industry`: how industrial the zone is; 1 is as
    the shares say, less where most revenue comes from services.
    """

    zone: ZoneCode
    revenue_2016: Size
    growth: Growth
    gdp_share: Part
    rd_2016: Percent
    rd_2024: Percent
    innovation: Percent
    hte_growth: Growth
    leading_industries: Annotated[int, Field(ge=0, le=100), Right("give a whole number from 0 to 100")]
    eco_year: Year | None = None
    bend_year: Year | None = None
    bend: Part = 1.0
    industry: Part = 1.0


class DemonstrationShareRow(Row):
    """A statistic of money as a share of another one."""

    statistic: StatisticCode
    of: StatisticCode
    share_2016: Rate
    share_2024: Rate
    spread: Part


class DemonstrationCountRow(Row):
    """A count of things for each one of another statistic."""

    statistic: StatisticCode
    of: StatisticCode
    per_2016: Rate
    per_2024: Rate
    spread: Part


class DemonstrationRegionRow(Row):
    """A region's own values: the first year's, growing by so many percent a year; one year may be without."""

    series: SeriesCode
    place: PlaceCode
    first: Size
    growth: Growth
    without: Year | None = None


class DemonstrationExceptionRow(Row):
    """Another value than the recipe's in some years; an empty value is a hole."""

    zone: ZoneCode
    statistic: StatisticCode
    from_year: Year
    to_year: Year
    value: Rate | None = None
    reason_zh: str = ""
    reason_en: str = ""
