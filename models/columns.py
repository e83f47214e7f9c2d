"""Column types that both databases store without loss."""

from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import DateTime, Enum, String
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

LONGEST_NUMBER = 60


class ExactDecimal(TypeDecorator[Decimal]):
    """A decimal kept as text: SQLite would turn it into a float. Never summed by the database.

    Refuses a float, which is not what somebody typed, and a number that is not finite or has no room.
    """

    impl = String(LONGEST_NUMBER)
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        if value is None:
            return None
        if not isinstance(value, Decimal | int):
            raise TypeError(f"{value!r} is no exact decimal: give a Decimal")
        number = Decimal(value)
        if not number.is_finite():
            raise ValueError(f"{number} is not a finite number and cannot be stored")
        if abs(number.adjusted()) > LONGEST_NUMBER or len(text := f"{number:f}") > LONGEST_NUMBER:
            raise ValueError(f"{number} has more than {LONGEST_NUMBER} characters and cannot be stored")
        return text

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value)


class UtcDateTime(TypeDecorator[datetime]):
    """A moment with its zone, stored as UTC; SQLite gives it back naive, so the zone is put on again."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _values(vocabulary: type[StrEnum]) -> list[str]:
    return [word.value for word in vocabulary]


def words(vocabulary: type[StrEnum]) -> Any:
    """The column type of an enum: its words as plain text on both databases, so that SQL reads as the glossary does."""
    return Enum(vocabulary, native_enum=False, create_constraint=False, length=40, values_callable=_values)


def now() -> datetime:
    """The present moment in UTC."""
    return datetime.now(UTC)
