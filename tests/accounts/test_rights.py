"""Who may do what where: the whole table, walked."""

import csv
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from accounts.rights import RIGHTS, lineage, may, parents_of_places, require
from models.errors import NotAllowed
from models.people import Action, Grant, Person, PersonRole
from storage.engine import make_engine
from tests.cast import OFFICER, OTHER_PROVINCE, PROVINCE, ZONE_A, ZONE_B, ZONE_C

PARENTS = {
    "100000": None,
    PROVINCE: "100000",
    OTHER_PROVINCE: "100000",
    "130600": PROVINCE,
    "130200": PROVINCE,
    "150200": OTHER_PROVINCE,
    ZONE_A: "130600",
    ZONE_B: "130200",
    ZONE_C: "150200",
    f"{PROVINCE}-all": PROVINCE,
    f"{OTHER_PROVINCE}-all": OTHER_PROVINCE,
}
PLACES = (
    ZONE_A,
    ZONE_B,
    ZONE_C,
    "130600",
    f"{PROVINCE}-all",
    f"{OTHER_PROVINCE}-all",
    PROVINCE,
    OTHER_PROVINCE,
    "100000",
)
BELOW = {
    ZONE_A: {ZONE_A},
    PROVINCE: {PROVINCE, f"{PROVINCE}-all", "130600", ZONE_A, ZONE_B},
}
ABOVE = {ZONE_A: {ZONE_A, "130600", PROVINCE, f"{PROVINCE}-all", "100000"}}
GRANTED = {PersonRole.CLERK: ZONE_A, PersonRole.LEAD: ZONE_A}
TABLE = list(csv.DictReader((Path(__file__).parents[1] / "cases" / "rights.csv").open(encoding="utf-8")))


@pytest.mark.parametrize("row", TABLE, ids=[row["action"] for row in TABLE])
@pytest.mark.parametrize("role", PersonRole)
@pytest.mark.parametrize("place", PLACES)
def test_every_role_may_what_the_table_says_and_nothing_else(row: dict[str, str], role: PersonRole, place: str) -> None:
    granted = GRANTED.get(role, PROVINCE)
    reach = {"no": set(), "own": BELOW[granted], "region": BELOW[granted], "above": ABOVE.get(granted, set())}
    if row["action"] == "read_group_results" and role not in GRANTED and row[role.value] == "region":
        reach["region"] = BELOW[granted] | {"100000"}
    person = Person("somebody", "somebody", (Grant(role, granted),))
    assert may(person, Action(row["action"]), place, PARENTS) == (place in reach[row[role.value]])


def test_the_table_has_every_action_once() -> None:
    assert sorted(row["action"] for row in TABLE) == sorted(Action)
    assert set(RIGHTS) == set(Action)


def test_nothing_is_granted_by_default() -> None:
    nobody = Person("nobody", "nobody")
    assert not any(may(nobody, action, place, PARENTS) for action in Action for place in PLACES)


def test_two_grants_give_what_each_gives() -> None:
    both = Person("both", "both", (Grant(PersonRole.CLERK, ZONE_A), Grant(PersonRole.VIEWER, OTHER_PROVINCE)))
    assert may(both, Action.EDIT_DRAFT, ZONE_A, PARENTS)
    assert may(both, Action.READ_APPROVED, ZONE_C, PARENTS)
    assert not may(both, Action.EDIT_DRAFT, ZONE_C, PARENTS)


def test_a_circle_of_places_ends() -> None:
    assert lineage("a", {"a": "b", "b": "a"}) == ["a", "b"]


@pytest.fixture
def session(founding_database: str) -> Session:
    engine: Engine = make_engine(founding_database)
    return Session(engine)


def test_places_on_record_lie_in_their_region(session: Session) -> None:
    parents = parents_of_places(session)
    assert lineage(ZONE_A, parents)[-2:] == [PROVINCE, "100000"]
    assert lineage(f"{PROVINCE}-national", parents) == [f"{PROVINCE}-national", PROVINCE, "100000"]
    assert parents["100000"] is None


def test_who_may_is_said(session: Session) -> None:
    require(session, OFFICER, Action.MANAGE_POLICIES, PROVINCE)
    with pytest.raises(NotAllowed, match="officer may not review in 130000: a reviewer of it may"):
        require(session, OFFICER, Action.REVIEW, PROVINCE)
    with pytest.raises(NotAllowed):
        require(session, OFFICER, Action.MANAGE_POLICIES, OTHER_PROVINCE)
