"""Scenarios kept and found again. They touch no value and no verdict: the data version does not rise."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

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
    reference = assumptions.get(_reference(target))
    made = Scenario(
        data_set=data_set,
        target_id=target_id,
        owner=person.login,
        name=words,
        version=_next(_named(session, data_set, target_id, person.login, words)),
        as_of=as_of,
        reference_growth=reference.growth if reference else None,
    )
    number = _added(session, made)
    for (statistic, place), each in assumptions.items():
        if (statistic, place) != _reference(target):
            value = ScenarioValue(
                scenario_id=number, statistic_code=statistic, place_code=place, growth=each.growth, value=each.value
            )
            session.add(value)
    session.flush()
    return number


def put_away(session: Session, person: Person, data_set: DataSet, target: Target, name: str) -> int:
    """Takes a scenario of one's own off the list; its versions are kept, and saving under its name brings it back.

    Raises NotAllowed, PlanRefused where one has no scenario of that name, Conflict if it was saved at the same time.
    """
    require(session, person, Action.READ_APPROVED, target.place_code)
    before = _named(session, data_set, target.id, person.login, name)
    if not _listed(session, before):
        raise PlanRefused("no_scenario", f"you have no scenario {name}: it may have been put away already", name=name)
    made = Scenario(
        data_set=data_set,
        target_id=target.id,
        owner=person.login,
        name=name,
        version=_next(before),
        as_of=max(before, key=lambda each: each.version).as_of,
    )
    return _added(session, made)


def _added(session: Session, made: Scenario) -> int:
    session.add(made)
    try:
        session.flush()
    except IntegrityError as error:
        raise Conflict("this scenario was saved twice at once: save it again") from error
    assert made.id is not None
    return made.id


def _next(before: list[Scenario]) -> int:
    return 1 + max((each.version for each in before), default=0)


def _reference(target: Target) -> Key:
    """The value that a target is a multiple of: a series and a place."""
    return target.reference_code or "", target.reference_place or ""


def _listed(session: Session, found: list[Scenario]) -> list[Scenario]:
    """The versions that assume something, without those of scenarios that were put away: whose latest one does not."""
    numbers = [each.id for each in found]
    values = select(ScenarioValue.scenario_id).where(col(ScenarioValue.scenario_id).in_(numbers)).distinct()
    assuming = set(session.exec(values)) | {each.id for each in found if each.reference_growth is not None}
    latest = {(each.owner, each.name): each.id for each in sorted(found, key=lambda each: each.version)}
    return [each for each in found if each.id in assuming and latest[each.owner, each.name] in assuming]


def _named(session: Session, data_set: DataSet, target_id: str, owner: str, name: str) -> list[Scenario]:
    query = select(Scenario).where(Scenario.data_set == data_set, Scenario.target_id == target_id)
    return list(session.exec(query.where(Scenario.owner == owner, Scenario.name == name)))


def scenarios_of(session: Session, person: Person, data_set: DataSet, target: Target) -> list[Scenario]:
    """All versions of the scenarios of a target that are not put away, the latest first; raises NotAllowed."""
    require(session, person, Action.READ_APPROVED, target.place_code)
    query = select(Scenario).where(Scenario.data_set == data_set, Scenario.target_id == target.id)
    return _listed(session, list(session.exec(query.order_by(col(Scenario.id).desc()))))


def read_scenario(session: Session, person: Person, data_set: DataSet, target: Target, number: int) -> Kept:
    """A scenario of this target by its number; raises UnknownId, NotAllowed."""
    require(session, person, Action.READ_APPROVED, target.place_code)
    record = session.get(Scenario, number)
    if record is None or (record.data_set, record.target_id) != (data_set, target.id):
        raise UnknownId("scenario", str(number))
    values = session.exec(select(ScenarioValue).where(ScenarioValue.scenario_id == number))
    found = {(each.statistic_code, each.place_code): Assumption(each.growth, each.value) for each in values}
    if record.reference_growth is not None:
        found[_reference(target)] = Assumption(growth=record.reference_growth)
    return Kept(record, found)
