"""Policies and the targets found in them. A target is nothing without its verbatim quote."""

from datetime import date, datetime
from decimal import Decimal

from sqlmodel import Field, SQLModel

from models.columns import ExactDecimal, UtcDateTime, now, words
from models.enums import Comparator, Kind, Measure, Nature, Strength


class PolicyDocument(SQLModel, table=True):
    """A policy as it was received, byte for byte (`original`), and the source text that all offsets count in.

    `founding`: it stands in data/policies, and a load keeps it as the files say. One that left them is not `current`.
    """

    id: str = Field(primary_key=True, max_length=60)
    title: str
    title_en: str
    issuer: str
    number: str = ""
    region_code: str = Field(foreign_key="region.code", max_length=60)
    issued: int | None = None
    issued_on: date | None = None
    period_start: int | None = None
    period_end: int | None = None
    address: str = ""
    note: str = ""
    media_type: str = "text/plain"
    encoding: str = "utf-8"
    sha256: str = Field(max_length=64)
    original: bytes
    text: str
    founding: bool = False
    current: bool = True


class Target(SQLModel, table=True):
    """One numeric goal of a policy. `quote` is exactly `text[start:end]`; the id is `<policy>/<name>`.

    A change makes a new version with a reason; `current` marks the version in force, old ones stay for old reports.
    A version was in force from `recorded_at` until `ended_at`, so that a board can be made as of any day.
    `place_code` is the scope: a group, a region or one zone; `per_zone` asks each zone of it for itself.
    `reference` names the indicator whose value of `reference_place` is multiplied (multiple_of_reference).
    """

    id: str = Field(primary_key=True, max_length=120)
    version: int = Field(default=1, primary_key=True)
    current: bool = Field(default=True, index=True)
    policy_id: str = Field(foreign_key="policydocument.id", index=True, max_length=60)
    position: int = 0
    quote: str
    start: int
    end: int
    anchor_start: int
    anchor_end: int
    title_zh: str
    title_en: str
    scope_text: str
    indicator_code: str = Field(foreign_key="indicator.code", max_length=60)
    place_code: str = Field(foreign_key="place.code", max_length=60)
    per_zone: bool = False
    kind: Kind = Field(sa_type=words(Kind))
    measure: Measure = Field(default=Measure.ANNUAL, sa_type=words(Measure))
    comparator: Comparator = Field(sa_type=words(Comparator))
    value: Decimal = Field(sa_type=ExactDecimal)
    value_high: Decimal | None = Field(default=None, sa_type=ExactDecimal)
    unit: str = Field(foreign_key="unit.symbol", max_length=20)
    direction: int | None = None
    deadline: int | None = None
    baseline_year: int | None = None
    period_start: int | None = None
    reference_code: str | None = Field(default=None, foreign_key="indicator.code", max_length=60)
    reference_place: str | None = Field(default=None, foreign_key="place.code", max_length=60)
    nature: Nature = Field(default=Nature.GOAL, sa_type=words(Nature))
    strength: Strength = Field(default=Strength.EXPECTED, sa_type=words(Strength))
    note_zh: str = ""
    note_en: str = ""
    reason: str = ""
    recorded_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)

    def retire(self) -> None:
        """Takes the version out of force, now."""
        self.current, self.ended_at = False, now()
