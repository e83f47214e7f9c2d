"""A document as it was read, and the targets proposed from its text, as frozen values. The finding is in
targets/extraction. All offsets count code points of `SourceText.text`."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from models.enums import Comparator, Kind, Nature, Strength


class Tier(StrEnum):
    """How sure a proposal is: `high` is dated, known and complete; `check` lacks one of these; `possible` is any
    other number that may be a target."""

    HIGH = "high"
    CHECK = "check"
    POSSIBLE = "possible"


@dataclass(frozen=True, slots=True)
class Span:
    """A place in a text: text[start:end]."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TableCell:
    """Where a cell of a document's table stands in the text."""

    span: Span
    table: int
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class SourceText:
    """A document as received, and the text read out of it. The text is stored once and never edited."""

    name: str
    media_type: str
    encoding: str
    original: bytes
    text: str
    notes: tuple[str, ...] = ()
    cells: tuple[TableCell, ...] = ()


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of a document beside its text; None is "not stated"."""

    title: str | None = None
    issuer: str | None = None
    region: str | None = None
    number: str | None = None
    issued: int | None = None
    issued_on: date | None = None
    period_start: int | None = None
    period_end: int | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """One proposed target: `quote` is exactly text[start:end], `anchor` the place of its number in the text.

    `value` is in `unit` as printed, always positive; `direction` -1 says that it is a reduction. `reasons` say in
    words why it is proposed and what is missing; `rules` name the rows of the grammar that fired. `deadline_span` and
    `subject_span` are where a deadline or a carried-over subject stands, if not in the quote.
    """

    quote: str
    start: int
    end: int
    anchor: Span
    indicator: str
    scope: str
    kind: Kind
    comparator: Comparator
    value: Decimal
    unit: str
    tier: Tier
    denominator: str | None = None
    measure: str | None = None
    value_high: Decimal | None = None
    direction: int | None = None
    deadline: int | None = None
    baseline_year: int | None = None
    baseline_value: Decimal | None = None
    period_start: int | None = None
    reference: str | None = None
    strength: Strength = Strength.EXPECTED
    nature: Nature = Nature.GOAL
    implicit_value: bool = False
    reasons: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    mentions: tuple[Span, ...] = ()
    deadline_span: Span | None = None
    subject_span: Span | None = None
    note: str = ""
