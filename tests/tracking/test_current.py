"""The board of this moment: shared while nothing changes, made anew when something has."""

from sqlalchemy import Engine
from sqlmodel import Session

from models import DataVersion
from models.assessment import Cutoffs
from models.enums import DataSet
from tracking.current import current_board, current_snapshot


def change(engine: Engine, number: int) -> None:
    with Session(engine) as session:
        session.merge(DataVersion(id=1, number=number))
        session.commit()


def test_a_board_is_shared_until_the_data_change(engine: Engine) -> None:
    change(engine, 1)
    first = current_board(engine, DataSet.REAL, 2023)
    assert current_board(engine, DataSet.REAL, 2023) is first
    assert current_snapshot(engine, DataSet.REAL) is first.snapshot
    change(engine, 2)
    assert current_board(engine, DataSet.REAL, 2023) is not first


def test_each_data_set_year_and_cut_off_has_its_own_board(engine: Engine) -> None:
    change(engine, 1)
    first = current_board(engine, DataSet.REAL, 2023)
    strict = Cutoffs(on_track_lag=0)
    others = [
        current_board(engine, DataSet.DEMONSTRATION, 2023),
        current_board(engine, DataSet.REAL, 2024),
        current_board(engine, DataSet.REAL, 2023, strict),
    ]
    assert all(each is not first for each in others)
    assert others[-1].cutoffs == strict
