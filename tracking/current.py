"""The snapshot and the board of this moment, made once for each state of the data and shared by all readers."""

from collections.abc import Hashable
from datetime import datetime
from functools import lru_cache

from sqlalchemy import Engine

from models.assessment import Cutoffs
from models.enums import DataSet
from models.people import Person
from storage.queries import Snapshot, data_version, read_snapshot
from tracking.board import Board, build_board
from tracking.sight import visible


@lru_cache(maxsize=8)
def _snapshot(engine: Engine, version: int, data_set: DataSet, known_on: datetime | None) -> Snapshot:
    return read_snapshot(engine, data_set, known_on)


def current_snapshot(engine: Engine, data_set: DataSet, known_on: datetime | None = None) -> Snapshot:
    """All data of a set as they stand now, or as they were known at a moment: one small query where nothing changed."""
    return _snapshot(engine, data_version(engine), data_set, known_on)


def visible_snapshot(engine: Engine, data_set: DataSet, person: Person, known_on: datetime | None = None) -> Snapshot:
    """All of it that a person may see."""
    return visible(current_snapshot(engine, data_set, known_on), person)


@lru_cache(maxsize=64)
def board_of(snapshot: Snapshot, as_of: int, cutoffs: Cutoffs) -> Board:
    """Every target judged on a snapshot, also on one that somebody may not see whole."""
    return build_board(snapshot, as_of=as_of, cutoffs=cutoffs)


def current_board(
    engine: Engine,
    data_set: DataSet,
    as_of: int,
    cutoffs: Cutoffs | None = None,
    known_on: datetime | None = None,
) -> Board:
    """Every target judged on the data as they stand now, or as they were known at a moment."""
    return board_of(current_snapshot(engine, data_set, known_on), as_of, cutoffs or Cutoffs())


def differing(now: Snapshot, then: Snapshot) -> int:
    """How many values and targets are not the same in two states of the data."""
    one, other = _versions(now), _versions(then)
    return sum(one.get(key) != other.get(key) for key in one.keys() | other.keys())


def _versions(snapshot: Snapshot) -> dict[Hashable, int]:
    """Which observation each value is, and which version each target."""
    values: dict[Hashable, int] = {
        (*series, year): each.id for series, by_year in snapshot.observations.items() for year, each in by_year.items()
    }
    return values | {each.id: each.version for each in snapshot.targets}
