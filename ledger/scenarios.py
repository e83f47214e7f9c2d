"""Scenarios kept and found again. They touch no value and no verdict: the data version does not rise."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from accounts.rights import require
from models import Scenario, ScenarioValue, Target
from models.enums import DataSet
from models.errors import Conflict, PlanRefused, UnknownId
from models.people import Action, Person

LONGEST_NAME = 40

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Assumption:
    """A yearly growth in percent, or a value of the horizon in the stored unit."""

    growth: Decimal | None = None
    value: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """A version of a scenario with its assumptions, by statistic and place."""

    record: Scenario
    assumptions: dict[Key, Assumption]


def save_scenario(
    session: Session,
    person: Person,
    data_set: DataSet,
    target_id: str,
    name: str,
    as_of: int,
    assumptions: Mapping[Key, Assumption],
) -> int:
    """Keeps a scenario; under a name that its owner used before it is the next version. Its number comes back.

    Raises UnknownId, NotAllowed, PlanRefused without a name or an assumption, Conflict if it was saved twice at once.
    """
    target = session.exec(select(Target).where(Target.id == target_id, Target.current)).first()
    if target is None:
        raise UnknownId("target", target_id)
    require(session, person, Action.READ_APPROVED, target.place_code)
    words = " ".join(name.split())
    if not words or len(words) > LONGEST_NAME:
        raise PlanRefused("name", f"give the scenario a name of up to {LONGEST_NAME} characters", most=LONGEST_NAME)
    if not assumptions:
        raise PlanRefused("nothing_assumed", "nothing is assumed: change a growth or a value first")
    before = [each.version for each in _named(session, data_set, target_id, person.login, words)]
    made = Scenario(
        data_set=data_set,
        target_id=target_id,
        owner=person.login,
        name=words,
        version=1 + max(before, default=0),
        as_of=as_of,
    )
    session.add(made)
    try:
        session.flush()
    except IntegrityError as error:
        raise Conflict("this scenario was saved twice at once: save it again") from error
    assert made.id is not None
    for (statistic, place), each in assumptions.items():
        value = ScenarioValue(
            scenario_id=made.id, statistic_code=statistic, place_code=place, growth=each.growth, value=each.value
        )
        session.add(value)
    session.flush()
    return made.id


def _named(session: Session, data_set: DataSet, target_id: str, owner: str, name: str) -> list[Scenario]:
    query = select(Scenario).where(Scenario.data_set == data_set, Scenario.target_id == target_id)
    return list(session.exec(query.where(Scenario.owner == owner, Scenario.name == name)))


def scenarios_of(session: Session, person: Person, data_set: DataSet, target: Target) -> list[Scenario]:
    """All versions of all scenarios of a target, the latest first; raises NotAllowed."""
    require(session, person, Action.READ_APPROVED, target.place_code)
    query = select(Scenario).where(Scenario.data_set == data_set, Scenario.target_id == target.id)
    return list(session.exec(query.order_by(Scenario.id.desc())))  # type: ignore[union-attr]


def read_scenario(session: Session, person: Person, data_set: DataSet, target: Target, number: int) -> Kept:
    """A scenario of this target by its number; raises UnknownId, NotAllowed."""
    require(session, person, Action.READ_APPROVED, target.place_code)
    record = session.get(Scenario, number)
    if record is None or (record.data_set, record.target_id) != (data_set, target.id):
        raise UnknownId("scenario", str(number))
    values = session.exec(select(ScenarioValue).where(ScenarioValue.scenario_id == number))
    return Kept(
        record, {(each.statistic_code, each.place_code): Assumption(each.growth, each.value) for each in values}
    )
