"""What is written into a column comes back as it was, from both databases."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Column, Connection, Engine, Integer, MetaData, Table
from sqlalchemy.exc import StatementError

from models.columns import LONGEST_NUMBER, ExactDecimal, UtcDateTime, now, words
from models.enums import Aggregation, Comparator, Status

TABLE = Table(
    "kept",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("number", ExactDecimal),
    Column("moment", UtcDateTime),
    Column("status", words(Status)),
)

MANY = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def table(engine: Engine) -> Iterator[Connection]:
    with engine.connect() as connection:
        TABLE.create(connection)
        yield connection


def kept(connection: Connection, column: str, value: object) -> object:
    connection.execute(TABLE.delete())
    connection.execute(TABLE.insert(), {column: value})
    return connection.execute(TABLE.select()).mappings().one()[column]


def has_room(number: Decimal) -> bool:
    return abs(number.adjusted()) <= LONGEST_NUMBER and len(f"{number:f}") <= LONGEST_NUMBER


@MANY
@given(st.decimals(allow_nan=False, allow_infinity=False).filter(has_room))
def test_any_finite_decimal_comes_back_digit_for_digit(table: Connection, number: Decimal) -> None:
    found = kept(table, "number", number)
    assert isinstance(found, Decimal)
    assert found == number
    # 2.50 stays 2.50; 1E+3 becomes 1000, which is the same number written out.
    assert f"{found:f}" == f"{number:f}"


@MANY
@given(st.decimals(min_value=-(10**15), max_value=10**15, places=6), st.sampled_from([1, 1000, 10**8]))
def test_a_reported_figure_survives_its_way_through_units(table: Connection, number: Decimal, factor: int) -> None:
    found = kept(table, "number", number * factor)
    assert isinstance(found, Decimal)
    assert found / factor == number


@pytest.mark.parametrize("text", ["31.36", "0.10", "-0.000001", "123456789012345678901234567890.123456789", "0"])
def test_the_figures_of_the_files_are_kept(table: Connection, text: str) -> None:
    assert str(kept(table, "number", Decimal(text))) == text


def test_nothing_is_kept_as_nothing(table: Connection) -> None:
    assert kept(table, "number", None) is None
    assert kept(table, "moment", None) is None


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (Decimal("NaN"), "not a finite number"),
        (Decimal("Infinity"), "not a finite number"),
        (Decimal("-Infinity"), "not a finite number"),
        (Decimal("1E+61"), "more than 60 characters"),
        (Decimal("1E-61"), "more than 60 characters"),
        (Decimal("1E+999999"), "more than 60 characters"),
        (Decimal("1." + "1" * 60), "more than 60 characters"),
        (0.1, "no exact decimal"),
        ("0.1", "no exact decimal"),
    ],
)
def test_what_could_not_come_back_is_refused(table: Connection, number: object, said: str) -> None:
    with pytest.raises((StatementError, TypeError, ValueError), match=said):
        kept(table, "number", number)


@MANY
@given(
    st.datetimes(datetime(1900, 1, 2), datetime(2999, 1, 1)),
    st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes))),
)
def test_any_moment_comes_back_as_the_same_moment_in_utc(table: Connection, naive: datetime, zone: timezone) -> None:
    moment = naive.replace(tzinfo=zone)
    found = kept(table, "moment", moment)
    assert isinstance(found, datetime)
    assert found == moment
    assert found.utcoffset() == timedelta(0)


def test_a_moment_without_a_zone_is_refused(table: Connection) -> None:
    with pytest.raises(StatementError, match="without a time zone"):
        kept(table, "moment", datetime(2024, 1, 1))


def test_moments_are_compared_as_moments(table: Connection) -> None:
    east = datetime(2024, 1, 1, 1, tzinfo=timezone(timedelta(hours=8)))
    kept(table, "moment", east)
    query = TABLE.select().where(TABLE.c.moment < datetime(2023, 12, 31, 18, tzinfo=UTC))
    assert table.execute(query).first() is not None


def test_now_is_in_utc() -> None:
    assert now().utcoffset() == timedelta(0)


@pytest.mark.parametrize("status", list(Status))
def test_a_word_is_kept_as_the_glossary_has_it(table: Connection, status: Status) -> None:
    assert kept(table, "status", status) is status
    assert table.exec_driver_sql("SELECT status FROM kept").scalar() == status.value


def test_a_word_that_is_none_is_refused(table: Connection) -> None:
    with pytest.raises((StatementError, LookupError)):
        kept(table, "status", "splendid")


def test_words_fit_their_column() -> None:
    for vocabulary in (Status, Aggregation, Comparator):
        assert max(len(word.value) for word in vocabulary) <= 40
