"""The databases that other tests are given."""

import pytest
from sqlalchemy import Engine, inspect, text

from storage.engine import make_engine
from tests.databases import Databases


def test_a_new_database_is_empty(database_url: str) -> None:
    made = make_engine(database_url)
    assert inspect(made).get_table_names() == []
    made.dispose()


def test_an_engine_comes_with_all_tables(engine: Engine) -> None:
    assert {"target", "observation"} <= set(inspect(engine).get_table_names())


@pytest.mark.parametrize("turn", [1, 2])
def test_no_test_sees_what_another_wrote(engine: Engine, turn: int) -> None:
    with engine.begin() as connection:
        assert "left_behind" not in inspect(connection).get_table_names()
        connection.execute(text("CREATE TABLE left_behind (x INTEGER)"))


def test_both_kinds_are_there(databases: Databases, request: pytest.FixtureRequest) -> None:
    url = databases.empty()
    made = make_engine(url)
    assert made.dialect.name in request.node.name
    made.dispose()
    databases.drop(url)
