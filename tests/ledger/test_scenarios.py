"""Scenarios: whose they are, that versions are kept, and that no value and no verdict knows of them."""

from decimal import Decimal

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session

from ledger.scenarios import Assumption, put_away, read_scenario, save_scenario, scenarios_of
from models import Target
from models.enums import DataSet
from models.errors import NotAllowed, PlanRefused, UnknownId
from models.people import Person
from storage.engine import reading, unit_of_work
from storage.queries import data_version, read_snapshot
from tests.cast import CLERK_A, OFFICER, REVIEWER, VIEWER
from tracking.board import build_board

D = Decimal
TARGET = "hebei-2020/high-new-tech-share"
KEY = ("high_new_tech_value_added", "baoding")
ASSUMED = {KEY: Assumption(growth=D("8.5")), ("above_scale_value_added", "baoding"): Assumption(value=D(123456))}


def save(engine: Engine, person: Person = OFFICER, name: str = "稳增长", **changes: Assumption) -> int:
    with unit_of_work(engine) as session:
        return save_scenario(session, person, DataSet.REAL, TARGET, name, 2023, {**ASSUMED, **changes})  # type: ignore[dict-item]


def target(session: Session) -> Target:
    return session.get_one(Target, (TARGET, 1))


def test_a_scenario_comes_back_as_it_was_saved(loaded: Engine) -> None:
    number = save(loaded)
    with reading(loaded) as session:
        kept = read_scenario(session, VIEWER, DataSet.REAL, target(session), number)
        assert (kept.record.owner, kept.record.name, kept.record.version) == ("officer", "稳增长", 1)
        assert kept.assumptions == ASSUMED


def test_under_its_name_it_is_a_new_version_and_another_owner_has_his_own(loaded: Engine) -> None:
    save(loaded), save(loaded, name="  稳增长 "), save(loaded, REVIEWER)
    with reading(loaded) as session:
        found = scenarios_of(session, OFFICER, DataSet.REAL, target(session))
        assert [(each.owner, each.version) for each in found] == [("reviewer", 1), ("officer", 2), ("officer", 1)]
        assert scenarios_of(session, OFFICER, DataSet.DEMONSTRATION, target(session)) == []


def away(engine: Engine, person: Person = OFFICER, name: str = "稳增长") -> int:
    with unit_of_work(engine) as session:
        return put_away(session, person, DataSet.REAL, target(session), name)


def listed(engine: Engine) -> list[tuple[str, int]]:
    with reading(engine) as session:
        return [(each.owner, each.version) for each in scenarios_of(session, VIEWER, DataSet.REAL, target(session))]


def test_one_that_is_put_away_is_off_the_list_until_it_is_saved_again(loaded: Engine) -> None:
    number, other = save(loaded), save(loaded, REVIEWER)
    assert away(loaded) == other + 1
    assert listed(loaded) == [("reviewer", 1)], "another owner's of the same name stays"
    with reading(loaded) as session:
        assert read_scenario(session, VIEWER, DataSet.REAL, target(session), number).assumptions == ASSUMED
    save(loaded)
    assert listed(loaded) == [("officer", 3), ("reviewer", 1), ("officer", 1)]


@pytest.mark.parametrize(("person", "name"), [(OFFICER, "别的"), (REVIEWER, "稳增长")])
def test_only_ones_own_can_be_put_away(loaded: Engine, person: Person, name: str) -> None:
    save(loaded)
    with pytest.raises(PlanRefused, match="no scenario"):
        away(loaded, person, name)
    assert listed(loaded) == [("officer", 1)]


def test_put_away_twice_is_refused(loaded: Engine) -> None:
    save(loaded), away(loaded)
    with pytest.raises(PlanRefused, match="already"):
        away(loaded)


def test_the_growth_of_a_reference_comes_back(loaded: Engine) -> None:
    multiple, key = "hebei-2020/rd-intensity", ("rd_intensity", "130000")
    assumed = {key: Assumption(growth=D("1.25")), ("rd_expenditure", "baoding"): Assumption(growth=D(3))}
    with unit_of_work(loaded) as session:
        number = save_scenario(session, OFFICER, DataSet.REAL, multiple, "对照", 2023, assumed)
    with reading(loaded) as session:
        held = read_scenario(session, VIEWER, DataSet.REAL, session.get_one(Target, (multiple, 1)), number)
        assert held.assumptions == assumed


def test_nothing_that_is_judged_knows_of_a_scenario(loaded: Engine) -> None:
    before, version = read_snapshot(loaded, DataSet.REAL), data_version(loaded)
    save(loaded)
    after = read_snapshot(loaded, DataSet.REAL)
    assert data_version(loaded) == version
    assert after.observations == before.observations
    judged = [[row.assessment for row in build_board(each, as_of=2024).rows] for each in (before, after)]
    assert judged[0] == judged[1]


def test_who_may_not_see_the_zones_values_sees_no_scenario(loaded: Engine) -> None:
    number = save(loaded)
    with reading(loaded) as session:
        with pytest.raises(NotAllowed):
            read_scenario(session, CLERK_A, DataSet.REAL, target(session), number)
        with pytest.raises(NotAllowed):
            scenarios_of(session, CLERK_A, DataSet.REAL, target(session))
    with pytest.raises(NotAllowed):
        save(loaded, CLERK_A)


@pytest.mark.parametrize("name", ["", "   ", "名" * 41])
def test_a_name_is_needed_and_not_a_novel(loaded: Engine, name: str) -> None:
    with pytest.raises(PlanRefused, match="a name of up to 40 characters"):
        save(loaded, name=name)


def test_a_scenario_of_another_target_is_not_found(loaded: Engine) -> None:
    number = save(loaded)
    with reading(loaded) as session:
        other = session.get_one(Target, ("hebei-2020/rd-intensity", 1))
        for wrong in (lambda: read_scenario(session, OFFICER, DataSet.REAL, other, number),
                      lambda: read_scenario(session, OFFICER, DataSet.DEMONSTRATION, target(session), number),
                      lambda: read_scenario(session, OFFICER, DataSet.REAL, target(session), 9999)):  # fmt: skip
            with pytest.raises(UnknownId):
                wrong()


@pytest.mark.parametrize("statement", ["UPDATE scenariovalue SET growth = '1'", "DELETE FROM scenario"])
def test_the_database_refuses_to_change_a_scenario(loaded: Engine, statement: str) -> None:
    save(loaded)
    with pytest.raises(DatabaseError, match="append-only"), loaded.begin() as connection:
        connection.execute(text(statement))
