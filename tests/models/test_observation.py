"""An observation: of one series, with a value or taken back, and never touched again."""

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DatabaseError, IntegrityError
from sqlmodel import select

from models import Indicator, Observation, Place, Statistic, Submission, SubmissionEvent, Unit, Zone
from models.enums import (
    Aggregation,
    ObservationState,
    Origin,
    PlaceKind,
    StatisticType,
    SubmissionState,
    ValueType,
)
from storage.engine import reading, unit_of_work


@pytest.fixture
def world(engine: Engine) -> Engine:
    """One zone, one statistic, one indicator."""
    words: dict[str, Any] = {"zh": "甲", "en": "A", "definition_zh": "", "definition_en": ""}
    with unit_of_work(engine) as session:
        session.add(Unit(symbol="家", dimension="count", factor=Decimal(1), zh="家", en=""))
        session.add(Place(code="a", kind=PlaceKind.ZONE, zh="甲", en="A"))
        session.flush()
        session.add(Zone(code="a"))
        session.add(
            Statistic(
                code="s",
                section="scale",
                unit="家",
                display_unit="家",
                type=StatisticType.STOCK,
                value_type=ValueType.WHOLE,
                **words,
            )
        )
        session.add(Indicator(code="i", unit="家", aggregation=Aggregation.SUM, **words))
    return engine


def observation(**changed: Any) -> Observation:
    given = {"statistic_code": "s", "place_code": "a", "year": 2020, "value": Decimal(5), "origin": Origin.PUBLISHED}
    return Observation(**{**given, **changed})


def add(engine: Engine, **changed: Any) -> int:
    with unit_of_work(engine) as session:
        row = observation(**changed)
        session.add(row)
        session.flush()
        assert row.id is not None
        return row.id


@pytest.mark.parametrize(
    "wrong",
    [
        {"indicator_code": "i"},
        {"statistic_code": None},
        {"value": None},
        {"state": ObservationState.WITHDRAWN},
        {"statistic_code": "nowhere"},
        {"statistic_code": None, "indicator_code": "nowhere"},
        {"place_code": "nowhere"},
        {"source_id": "nowhere"},
        {"submission_id": 99},
        {"supersedes_id": 99},
    ],
    ids=str,
)
def test_what_contradicts_itself_or_names_nothing_is_refused(world: Engine, wrong: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError):
        add(world, **wrong)


@pytest.mark.parametrize(
    "right",
    [
        {},
        {"statistic_code": None, "indicator_code": "i"},
        {"value": None, "state": ObservationState.WITHDRAWN},
        {"value": Decimal("-0.5"), "state": ObservationState.REVISED},
        {"value": Decimal(0)},
    ],
    ids=str,
)
def test_what_is_in_order_is_kept(world: Engine, right: dict[str, Any]) -> None:
    add(world, **right)
    with reading(world) as session:
        kept = session.exec(select(Observation)).one()
    assert kept.value == right.get("value", Decimal(5))
    assert kept.state is right.get("state", ObservationState.FINAL)


def test_a_value_is_superseded_once_at_most(world: Engine) -> None:
    first = add(world)
    add(world, value=Decimal(6), supersedes_id=first)
    with pytest.raises(IntegrityError):
        add(world, value=Decimal(7), supersedes_id=first)


CHANGES = [
    "UPDATE observation SET value = '6'",
    "UPDATE observation SET value = value",
    "DELETE FROM observation",
    "DELETE FROM observation WHERE id = 1",
]


@pytest.mark.parametrize("statement", CHANGES)
def test_the_database_itself_refuses_to_change_or_delete_one(world: Engine, statement: str) -> None:
    add(world)
    with pytest.raises(DatabaseError, match="observation is append-only"), unit_of_work(world) as session:
        session.exec(text(statement))  # type: ignore[call-overload]
    with reading(world) as session:
        assert session.exec(select(Observation)).one().value == 5


def test_replacing_one_is_refused_too(world: Engine) -> None:
    """INSERT OR REPLACE deletes first, on SQLite past an ordinary trigger; ON CONFLICT updates."""
    add(world)
    columns = "(id, statistic_code, place_code, year, value, printed, state, origin, note_zh, note_en, recorded_at)"
    values = "VALUES (1, 's', 'a', 2020, '6', '', 'final', 'published', '', '', '2024-01-01')"
    word, end = ("INSERT OR REPLACE", "") if world.dialect.name == "sqlite" else ("INSERT", "")
    end = end or " ON CONFLICT (id) DO UPDATE SET value = '6'" if word == "INSERT" else ""
    with pytest.raises(DatabaseError, match="append-only"), unit_of_work(world) as session:
        session.exec(text(f"{word} INTO observation {columns} {values}{end}"))  # type: ignore[call-overload]
    with reading(world) as session:
        assert session.exec(select(Observation)).one().value == 5


def test_the_whole_table_cannot_be_emptied(world: Engine) -> None:
    add(world)
    if world.dialect.name == "sqlite":
        pytest.skip("SQLite has no TRUNCATE")
    with pytest.raises(DatabaseError, match="append-only"), unit_of_work(world) as session:
        session.exec(text("TRUNCATE observation CASCADE"))  # type: ignore[call-overload]


@pytest.mark.parametrize("statement", ["UPDATE submissionevent SET actor = 'b'", "DELETE FROM submissionevent"])
def test_steps_of_a_submission_are_kept_the_same_way(world: Engine, statement: str) -> None:
    with unit_of_work(world) as session:
        session.add(Submission(id=1, zone_code="a", year=2020))
        session.flush()
        session.add(SubmissionEvent(submission_id=1, actor="a", to_state=SubmissionState.SUBMITTED))
    with pytest.raises(DatabaseError, match="submissionevent is append-only"), unit_of_work(world) as session:
        session.exec(text(statement))  # type: ignore[call-overload]
