"""The snapshot and the board of this moment, made once for each state of the data and shared by all readers."""

from functools import lru_cache

from sqlalchemy import Engine

from models.assessment import Cutoffs
from models.enums import DataSet
from storage.queries import Snapshot, data_version, read_snapshot
from tracking.board import Board, build_board


@lru_cache(maxsize=4)
def _snapshot(engine: Engine, version: int, data_set: DataSet) -> Snapshot:
    return read_snapshot(engine, data_set)


@lru_cache(maxsize=32)
def _board(engine: Engine, version: int, data_set: DataSet, as_of: int, cutoffs: Cutoffs) -> Board:
    return build_board(_snapshot(engine, version, data_set), as_of=as_of, cutoffs=cutoffs)


def current_snapshot(engine: Engine, data_set: DataSet) -> Snapshot:
    """All data of a set as they stand now: one small query where nothing has changed."""
    return _snapshot(engine, data_version(engine), data_set)


def current_board(engine: Engine, data_set: DataSet, as_of: int, cutoffs: Cutoffs | None = None) -> Board:
    """Every target judged on the data as they stand now."""
    return _board(engine, data_version(engine), data_set, as_of, cutoffs or Cutoffs())
